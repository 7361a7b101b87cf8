"""Real and synthetic windows, class by class."""

from typing import NamedTuple

import numpy as np
from sklearn.utils import check_consistent_length, column_or_1d
from sklearn.utils.multiclass import unique_labels

from skeeg.metrics._windows import check_windows


class ClassSamples(NamedTuple):
    """The windows of one class, of shape (n_samples, n_channels, n_times)."""

    name: str
    real: np.ndarray
    synthetic: np.ndarray
    groups: np.ndarray


def split_by_class(
    X_real, y_real, X_synthetic, y_synthetic, *, groups=None, n_channels=1, display_labels=None
):
    """Return the samples of each class that has synthetic windows, in the order of the labels."""
    real, synthetic = check_windows(X_real, X_synthetic, n_channels)
    groups = np.arange(len(real)) if groups is None else column_or_1d(groups)
    y_real, y_synthetic = column_or_1d(y_real), column_or_1d(y_synthetic)
    check_consistent_length(real, y_real, groups)
    check_consistent_length(synthetic, y_synthetic)
    names = name_classes(y_real, y_synthetic, display_labels)
    samples = []
    for label, name in names.items():
        ours, theirs = y_real == label, y_synthetic == label
        if theirs.any():
            samples.append(ClassSamples(name, real[ours], synthetic[theirs], groups[ours]))
    return samples


def name_classes(y_real, y_synthetic, display_labels):
    """Return a dict from the label to the name of each class of the real windows."""
    labels = unique_labels(y_real)
    unknown = np.setdiff1d(unique_labels(y_real, y_synthetic), labels)
    if len(unknown):
        raise ValueError(
            f"y_synthetic holds the classes {unknown.tolist()}, y_real does not: "
            f"it has {labels.tolist()}."
        )
    names = labels if display_labels is None else display_labels
    if len(names) != len(labels):
        raise ValueError(
            f"display_labels has {len(names)} names; y_real has {len(labels)} classes, "
            f"{labels.tolist()}."
        )
    return dict(zip(labels, map(str, names), strict=True))
