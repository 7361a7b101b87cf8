"""Thresholds under which wavelet coefficients are noise.

All functions take the detail coefficients of a level, of shape (..., n_coefficients) and in units
of the standard deviation of the noise, and the number of time points of the signal. What they
return is in the same unit and has a last axis of length 1.
"""

import numpy as np


def universal(details, n_times):
    """Bound what noise alone reaches, over the whole signal: VisuShrink."""
    return np.full((*details.shape[:-1], 1), np.sqrt(2 * np.log(n_times)))


def bayes(details, n_times):
    """Minimise the expected error for coefficients of a Laplacian distribution: BayesShrink."""
    signal_variance = np.square(details).mean(axis=-1, keepdims=True) - 1
    return 1 / np.sqrt(np.maximum(signal_variance, 0))


def sure(details, n_times):
    """Minimise Stein's unbiased estimate of the error, or be universal on noise: SureShrink."""
    n = details.shape[-1]
    squares = np.square(details)
    ceiling = np.sqrt(2 * np.log(n))
    is_noise = squares.mean(axis=-1, keepdims=True) - 1 <= np.log2(n) ** 1.5 / np.sqrt(n)
    return np.where(is_noise, ceiling, _minimise_risk(squares, ceiling))


def _minimise_risk(squares, ceiling):
    """Return the threshold of least risk among 0 and the magnitudes up to the ceiling."""
    n = squares.shape[-1]
    candidates = np.concatenate([np.zeros((*squares.shape[:-1], 1)), np.sort(squares)], axis=-1)
    n_killed = np.arange(n + 1)
    risk = n - 2 * n_killed + candidates.cumsum(axis=-1) + (n - n_killed) * candidates
    risk[candidates > ceiling**2] = np.inf
    best = risk.argmin(axis=-1, keepdims=True)
    return np.sqrt(np.take_along_axis(candidates, best, axis=-1))
