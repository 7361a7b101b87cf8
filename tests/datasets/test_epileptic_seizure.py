"""Tables as UCI and Kaggle spread them, and files that are no such table."""

import gzip
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from skeeg.datasets import load_bonn, load_epileptic_seizure

REBUILT = "epileptic_seizure/Epileptic_Seizure_Recognition_rebuilt.csv.gz"
IDS = ["X21.V1.791", "X1.V1.924", "X8.V1.1", "X16.V1.60", "X20.V1", "X3.V11", "X3.V1.11"]
SIGNAL = [f"X{i}" for i in range(1, 179)]


@pytest.fixture(scope="module")
def table():
    rng = np.random.default_rng(0)
    values = rng.integers(-1885, 2048, (len(IDS), 178))
    frame = pd.DataFrame(values, columns=SIGNAL)
    return frame.assign(y=[4, 1, 5, 5, 2, 3, 1])


@pytest.fixture
def write(tmp_path):
    def write(content, name="table.csv"):
        path = tmp_path / name
        if isinstance(content, pd.DataFrame):
            content.to_csv(path, index=False)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def csv(table, write):
    """Return the lines of a good file, for a test to spoil."""
    return write(with_ids(table)).read_text().splitlines()


def with_ids(table, name="Unnamed"):
    frame = table.copy()
    frame.insert(0, name, IDS)
    return frame


@pytest.mark.parametrize("id_column", ["", "Unnamed", "Unnamed: 0"])
@pytest.mark.parametrize("name", ["table.csv", "table.csv.gz"])
def test_values_classes_and_groups_are_those_of_the_file(table, write, id_column, name):
    bunch = load_epileptic_seizure(write(with_ids(table, id_column), name))
    np.testing.assert_array_equal(bunch.data, table[SIGNAL])
    assert bunch.data.dtype == np.float32
    np.testing.assert_array_equal(bunch.target, table.y - 1)
    assert bunch.groups.tolist() == ["V1.791", "V1.924", "V1.1", "V1.60", "V1", "V11", "V1.11"]
    assert bunch.sampling_rate == 173.61
    assert [bunch.target_names[k] for k in bunch.target[:2]] == ["eyes closed", "seizure"]
    assert "10" in bunch.DESCR


def test_the_same_last_number_does_not_merge_recordings(table, write):
    groups = load_epileptic_seizure(write(with_ids(table))).groups
    assert len(set(groups)) == len(IDS)
    assert len({int(name.rpartition(".")[2].removeprefix("V")) for name in groups}) < len(IDS)


def test_binary_tells_seizures_from_the_rest(table, write):
    bunch = load_epileptic_seizure(write(with_ids(table)), binary=True)
    np.testing.assert_array_equal(bunch.target, table.y == 1)
    assert bunch.target_names == ["background", "seizure"]


@pytest.mark.parametrize("as_path", [str, lambda path: path])
def test_quotes_bom_crlf_gzip_without_suffix_and_column_order_do_not_matter(table, write, as_path):
    shuffled = with_ids(table)[["y", *SIGNAL[::-1], "Unnamed"]]
    text = shuffled.to_csv(index=False, quoting=1, lineterminator="\r\n") + "\r\n\r\n"
    path = write(gzip.compress(text.encode("utf-8-sig"), mtime=0))
    bunch = load_epileptic_seizure(as_path(path))
    np.testing.assert_array_equal(bunch.data, table[SIGNAL])
    assert bunch.groups[0] == "V1.791"


@pytest.mark.parametrize("keep_index", [False, True])
def test_without_ids_the_groups_are_unknown(table, tmp_path, keep_index):
    table.to_csv(tmp_path / "table.csv", index=keep_index)
    with pytest.warns(UserWarning, match="groups is None") as record:
        bunch = load_epileptic_seizure(tmp_path / "table.csv")
    assert record[0].filename == __file__
    assert bunch.groups is None
    np.testing.assert_array_equal(bunch.data, table[SIGNAL])


def replace_cell(lines, line, column, cell):
    """Replace a cell; lines count from 1 and the header is line 1."""
    cells = lines[line - 1].split(",")
    cells[lines[0].split(",").index(column)] = cell
    return [*lines[: line - 1], ",".join(cells), *lines[line:]]


def drop_columns(lines, *names):
    keep = [i for i, name in enumerate(lines[0].split(",")) if name not in names]
    return [",".join(line.split(",")[i] for i in keep) for line in lines]


