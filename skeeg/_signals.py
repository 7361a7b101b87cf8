"""The array rule: samples first, time last, channels between if there are any."""

import numpy as np
from sklearn.utils import gen_batches
from sklearn.utils.validation import _check_feature_names, _check_n_features, check_array

BLOCK_BYTES = 128 * 1024


def check_signals(estimator, X, *, reset, **check_params):
    """Validate X, whichever of the two layouts it has, and keep the layout.

    Parameters
    ----------
    estimator : estimator
        It has the parameter `n_channels`. With `reset`, the attributes `n_channels_`,
        `n_features_in_` (the flat count) and `feature_names_in_` are set on it.
    X : array-like of shape (n_samples, n_channels * n_times) or \
            (n_samples, n_channels, n_times)
        The signals; two dimensions are channel-major.
    reset : bool
        True in `fit`, False wherever X must match what `fit` has seen.
    **check_params
        Passed to :func:`sklearn.utils.check_array`.

    Returns
    -------
    X : ndarray of the shape of X
        The validated array.
    """
    # what validate_data does, except that three dimensions are counted flat
    _check_feature_names(estimator, X, reset=reset)
    X = check_array(X, allow_nd=True, estimator=estimator, input_name="X", **check_params)
    n_channels = estimator.n_channels if reset else estimator.n_channels_
    if reset and X.ndim == 3:
        n_channels = X.shape[1]
    split_channels(X, n_channels)
    _check_n_features(estimator, X[:1].reshape(1, -1), reset=reset)
    estimator.n_channels_ = n_channels
    return X


def split_channels(X, n_channels):
    """View a flat or three-dimensional array as (n_samples, n_channels, n_times)."""
    if X.ndim > 3:
        raise ValueError(
            f"X has {X.ndim} dimensions; expected (n_samples, n_times) or "
            "(n_samples, n_channels, n_times)."
        )
    if X.ndim == 3 and (X.shape[1] != n_channels or X[0].size == 0):
        raise ValueError(
            f"X has shape {X.shape}; expected (n_samples, {n_channels or 'n_channels'}, n_times), "
            "none of them 0."
        )
    if X.shape[1] % n_channels:
        raise ValueError(
            f"n_channels={n_channels} does not divide the {X.shape[1]} columns of X; "
            "a flat row holds n_channels * n_times values, channel after channel."
        )
    return X.reshape(len(X), n_channels, -1)


def float_dtype(X):
    """Return the dtype of what is computed of X: float32 stays, other numbers become float64."""
    return np.float32 if X.dtype == np.float32 else np.float64


def iter_blocks(X, itemsize, block_bytes=BLOCK_BYTES):
    """Cut the rows into slices that stay in the cache while they are computed on."""
    return gen_batches(len(X), max(1, block_bytes // (X[0].size * itemsize)))
