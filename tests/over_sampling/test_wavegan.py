"""What is particular to WaveGAN."""

import numpy as np
import torch

from skeeg.metrics import amplitude_distance, spectral_distance
from skeeg.nn import stage_lengths
from skeeg.nn._parameters import build
from skeeg.over_sampling import WaveGANSampler
from skeeg.over_sampling._wavegan import _widths


def test_sizes_of_the_paper():
    assert _widths(16384, 64) == [1024, 512, 256, 128, 64]
    assert stage_lengths(16384, 4, 16)[0] == 16


def test_the_discriminator_sees_random_shifts_between_its_layers():
    sampler = WaveGANSampler(width=4)
    discriminator = build(lambda: sampler._make_discriminator(1, 178, 2), seed=0)
    signals = torch.randn(4, 1, 180, generator=torch.Generator().manual_seed(0))
    labels = torch.tensor([0, 1, 1, 0])
    first, again, other = (
        discriminator(signals, labels, torch.Generator().manual_seed(seed)) for seed in (0, 0, 1)
    )
    assert first.equal(again)
    assert not first.equal(other)


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
