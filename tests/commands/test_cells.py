"""Cells become numbers, classes and groups, or the first that does not is named."""

import numpy as np
import pandas as pd
import pytest

from skeeg._commands._cells import to_classes, to_groups, to_mask, to_numbers
from skeeg._commands._error import CommandError


def column(*cells, name="y"):
    return pd.Series(cells, name=name, index=pd.RangeIndex(2, len(cells) + 2, name="line"))


def numbers(**columns):
    index = pd.RangeIndex(2, len(next(iter(columns.values()))) + 2, name="line")
    return to_numbers(pd.DataFrame(columns, index=index), "data.csv")


def test_whole_numbers_are_whole_only_where_all_are():
    assert numbers(a=["1", "-2"], b=["0", "30"]).dtype == np.int64
    mixed = numbers(a=["1", "-2"], b=["0.5", "3e1"])
    assert mixed.dtype == np.float64
    np.testing.assert_array_equal(mixed, [[1, 0.5], [-2, 30]])


@pytest.mark.parametrize("dtype", ["float32", "int16", "float64", "Float32", "Int16"])
def test_types_of_typed_columns_stay(dtype):
    X = numbers(a=pd.array([1, 2], dtype=dtype), b=pd.array([3, 4], dtype=dtype))
    assert X.dtype == dtype.lower()


def test_numbers_too_large_for_whole_ones_are_numbers():
    assert numbers(a=["99999999999999999999", "1"], b=["1", "2"])[0, 0] == 1e20


@pytest.mark.parametrize("cell", ["", "abc", "nan", "inf", "1,5", "True", "1_0"])
def test_a_cell_that_is_no_number_is_named(cell):
    with pytest.raises(CommandError, match=f"data.csv, line 4, column b: '{cell}' is not a finite"):
        numbers(a=["1"] * 5, b=["1", "2", cell, "3", "4"])


def test_a_gap_in_typed_columns_is_named():
    with pytest.raises(CommandError, match="line 3, column a: <NA> is not"):
        numbers(a=pd.array([1, None, 3], dtype="Int64"))


def test_columns_of_text_are_named_with_the_way_out():
    text = ["x", "y", "z", "1"]
    with pytest.raises(CommandError, match=r"2 column\(s\) hold no .*'id', 'sex'.*--drop id,sex"):
        numbers(id=text, a=["1"] * 4, sex=text)


@pytest.mark.parametrize("first", [0, 1])
def test_a_column_that_counts_the_rows_is_refused(first):
    counts = [str(i) for i in range(first, first + 6)]
    with pytest.raises(CommandError, match=r"'id' counts the rows.*--drop id"):
        numbers(a=["1.5"] * 6, id=counts)
    assert numbers(a=["1.5"] * 6, ramp=[f"{i}.5" for i in range(6)]).shape == (6, 2)


def test_codes_among_fractions_are_refused(rng):
    signals = {f"t{i}": rng.normal(size=30).round(1) for i in range(20)}
    ages = rng.integers(20, 80, 30).astype(float)
    with pytest.raises(CommandError, match=r"'age', 'sex' holds whole numbers.*--drop age,sex"):
        numbers(age=ages, sex=ages % 2, **signals)
    assert numbers(baseline=np.zeros(30), **signals).shape == (30, 21)
    assert numbers(**{name: values.round() for name, values in signals.items()}, age=ages).any()


def test_whole_numbers_that_chance_explains_are_signals(rng):
    halves = rng.integers(-9, 9, (8, 300)) / 2
    halves[:, 0] = np.arange(8) ** 2
    assert numbers(**{f"t{i}": column for i, column in enumerate(halves.T)}).shape == (8, 300)


def test_unnamed_counts_can_be_named():
    with pytest.raises(CommandError, match="--drop ''"):
        numbers(**{"": list("012345"), "a": ["1.5"] * 6})


@pytest.mark.parametrize(
    ("cells", "classes"),
    [
        (("0", "1", "0"), [0, 1, 0]),
        (("10", "-9", "10"), [10, -9, 10]),
        (("01", "1", "1"), ["01", "1", "1"]),
        (("1.0", "0.0", "1.0"), ["1.0", "0.0", "1.0"]),
        (("rest", "task", "rest"), ["rest", "task", "rest"]),
        ((True, False, True), [True, False, True]),
        ((2, 3, 2), [2, 3, 2]),
    ],
)
def test_classes_are_what_is_written(cells, classes):
    assert to_classes(column(*cells), "data.csv").tolist() == classes


@pytest.mark.parametrize("gap", ["", "  ", None, np.nan])
def test_a_missing_class_or_group_is_named(gap):
    with pytest.raises(CommandError, match="line 3, column y: the class is missing"):
        to_classes(column("a", gap, "b"), "data.csv")
    with pytest.raises(CommandError, match="line 3, column g: the group is missing"):
        to_groups(column("a", gap, "b", name="g"), None, "data.csv")


def test_a_signal_is_no_class():
    with pytest.raises(CommandError, match=r"'y' has 99 values in 99 rows.*Is it the class"):
        to_classes(column(*map(str, range(99))), "data.csv")


def test_groups_are_text_or_what_the_pattern_finds():
    assert to_groups(column(1, 1, 2), None, "data.csv").tolist() == ["1", "1", "2"]
    ids = column("X21.V1.791", "X1.V1.924", "X3.V1.791")
    assert to_groups(ids, r"\.(.*)", "data.csv").tolist() == ["V1.791", "V1.924", "V1.791"]
    assert to_groups(ids, r"V\d+", "data.csv").tolist() == ["V1"] * 3


def test_a_group_without_the_pattern_is_named():
    with pytest.raises(CommandError, match="line 3, column id: '791' has nothing like"):
        to_groups(column("X21.V1", "791", name="id"), r"\.(.*)", "data.csv")


def test_marks_are_read_and_checked():
    assert to_mask(column("0", "1", "False", "TRUE", True), "f").tolist() == [0, 1, 0, 1, 1]
    with pytest.raises(CommandError, match="line 3, column y: 'no'; legal are 0 and 1"):
        to_mask(column("0", "no"), "data.csv")
