"""Where blocks of unlike lengths meet."""

import pytest

from skeeg.nn._joint import _n_points


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ((960, 15), 15),
        ((960, 300), 16),
        ((960, 1), 8),
        ((178,), 16),
        ((12, 12), 12),
        ((5,), 5),
        ((5, 1), 5),
        ((1, 1), 1),
    ],
)
def test_the_common_grid_is_that_of_the_slowest_block_within_bounds(lengths, expected):
    assert _n_points([(1, n_times) for n_times in lengths]) == expected
