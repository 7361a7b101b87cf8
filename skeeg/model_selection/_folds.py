"""Training and test rows of a comparison, checked before any work."""

from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold, check_cv
from sklearn.utils import check_random_state

from skeeg.model_selection._entrants import reseed

N_SPLITS = 5


class Fold(NamedTuple):
    """Rows to train on and to score on, and the seed of all that is random in between."""

    repeat: int
    fold: int
    train: np.ndarray
    test: np.ndarray
    seed: int


def draw_seeds(random_state, size):
    """Return integers that do not depend on how many of them are drawn."""
    return check_random_state(random_state).randint(np.iinfo(np.int32).max, size=size).tolist()


def make_folds(cv, X, y, groups, *, n_repeats, random_state):
    """Return the folds of all repeats.

    Parameters
    ----------
    cv : int, splitter, iterable or None
        A splitter that shuffles and has no random state gets another one in each repeat.

    X, y, groups : array-like
        The data; groups may be None.

    n_repeats : int
        Number of times that the data are split.

    random_state : int, RandomState instance or None
        Source of the splits and the seeds.

    Returns
    -------
    folds : list of Fold
        Repeat by repeat.

    Raises
    ------
    ValueError
        If a group is on both sides of a split, a class is missing on one side, or repeats are
        wanted of what always splits the same way.
    """
    splitter = _make_splitter(cv, y, groups)
    folds = []
    for repeat, seed in enumerate(draw_seeds(random_state, n_repeats)):
        pairs = [tuple(map(_to_rows, pair)) for pair in reseed(splitter, seed).split(X, y, groups)]
        seeds = draw_seeds(seed, len(pairs))
        folds += [Fold(repeat, i, *pairs[i], seeds[i]) for i in range(len(pairs))]
    for fold in folds:
        _check_apart(fold, groups)
        _check_classes(fold, y)
    if n_repeats > 1:
        _check_repeats_differ(folds, cv)
    return folds


def _make_splitter(cv, y, groups):
    if cv is None or isinstance(cv, int):
        splitter = StratifiedKFold if groups is None else StratifiedGroupKFold
        return splitter(cv or N_SPLITS, shuffle=True)
    return check_cv(cv, y, classifier=True)


def _to_rows(rows):
    """Return positions, also of a mask."""
    rows = np.asarray(rows)
    return np.flatnonzero(rows) if rows.dtype == bool else rows


def _check_apart(fold, groups):
    """Raise if what is trained on and what is scored on have a row or a group in common."""
    unit, names = "row", np.arange(max(*fold.train, *fold.test) + 1)
    if groups is not None:
        unit = "group"
        codes, names = pd.factorize(groups)
        fold = fold._replace(train=codes[fold.train], test=codes[fold.test])
    shared = np.intersect1d(fold.train, fold.test)
    if len(shared):
        raise ValueError(
            f"{_name(fold)} has the {unit} {names[shared[0]]} among its training rows and among "
            f"its test rows ({len(shared)} of them in all): scores would be too good. Give cv a "
            "splitter that keeps groups together, such as StratifiedGroupKFold."
        )


def _check_classes(fold, y):
    """Raise if a class is missing in the training rows or in the test rows."""
    classes = np.unique(y)
    for part, rows in (("training", fold.train), ("test", fold.test)):
        missing = np.setdiff1d(classes, y[rows])
        if len(missing):
            raise ValueError(
                f"{_name(fold)} has no row of class {missing[0]} among its {part} rows. Every "
                "fold needs all classes on both sides: use fewer folds, or one that stratifies."
            )


def _check_repeats_differ(folds, cv):
    first, second = ([f for f in folds if f.repeat == repeat] for repeat in (0, 1))
    if all(np.array_equal(*pair) for pair in zip(_tests(first), _tests(second), strict=False)):
        raise ValueError(
            f"n_repeats asks for several splits, but cv={cv!r} gives the same one every time. Use "
            "n_repeats=1, or a splitter that shuffles and has random_state=None."
        )


def _tests(folds):
    return [fold.test for fold in folds]


def _name(fold):
    return f"Fold {fold.fold} of repeat {fold.repeat}"
