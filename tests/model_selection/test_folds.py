"""Folds keep groups apart, hold all classes, and differ between repeats."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.model_selection import (
    GroupKFold,
    GroupShuffleSplit,
    KFold,
    RepeatedStratifiedKFold,
    StratifiedGroupKFold,
    StratifiedKFold,
)

from skeeg.model_selection._folds import make_folds


def folds_of(data, cv=None, *, groups="own", n_repeats=1, random_state=0):
    groups = data.groups if isinstance(groups, str) else groups
    return make_folds(cv, data.X, data.y, groups, n_repeats=n_repeats, random_state=random_state)


@pytest.mark.parametrize(
    "cv",
    [None, 3, StratifiedGroupKFold(4, shuffle=True), GroupShuffleSplit(3, test_size=0.5)],
    ids=str,
)
def test_groups_and_rows_are_kept_apart_and_all_classes_are_there(recordings, cv):
    for fold in folds_of(recordings, cv, n_repeats=2):
        assert not set(recordings.groups[fold.train]) & set(recordings.groups[fold.test])
        assert set(recordings.y[fold.train]) == set(recordings.y[fold.test]) == {"rare", "common"}


def test_five_stratified_folds_are_the_default(recordings):
    folds = folds_of(recordings, groups=None)
    assert_array_equal(np.sort(np.concatenate([fold.test for fold in folds])), np.arange(120))
    assert [(recordings.y[fold.test] == "rare").sum() for fold in folds] == [8] * 5


def test_repeats_have_other_splits_and_all_folds_other_seeds(recordings):
    folds = folds_of(recordings, n_repeats=3)
    assert [(fold.repeat, fold.fold) for fold in folds] == [
        (r, f) for r in range(3) for f in range(5)
    ]
    assert len({tuple(fold.test) for fold in folds}) == 15
    assert len({fold.seed for fold in folds}) == 15


@pytest.mark.parametrize("cv", [None, StratifiedKFold(3, shuffle=True), RepeatedStratifiedKFold()])
def test_further_repeats_leave_the_first_ones_as_they_are(recordings, cv):
    few, many = (folds_of(recordings, cv, groups=None, n_repeats=n) for n in (2, 4))
    for one, other in zip(few, many, strict=False):
        assert one.seed == other.seed
        assert_array_equal(one.test, other.test)


def test_a_splitter_keeps_the_random_state_that_it_has(recordings):
    cv = StratifiedGroupKFold(4, shuffle=True, random_state=3)
    expected = [test for _, test in cv.split(recordings.X, recordings.y, recordings.groups)]
    for seed in (0, 1):
        for fold, test in zip(folds_of(recordings, cv, random_state=seed), expected, strict=True):
            assert_array_equal(fold.test, test)


def test_the_splitter_of_the_user_is_not_changed(recordings):
    cv = StratifiedGroupKFold(4, shuffle=True)
    folds_of(recordings, cv)
    assert cv.random_state is None


def test_pairs_of_rows_are_a_splitter_too(recordings):
    odd = recordings.groups % 2 == 1
    pairs = [(np.flatnonzero(odd), np.flatnonzero(~odd))]
    masks = [(odd, ~odd)]
    for cv in (pairs, masks):
        (fold,) = folds_of(recordings, cv)
        assert_array_equal(fold.train, pairs[0][0])
        assert_array_equal(fold.test, pairs[0][1])


@pytest.mark.parametrize("cv", [StratifiedKFold(5, shuffle=True), KFold(5, shuffle=True)])
@pytest.mark.filterwarnings("ignore:The groups parameter is ignored")
@pytest.mark.parametrize("as_str", [False, True])
def test_groups_on_both_sides_are_refused(recordings, cv, as_str):
    groups = recordings.groups.astype(str) if as_str else recordings.groups
    with pytest.raises(ValueError, match=r"Fold 0 of repeat 0 has the group \S+ among its train"):
        folds_of(recordings, cv, groups=groups)


def test_rows_on_both_sides_are_refused(recordings):
    rows = np.arange(120)
    with pytest.raises(ValueError, match="has the row 20 among its training rows and among its"):
        folds_of(recordings, [(rows[:80], rows[20:])], groups=None)


@pytest.mark.parametrize(("part", "swap"), [("training", 1), ("test", -1)])
def test_a_class_that_is_missing_is_named(recordings, part, swap):
    common = recordings.y == "common"
    first = common & (recordings.groups < 12)
    pair = np.flatnonzero(first), np.flatnonzero(~first)
    with pytest.raises(ValueError, match=f"no row of class rare among its {part} rows"):
        folds_of(recordings, [pair[::swap]])


@pytest.mark.parametrize(
    "cv", [GroupKFold(3), StratifiedGroupKFold(3, shuffle=True, random_state=0)]
)
def test_repeats_of_the_same_split_are_refused(recordings, cv):
    recordings.groups = np.arange(120)
    with pytest.raises(ValueError, match=r"cv=.*GroupKFold.* gives the same one every time"):
        folds_of(recordings, cv, n_repeats=2)
