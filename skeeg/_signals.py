"""The array rule: samples first, time last, channels between if there are any."""

import numpy as np
from sklearn.utils.validation import validate_data


def check_signals(estimator, X, *, reset, **check_params):
    """Validate X and view it as signals, whichever of the two layouts it has.

    Parameters
    ----------
    estimator : estimator
        It has the parameter `n_channels`, and once fitted the attribute `n_channels_`. With
        `reset`, `n_features_in_` (the flat count) and `feature_names_in_` are set on it.
    X : array-like of shape (n_samples, n_channels * n_times) or \
            (n_samples, n_channels, n_times)
        The signals; two dimensions are channel-major.
    reset : bool
        True in `fit`, False wherever X must match what `fit` has seen.
    **check_params
        Passed to :func:`sklearn.utils.validation.validate_data`.

    Returns
    -------
    signals : ndarray of shape (n_samples, n_channels, n_times)
        A view of the validated array.
    """
    shape = X.shape if hasattr(X, "shape") else np.asarray(X).shape
    if len(shape) > 3:
        raise ValueError(
            f"X has {len(shape)} dimensions; expected (n_samples, n_times) or "
            "(n_samples, n_channels, n_times)."
        )
    if len(shape) == 3:
        X = np.asarray(X).reshape(shape[0], shape[1] * shape[2])
    X = validate_data(estimator, X, reset=reset, **check_params)
    return X.reshape(len(X), _resolve_n_channels(estimator, shape, reset), -1)


def _resolve_n_channels(estimator, shape, reset):
    wanted = estimator.n_channels if reset else estimator.n_channels_
    name = type(estimator).__name__
    if len(shape) == 3 and not reset and shape[1] != wanted:
        raise ValueError(f"X has {shape[1]} channels, but {name} was fitted with {wanted}.")
    if len(shape) == 3:
        return shape[1]
    if shape[1] % wanted:
        raise ValueError(
            f"n_channels={wanted} does not divide the {shape[1]} columns of X; "
            "a flat row holds n_channels * n_times values, channel after channel."
        )
    return wanted
