"""From three dimensions to two and back."""

import numpy as np
from sklearn.base import OneToOneFeatureMixin
from sklearn.utils import check_array
from sklearn.utils.validation import check_is_fitted

from skeeg._signals import check_signals, split_channels
from skeeg.preprocessing._base import BaseSignalTransformer

DTYPES = [np.float64, np.float32]


class FlattenChannels(OneToOneFeatureMixin, BaseSignalTransformer):
    """Lay the channels of each sample side by side in one row, and stack them again.

    The bridge to estimators that take no three dimensions, such as
    :class:`~sklearn.preprocessing.StandardScaler`, :class:`~imblearn.over_sampling.SMOTE` and
    the ensembles of scikit-learn. No estimator of skeeg needs it.

    Parameters
    ----------
    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

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
    VectorMagnitude : Makes one channel of all.

    Notes
    -----
    Arrays of float64 or float32 are not copied: the result shares the memory of X wherever the
    layout of X permits.

    Examples
    --------
    SMOTE takes flat rows; what it adds is stacked again:

    >>> import numpy as np
    >>> from imblearn.over_sampling import SMOTE
    >>> from skeeg.preprocessing import FlattenChannels
    >>> X = np.random.default_rng(0).normal(size=(30, 4, 50))
    >>> y = np.arange(30) % 3 == 0
    >>> flatten = FlattenChannels()
    >>> X_resampled, y_resampled = SMOTE().fit_resample(flatten.fit_transform(X), y)
    >>> X_resampled.shape
    (40, 200)
    >>> flatten.inverse_transform(X_resampled).shape
    (40, 4, 50)
    """

    def transform(self, X):
        """Lay the channels side by side.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            The signals, laid out as in `fit`.

        Returns
        -------
        X_flat : ndarray of shape (n_samples, n_channels * n_times)
            One row per sample, channel after channel. Flat rows stay as they are.
        """
        check_is_fitted(self)
        X = check_signals(self, X, reset=False, dtype=DTYPES)
        return X.reshape(len(X), -1)

    def inverse_transform(self, X):
        """Stack the channels again.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times)
            Flat rows; `n_times` may differ from that in `fit`.

        Returns
        -------
        X_stacked : ndarray of shape (n_samples, n_channels, n_times)
            The signals in three dimensions, also where those in `fit` had two.
        """
        check_is_fitted(self)
        X = check_array(X, dtype=DTYPES, input_name="X")
        return split_channels(X, self.n_channels_)
