"""Checks of the classes that an estimator learns to tell apart."""

import numpy as np
from sklearn.utils import assert_all_finite
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import check_consistent_length, column_or_1d


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
