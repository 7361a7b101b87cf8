"""The length of a vector whose axes are the channels."""

import numpy as np
from sklearn.base import ClassNamePrefixFeaturesOutMixin
from sklearn.utils.validation import check_is_fitted

from skeeg._signals import check_signals, float_dtype, split_channels
from skeeg.preprocessing._base import BaseSignalTransformer, check_finite


class VectorMagnitude(ClassNamePrefixFeaturesOutMixin, BaseSignalTransformer):
    """Replace the channels by one: the length of the vector that they form at each time point.

    The magnitude of the three axes of an accelerometer does not depend on how it is worn [1]_.
    Any number of channels will do; that of a single one is its absolute value. Three dimensions
    stay three, with one channel.

    Parameters
    ----------
    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major: 3 for the axes
        of an accelerometer. Where X has three dimensions, the number comes from X.

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
    FlattenChannels : Keeps all channels, side by side.

    References
    ----------
    .. [1] V. T. van Hees et al., "Separating movement and gravity components in an acceleration
       signal and implications for the assessment of human daily physical activity", PLoS ONE
       8(4), e61691, 2013. https://doi.org/10.1371/journal.pone.0061691

    Examples
    --------
    >>> from skeeg.preprocessing import VectorMagnitude
    >>> X = [[[2, 0, 3], [1, 0, 4], [2, 1, 0]]]
    >>> VectorMagnitude().fit_transform(X)
    array([[[3., 1., 5.]]])

    The same rows, flat:

    >>> VectorMagnitude(n_channels=3).fit_transform([[2, 0, 3, 1, 0, 4, 2, 1, 0]])
    array([[3., 1., 5.]])
    """

    def transform(self, X):
        """Compute the magnitude at each time point.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            The signals, laid out as in `fit`.

        Returns
        -------
        X_magnitude : ndarray of shape (n_samples, n_times) or (n_samples, 1, n_times)
            In the unit of X, with as many dimensions.
        """
        check_is_fitted(self)
        X = check_signals(self, X, reset=False, dtype="numeric")
        axes = np.moveaxis(split_channels(X, self.n_channels_), 1, 0)
        magnitude = np.zeros(axes.shape[1:], float_dtype(X))
        with np.errstate(over="ignore"):
            for axis in axes:
                # unlike a sum of squares, it cannot leave the range of floats on the way
                np.hypot(magnitude, axis, out=magnitude)
        return check_finite(magnitude.reshape(len(X), *[1] * (X.ndim - 2), -1), self)

    @property
    def _n_features_out(self):
        return self.n_features_in_ // self.n_channels_
