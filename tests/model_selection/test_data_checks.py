"""Checks of the data: what lets test rows be known from training is found, and nothing else."""

import numpy as np
import pandas as pd
import pytest

from skeeg.model_selection._data_checks import check_leakage, identify_rows


@pytest.fixture
def data(rng):
    """Ten groups of four rows; groups have rows of both classes."""
    groups = np.repeat(np.arange(10), 4)
    return rng.normal(size=(40, 2, 8)), np.tile([0, 1], 20), groups


def states(X, y, groups):
    return check_leakage(X, y, groups, "").set_index("check")["state"].to_dict()


def finding(X, y, groups, check):
    return check_leakage(X, y, groups, "").set_index("check").loc[check, "finding"]


def test_nothing_is_found_where_nothing_is(data):
    assert set(states(*data).values()) == {"fine"}


@pytest.mark.parametrize(
    ("other", "state", "words"),
    [(1, "mind", "always within one group"), (30, "fault", "1 of them in more than one group")],
)
def test_equal_rows_are_worse_in_two_groups_than_in_one(data, other, state, words):
    X, y, groups = data
    X[other], y[other] = X[0], y[0]
    assert states(X, y, groups)["rows that are there twice"] == state
    assert words in finding(X, y, groups, "rows that are there twice")


def test_without_groups_equal_rows_are_a_fault_and_groups_are_missed(data):
    X, y, _ = data
    X[1] = X[0]
    found = states(X, y, None)
    assert found["rows that are there twice"] == "fault"
    assert found["groups"] == "mind"
    assert "groups of each class" not in found


def test_equal_rows_of_two_classes_are_a_fault(data):
    X, y, groups = data
    assert y[0] != y[1]
    X[1] = X[0]
    assert states(X, y, groups)["classes of equal rows"] == "fault"


def test_few_groups_are_named(data):
    X, y, groups = data
    y = np.where(groups < 3, "rare", "common")
    assert states(X, y, groups)["groups of each class"] == "mind"
    assert "class common has 7, rare has 3" in finding(X, y, groups, "groups of each class")


def test_groups_of_one_class_are_a_reason_to_think(data):
    X, _, groups = data
    assert states(X, groups % 2, groups)["classes of each group"] == "mind"


def test_constant_channels_are_counted(data):
    X, y, groups = data
    X[3, 1], X[7] = 2.0, 5.0
    assert finding(X, y, groups, "constant rows") == "2 rows are constant in a channel."


def test_rows_are_equal_by_their_values():
    X = np.array([[0.0, 1.0], [-0.0, 1.0], [1.0, 0.0]])
    codes = identify_rows(X, X[2:].astype(np.float32))
    assert codes.tolist() == [0, 0, 1, 1]


def test_tables_of_words_are_compared_too():
    X = pd.DataFrame({"a": ["x", "y", "x"], "b": [1, 2, 1]})
    assert identify_rows(X).tolist() == [0, 1, 0]
    found = states(X, np.array([0, 1, 1]), None)
    assert found["classes of equal rows"] == "fault"
