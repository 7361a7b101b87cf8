"""What a scaler learns: an offset and a scale along an axis, in the unit of X.

All functions take the signals of shape (n_samples, n_channels, n_times), the axes to reduce and
the range of the output, which matters to `minmax` only. What they return has reduced axes of
length 1; the scale of a constant is 1 (`minmax`: that of a spread of 1).
"""

import numpy as np

from skeeg._signals import iter_blocks


def minmax(X, axis, feature_range):
    start, stop = feature_range
    low = X.min(axis=axis, keepdims=True).astype(float)
    high = X.max(axis=axis, keepdims=True).astype(float)
    spread = _replace_rounding(high - low, np.maximum(-low, high), X.dtype)
    scale = spread / (stop - start)
    return low - start * scale, scale


def standard(X, axis, feature_range):
    mean = X.mean(axis=axis, dtype=float, keepdims=True)
    return mean, _replace_rounding(_deviation(X, mean, axis), mean, X.dtype)


def robust(X, axis, feature_range):
    low, median, high = np.quantile(X, [0.25, 0.5, 0.75], axis=axis, keepdims=True).astype(float)
    return median, _replace_rounding(high - low, median, X.dtype)


def rms(X, axis, feature_range):
    deviation = _deviation(X, 0.0, axis)
    return np.zeros_like(deviation), _replace_rounding(deviation, 0.0, X.dtype)


def _deviation(X, center, axis):
    """Root of the mean squared distance from `center`, without a copy of X."""
    blocks = iter_blocks(X, itemsize=8)
    squares = sum(np.square(X[rows] - center).sum(axis=axis, keepdims=True) for rows in blocks)
    return np.sqrt(squares * (squares.size / X.size))


def _replace_rounding(spread, size, dtype):
    """Replace by 1 a spread that is only rounding beside the size of the values."""
    return np.where(spread > 10 * np.finfo(dtype).eps * np.abs(size), spread, 1.0)
