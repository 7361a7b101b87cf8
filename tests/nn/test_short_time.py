"""Noise that waxes and wanes, and spectra that see it, against numpy and scipy."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose
from scipy.signal import spectrogram

from skeeg.nn import ModulatedNoise, ShortTimeSpectrum


@pytest.fixture
def make_noise():
    """Return a factory of noises that are white and, unless mixed, added up."""

    @torch.no_grad()
    def make(n_channels, n_times, n_sources, mixture=None):
        noise = ModulatedNoise(6, n_channels, n_times, n_sources)
        last = noise.sources.log_spectrum[-1]
        last.weight.zero_()
        last.bias.fill_(2)
        noise.mixture.weight.zero_()
        mixture = torch.ones(n_channels, n_sources) if mixture is None else torch.tensor(mixture)
        noise.mixture.bias.copy_(mixture.flatten())
        return noise

    return make


def draw(noise, log_level, random, n_samples=4000):
    log_level = torch.as_tensor(log_level, dtype=torch.float32).expand(n_samples, -1, -1)
    return noise(log_level, torch.zeros(n_samples, 6), random).numpy(force=True)


def test_noise_follows_the_interpolated_level(make_noise, torch_rng):
    log_level = np.array([-1.0, 0.5, 2.0])
    drawn = draw(make_noise(1, 12, 1), log_level[None], torch_rng)[:, 0]
    # The points are the middles of three equal parts.
    expected = np.interp((np.arange(12) + 0.5) / 12, (np.arange(3) + 0.5) / 3, log_level)
    assert_allclose(np.log(drawn.std(axis=0)), expected, atol=0.05)


def test_channels_are_mixtures_of_the_same_sources(make_noise, torch_rng):
    mixture = np.array([[1.0, 0.0], [3.0, 4.0]])
    log_level = np.log([[2.0] * 4, [0.5] * 4])
    drawn = draw(make_noise(2, 30, 2, mixture), log_level, torch_rng)
    expected = mixture @ np.diag([4.0, 0.25]) @ mixture.T
    assert_allclose(np.cov(drawn.swapaxes(0, 1).reshape(2, -1)), expected, rtol=0.05)


def test_the_code_sets_spectra_and_mixtures(torch_rng):
    noise = ModulatedNoise(code_size=6, n_channels=2, n_times=20, n_sources=3)
    codes, level = torch.randn(2, 6), torch.zeros(1, 3, 4)
    first, second = (noise(level, code[None], torch_rng.manual_seed(0)) for code in codes)
    assert not first.allclose(second)


@pytest.mark.parametrize(("n_times", "n_frames"), [(60, 5), (64, 16), (8, 8)])
def test_spectra_are_those_of_scipy(n_times, n_frames, torch_rng):
    spectrum = ShortTimeSpectrum(n_times, n_frames)
    x = torch.randn(3, 2, n_times, generator=torch_rng)
    part = n_times // n_frames
    taper = np.hanning(2 * part + 1)[:-1]
    # scipy's first frame begins at the first point; ours is around the middle of the first part.
    padded = np.pad(x.numpy(), [(0, 0), (0, 0), (part - part // 2, part)])
    settings = {"nperseg": 2 * part, "noverlap": part, "detrend": False}
    *_, density = spectrogram(padded, window=taper, **settings, return_onesided=False)
    power = density[..., : part + 1, :n_frames] * np.square(taper).sum() / (2 * part)
    expected = np.log(power + 1e-3) / 3
    assert spectrum.size == part + 1
    assert_allclose(spectrum(x), expected.reshape(3, -1, n_frames), atol=1e-4)


@pytest.mark.parametrize(("n_times", "n_frames"), [(100, 7), (17, 16), (5, 9)])
def test_the_strongest_frame_is_where_the_pulse_is(n_times, n_frames):
    spectrum = ShortTimeSpectrum(n_times, n_frames)
    for time in range(n_times):
        x = torch.zeros(1, 1, n_times)
        x[..., time] = 1
        strongest = spectrum(x)[0].sum(0).argmax().item()
        middle = (strongest + 0.5) / n_frames
        assert abs(middle - (time + 0.5) / n_times) <= 0.5 / n_frames + 1 / n_times


def test_polarity_does_not_matter():
    spectrum, x = ShortTimeSpectrum(40, 5), torch.randn(3, 2, 40)
    torch.testing.assert_close(spectrum(-x), spectrum(x))
