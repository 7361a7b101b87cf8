"""Files of arrays: shapes and types stay, rows are added, and nothing in them is run."""

import zipfile
from io import BytesIO
from tokenize import TokenError

import numpy as np
import pytest

from skeeg._commands._error import CommandError

X = np.random.default_rng(0).normal(size=(6, 2, 5)).astype(np.float32)
ARRAYS = {
    "X": X,
    "y": np.array([0, 1, 0, 1, 0, 1], dtype=np.int8),
    "groups": np.array([3, 3, 4, 4, 5, 5]),
    "sfreq": np.array(250.0),
    "ch_names": np.array(["Fz", "Cz"]),
    "age": np.array([31, 31, 40, 40, 52, 52]),
}


@pytest.fixture
def save(tmp_path):
    def save(**changes):
        arrays = {name: a for name, a in (ARRAYS | changes).items() if a is not None}
        np.savez(tmp_path / "data.npz", **arrays)
        return tmp_path / "data.npz"

    return save


def test_three_dimensions_stay_and_the_file_tells_rate_and_channels(save, read):
    samples = read(save())
    np.testing.assert_array_equal(samples.X, X)
    assert samples.X.dtype == np.float32
    assert samples.y.tolist() == [0, 1] * 3
    assert samples.groups.tolist() == ["3", "3", "4", "4", "5", "5"]
    assert (samples.sampling_rate, samples.n_channels) == (250.0, 2)
    assert samples.channel_names == ["Fz", "Cz"]


def test_arrays_go_by_the_names_that_are_asked_for(save, read):
    samples = read(save(), "--target", "age", "--groups", "y")
    assert samples.y.tolist() == ARRAYS["age"].tolist()
    assert samples.groups.tolist() == ["0", "1"] * 3


@pytest.mark.parametrize(
    ("groups", "empty"),
    [(ARRAYS["groups"], -1), (np.array([-1, -1, 0, 0, 2, 2]), -2), (np.array(list("aabbcc")), "")],
)
def test_rows_are_added_to_what_has_rows(save, read, groups, empty):
    samples = read(save(groups=groups))
    file = BytesIO()
    samples.source.write(file, ".npz", X[:2] + 1, np.array([1, 0]))
    file.seek(0)
    again = np.load(file)
    assert set(again) == {"X", "y", "groups", "sfreq", "ch_names", "synthetic"}
    np.testing.assert_array_equal(again["X"], np.concatenate([X, X[:2] + 1]))
    assert again["y"].dtype == np.int8
    assert again["y"].tolist() == [0, 1, 0, 1, 0, 1, 1, 0]
    assert again["groups"].tolist() == [*groups, empty, empty]
    assert again["synthetic"].tolist() == [False] * 6 + [True] * 2


def test_classes_and_groups_that_are_written_as_text_stay_text(save, read):
    samples = read(save(y=np.array(list("010101"))))
    assert samples.y.tolist() == [0, 1] * 3
    file = BytesIO()
    samples.source.write(file, ".npz", X[:1], np.array([1]))
    file.seek(0)
    assert np.load(file)["y"].tolist() == list("0101011")


@pytest.mark.parametrize(
    ("changes", "options", "message"),
    [
        ({"X": None}, [], "no array 'X' of signals; there are 'y'"),
        ({"y": None}, [], "which array .* is the class"),
        ({}, ["--target", "yy"], "no 'yy', for which --target asks; did you mean 'y'"),
        ({"X": X[0, 0]}, [], r"X has shape \(5,\) and type float32"),
        ({"X": X.astype(str)}, [], "type <U"),
        ({"X": np.where(X[4, 1, 2] == X, np.nan, X)}, [], r"X\[4, 1, 2\] is nan"),
        ({"y": np.array([0, 1])}, [], r"y has shape \(2,\); legal is \(6,\)"),
        ({"groups": np.zeros((6, 2))}, [], r"groups has shape \(6, 2\)"),
        ({"sfreq": np.array([1.0, 2.0])}, [], "sfreq is .*legal is one number above 0"),
        ({}, ["--sampling-rate", "100"], "sampled at 250 Hz, and --sampling-rate says 100"),
        ({}, ["--n-channels", "3"], "has 2 channels; --n-channels is 3"),
        ({"y": np.array([object()] * 6)}, [], "holds objects and not arrays"),
        ({"synthetic": np.array([0, 0, 0, 0, 1, 2])}, [], "row 5, column synthetic: .*2"),
    ],
)
def test_what_is_amiss_is_named(save, read, changes, options, message):
    with pytest.raises(CommandError, match=message):
        read(save(**changes), *options)


def test_other_zip_files_are_refused(tmp_path, read):
    with zipfile.ZipFile(tmp_path / "sheet.xlsx", "w") as file:
        file.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(CommandError, match=r"'xl/workbook.xml' in it.*save spreadsheets as csv"):
        read(tmp_path / "sheet.xlsx")


def test_damaged_files_are_refused(save, read, rng):
    path = save(X=rng.normal(size=(6, 2, 2000)))
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    with pytest.raises(CommandError, match="is damaged"):
        read(path)
    # a header that is no longer Python is parsed before it is checked
    spoilt = bytearray(whole)
    spoilt[whole.index(b"{'descr'")] = ord("'")
    path.write_bytes(spoilt)
    with pytest.raises(TokenError):
        np.load(path)["X"]
    with pytest.raises(CommandError, match="is damaged"):
        read(path)
