"""Features of the amplitude of a signal."""

import numpy as np

from skeeg.feature_extraction._base import BaseSignalFeatures
from skeeg.feature_extraction._moments import mean_square


def root_mean_square(X):
    """Root of the power, along the last axis."""
    return np.sqrt(mean_square(X))


class RootMeanSquare(BaseSignalFeatures):
    """Describe each signal by its root mean square, in the unit of X.

    The mean of the signal counts too: for the amplitude around it, centre the signals first.

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
    WaveletFeatures : Amplitude of each octave.
    ZeroCrossingRate : Speed of the signal instead of its size.

    Examples
    --------
    A flat row of two channels, a square wave and a constant:

    >>> from skeeg.feature_extraction import RootMeanSquare
    >>> X = [[2, -2, 2, -2, 5, 5, 5, 5]]
    >>> rms = RootMeanSquare(n_channels=2, channel_names=["Fz", "Cz"])
    >>> rms.set_output(transform="pandas").fit_transform(X)
       Fz__rms  Cz__rms
    0      2.0      5.0
    """

    _streams = True
    _shows_non_finite = True

    def _extract(self, X):
        return {"rms": root_mean_square(X)}
