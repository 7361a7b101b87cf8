"""The chores of every feature extractor; a subclass writes only the mathematics."""

from abc import ABCMeta, abstractmethod
from collections import Counter
from numbers import Integral

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin, _fit_context
from sklearn.utils._param_validation import Interval
from sklearn.utils.validation import _check_feature_names_in, check_is_fitted

from skeeg._failed_fit import undo_on_failure
from skeeg._signals import (
    BLOCK_BYTES,
    check_signals,
    float_dtype,
    iter_blocks,
    split_channels,
)


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

    # How much of X is computed at once: what stays in the cache beside all that comes of it.
    _block_bytes = BLOCK_BYTES
    # Whether each value is read once, into nothing of the size of X: blocks are then of no use.
    _streams = False
    # Whether NaN and infinity show in the features; if not, every block is searched for them.
    _shows_non_finite = False

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
        features : dict of str to ndarray of shape (n_samples, n_places)
            In the order of the columns; names and order depend on the shape of X alone. The
            places are the channels, unless `_resolve_places` says something else.
        """

    @undo_on_failure
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
            The fitted transformer. A fit that fails leaves it as it was.
        """
        X = check_signals(self, X, reset=True, dtype="numeric")
        self._channel_names = self._resolve_channel_names()
        with np.errstate(all="ignore"):
            names = self._extract(self._view(X[:1]))
        places = self._resolve_places(self._channel_names)
        self._feature_names_out = [f"{place}__{name}" for place in places for name in names]
        return self

    def _resolve_channel_names(self):
        if self.channel_names is None:
            return [f"ch{i}" for i in range(self.n_channels_)]
        names = [str(name) for name in self.channel_names]
        if len(names) != self.n_channels_:
            raise ValueError(
                f"channel_names has {len(names)} names, but X has {self.n_channels_} channels."
            )
        repeated = [name for name, count in Counter(names).items() if count > 1]
        if repeated:
            raise ValueError(f"channel_names must differ; {repeated[0]!r} is there more than once.")
        return names

    def _resolve_places(self, channels):
        """Name what a feature has one value for, here every channel."""
        return channels

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
        X = check_signals(self, X, reset=False, dtype="numeric", ensure_all_finite=False)
        table = np.empty((len(X), len(self._feature_names_out)), float_dtype(X))
        with np.errstate(all="ignore"):
            for rows in self._iter_blocks(X):
                table[rows] = self._tabulate(X[rows], rows.start)
            return self._check_table(table, X)

    def _iter_blocks(self, X):
        needs_copy = X.dtype != float_dtype(X) or not X.flags.c_contiguous
        if self._streams and not needs_copy:
            return [slice(0, len(X))]
        # what comes of a block must stay small beside X too
        block_bytes = min(self._block_bytes, max(BLOCK_BYTES, X.nbytes // 16))
        return iter_blocks(X, np.dtype(float_dtype(X)).itemsize, block_bytes)

    def _tabulate(self, X, first):
        signals = self._view(X)
        if not self._shows_non_finite:
            self._check_finite(signals, first)
        features = np.stack(list(self._extract(signals).values()), axis=-1)
        return features.reshape(len(X), len(self._feature_names_out))

    def _view(self, X):
        return np.ascontiguousarray(split_channels(X, self.n_channels_), dtype=float_dtype(X))

    def _check_finite(self, signals, first):
        values = signals.ravel()
        if np.isfinite(np.dot(values, values)) or np.isfinite(values).all():
            return
        row, channel, time = np.argwhere(~np.isfinite(signals))[0]
        raise ValueError(
            f"Input X contains NaN or infinity: {signals[row, channel, time]} in sample "
            f"{first + row}, channel {self._channel_names[channel]}, time point {time}."
        )

    def _check_table(self, table, X):
        finite = np.isfinite(table).all(axis=1)
        if finite.all():
            return table
        row = int(finite.argmin())
        self._check_finite(self._view(X[row : row + 1]), row)
        raise ValueError(
            f"{type(self).__name__} is not finite on sample {row} of X; values too large or too "
            f"small to be squared in {table.dtype} must be scaled first."
        )

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
