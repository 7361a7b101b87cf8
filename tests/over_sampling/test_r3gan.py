"""What is particular to R3GAN."""

import numpy as np

from skeeg.metrics import amplitude_distance, spectral_distance
from skeeg.over_sampling import R3GANSampler


def test_channels_get_the_spectra_and_amplitudes_of_their_own(rng):
    times = np.arange(64) / 64
    phases = rng.uniform(0, 2 * np.pi, (100, 2, 1))
    frequencies, amplitudes = np.array([[6], [18]]), np.array([[1], [30]])
    noise = 0.3 * rng.standard_normal((100, 2, 64))
    X = amplitudes * (np.sin(2 * np.pi * frequencies * times + phases) + noise)
    sampler = R3GANSampler(width=4, max_iter=60, batch_size=16, random_state=0)
    drawn = sampler.fit(X, np.arange(100) % 2).sample(60, label=0, random_state=0)
    assert np.abs(np.fft.rfft(drawn)).mean(axis=0).argmax(axis=-1).tolist() == [6, 18]
    assert amplitude_distance(X, drawn) < 0.1
    swapped = spectral_distance(X[:, ::-1], drawn, sampling_rate=64)
    assert spectral_distance(X, drawn, sampling_rate=64) < swapped / 2
