"""The chores of every feature extractor; a subclass writes only the mathematics."""

from abc import ABCMeta, abstractmethod
from numbers import Integral

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin, _fit_context
from sklearn.utils._param_validation import Interval
from sklearn.utils.validation import _check_feature_names_in, check_is_fitted

from skeeg._signals import check_signals, float_dtype, iter_blocks, split_channels


class BaseSignalFeatures(TransformerMixin, BaseEstimator, metaclass=ABCMeta):
    """Describe every channel of every sample by the named numbers of one hook, `_extract`.

    A subclass has no need of `fit` or `transform`. Rows are independent of each other: nothing
    but the layout of X is learned, and any split of X gives the same rows.

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
    WaveletFeatures : A subclass with parameters of its own.
    RootMeanSquare : A subclass without.

    Examples
    --------
    A new feature is one method:

    >>> from skeeg.feature_extraction import BaseSignalFeatures
    >>> class PeakToPeak(BaseSignalFeatures):
    ...     def _extract(self, X):
    ...         return {"peak_to_peak": X.max(axis=-1) - X.min(axis=-1)}
    >>> PeakToPeak().set_output(transform="pandas").fit_transform([[1, 4, 2], [5, 5, 5]])
       ch0__peak_to_peak
    0                3.0
    1                0.0
    """

    _parameter_constraints: dict = {
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "channel_names": ["array-like", None],
    }

    def __init__(self, *, n_channels=1, channel_names=None):
        self.n_channels = n_channels
        self.channel_names = channel_names

    @abstractmethod
    def _extract(self, X):
        """Compute the features of a block along its last axis.

        Parameters
        ----------
        X : ndarray of float of shape (n_samples, n_channels, n_times)

        Returns
        -------
        features : dict of str to ndarray of shape (n_samples, n_channels)
            In the order of the columns; names and order depend on the shape of X alone.
        """

    @_fit_context(prefer_skip_nested_validation=True)
    def fit(self, X, y=None):
        """Learn the layout of the signals and the names of the features.

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
            The fitted transformer.
        """
        X = check_signals(self, X, reset=True, dtype="numeric")
        channels = self._resolve_channel_names()
        names = self._describe(X[:1])
        self._feature_names_out = [f"{ch}__{name}" for ch in channels for name in names]
        return self

    def _resolve_channel_names(self):
        if self.channel_names is None:
            return [f"ch{i}" for i in range(self.n_channels_)]
        if len(self.channel_names) != self.n_channels_:
            raise ValueError(
                f"channel_names has {len(self.channel_names)} names, but X has "
                f"{self.n_channels_} channels."
            )
        return self.channel_names

    def transform(self, X):
        """Compute the features of each sample.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            The signals, laid out as in `fit`.

        Returns
        -------
        features : ndarray of shape (n_samples, n_channels * n_features_per_channel)
            One row per sample: all features of the first channel, then of the second, ...
        """
        check_is_fitted(self)
        X = check_signals(self, X, reset=False, dtype="numeric")
        table = np.empty((len(X), len(self._feature_names_out)), float_dtype(X))
        for rows in iter_blocks(X, table.itemsize):
            features = np.stack(list(self._describe(X[rows]).values()), axis=-1)
            table[rows] = features.reshape(len(features), -1)
        return _check_finite(table, self)

    def _describe(self, X):
        X = np.ascontiguousarray(split_channels(X, self.n_channels_), dtype=float_dtype(X))
        with np.errstate(all="ignore"):
            return self._extract(X)

    def get_feature_names_out(self, input_features=None):
        """Name the columns of the table.

        Parameters
        ----------
        input_features : array-like of str, default=None
            Checked against the columns seen in `fit`, otherwise unused.

        Returns
        -------
        names : ndarray of str objects
            One name per column, made of channel, transform and statistic.
        """
        check_is_fitted(self)
        _check_feature_names_in(self, input_features, generate_names=False)
        return np.asarray(self._feature_names_out, dtype=object)

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.three_d_array = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags


def _check_finite(table, extractor):
    finite = np.isfinite(table).all(axis=1)
    if not finite.all():
        raise ValueError(
            f"{type(extractor).__name__} is not finite on sample {finite.argmin()} of X; values "
            f"too large or too small to be squared in {table.dtype} must be scaled first."
        )
    return table
