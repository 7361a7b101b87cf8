"""Halves of every class, which classes can be measured, and the table of means."""

import numpy as np
import pytest

from skeeg.metrics._floors import (
    Need,
    choose_classes,
    find_few_groups,
    halve_classes,
    tabulate,
)


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


@pytest.fixture
def sizes():
    """Two windows of two groups of one class, six of two groups of another."""
    y = np.array(["rare", "rare", *["common"] * 6])
    return {"y": y, "codes": np.array([0, 1, 2, 3, 2, 3, 2, 3])}


def test_classes_that_are_too_small_are_left_out_and_named(sizes):
    labels, need = ["common", "rare"], Need("X_real", n_windows=3, n_groups=2, **sizes)
    with pytest.warns(UserWarning, match="Class 'rare' has 2 windows in X_real, and it takes 3"):
        assert choose_classes(labels, [need._replace(n_windows=2), need]) == ["common"]
    assert choose_classes(labels, [need._replace(n_windows=2)]) == labels
    with pytest.raises(ValueError, match=r"No class.* 'common' has 2 groups in X_real.* takes 4"):
        choose_classes(labels, [need._replace(n_groups=4)])


def test_classes_with_few_groups_are_named(sizes):
    need = Need("X_real", n_windows=1, **sizes)
    assert find_few_groups(["common", "rare"], need, 2, "the floor") == []
    with pytest.warns(UserWarning, match="Class 'common' has 2 .*, and the floor takes 3: it is"):
        assert find_few_groups(["common"], need, 3, "the floor") == ["common"]


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
