"""The chores of transformers of signals; a subclass writes only the mathematics."""

from abc import ABCMeta, abstractmethod
from numbers import Integral

import numpy as np
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin, _fit_context
from sklearn.utils._param_validation import Interval
from sklearn.utils.validation import check_is_fitted

from skeeg._failed_fit import undo_on_failure
from skeeg._signals import (
    BLOCK_BYTES,
    check_signals,
    float_dtype,
    iter_blocks,
    split_channels,
)

# Each block costs scipy and PyWavelets a fixed time, which larger blocks share.
FILTER_BLOCK_BYTES = 4 * BLOCK_BYTES


class BaseSignalTransformer(TransformerMixin, BaseEstimator):
    """What learns nothing but the layout of the signals."""

    _parameter_constraints: dict = {"n_channels": [Interval(Integral, 1, None, closed="left")]}

    def __init__(self, *, n_channels=1):
        self.n_channels = n_channels

    def _prepare(self, n_times):
        """Check the parameters against the length of the signals, and resolve them.

        Called by `fit`. The default does nothing.

        Parameters
        ----------
        n_times : int
            Number of time points.
        """

    @undo_on_failure
    @_fit_context(prefer_skip_nested_validation=True)
    def fit(self, X, y=None):
        """Learn the layout of the signals, and check the parameters against it.

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
        check_signals(self, X, reset=True, dtype="numeric")
        self._prepare(self.n_features_in_ // self.n_channels_)
        return self

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.three_d_array = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags


class BaseSignalFilter(OneToOneFeatureMixin, BaseSignalTransformer, metaclass=ABCMeta):
    """Replace every channel of every sample by what one hook, `_filter`, makes of it.

    A subclass has no need of `fit` or `transform`; what depends on the length of the signals can
    be checked or made ready in a second hook, `_prepare(n_times)`. Samples are independent of each
    other: nothing but the layout of X is learned, and any split of X gives the same signals.
    `_filter` sees float64 whatever the dtype of X, so that the result for float32 is that for
    float64, rounded.

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
    BandPassFilter : A subclass with parameters of its own.
    SignalScaler : Learns from the values of X, and undoes what it did.

    Examples
    --------
    A new way of cleaning is one method:

    >>> from scipy.signal import detrend
    >>> from skeeg.preprocessing import BaseSignalFilter
    >>> class Detrend(BaseSignalFilter):
    ...     def _filter(self, X):
    ...         return detrend(X, axis=-1)
    >>> Detrend().fit_transform([[1, 5, 3]]).round(1)
    array([[-1.,  2., -1.]])
    """

    @abstractmethod
    def _filter(self, X):
        """Clean a block of signals along its last axis.

        Parameters
        ----------
        X : ndarray of float64 of shape (n_samples, n_channels, n_times)

        Returns
        -------
        X_cleaned : ndarray of the shape of X
        """

    def transform(self, X):
        """Clean signals.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            The signals, laid out as in `fit`.

        Returns
        -------
        X_cleaned : ndarray of the shape of X
            The signals, in the unit of X.
        """
        check_is_fitted(self)
        X = check_signals(self, X, reset=False, dtype="numeric")
        cleaned = np.empty(X.shape, float_dtype(X))
        signals = split_channels(X, self.n_channels_)
        with np.errstate(all="ignore"):
            for rows in iter_blocks(X, 8, FILTER_BLOCK_BYTES):
                block = self._filter(np.ascontiguousarray(signals[rows], dtype=np.float64))
                cleaned[rows] = block.reshape(cleaned[rows].shape)
        return check_finite(cleaned, self)


def check_finite(cleaned, transformer):
    """Return what was computed, or raise an error that names the first sample of infinity."""
    for rows in iter_blocks(cleaned, cleaned.itemsize):
        finite = np.isfinite(cleaned[rows].reshape(rows.stop - rows.start, -1)).all(axis=1)
        if not finite.all():
            raise ValueError(
                f"{type(transformer).__name__} is not finite on sample "
                f"{rows.start + finite.argmin()} of X; values too large for {cleaned.dtype} must "
                "be scaled first."
            )
    return cleaned
