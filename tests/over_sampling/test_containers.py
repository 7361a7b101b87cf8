"""Synthetic rows below real ones, whatever they came in."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from numpy.testing import assert_array_equal

from skeeg.over_sampling._containers import append_rows, extend_groups, fit_into, stack

SYNTHETIC = np.array([[0.6, -1.5, 300.2], [1.4, 2.5, -300.7]])


@pytest.mark.parametrize(
    ("dtype", "expected"),
    [
        ("int8", [[1, -2, 127], [1, 2, -128]]),
        ("uint8", [[1, 0, 255], [1, 2, 0]]),
        ("int64", [[1, -2, 300], [1, 2, -301]]),
        ("bool", [[True, False, True], [True, True, False]]),
        ("float32", SYNTHETIC.astype("float32")),
        ("object", SYNTHETIC.astype(object)),
    ],
)
def test_arrays(dtype, expected):
    below = append_rows(np.zeros((1, 3), dtype=dtype), SYNTHETIC)
    assert below.dtype == dtype
    assert_array_equal(below[1:], expected)


@pytest.mark.parametrize("dtype", ["int64", "uint64", "int32", "float16", "float32"])
def test_values_out_of_range_stop_at_its_end(dtype):
    with np.errstate(all="raise"):
        found = fit_into(np.array([[-1e300, 1e300]]), [np.dtype(dtype)]).astype(dtype)
    limits = np.iinfo(dtype) if np.dtype(dtype).kind in "iu" else np.finfo(dtype)
    assert found[0, 0] == limits.min
    assert 0.999 * float(limits.max) <= found[0, 1] <= limits.max


def test_large_integers_of_the_original_are_not_touched():
    huge = np.array([[2**63 - 1, 1, 2]])
    assert append_rows(huge, SYNTHETIC)[0, 0] == 2**63 - 1
    frame = append_rows(pd.DataFrame(huge), SYNTHETIC)
    assert frame.iloc[0, 0] == 2**63 - 1


def test_columns_of_a_frame_keep_their_dtypes():
    X = pd.DataFrame({"a": [1], "b": pd.array([2], dtype="Int16"), "c": [0.5]}, index=["row"])
    found = append_rows(X, SYNTHETIC)
    assert found.dtypes.equals(X.dtypes)
    assert found["a"].tolist() == [1, 1, 1]
    assert found["b"].tolist() == [2, -2, 2]
    assert found["c"].tolist() == [0.5, 300.2, -300.7]


def test_columns_of_the_same_name():
    X = pd.DataFrame([[1, 2.0, 3.0]], columns=["a", "a", "a"])
    assert append_rows(X, SYNTHETIC).dtypes.tolist() == X.dtypes.tolist()


def test_polars():
    X = pl.DataFrame({"a": [1], "b": [2], "c": [0.5]}, schema_overrides={"b": pl.UInt8})
    found = append_rows(X, SYNTHETIC)
    assert found.schema == X.schema
    assert found["b"].to_list() == [2, 0, 2]


def test_lists():
    assert append_rows([[1.0, 2.0, 3.0]], SYNTHETIC) == [[1.0, 2.0, 3.0], *SYNTHETIC.tolist()]


def test_no_synthetic_rows():
    assert append_rows(np.ones((2, 3)), np.empty((0, 3))).shape == (2, 3)
    assert append_rows(pd.DataFrame(np.ones((2, 3))), np.empty((0, 3))).shape == (2, 3)


@pytest.mark.parametrize(
    "labels", [["a", "b"], np.array(["a", "b"]), pd.Series(["a", "b"]), pl.Series(["a", "b"])]
)
def test_stacking_keeps_the_container(labels):
    found = stack(labels, labels)
    assert type(found) is type(labels)
    assert list(found) == ["a", "b", "a", "b"]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([3, 7], [3, 7, 8, 8]),
        ([0.5, 1.5], [0.5, 1.5, 2.5, 2.5]),
        (["s1", "s2"], ["s1", "s2", "synthetic", "synthetic"]),
        (["synthetic", "s2"], ["synthetic", "s2", "synthetic_", "synthetic_"]),
    ],
)
def test_groups(groups, expected):
    assert extend_groups(groups, 2).tolist() == expected


DAYS = np.array(["2020-02-28", "2020-02-29"], "M8[D]")


@pytest.mark.parametrize(
    "groups",
    [
        np.arange(256, dtype=np.uint8),
        np.arange(-128, 128, dtype=np.int8),
        np.array([0, 2**32 - 1], np.uint32),
        np.array([2**63 - 1, 0]),
        np.array([2**63, 5], np.uint64),
        np.array([2**64 - 1, 2**64 - 2], np.uint64),
        np.array([False, True]),
        np.array([1e17, 3.0]),
        np.array([2048, 5], np.float16),
        DAYS,
        DAYS.astype("M8[ns]"),
        DAYS - DAYS[0],
        np.array([b"synthetic", b"\xff"]),
    ],
    ids=lambda groups: groups.dtype.name,
)
def test_a_synthetic_group_is_never_one_of_the_real_ones(groups):
    found = extend_groups(groups, 3)
    assert_array_equal(found[:-3], groups)
    assert len(set(found.tolist())) == len(groups) + 1
    assert len(set(found[-3:].tolist())) == 1
    assert len(np.unique(found)) == len(groups) + 1


@pytest.mark.parametrize("groups", [np.array([1j, 2]), np.array([(1, 2.0)], "i4,f4")])
def test_groups_of_no_order_become_objects(groups):
    assert extend_groups(groups, 1).tolist() == [*groups.tolist(), "synthetic"]


def test_groups_of_objects_stay_objects():
    groups = np.array(["s1", 2], dtype=object)
    assert extend_groups(groups, 1).tolist() == ["s1", 2, "synthetic"]
