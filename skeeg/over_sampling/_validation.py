"""Checks of the training set, all of them before any work."""

import numpy as np
from imblearn.utils import check_sampling_strategy, check_target_type
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import column_or_1d

from skeeg._signals import check_signals, split_channels

LARGEST = 1e30  # squares of what is larger leave the range of 32-bit floats
FEWEST_ROWS = 2


def check_training_signals(sampler, X):
    """Return X as (n_samples, n_channels, n_times) in its own dtype; set what is learned of it."""
    if hasattr(X, "sparse"):  # a frame of sparse columns
        X = X.sparse.to_dense()
    X = check_signals(sampler, X, reset=True, dtype="numeric", ensure_min_samples=FEWEST_ROWS)
    signals = split_channels(X, sampler.n_channels_)
    peaks = np.maximum(signals.max(axis=-1), -signals.min(axis=-1).astype(float))
    if peaks.max() > LARGEST:
        row, channel = np.unravel_index(peaks.argmax(), peaks.shape)
        raise ValueError(
            f"X holds {peaks.max():.3g} in row {row}, channel {channel}; signals must not exceed "
            f"{LARGEST:.0e}. Is a missing sample coded as a huge number?"
        )
    return signals


def check_classes(sampler, y, n_samples):
    """Return the classes, the first row and the code of each, and how many rows to add."""
    name = type(sampler).__name__
    if y is None:
        raise ValueError(f"{name} requires y to be passed, but the target y is None.")
    check_classification_targets(y)
    labels, _ = check_target_type(y, indicate_one_vs_all=True)
    if len(labels) != n_samples:
        raise ValueError(f"X has {n_samples} rows, but y has {len(labels)} labels.")
    classes, first_rows, codes = np.unique(labels, return_index=True, return_inverse=True)
    strategy = check_sampling_strategy(sampler.sampling_strategy, labels, "over-sampling")
    _check_class_sizes(name, classes, codes, strategy)
    return classes, first_rows, codes, strategy


def _check_class_sizes(name, classes, codes, strategy):
    for label, n_rows in zip(classes.tolist(), np.bincount(codes), strict=True):
        if strategy.get(label, 0) > 0 and n_rows < FEWEST_ROWS:
            raise ValueError(
                f"Class {label!r} has {n_rows} row, and {name} needs at least {FEWEST_ROWS} to "
                f"learn from, better dozens. Collect more of it, drop the class, or leave it out "
                "of sampling_strategy."
            )


def check_groups(groups, n_samples):
    """Raise unless there are no groups, or one for each row."""
    if groups is not None and len(column_or_1d(groups)) != n_samples:
        raise ValueError(f"X has {n_samples} rows, but groups has {len(groups)} entries.")