def rename(lines, old, new):
    header = [new if name == old else name for name in lines[0].split(",")]
    return [",".join(header), *lines[1:]]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda lines: drop_columns(lines, "X7"), r"1 column\(s\) missing: 'X7'; legal"),
        (lambda lines: drop_columns(lines, "y"), r"missing: 'y'"),
        (
            lambda lines: drop_columns(lines, *SIGNAL[5:]),
            r"173 column\(s\) missing: 'X6', .*\.\.\.",
        ),
        (lambda lines: rename(lines, "X9", "X8"), r"missing: 'X9'"),
        (lambda lines: [line + f",{line.split(',')[3]}" for line in lines], r"repeated: 'X3'"),
        (lambda lines: [line + ",extra" for line in lines], r"1 column\(s\) unknown: 'extra'"),
        (lambda lines: [lines[0] + ",", *(f"{s},0" for s in lines[1:])], r"beside another: ''"),
        (lambda lines: rename(lines, "Unnamed", "patient"), r"unknown: 'patient'"),
        (lambda lines: lines[1:], r"column\(s\) missing: 'X1'"),
        (lambda lines: lines[:1], r"a header and no rows"),
        (lambda lines: [s.replace(",", ";") for s in lines], r"no commas in line 1: 'Unnamed;X1;"),
        (
            lambda lines: [s.replace(",", "\t") for s in lines],
            r"no commas in line 1: 'Unnamed\\tX1",
        ),
        (lambda lines: replace_cell(lines, 4, "X12", "abc"), r"line 4, column X12: 'abc' is not"),
        (lambda lines: replace_cell(lines, 2, "X1", ""), r"line 2, column X1: '' is not"),
        (lambda lines: replace_cell(lines, 8, "X178", "NaN"), r"line 8, column X178: 'NaN'"),
        (lambda lines: replace_cell(lines, 3, "X2", "inf"), r"line 3, column X2: 'inf'"),
        (lambda lines: replace_cell(lines, 3, "X2", "1e300"), r"line 3, column X2: '1e300'"),
        (lambda lines: replace_cell(lines, 3, "X2", "True"), r"line 3, column X2: 'True'"),
        (lambda lines: replace_cell(lines, 3, "X2", "1_0"), r"line 3, column X2: '1_0'"),
        (lambda lines: replace_cell(lines, 3, "X5", '"1,5"'), r"column X5: '1,5' .*decimal point"),
        (lambda lines: replace_cell(lines, 5, "y", "6"), r"line 5, column y: 6; legal are 1, 2"),
        (lambda lines: replace_cell(lines, 5, "y", "0"), r"line 5, column y: 0"),
        (lambda lines: replace_cell(lines, 5, "y", "1.5"), r"line 5, column y: 1.5"),
        (lambda lines: replace_cell(lines, 5, "y", "S"), r"line 5, column y: 'S'"),
        (lambda lines: replace_cell(lines, 6, "Unnamed", "791"), r"line 6: id '791'; legal"),
        (lambda lines: [*lines[:3], lines[3] + ",1"], r"line 4: 181 cells; legal are 180"),
        (lambda lines: [*lines[:3], lines[3][:99]], r"line 4: \d+ cells; legal are 180"),
        (lambda lines: [*lines[:3], "", *lines[3:]], r"line 4: 0 cells; legal are 180"),
        (lambda lines: [*lines[:3], '"' + lines[3]], r"is no csv: unexpected end of data"),
    ],
)
def test_a_spoilt_table_is_refused_by_name(csv, write, spoil, message):
    path = write("\n".join(spoil(csv)))
    with pytest.raises(ValueError, match=message) as error:
        load_epileptic_seizure(path)
    assert str(path) in str(error.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (gzip.compress(b"", mtime=0), "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\xff", "is no csv in UTF-8: it begins with b'.*PNG"),
        (b"PK\x03\x04\x14\x00\xff\xfe", "is no csv in UTF-8: it begins with b'PK"),
        ("X1,X2,y\n1,2,3".encode("utf-16"), "is no csv in UTF-8: it begins with"),
        (b"<!DOCTYPE html>\n<html><body>, not found</body></html>", "is an HTML page"),
        (b"\xef\xbb\xbf\n<HTML lang=en>", "is an HTML page"),
        (
            b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 7",
            "is a pointer of Git LFS",
        ),
        (b"x" * 200_000, "is no csv: field larger"),
        (gzip.compress(b"Unnamed,X1" * 99, mtime=0)[:-9], "damaged gzip"),
        (gzip.compress(b"Unnamed,X1", mtime=0)[:12] + b"\xff" * 20, "damaged gzip"),
    ],
)
def test_other_files_are_refused(write, content, message):
    path = write(content)
    with pytest.raises(ValueError, match=message) as error:
        load_epileptic_seizure(path)
    assert str(path) in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no\.csv"):
        load_epileptic_seizure(tmp_path / "no.csv")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [({"path": 3}, "'path' parameter"), ({"path": "a", "binary": "yes"}, "'binary' parameter")],
)
def test_bad_parameters_are_named(parameters, message):
    with pytest.raises(ValueError, match=message):
        load_epileptic_seizure(**parameters)


def test_the_real_table_has_500_recordings_of_23_windows(data_file):
    table = load_epileptic_seizure(data_file(REBUILT))
    assert table.data.shape == (11500, 178)
    assert (table.data.min(), table.data.max()) == (-1885, 2047)
    np.testing.assert_array_equal(np.bincount(table.target), [2300] * 5)
    windows = Counter(table.groups)
    assert len(windows) == 500
    assert set(windows.values()) == {23}


def test_the_real_table_holds_the_windows_of_the_recordings(data_file):
    table = load_epileptic_seizure(data_file(REBUILT))
    bonn = load_bonn(data_file("bonn_eeg/bonn_500x4097_int16.npz"))
    assert table.target_names == bonn.target_names
    rows, recordings = (
        {window.tobytes(): (target, group) for window, target, group in rows}
        for rows in (zip(b.data, b.target, b.groups, strict=True) for b in (table, bonn))
    )
    assert rows.keys() == recordings.keys()
    assert len(rows) == 11500
    pairs = {(rows[window], recordings[window]) for window in rows}
    assert len(pairs) == 500, "each group has to be one recording"
    assert all(ours[0] == theirs[0] for ours, theirs in pairs)
