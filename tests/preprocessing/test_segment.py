"""Windows against plain slicing, what goes with them, and what cannot be cut."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal
from sklearn.model_selection import GroupKFold

from skeeg.preprocessing import segment


def slices(n_times, length, step):
    return [slice(start, start + length) for start in range(0, n_times - length + 1, step)]


@pytest.mark.parametrize(
    ("length", "overlap", "step"),
    [
        (10, 0.0, 10),
        (10, 0.5, 5),
        (10, 0.95, 1),
        (10, 0.999, 1),
        (7, 0.3, 5),
        (37, 0, 37),
        (1, 0, 1),
    ],
)
def test_windows_are_slices_recording_by_recording(rng, length, overlap, step):
    X = rng.standard_normal((4, 3, 37))
    windows, y, groups = segment(X, length=length, overlap=overlap)
    cuts = slices(37, length, step)
    assert_array_equal(windows, [recording[:, cut] for recording in X for cut in cuts])
    assert_array_equal(groups, np.repeat(range(4), len(cuts)))
    assert y is None


@pytest.mark.parametrize("n_channels", [1, 3])
def test_flat_recordings_give_flat_windows(rng, n_channels):
    X = rng.standard_normal((4, n_channels, 37))
    expected = segment(X, length=10, overlap=0.5)[0]
    flat = segment(X.reshape(4, -1), length=10, overlap=0.5, n_channels=n_channels)[0]
    assert_array_equal(flat, expected.reshape(len(expected), -1))


def test_windows_without_overlap_make_up_the_recording(rng):
    X = rng.standard_normal((2, 40))
    windows, _, groups = segment(X, length=8)
    for i in (0, 1):
        assert_array_equal(windows[groups == i].ravel(), X[i])


def test_recordings_may_differ_in_length(rng):
    X = [rng.standard_normal((2, n_times)) for n_times in (30, 10, 25)]
    windows, y, groups = segment(X, ["a", "b", "c"], ["p", "p", "q"], length=10)
    one_by_one = [segment(recording[np.newaxis], length=10)[0] for recording in X]
    assert_array_equal(windows, np.concatenate(one_by_one))
    assert y.tolist() == ["a", "a", "a", "b", "c", "c"]
    assert groups.tolist() == ["p", "p", "p", "p", "q", "q"]


def test_flat_recordings_may_differ_in_length(rng):
    X = [rng.standard_normal((2, n_times)) for n_times in (30, 10)]
    flat = [recording.ravel() for recording in X]
    windows = segment(flat, length=10, n_channels=2)[0]
    assert_array_equal(windows, segment(X, length=10)[0].reshape(4, 20))


def test_labels_per_time_point_are_cut_like_the_signals(rng):
    X = rng.standard_normal((3, 2, 20))
    y = rng.integers(0, 2, (3, 20))
    labels = segment(X, y, length=6, overlap=0.5)[1]
    assert_array_equal(labels, segment(y, length=6, overlap=0.5)[0])
    ragged = segment(list(X), [labels.tolist() for labels in y], length=6, overlap=0.5)[1]
    assert_array_equal(ragged, labels)


@pytest.mark.parametrize(
    ("seconds", "rate", "n_times"), [(1.0, 10, 10), (0.5, 10, 5), (1, 173.61, 174), (0.01, 100, 1)]
)
def test_length_is_in_seconds_with_a_sampling_rate(rng, seconds, rate, n_times):
    X = rng.standard_normal((2, 400))
    windows = segment(X, length=seconds, sampling_rate=rate, overlap=0.2)[0]
    assert_array_equal(windows, segment(X, length=n_times, overlap=0.2)[0])


def test_splits_by_the_groups_keep_recordings_together(rng):
    X, _, groups = segment(rng.standard_normal((6, 100)), length=20, overlap=0.75)
    for train, test in GroupKFold(3).split(X, groups=groups):
        assert not set(groups[train]) & set(groups[test])


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [(np.float32, np.float32), (np.float64, np.float64), (np.int16, np.float64)],
)
def test_float32_stays_and_other_numbers_become_float64(dtype, expected):
    assert segment(np.ones((2, 9), dtype), length=3)[0].dtype == expected


def test_windows_share_no_memory_with_the_recordings(rng):
    X = rng.standard_normal((2, 40))
    before = X.copy()
    segment(X, length=10, overlap=0.5)[0][:] = 0
    assert_array_equal(X, before)


def test_tables_and_columns_of_any_index():
    X = pd.DataFrame(np.arange(12.0).reshape(2, 6), index=[7, 9])
    y = pd.Series(["a", "b"], index=[7, 9])
    windows, labels, groups = segment(X, y, y, length=3)
    assert_array_equal(windows, [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]])
    assert list(labels) == list(groups) == ["a", "a", "b", "b"]


SIGNALS = np.zeros((3, 2, 10))


@pytest.mark.parametrize(
    ("X", "params", "message"),
    [
        (SIGNALS, {"length": 11}, "Recording 0 of X: it has 10 time points, fewer than the 11"),
        ([np.zeros((2, 9)), np.zeros((2, 4))], {"length": 5}, "Recording 1 of X: it has 4 time"),
        ([np.zeros((2, 9)), np.zeros((3, 9))], {}, "number 1 has 3, number 0 has 2"),
        ([np.zeros(9), [1.0, np.nan, 2.0]], {}, "Recording 1 of X: Input X contains NaN"),
        ([np.zeros(9), ["a", "b", "c"]], {}, "Recording 1 of X: .*convert"),
        ([np.zeros(9), [[1.0, 2.0], [3.0]]], {}, "Recording 1 of X: .*inhomogeneous"),
        ([np.zeros(9), np.zeros(8)], {"n_channels": 3}, "Recording 1 of X: n_channels=3 does not"),
        (np.zeros((2, 2, 3, 4)), {}, "Recording 0 of X: X has 4 dimensions"),
        (np.zeros(9), {}, "Recording 0 of X: Expected 2D array, got 1D array"),
        (np.array([[1j] * 5]), {}, "Recording 0 of X: Complex data not supported"),
        ([], {}, "X holds no recordings"),
        (np.zeros((0, 9)), {}, "X holds no recordings"),
        (SIGNALS, {"length": 2.5}, "length=2.5 is no whole number of time points; with sampling"),
        (SIGNALS, {"length": 1e-3, "sampling_rate": 100}, "length=0.001 s .* less than a time"),
        (SIGNALS, {"length": 0}, "The 'length' parameter of segment must be"),
        (SIGNALS, {"length": np.inf}, "The 'length' parameter of segment must be"),
        (SIGNALS, {"length": "1s"}, "The 'length' parameter of segment must be"),
        (SIGNALS, {"overlap": 1.0}, "The 'overlap' parameter of segment must be"),
        (SIGNALS, {"overlap": -0.1}, "The 'overlap' parameter of segment must be"),
        (SIGNALS, {"sampling_rate": 0}, "The 'sampling_rate' parameter of segment must be"),
        (SIGNALS, {"y": [0, 1]}, "y is for 2 recordings, but X has 3"),
        (SIGNALS, {"y": np.zeros((3, 9))}, r"labels of recording 0 .* \(9,\); .*: \(10,\)"),
        (SIGNALS, {"y": [0, 1, [0] * 10]}, r"The labels of recording 0 have shape \(\)"),
        (SIGNALS, {"y": np.zeros((3, 10, 2))}, r"labels of recording 0 have shape \(10, 2\)"),
        (SIGNALS, {"groups": [0, 1, 2, 3]}, "groups is for 4 recordings, but X has 3"),
        (SIGNALS, {"groups": np.zeros((3, 10))}, r"groups must be one per recording; .*\(3, 10\)"),
    ],
)
def test_what_cannot_be_cut(X, params, message):
    with pytest.raises(ValueError, match=message):
        segment(X, **{"length": 2, **params})
