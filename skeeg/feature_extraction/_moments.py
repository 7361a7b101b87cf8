"""Sums over time: what the features of a waveform are made of."""

import numpy as np

from skeeg.feature_extraction._noise_floor import noise_floor


def energy(X):
    """Sum of squares."""
    return np.vecdot(X, X)


def mean_square(X):
    """Power: energy per time point."""
    return energy(X) / X.shape[-1]


def centre(X):
    """Subtract the mean."""
    return X - X.sum(axis=-1, keepdims=True) / max(1, X.shape[-1])


def variance(X):
    """Power of what is left without the mean."""
    return energy(centre(X)) / max(1, X.shape[-1])


def line_length(X):
    """Sum of absolute differences of neighbours."""
    return np.abs(np.diff(X, axis=-1)).sum(axis=-1)


def standardise(X):
    """Subtract the mean and divide by the standard deviation; rounding of a constant stays tiny."""
    deviation = np.sqrt(np.maximum(variance(X), noise_floor(mean_square(X))))
    return centre(X) / deviation[..., np.newaxis]


def skewness(X):
    """Third moment of the standardised values."""
    values = standardise(X)
    return np.vecdot(np.square(values), values) / X.shape[-1]


def kurtosis(X):
    """Fourth moment of the standardised values, less the 3 of a normal distribution."""
    return mean_square(np.square(standardise(X))) - 3
