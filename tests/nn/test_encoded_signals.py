"""Spectra against numpy and scipy, and the form of encoded signals."""

from functools import partial

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose
from scipy.signal import periodogram

from skeeg.nn import SignalHead, SpectrumFeatures, StationaryNoise
from skeeg.nn._parameters import build


@torch.no_grad()
def set_levels(noise, levels):
    """Let the noise have these levels at each frequency, whatever the code."""
    last = noise.log_spectrum[-1]
    last.weight.zero_()
    last.bias.copy_(torch.log(torch.as_tensor(levels)).flatten() + 2)


@pytest.fixture
def make_head():
    """Return a factory of heads without noise."""

    def make(n_channels, n_times):
        head = build(partial(SignalHead, 6, n_channels, n_times), seed=0)
        set_levels(head.noise, torch.full((n_channels, n_times // 2 + 1), 1e-12))
        return head

    return make


@pytest.mark.parametrize("n_times", [2, 9, 10])
def test_noise_has_the_spectrum_asked_for(n_times, torch_rng):
    noise = StationaryNoise(code_size=6, n_channels=2, n_times=n_times)
    levels = np.logspace(-1, 1, 2 * (n_times // 2 + 1)).reshape(2, -1)
    set_levels(noise, levels)
    drawn = noise(torch.randn(4000, 6), torch_rng).numpy(force=True)
    power = np.square(np.abs(np.fft.rfft(drawn, norm="ortho"))).mean(axis=0)
    assert_allclose(power, levels**2, rtol=0.1)


def test_channels_of_noise_are_independent(torch_rng):
    noise = StationaryNoise(code_size=6, n_channels=2, n_times=50)
    set_levels(noise, np.ones((2, 26)))
    drawn = noise(torch.randn(400, 6), torch_rng).numpy(force=True)
    assert abs(np.corrcoef(drawn[:, 0].ravel(), drawn[:, 1].ravel())[0, 1]) < 0.03


@pytest.mark.parametrize("scale", [0.1, 1.0, 1e4])
def test_waveforms_have_zero_mean_and_unit_root_mean_square(scale, torch_rng):
    head = build(partial(SignalHead, 6, 3, 40), seed=0)
    wave = scale * (torch.randn(5, 3, 40) + 2)
    signals = head(wave, torch.randn(5, 6), torch_rng).numpy(force=True)[..., :-2]
    assert_allclose(signals.mean(axis=-1), 0, atol=1e-5)
    assert_allclose(signals.std(axis=-1), 1, atol=1e-3)


def test_a_waveform_without_noise_is_only_standardised(make_head, torch_rng):
    wave = torch.randn(5, 3, 40) + 2
    signals = make_head(3, 40)(wave, torch.randn(5, 6), torch_rng).numpy(force=True)
    wave = wave.numpy()
    centred = wave - wave.mean(axis=-1, keepdims=True)
    assert_allclose(signals[..., :-2], centred / wave.std(axis=-1, keepdims=True), atol=1e-4)


@pytest.mark.parametrize("n_times", [1, 20])
def test_a_constant_waveform_becomes_zero(make_head, torch_rng, n_times):
    signals = make_head(2, n_times)(torch.ones(5, 2, n_times), torch.randn(5, 6), torch_rng)
    assert_allclose(signals[..., :-2].numpy(force=True), 0, atol=1e-5)


def test_levels_follow_the_code_alone(torch_rng):
    head = build(partial(SignalHead, 6, 2, 20), seed=0)
    code = torch.randn(5, 6)
    first, again = (head(torch.randn(5, 2, 20), code, torch_rng)[..., -2:] for _ in range(2))
    assert first.equal(again)
    assert not first[0].allclose(first[1])


def test_features_are_log_spectra_of_windowed_waveforms(torch_rng):
    n_times, n_frequencies = 40, 21
    features = SpectrumFeatures(n_channels=1, n_times=n_times, width=n_frequencies)
    with torch.no_grad():
        features.mix.weight.copy_(torch.eye(n_frequencies, n_frequencies + 2))
        features.mix.bias.fill_(100)  # far from the kink
    x = 100 * torch.randn(5, 1, n_times + 2, generator=torch_rng)
    seen = features(x).numpy(force=True)[:, :n_frequencies] - 100
    window = np.hanning(n_times + 1)[:-1]
    _, density = periodogram(
        x[:, 0, :-2].numpy(), window=window, detrend=False, return_onesided=False
    )
    power = density[:, :n_frequencies] * np.square(window).sum() / n_times
    assert_allclose(seen, np.log(power + 1e-4) / 3, atol=1e-4)


def test_features_end_with_the_levels_and_their_squares(torch_rng):
    features = SpectrumFeatures(n_channels=2, n_times=10, width=7)
    x = torch.randn(5, 2, 12, generator=torch_rng)
    seen, levels = features(x), x[..., -2:].flatten(1)
    assert features.size == seen.shape[1] == 15
    assert seen[:, 7:11].equal(levels)
    assert seen[:, 11:].equal(levels.square())


def test_polarity_does_not_matter_to_a_spectrum():
    features = SpectrumFeatures(n_channels=2, n_times=10)
    x = torch.randn(5, 2, 12)
    mirrored = torch.cat([-x[..., :-2], x[..., -2:]], -1)
    torch.testing.assert_close(features(mirrored), features(x))
