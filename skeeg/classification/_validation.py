"""Checks of labels, weights and groups, all of them before any work."""

import numpy as np
from sklearn.utils import assert_all_finite, compute_class_weight
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import _num_samples, check_consistent_length, column_or_1d

from skeeg._held_out import FEWEST_ROWS, check_groups, choose_held_out


def check_labels(estimator, X, y):
    """Return the labels, their codes and the classes."""
    name = type(estimator).__name__
    if y is None:
        raise ValueError(f"{name} requires y to be passed, but the target y is None.")
    assert_all_finite(np.asarray(y), estimator_name=name, input_name="y")
    if type_of_target(y, input_name="y").endswith(("multioutput", "multilabel-indicator")):
        raise ValueError("Multilabel and multioutput targets are not supported.")
    y = column_or_1d(y, warn=True)
    check_consistent_length(X, y)
    check_classification_targets(y)
    classes, codes = np.unique(y, return_inverse=True)
    if len(classes) == 1:
        raise ValueError(f"y has 1 class, {classes.tolist()[0]!r}; {name} needs at least 2.")
    return y, codes, classes


def check_weights(class_weight, classes, y):
    weights = compute_class_weight(class_weight, classes=classes, y=y)
    if not (np.isfinite(weights) & (weights >= 0)).all() or not weights.any():
        raise ValueError(f"class_weight={class_weight!r}; weights are finite, and not below 0.")
    return weights


def hold_out(fraction, codes, groups, random):
    """Return which rows only decide when to stop; none of those that a sampler has appended."""
    n_own = len(codes) if groups is None else min(len(codes), _num_samples(groups))
    check_groups(groups, n_samples=n_own)
    held_out = np.zeros(len(codes), dtype=bool)
    if fraction is None:
        return held_out
    held_out[:n_own] = choose_held_out(fraction, codes[:n_own], groups, random)
    if not held_out.any():
        raise ValueError(
            f"validation_fraction={fraction} can hold out nothing: half of every class, at least "
            f"{FEWEST_ROWS} rows of it and whole groups stay in the training. Collect more groups, "
            "or set validation_fraction=None."
        )
    return held_out
