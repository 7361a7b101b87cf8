"""What is particular to progressive growing."""

from itertools import pairwise

import numpy as np
import pytest

from skeeg.metrics import amplitude_distance
from skeeg.over_sampling import ProgressiveGANSampler
from skeeg.over_sampling._progressivegan import _widths


@pytest.mark.parametrize("n_times", [1, 2, 16, 32, 33, 64, 178, 1000, 4097])
def test_channels_double_with_every_other_stage(n_times):
    widths = _widths(n_times, 8)
    assert n_times <= 16 * 2 ** len(widths)
    assert widths[-1] == 8
    assert all(before in {after, 2 * after} for before, after in pairwise(widths))


def test_tones_of_two_classes_are_learned(rng):
    """Frequency and amplitude of each class; the fast one is out of reach of the coarse stages."""
    times = np.arange(64) / 64
    phases = rng.uniform(0, 2 * np.pi, (120, 1))
    y = np.repeat([0, 1], 60)
    frequency, amplitude = np.where(y, 20, 5)[:, None], np.where(y, 50, 5)[:, None]
    noise = 0.3 * rng.standard_normal((120, 64))
    X = amplitude * (np.sin(2 * np.pi * frequency * times + phases) + noise)
    sampler = ProgressiveGANSampler(width=4, max_iter=60, batch_size=32, random_state=0).fit(X, y)
    for label in (0, 1):
        drawn = sampler.sample(60, label=label, random_state=0)
        assert np.abs(np.fft.rfft(drawn)).mean(axis=0).argmax() == (20 if label else 5)
        assert amplitude_distance(X[y == label], drawn) < 0.1
