"""Whole groups are held out, about a fraction of every class."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from skeeg._held_out import check_groups, choose_held_out, hold_out

CODES = np.repeat([0, 0, 0, 1], 25)


@pytest.fixture
def random():
    return np.random.RandomState(0)


def shares(held_out, codes):
    return [held_out[codes == code].mean() for code in np.unique(codes)]


@pytest.mark.parametrize("fraction", [0.04, 0.2, 0.5])
def test_rows_are_held_out_in_proportion(random, fraction):
    assert shares(choose_held_out(fraction, CODES, None, random), CODES) == pytest.approx(
        [fraction, fraction], abs=0.03
    )


@pytest.mark.parametrize("kind", [int, str])
def test_groups_are_held_out_as_a_whole(random, kind):
    groups = (np.arange(100) % 10).astype(kind)  # each has rows of both classes
    held_out = choose_held_out(0.2, CODES, groups, random)
    for group in np.unique(groups):
        assert len(set(held_out[groups == group])) == 1
    assert shares(held_out, CODES) == pytest.approx([0.2, 0.2], abs=0.1)


def test_rare_classes_choose_first(random):
    """Of three groups only one has both classes: it is the only one that gives the rare one."""
    codes = np.repeat([0, 0, 1], 10)
    groups = np.repeat([0, 1, 2, 3, 4, 5], 5)
    held_out = choose_held_out(0.5, codes, groups, random)
    assert shares(held_out, codes) == [0.5, 0.5]


@pytest.mark.parametrize(
    ("codes", "groups"),
    [
        (np.repeat([0, 1], [30, 6]), np.repeat([0, 1, 2, 3], [10, 10, 10, 6])),
        (np.repeat([0, 1], [30, 2]), None),
        (np.repeat([0, 1], [30, 1]), None),
    ],
    ids=["one group", "two rows", "one row"],
)
def test_a_class_that_has_too_little_stays_in_the_training(random, codes, groups):
    held_out = choose_held_out(0.3, codes, groups, random)
    assert shares(held_out, codes) == pytest.approx([1 / 3, 0], abs=0.05)


def test_at_least_half_of_every_class_is_left(random):
    groups = np.repeat(np.arange(7), [60, 5, 5, 5, 9, 8, 8])
    held_out = choose_held_out(0.9, CODES, groups, random)
    assert 0 < max(shares(held_out, CODES)) <= 0.5


def test_the_choice_depends_on_the_seed_alone():
    first, second, other = (
        choose_held_out(0.3, CODES, None, np.random.RandomState(seed)) for seed in (0, 0, 1)
    )
    assert_array_equal(first, second)
    assert not np.array_equal(first, other)


def test_rows_without_a_group_are_not_held_out(random):
    """A sampler has appended them."""
    codes, groups = np.tile(CODES, 2), np.arange(100) % 10
    held_out = hold_out(0.2, codes, groups, random)
    assert held_out[:100].any()
    assert not held_out[100:].any()


def test_without_groups_every_row_may_be_held_out(random):
    assert hold_out(0.4, np.tile(CODES, 2), None, random)[100:].any()


def test_nothing_is_held_out_where_no_fraction_is(random):
    assert not hold_out(None, CODES, None, random).any()


@pytest.mark.parametrize("fraction", [None, 0.2])
def test_no_groups_at_all_are_refused(random, fraction):
    with pytest.raises(ValueError, match="groups has no entries"):
        hold_out(fraction, CODES, [], random)


def test_groups_that_are_too_large_are_named(random):
    with pytest.raises(ValueError, match=r"validation_fraction=0\.2 can hold out nothing"):
        hold_out(0.2, CODES, np.zeros(100), random)


@pytest.mark.parametrize(
    "groups",
    [
        np.array(["2020-01-01", "NaT"], dtype="datetime64[D]"),
        np.array(["a", None], dtype=object),
    ],
)
def test_a_missing_group_is_named(groups):
    with pytest.raises(ValueError, match="groups has no value in row 1"):
        check_groups(groups, n_samples=2)
