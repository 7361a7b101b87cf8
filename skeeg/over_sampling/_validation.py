"""Checks of the training set, all of them before any work."""

from collections.abc import Mapping
from numbers import Integral

import numpy as np
from imblearn.utils import check_sampling_strategy, check_target_type
from sklearn.utils import assert_all_finite
from sklearn.utils.multiclass import check_classification_targets

from skeeg._held_out import FEWEST_ROWS
from skeeg._signals import check_signals, split_channels

LARGEST = 1e30  # squares of what is larger leave the range of 32-bit floats


def check_training_signals(sampler, X):
    """Return X as (n_samples, n_channels, n_times) in its own dtype; set what is learned of it."""
    if hasattr(X, "sparse"):  # a frame of sparse columns
        X = X.sparse.to_dense()
    X = check_signals(
        sampler,
        X,
        reset=True,
        dtype="numeric",
        ensure_all_finite=False,
        ensure_min_samples=FEWEST_ROWS,
    )
    signals = split_channels(X, sampler.n_channels_)
    _check_values(signals)
    return signals


def _check_values(signals):
    """Raise where a value is not a number that networks can work with, and say where."""
    if signals.dtype.kind not in "biuf":
        raise ValueError(f"X has the dtype {signals.dtype}; signals are real numbers.")
    legal = np.isfinite(signals)
    if signals.dtype != np.float16:  # which has no number as large as that
        legal &= (signals >= -LARGEST) & (signals <= LARGEST)
    if not legal.all():
        row, channel, time = np.argwhere(~legal)[0]
        value = signals[row, channel, time]
        name = "NaN" if np.isnan(value) else "infinity" if np.isinf(value) else f"{value:.3g}"
        raise ValueError(
            f"Input X contains {name}: row {row}, channel {channel}, time {time}. Signals must be "
            f"finite and not exceed {LARGEST:.0e}; repair or drop such rows."
        )


def check_classes(sampler, y, n_samples):
    """Return the classes, the first row and the code of each, and how many rows to add."""
    name = type(sampler).__name__
    if y is None:
        raise ValueError(f"{name} requires y to be passed, but the target y is None.")
    assert_all_finite(np.asarray(y), estimator_name=name, input_name="y")
    check_classification_targets(y)
    labels, _ = check_target_type(y, indicate_one_vs_all=True)
    if len(labels) != n_samples:
        raise ValueError(f"X has {n_samples} rows, but y has {len(labels)} labels.")
    classes, first_rows, codes = np.unique(labels, return_index=True, return_inverse=True)
    strategy = _resolve_strategy(sampler.sampling_strategy, labels)
    _check_class_sizes(name, classes, codes, strategy)
    return classes, first_rows, codes, strategy


def _resolve_strategy(strategy, labels):
    """Turn every spelling of a strategy into how many rows to add to which class."""
    if callable(strategy):
        strategy = strategy(labels)
        if not isinstance(strategy, Mapping):
            raise TypeError(f"sampling_strategy must return a dict; it returned {strategy!r}.")
    if isinstance(strategy, Mapping):
        for label, count in strategy.items():
            if not isinstance(count, Integral):
                raise TypeError(
                    f"sampling_strategy asks for {count!r} rows of class {label!r}; it must be a "
                    "whole number, the rows of that class after resampling."
                )
    return check_sampling_strategy(strategy, labels, "over-sampling")


def _check_class_sizes(name, classes, codes, strategy):
    for label, n_rows in zip(classes.tolist(), np.bincount(codes), strict=True):
        if strategy.get(label, 0) > 0 and n_rows < FEWEST_ROWS:
            raise ValueError(
                f"Class {label!r} has {n_rows} row, and {name} needs at least {FEWEST_ROWS} to "
                f"learn from, better dozens. Collect more of it, drop the class, or leave it out "
                "of sampling_strategy."
            )
