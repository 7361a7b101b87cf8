"""What is particular to WaveGAN."""

from functools import partial

import numpy as np
import pytest
import torch

from skeeg.metrics import amplitude_distance, spectral_distance
from skeeg.nn._parameters import build
from skeeg.over_sampling import WaveGANSampler
from skeeg.over_sampling._wavegan import _plan


def test_sizes_of_the_paper():
    assert _plan(16384, 64) == (16, [1024, 512, 256, 128, 64])


@pytest.mark.parametrize("n_times", [1, 2, 15, 16, 17, 64, 65, 178, 1000, 4097])
def test_stages_cover_the_length_and_shrink_with_it(n_times):
    coarse, widths = _plan(n_times, 8)
    assert 1 <= coarse <= 16
    covered = coarse * 4 ** len(widths)
    assert n_times <= covered < n_times + 4 ** len(widths)
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("n_times", [1, 17, 178])
@pytest.mark.parametrize("n_channels", [1, 3])
def test_every_parameter_has_an_influence(n_times, n_channels):
    sampler = WaveGANSampler(width=4, latent_dim=5)
    torch_random = torch.Generator().manual_seed(0)
    generator = build(partial(sampler._make_generator, n_channels, n_times, 2), seed=0)
    discriminator = build(partial(sampler._make_discriminator, n_channels, n_times, 2), seed=1)
    labels = torch.tensor([0, 1, 1, 0])
    signals = generator(labels, torch_random)
    assert signals.shape == (4, n_channels, n_times + 2)
    scores = discriminator(signals, labels, torch_random)
    assert scores.shape == (4,)
    scores.square().sum().backward()
    # A single point has no waveform, so that nothing which makes one can matter.
    if n_times > 1:
        silent = [
            name
            for network in (generator, discriminator)
            for name, parameter in network.named_parameters()
            if parameter.grad is None or not parameter.grad.any()
        ]
        assert silent == []


def test_spectrum_and_amplitude_of_two_rhythms_are_learned(rng):
    """Two classes of tones of their own frequency and amplitude, apart after a short training."""
    times = np.arange(64) / 64
    phases = rng.uniform(0, 2 * np.pi, (120, 1))
    noise = 0.3 * rng.standard_normal((120, 64))
    y = np.repeat([0, 1], 60)
    frequency, amplitude = np.where(y, 20, 8)[:, None], np.where(y, 50, 5)[:, None]
    X = amplitude * (np.sin(2 * np.pi * frequency * times + phases) + noise)
    sampler = WaveGANSampler(width=8, max_iter=200, random_state=0).fit(X, y)
    for label, other in [(0, 1), (1, 0)]:
        drawn = sampler.sample(60, label=label, random_state=0)
        spectrum = np.abs(np.fft.rfft(drawn)).mean(axis=0)
        assert spectrum.argmax() == (20 if label else 8)
        assert amplitude_distance(X[y == label], drawn) < 0.1
        near, far = (
            spectral_distance(X[y == which], drawn, sampling_rate=64) for which in (label, other)
        )
        assert near < far / 2
