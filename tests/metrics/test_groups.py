"""Groups as numbers, and halves of them."""

import numpy as np
import pytest

from skeeg.metrics._groups import encode_groups, halve


def test_groups_are_numbered_and_rows_without_any_are_on_their_own():
    assert encode_groups(["b", "a", "b"], 3).tolist() == [1, 0, 1]
    assert encode_groups(None, 3).tolist() == [0, 1, 2]


def test_groups_have_to_fit():
    with pytest.raises(ValueError, match="4 rows, but groups has 3"):
        encode_groups([1, 2, 3], 4)


@pytest.mark.parametrize("n_groups", [2, 5, 20])
def test_halves_are_whole_groups(n_groups):
    codes = np.repeat(np.arange(n_groups), 3)
    half = halve(codes, np.random.RandomState(0))
    assert len(np.unique(codes[half])) == n_groups // 2
    assert not np.intersect1d(codes[half], codes[~half]).size
