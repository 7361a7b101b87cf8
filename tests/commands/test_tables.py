"""Tables come back as they were, with synthetic rows below: text as text, types as types."""

import gzip
from io import BytesIO, StringIO

import numpy as np
import pandas as pd
import pytest

from skeeg._commands._error import CommandError


def written(samples, suffix, X=None, y=None):
    file = BytesIO()
    X = samples.X[:2] if X is None else X
    samples.source.write(file, suffix, X, samples.y[: len(X)] if y is None else y)
    return file.getvalue()


def test_values_classes_and_groups_are_those_of_the_file(table, eeg, read):
    samples = read(table, "--sampling-rate", "173.61")
    np.testing.assert_allclose(samples.X, eeg.data, atol=0.006)
    assert samples.y.tolist() == [eeg.target_names[code] for code in eeg.target]
    assert samples.groups.tolist() == [f"S{group:02}" for group in eeg.groups]
    assert (samples.sampling_rate, samples.n_channels, samples.synthetic) == (173.61, 1, None)


@pytest.mark.parametrize(
    ("separator", "options"), [(",", []), ("\t", []), (";", ["--separator", ";"])]
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_separator_and_packing_are_seen_in_the_content(
    frame, tmp_path, read, separator, options, pack
):
    path = tmp_path / "anything"
    path.write_bytes(pack(frame.to_csv(sep=separator, index=False).encode()))
    assert read(path, *options).X.shape == (48, 178)


def test_rows_come_back_character_by_character(save, read):
    text = 'id,"a, b",x,y\nrow one,1.50,-2e-3,rest\n"say ""no""",+3, 4.,task\n'
    samples = read(save(text), "--drop", "id")
    lines = written(samples, ".csv").decode().splitlines()
    assert lines[0] == text.splitlines()[0] + ",synthetic"
    assert lines[1:3] == [f"{line},0" for line in text.splitlines()[1:]]
    assert lines[3:] == [",1.5,-0.002,rest,1", ",3,4,task,1"]


@pytest.mark.parametrize(
    ("cells", "drawn", "text"),
    [
        (["1", "-2"], np.array([[3], [-40]]), ["3", "-40"]),
        (["1.25", "2"], np.array([[1 / 3], [-40]]), ["0.33", "-40.00"]),
        (["1.23456789", "2"], np.array([[1 / 3], [1e-7]]), ["0.333333333", "1e-07"]),
        (["1e-5", "2e-6"], np.array([[1 / 3e5], [1e-7]]), ["3.33333333e-06", "1e-07"]),
    ],
)
def test_synthetic_numbers_have_the_decimals_of_the_file(save, read, cells, drawn, text):
    samples = read(save(f"a,y\n{cells[0]},0\n{cells[1]},1\n"))
    lines = written(samples, ".csv", X=drawn).decode().splitlines()
    assert [line.split(",")[0] for line in lines[3:]] == text


@pytest.mark.parametrize("suffix", [".csv", ".csv.gz", ".tsv", ".tsv.gz"])
def test_the_ending_decides_how_text_is_written(table, read, frame, suffix):
    raw = written(read(table), suffix)
    text = (gzip.decompress(raw) if suffix.endswith("gz") else raw).decode()
    separator = "\t" if suffix.startswith(".tsv") else ","
    again = pd.read_csv(StringIO(text), sep=separator, dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(again[frame.columns][: len(frame)], frame, check_dtype=False)
    assert again["synthetic"].tolist() == ["0"] * 48 + ["1"] * 2
    assert again["subject"].tolist()[48:] == ["", ""]


def test_what_is_written_is_read_again_with_its_marks(table, read, tmp_path):
    samples = read(table)
    (tmp_path / "more.csv").write_bytes(written(samples, ".csv"))
    again = read(tmp_path / "more.csv")
    np.testing.assert_array_equal(again.synthetic, np.arange(50) >= 48)
    np.testing.assert_array_equal(again.X, np.concatenate([samples.X, samples.X[:2]]))
    assert again.groups.tolist() == [*samples.groups, "", ""]


def test_typed_columns_keep_their_types_and_integers_are_rounded(tmp_path, read):
    frame = pd.DataFrame(
        {
            "subject": np.array([7, 7, 8, 8], dtype=np.int32),
            "a": np.array([1, 2, 3, 4], dtype=np.int16),
            "b": np.array([0.5, 1, 2, 3], dtype=np.float32),
            "age": [31, 31, 40, 40],
            "y": pd.Categorical(["rest", "task", "rest", "task"]),
        }
    )
    frame.to_parquet(tmp_path / "data.parquet")
    samples = read(tmp_path / "data.parquet", "--drop", "age")
    assert samples.X.tolist() == frame[["a", "b"]].to_numpy().tolist()
    raw = written(samples, ".parquet", X=np.array([[1.7, 1.7]]), y=np.array(["task"]))
    again = pd.read_parquet(BytesIO(raw))
    pd.testing.assert_frame_equal(again[list(frame)][:4], frame, check_dtype=False)
    assert again[["a", "b", "y"]].dtypes.tolist() == frame[["a", "b", "y"]].dtypes.tolist()
    assert again.loc[4, ["a", "y", "synthetic"]].tolist() == [2, "task", True]
    assert again.loc[4, ["subject", "age"]].isna().all()
    assert str(again["age"].dtype) == "Int64"


def test_times_are_no_signal(tmp_path, read):
    frame = pd.DataFrame({"a": [1, 5], "when": pd.to_datetime(["2020-01-01", "2021-01-01"])})
    frame.assign(y=[0, 1]).to_parquet(tmp_path / "data.parquet")
    with pytest.raises(CommandError, match="hold no numbers: 'when'"):
        read(tmp_path / "data.parquet")


def test_a_named_index_is_a_column(tmp_path, read):
    frame = pd.DataFrame({"a": [1.5, 2.5], "y": [0, 1]}, index=pd.Index(["S1", "S2"], name="who"))
    frame.to_parquet(tmp_path / "data.parquet")
    samples = read(tmp_path / "data.parquet", "--groups", "who")
    assert samples.groups.tolist() == ["S1", "S2"]
    raw = written(samples, ".parquet", X=np.array([[1.0]]), y=np.array([1]))
    assert list(pd.read_parquet(BytesIO(raw)).columns) == ["who", "a", "y", "synthetic"]


@pytest.mark.parametrize(
    ("separator", "text"), [(r"\t", "a\tb\ty\n1\t2\t0\n3\t4\t1\n"), (";", "a;b;y\n1;2;0\n3;4;1\n")]
)
def test_separators_are_single_characters(save, read, separator, text):
    assert read(save(text), "--separator", separator).X.tolist() == [[1, 2], [3, 4]]
    with pytest.raises(SystemExit):
        read(save(text), "--separator", ";;")


def test_float32_columns_stay_float32(tmp_path, read):
    pd.DataFrame({"a": np.float32([1, 2]), "y": [0, 1]}).to_parquet(tmp_path / "data.parquet")
    assert read(tmp_path / "data.parquet").X.dtype == np.float32


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("a;y\n1;0\n2;1\n", [], "no commas in line 1.*--separator"),
        ("a,b,y\n1,2,0\n1,2\n", [], "line 3: 2 cells; legal are 3"),
        ("a,b,y\n1,2,0\n1,,1\n", [], "line 3, column b: '' is not a finite number"),
        ("a,b,y\n1,2,0\n1,3,1\n", ["--n-channels", "3"], "3 does not divide the 2 columns.*"),
        ("a,y\n1,0\n", [], "1 row"),
        ("a,y,synthetic\n1,0,0\n1,0,maybe\n", [], "line 3, column synthetic: 'maybe'"),
        ("", [], "is empty"),
    ],
)
def test_what_is_amiss_is_named(save, read, text, options, message):
    with pytest.raises(CommandError, match=message):
        read(save(text), *options)


def test_damaged_parquet_files_are_refused(tmp_path, read):
    (tmp_path / "data.parquet").write_bytes(b"PAR1" + bytes(50))
    with pytest.raises(CommandError, match=r"data.parquet cannot be read"):
        read(tmp_path / "data.parquet")


def test_without_pyarrow_it_is_said_what_to_install(tmp_path, read, monkeypatch):
    def fail(*args):
        raise ImportError("Unable to find a usable engine")

    monkeypatch.setattr(pd, "read_parquet", fail)
    (tmp_path / "data.parquet").write_bytes(b"PAR1" + bytes(50))
    with pytest.raises(CommandError, match=r"pip install 'skeeg\[parquet\]'"):
        read(tmp_path / "data.parquet")
