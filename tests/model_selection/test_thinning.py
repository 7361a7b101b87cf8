"""Training rows are thinned by whole groups, nested, and the same for all samplers."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.pipeline import make_pipeline
from sklearn.tree import DecisionTreeClassifier

from skeeg.feature_extraction import RootMeanSquare
from skeeg.model_selection import compare_samplers
from skeeg.model_selection._folds import make_folds
from skeeg.model_selection._thinning import resolve_train_rows, thin

MODEL = make_pipeline(RootMeanSquare(), DecisionTreeClassifier(max_depth=2, random_state=0))


@pytest.fixture
def folds(recordings):
    X, y, groups = recordings.X, recordings.y, recordings.groups
    return make_folds(4, X, y, groups, n_repeats=1, random_state=0)


def counts(recordings, rows):
    return {name: int((recordings.y[rows] == name).sum()) for name in ("common", "rare")}


@pytest.mark.parametrize("train_rows", [1, 7, 20])
def test_every_class_has_as_many_rows_as_asked_for(recordings, folds, train_rows):
    wanted = resolve_train_rows(train_rows, recordings.y)
    for fold in folds:
        rows = thin(fold, recordings.y, recordings.groups, wanted)
        assert counts(recordings, rows) == {"common": train_rows, "rare": train_rows}
        assert set(rows) <= set(fold.train)
        assert len(set(rows)) == len(rows)


def test_classes_that_are_not_named_keep_all_rows(recordings, folds):
    rows = thin(folds[0], recordings.y, recordings.groups, {"rare": 7})
    expected = counts(recordings, folds[0].train)
    assert counts(recordings, rows) == {**expected, "rare": 7}


def test_rows_come_from_as_few_groups_as_hold_them(recordings, folds):
    rows = thin(folds[0], recordings.y, recordings.groups, {"rare": 12, "common": 15})
    of_rare = rows[recordings.y[rows] == "rare"]
    assert sorted(np.unique(recordings.groups[of_rare], return_counts=True)[1]) == [2, 5, 5]
    assert len(np.unique(recordings.groups[rows])) == 6


@pytest.mark.parametrize("with_groups", [True, False])
def test_fewer_rows_are_part_of_more_and_the_choice_is_that_of_the_seed(
    recordings, folds, with_groups
):
    groups = recordings.groups if with_groups else None
    chosen = [set(thin(folds[0], recordings.y, groups, {"rare": n})) for n in (3, 9, 9, 16)]
    assert chosen[0] < chosen[1] == chosen[2] < chosen[3]
    other = set(thin(folds[0]._replace(seed=1), recordings.y, groups, {"rare": 3}))
    assert other != chosen[0]


def test_nothing_asked_for_is_all(recordings, folds):
    assert resolve_train_rows(None, recordings.y) == {}
    assert_array_equal(thin(folds[0], recordings.y, recordings.groups, {}), folds[0].train)


def test_a_comparison_trains_on_so_many_rows_and_tests_on_all(recordings):
    settings = {"groups": recordings.groups, "cv": 4, "random_state": 0}
    few, many = (
        compare_samplers({}, MODEL, recordings.X, recordings.y, train_rows=rows, **settings).table
        for rows in ({"rare": 6}, None)
    )
    assert (many["n_real"] == many["n_train"]).all()
    for name in ("sampler", "fold", "n_train", "n_test"):
        assert_array_equal(few[name], many[name])
    n_rare = 30  # stratified folds have a quarter of the 40 rare rows each
    assert_array_equal(few["n_real"], many["n_real"] - n_rare + 6)
    oversampled = few.query("sampler == 'SMOTE'")
    assert_array_equal(oversampled["n_synthetic"], oversampled["n_real"] - 2 * 6)


@pytest.mark.parametrize(
    ("train_rows", "message"),
    [
        (0, "'train_rows' parameter"),
        ("20", "'train_rows' parameter"),
        ({"seizure": 5}, r"train_rows has the class 'seizure'; y has \['common', 'rare'\]"),
        ({"rare": 0}, "numbers of rows from 1; got 0 for class 'rare'"),
        ({"rare": 2.5}, "numbers of rows from 1; got 2.5 for class 'rare'"),
        (35, r"asks for 35 rows of class 'rare', but fold 0 of repeat 0 has 30 to train on"),
    ],
)
def test_what_cannot_be_had_is_named(recordings, train_rows, message):
    with pytest.raises(ValueError, match=message):
        compare_samplers(
            {},
            MODEL,
            recordings.X,
            recordings.y,
            groups=recordings.groups,
            cv=4,
            train_rows=train_rows,
        )
