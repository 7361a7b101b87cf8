"""Levels of spectra, of shape (n_samples, n_channels, n_frequencies), and their spread."""

import numpy as np

from skeeg.metrics._spectral_distance import level_distance

N_HALVINGS = 20


def summarise(levels):
    """Return the lower decile, mean and upper decile over windows and channels."""
    low, high = np.quantile(levels, (0.1, 0.9), axis=(0, 1))
    return np.stack([low, levels.mean(axis=(0, 1)), high])


def _halve(levels, groups, random):
    """Split levels into two, whole groups at a time."""
    names, members = np.unique(groups, return_inverse=True)
    first = (random.permutation(len(names)) < len(names) // 2)[members]
    return levels[first], levels[~first]


def measure_floor(levels, groups, random):
    """Return what random halves differ by: at each frequency, and as a distance."""
    if len(np.unique(groups)) < 2:
        return np.full(levels.shape[-1], np.nan), np.nan
    halves = [_halve(levels, groups, random) for _ in range(N_HALVINGS)]
    gaps = [one.mean(axis=(0, 1)) - other.mean(axis=(0, 1)) for one, other in halves]
    floor = np.sqrt(np.square(gaps).mean(axis=0))
    return floor, np.mean([level_distance(*pair) for pair in halves])
