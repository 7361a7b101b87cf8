"""What all folds are cut from."""

from typing import NamedTuple

import numpy as np
from sklearn.utils import _safe_indexing, check_consistent_length, column_or_1d
from sklearn.utils.multiclass import check_classification_targets

from skeeg._held_out import check_groups


class Data(NamedTuple):
    """Samples, their classes, and their groups or None."""

    X: object
    y: np.ndarray
    groups: np.ndarray | None

    def take(self, rows):
        """Return some of the rows."""
        groups = None if self.groups is None else self.groups[rows]
        return Data(_safe_indexing(self.X, rows), self.y[rows], groups)


def join(*sets):
    """Stack the rows of several sets; there are groups where all of them have some."""
    grouped = all(data.groups is not None for data in sets)
    return Data(
        np.concatenate([data.X for data in sets]),
        np.concatenate([data.y for data in sets]),
        np.concatenate([data.groups for data in sets]) if grouped else None,
    )


def check_data(X, y, groups):
    """Validate samples, classes and groups; tables stay tables."""
    X = X if hasattr(X, "columns") else np.asarray(X)
    if np.ndim(X) not in (2, 3):
        raise ValueError(
            f"X has {np.ndim(X)} dimensions; expected (n_samples, n_times) or "
            "(n_samples, n_channels, n_times)."
        )
    check_classification_targets(y)
    y = column_or_1d(y)
    check_consistent_length(X, y)
    if len(np.unique(y)) < 2:
        raise ValueError(f"y needs at least two classes; got {np.unique(y).tolist()}.")
    check_groups(groups, n_samples=len(y))
    return Data(X, y, None if groups is None else column_or_1d(groups))
