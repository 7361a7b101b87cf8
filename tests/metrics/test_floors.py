"""Halves of every class, what a report needs, and the table of means."""

import numpy as np
import pytest

from skeeg.metrics._floors import check_classes, halve_classes, tabulate


@pytest.mark.parametrize("rows_per_group", [1, 3])
def test_every_class_is_halved_by_whole_groups(rows_per_group):
    codes = np.repeat(np.arange(40), rows_per_group)
    y = np.repeat(np.arange(40) % 4 == 0, rows_per_group).astype(int)
    half = halve_classes(y, codes, np.random.RandomState(0))
    assert not np.intersect1d(codes[half], codes[~half]).size
    assert np.bincount(y[half]).tolist() == [15 * rows_per_group, 5 * rows_per_group]


def test_groups_that_hold_several_classes_stay_together():
    codes, y = np.repeat(np.arange(12), 4), np.arange(48) % 2
    half = halve_classes(y, codes, np.random.RandomState(0))
    assert set(np.bincount(codes[half], minlength=12)) == {0, 4}


def test_classes_that_are_too_small_are_named():
    y = np.array(["rare", "rare", *["common"] * 6])
    codes = np.array([0, 1, 2, 3, 2, 3, 2, 3])
    with pytest.raises(ValueError, match="3 windows of each class in X_real; class 'rare' has 2"):
        check_classes("X_real", y, ["common", "rare"], 3)
    with pytest.raises(ValueError, match="4 groups of each class in X_real; class 'common' has 2"):
        check_classes("X_real", y, ["common"], 3, codes, 4)
    check_classes("X_real", y, ["common"], 6, codes, 2)


def test_records_are_averaged_by_class_and_metric():
    records = [
        ("b", {"gap": 1.0}, {"gap": 0.5}),
        ("a", {"gap": 5.0}, {"gap": 2.0}),
        ("b", {"gap": 3.0}, {"gap": 1.5}),
        ("a", {"gap": 7.0}, {"gap": 2.0}),
    ]
    table = tabulate(records, {"gap": "lower"})
    assert table.index.tolist() == [("b", "gap"), ("a", "gap")]
    assert table.loc["b"].to_numpy().tolist() == [[2.0, 1.0, np.sqrt(0.5), "lower"]]
    assert table.loc["a"].to_numpy().tolist() == [[6.0, 2.0, 0.0, "lower"]]
