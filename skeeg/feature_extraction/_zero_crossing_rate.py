"""The rate of zero crossings."""

import numpy as np

from skeeg._signals import BLOCK_BYTES
from skeeg.feature_extraction._base import BaseSignalFeatures


def zero_crossing_rate(X):
    """Share of the steps along the last axis that change the sign."""
    signs = np.abs(X)
    np.divide(X, signs, out=signs)
    changes = _count_changes(signs)
    has_zeros = np.isnan(changes)
    if has_zeros.any():
        known = np.where(X[has_zeros] == 0, 0, signs[has_zeros])
        changes[has_zeros] = _count_changes(_fill_zeros(known))
    return changes / max(1, X.shape[-1] - 1)


def _count_changes(signs):
    """Count by the sum of products of neighbours; not a number if one of the signs is none."""
    steps = signs.shape[-1] * np.square(signs[..., 0]) - 1
    return (steps - np.vecdot(signs[..., 1:], signs[..., :-1])) / 2


def _fill_zeros(signs):
    """Give each zero the sign before it, or else the first one; without any, all are 1."""
    last = np.where(signs != 0, np.arange(signs.shape[-1]), 0)
    filled = np.take_along_axis(signs, np.maximum.accumulate(last, axis=-1), axis=-1)
    first = np.take_along_axis(signs, (signs != 0).argmax(axis=-1)[..., np.newaxis], axis=-1)
    return np.where(filled == 0, np.where(first == 0, 1, first), filled)


class ZeroCrossingRate(BaseSignalFeatures):
    """Describe each signal by the share of its steps that change the sign.

    A zero has the sign of the value before it: a signal that touches zero and turns back does
    not cross, one that rests at zero on its way to the other side crosses once. Zeros at the
    start have no sign. The rate lies in [0, 1]; multiplied by the sampling rate it is the
    number of crossings per second, twice the frequency of a sine wave [1]_. Signals with an
    offset should be centred first.

    Parameters
    ----------
    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    channel_names : array-like of shape (n_channels,), default=None
        Names of the channels, used in the names of the features. None means "ch0", "ch1", ...

    Attributes
    ----------
    n_channels_ : int
        Number of channels.

    n_features_in_ : int
        Number of values in a sample, `n_channels_ * n_times`.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.

    See Also
    --------
    FourierFeatures : The whole spectrum.
    RootMeanSquare : Size of the signal instead of its speed.

    References
    ----------
    .. [1] B. Kedem, "Spectral analysis and discrimination by zero-crossings", Proceedings of
       the IEEE 74(11), 1986.

    Examples
    --------
    >>> from skeeg.feature_extraction import ZeroCrossingRate
    >>> alternating, touching, resting = [1, -1, 1, -1, 1], [1, 2, 0, 2, 1], [1, 0, 0, -1, -2]
    >>> ZeroCrossingRate().fit_transform([alternating, touching, resting])
    array([[1.  ],
           [0.  ],
           [0.25]])
    """

    _block_bytes = 8 * BLOCK_BYTES
    _shows_non_finite = True

    def _extract(self, X):
        return {"zero_crossing_rate": zero_crossing_rate(X)}
