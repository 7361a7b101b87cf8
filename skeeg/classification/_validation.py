"""Checks of what errors on a class cost."""

import numpy as np
from sklearn.utils import compute_class_weight


def check_weights(class_weight, classes, y):
    weights = compute_class_weight(class_weight, classes=classes, y=y)
    if not (np.isfinite(weights) & (weights >= 0)).all() or not weights.any():
        raise ValueError(f"class_weight={class_weight!r}; weights are finite, and not below 0.")
    return weights
