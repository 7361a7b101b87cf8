"""The array rule: two layouts, one meaning."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from skeeg._signals import iter_blocks
from skeeg.preprocessing import SignalScaler


def fit(X, n_channels=1):
    return SignalScaler(n_channels=n_channels).fit(X)


@pytest.mark.parametrize("X", [np.eye(12).reshape(12, 3, 4), np.eye(12).reshape(12, 3, 4).tolist()])
def test_three_dimensions_tell_the_number_of_channels(X):
    scaler = fit(X)
    assert (scaler.n_channels_, scaler.n_features_in_) == (3, 12)


def test_flat_rows_are_channel_major():
    assert_array_equal(fit([[1, 1, 7, 7]], n_channels=2).offset_, [1, 7])


def test_layouts_may_change_after_fit():
    X = np.arange(24.0).reshape(2, 3, 4)
    flat = X.reshape(2, 12)
    assert_array_equal(fit(X).transform(flat), fit(flat, n_channels=3).transform(X).reshape(2, 12))


@pytest.mark.parametrize(
    ("X", "n_channels", "message"),
    [
        (np.zeros((2, 3, 4, 5)), 1, "X has 4 dimensions; expected"),
        (np.zeros((2, 7)), 3, "n_channels=3 does not divide the 7 columns of X"),
        (np.zeros((2, 3, 0)), 1, r"X has shape \(2, 3, 0\); expected"),
        (np.zeros((2, 0, 3)), 1, r"X has shape \(2, 0, 3\); expected"),
        (np.zeros((0, 2, 3)), 1, "Found array with 0 sample"),
        ([[[1.0, 2.0], [3.0]]], 1, "inhomogeneous"),
        ([[1.0, 2.0], [3.0]], 1, "inhomogeneous"),
        (np.full((2, 3, 4), np.nan), 1, "X contains NaN"),
        (np.full((2, 3), np.inf), 1, "X contains infinity"),
    ],
)
def test_what_is_no_table_of_signals(X, n_channels, message):
    with pytest.raises(ValueError, match=message):
        fit(X, n_channels)


@pytest.mark.parametrize("shape", [(2, 2, 6), (2, 4, 3), (2, 3, 5)])
def test_another_layout_than_in_fit(shape):
    with pytest.raises(
        ValueError, match=r"expected \(n_samples, 3, n_times\)|expecting 12 features"
    ):
        fit(np.zeros((2, 3, 4))).transform(np.zeros(shape))


@pytest.mark.parametrize(("n_columns", "n_rows"), [(1, 16384), (128, 128), (10**6, 1)])
def test_blocks_cover_all_rows_and_hold_at_least_one(n_columns, n_rows):
    X = np.broadcast_to(0.0, (20000, n_columns))
    blocks = list(iter_blocks(X, itemsize=8))
    assert blocks[0] == slice(0, n_rows)
    assert sum(block.stop - block.start for block in blocks) == 20000
