"""Scaling of amplitudes that is learned and can be undone."""

from numbers import Integral

import numpy as np
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin, _fit_context
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.validation import check_array, check_is_fitted

from skeeg._failed_fit import undo_on_failure
from skeeg._signals import check_signals, split_channels
from skeeg.preprocessing import _offset_and_scale

METHODS = {
    "minmax": _offset_and_scale.minmax,
    "rms": _offset_and_scale.rms,
    "robust": _offset_and_scale.robust,
    "standard": _offset_and_scale.standard,
}


class SignalScaler(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):
    """Scale signals by an offset and a factor per channel, learned over samples and time.

    All time points of a channel are scaled alike, so that the shape of a signal and the
    differences between samples are kept; scalers of scikit-learn, which scale every column on
    its own, change both. The offset and the factor have the unit of X, so that the output has
    none.

    Parameters
    ----------
    method : {"standard", "minmax", "robust", "rms"}, default="standard"
        What to learn of the values of a channel:

        - `"standard"`: their mean becomes 0 and their standard deviation 1;
        - `"minmax"`: their range becomes `feature_range`;
        - `"robust"`: their median becomes 0 and their interquartile range 1 [1]_;
        - `"rms"`: their root mean square becomes 1, and 0 stays 0.

    feature_range : tuple of (float, float), default=(0, 1)
        Range of the output where `method="minmax"`, otherwise unused.

    per_channel : bool, default=True
        Whether each channel has its own offset and factor. False learns one pair for all,
        which keeps the ratios between channels.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    copy : bool, default=True
        Set to False to scale arrays of floats in place.

    Attributes
    ----------
    offset_ : ndarray of shape (n_channels,)
        What is subtracted, in the unit of X.

    scale_ : ndarray of shape (n_channels,)
        By what the difference is divided, in the unit of X. A constant channel is not divided.

    n_channels_ : int
        Number of channels.

    n_features_in_ : int
        Number of values in a sample, `n_channels_ * n_times`.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.

    See Also
    --------
    sklearn.preprocessing.StandardScaler : Scales each column, here each time point, by itself.

    References
    ----------
    .. [1] P. J. Huber, E. M. Ronchetti, "Robust Statistics", 2nd edition, Wiley, 2009.

    Examples
    --------
    >>> from skeeg.preprocessing import SignalScaler
    >>> X = [[0, 5, 10], [20, 10, 15]]
    >>> scaler = SignalScaler(method="minmax", feature_range=(-1, 1)).fit(X)
    >>> scaler.transform(X)
    array([[-1. , -0.5,  0. ],
           [ 1. ,  0. ,  0.5]])
    >>> scaler.inverse_transform([[0, 0, 1]])
    array([[10., 10., 20.]])

    Three dimensions stay three, and each channel is scaled by itself:

    >>> SignalScaler(method="rms").fit_transform([[[3, -3], [0.1, 0.1]]])
    array([[[ 1., -1.],
            [ 1.,  1.]]])
    """

    _parameter_constraints: dict = {
        "method": [StrOptions(set(METHODS))],
        "feature_range": [tuple, list],
        "per_channel": ["boolean"],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "copy": ["boolean"],
    }

    def __init__(
        self,
        *,
        method="standard",
        feature_range=(0, 1),
        per_channel=True,
        n_channels=1,
        copy=True,
    ):
        self.method = method
        self.feature_range = feature_range
        self.per_channel = per_channel
        self.n_channels = n_channels
        self.copy = copy

    @undo_on_failure
    @_fit_context(prefer_skip_nested_validation=True)
    def fit(self, X, y=None):
        """Learn the offset and the factor of each channel.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            The signals.
        y : Ignored
            Present for compatibility with scikit-learn.

        Returns
        -------
        self : object
            The fitted scaler. A fit that fails leaves it as it was.
        """
        _check_feature_range(self.feature_range)
        X = check_signals(self, X, reset=True, dtype=[np.float64, np.float32])
        signals = split_channels(X, self.n_channels_)
        axis = (0, 2) if self.per_channel else (0, 1, 2)
        with np.errstate(over="ignore", invalid="ignore"):
            learned = METHODS[self.method](signals, axis, self.feature_range)
        self.offset_, self.scale_ = (
            np.tile(a.ravel(), self.n_channels_ // a.size) for a in learned
        )
        return _check_overflow(self)

    def transform(self, X):
        """Scale signals.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            The signals, laid out as in `fit`.

        Returns
        -------
        X_scaled : ndarray of the shape of X
            The signals, without a unit.
        """
        check_is_fitted(self)
        X = check_signals(self, X, reset=False, **self._resolve_check_params())
        signals = split_channels(X, self.n_channels_)
        signals -= self.offset_[:, np.newaxis]
        signals /= self.scale_[:, np.newaxis]
        return X

    def inverse_transform(self, X):
        """Undo the scaling, exactly but for rounding.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            Scaled signals; `n_times` may differ from that in `fit`.

        Returns
        -------
        X_original : ndarray of the shape of X
            The signals in the unit of those seen in `fit`.
        """
        check_is_fitted(self)
        X = check_array(X, allow_nd=True, input_name="X", **self._resolve_check_params())
        signals = split_channels(X, self.n_channels_)
        signals *= self.scale_[:, np.newaxis]
        signals += self.offset_[:, np.newaxis]
        return X

    def _resolve_check_params(self):
        return {"dtype": [np.float64, np.float32], "copy": self.copy, "force_writeable": True}

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.three_d_array = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags


def _check_feature_range(feature_range):
    if len(feature_range) != 2 or not -np.inf < feature_range[0] < feature_range[1] < np.inf:
        raise ValueError(
            f"feature_range must be two finite numbers, the smaller one first; got {feature_range}."
        )


def _check_overflow(scaler):
    finite = np.isfinite(scaler.offset_) & np.isfinite(scaler.scale_)
    if not finite.all():
        raise ValueError(f"The values of channel {finite.argmin()} of X are too large to scale.")
    return scaler
