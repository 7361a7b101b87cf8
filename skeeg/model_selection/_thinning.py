"""Fewer rows to train on, as if fewer recordings had been made."""

from numbers import Integral

import numpy as np
import pandas as pd


def resolve_train_rows(train_rows, y):
    """Return a dict from class to the number of its rows to train on; others keep all."""
    classes = np.unique(y).tolist()
    if train_rows is None:
        return {}
    wanted = train_rows if isinstance(train_rows, dict) else dict.fromkeys(classes, train_rows)
    for label, n_rows in wanted.items():
        if label not in classes:
            raise ValueError(f"train_rows has the class {label!r}; y has {classes}.")
        if not isinstance(n_rows, Integral) or n_rows < 1:
            raise ValueError(
                f"train_rows must be numbers of rows from 1; got {n_rows!r} for class {label!r}."
            )
    return wanted


def thin(fold, y, groups, wanted):
    """Choose training rows of a fold, group by group, until there are enough.

    Parameters
    ----------
    fold : Fold
        Its seed decides.

    y, groups : ndarray of shape (n_samples,)
        Classes, and groups or None.

    wanted : dict
        Number of rows of each class of which not all are kept.

    Returns
    -------
    rows : ndarray
        Sorted; those of a smaller number are part of those of a larger one.

    Raises
    ------
    ValueError
        If a class has not as many rows.
    """
    if not wanted:
        return fold.train
    codes = np.arange(len(y)) if groups is None else pd.factorize(groups)[0]
    random = np.random.RandomState(fold.seed)
    ranks = random.permutation(len(y))  # of groups, of which there are no more than rows
    shuffled = random.permutation(fold.train)
    ordered = shuffled[np.argsort(ranks[codes[shuffled]], kind="stable")]
    kept = [ordered[np.isin(y[ordered], list(wanted), invert=True)]]
    for label, n_rows in wanted.items():
        of_class = ordered[y[ordered] == label]
        if len(of_class) < n_rows:
            raise ValueError(
                f"train_rows asks for {n_rows} rows of class {label!r}, but fold {fold.fold} of "
                f"repeat {fold.repeat} has {len(of_class)} to train on."
            )
        kept.append(of_class[:n_rows])
    return np.sort(np.concatenate(kept))
