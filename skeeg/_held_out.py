"""Choose which signals a training is not to see, whole groups at a time."""

import numpy as np
import pandas as pd
from sklearn.utils import assert_all_finite
from sklearn.utils.validation import _num_samples, column_or_1d

FEWEST_ROWS = 2  # of a class, that stay in the training


def choose_held_out(fraction, codes, groups, random):
    """Return which rows to hold out: about a fraction of every class, and whole groups.

    Parameters
    ----------
    fraction : float
        Share of the rows, between 0 and 1.

    codes : ndarray of int, shape (n_samples,)
        Class of each row.

    groups : array-like of shape (n_samples,) or None
        Groups are held out as a whole; None takes every row for a group of its own.

    random : RandomState
        Source of the choice.

    Returns
    -------
    held_out : ndarray of bool, shape (n_samples,)
        At most half of each class; of some none, where the groups do not allow for it.
    """
    groups = np.arange(len(codes)) if groups is None else pd.factorize(np.asarray(groups))[0]
    rows_of = np.zeros((groups.max() + 1, codes.max() + 1), dtype=int)
    np.add.at(rows_of, (groups, codes), 1)
    total = rows_of.sum(axis=0)
    most = np.minimum(total / 2, total - FEWEST_ROWS).clip(0)
    chosen, taken = np.zeros(len(rows_of), dtype=bool), np.zeros_like(total)
    for code in np.argsort(total, kind="stable"):  # rare classes first: they have less choice
        for group in random.permutation(np.flatnonzero(rows_of[:, code])):
            if taken[code] >= fraction * total[code]:
                break
            if not chosen[group] and (taken + rows_of[group] <= most).all():
                chosen[group] = True
                taken += rows_of[group]
    return chosen[groups]


def check_groups(groups, n_samples):
    """Raise unless there are no groups, or one for each row."""
    if groups is None:
        return
    assert_all_finite(np.asarray(groups), input_name="groups")
    if len(column_or_1d(groups)) != n_samples:
        raise ValueError(f"X has {n_samples} rows, but groups has {len(groups)} entries.")
    missing = np.flatnonzero(pd.isna(column_or_1d(groups)))
    if len(missing):
        raise ValueError(f"groups has no value in row {missing[0]}; every row needs a group.")


def hold_out(fraction, codes, groups, random):
    """Return which rows only decide when to stop.

    Fewer groups than rows are those of the first; what a sampler has appended is not held out.
    Without groups no row tells that it was appended.
    """
    n_own = len(codes) if groups is None else min(len(codes), _num_samples(groups))
    check_groups(groups, n_samples=n_own)
    if n_own == 0:
        raise ValueError("groups has no entries; leave it at None where there are no groups.")
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
