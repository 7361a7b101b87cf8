"""A file is read by what is in it, from wherever it comes."""

import io
import sys

import numpy as np
import pytest

from skeeg._commands._error import CommandError


class Pipe:
    """What a program is given for standard input."""

    def __init__(self, raw, is_terminal=False):
        self.buffer = io.BytesIO(raw)
        self.isatty = lambda: is_terminal


@pytest.fixture(params=["csv", "tsv", "csv.gz", "parquet", "npz"])
def file(request, frame, eeg, tmp_path):
    """The same windows in every kind of file, under a name that says nothing."""
    path = tmp_path / f"data.{request.param}"
    if request.param == "npz":
        target = frame["label"].to_numpy(dtype=str)
        np.savez(path, X=eeg.data.astype(np.float64), label=target, group=eeg.groups)
    elif request.param == "parquet":
        signals = {f"t{i}": eeg.data[:, i].astype(np.float64) for i in range(eeg.data.shape[1])}
        frame.assign(**signals).to_parquet(path)
    else:
        frame.to_csv(path, sep="\t" if request.param == "tsv" else ",", index=False)
    return path.rename(tmp_path / "data")


def test_the_content_tells_the_kind(file, eeg, read):
    samples = read(file)
    np.testing.assert_allclose(samples.X, eeg.data, atol=0.006)
    assert samples.y.tolist() == [eeg.target_names[code] for code in eeg.target]
    assert len(set(samples.groups)) == 12
    assert samples.describe() == (
        f"{file}: 48 rows of 1 channel with 178 time points; 12 groups; "
        "rows of each class: background: 32, seizure: 16"
    )


def test_a_pipe_gives_what_the_file_gives(file, read, monkeypatch):
    expected = read(file)
    monkeypatch.setattr(sys, "stdin", Pipe(file.read_bytes()))
    samples = read("-")
    np.testing.assert_array_equal(samples.X, expected.X)
    assert samples.origin == "the input"


def test_a_terminal_is_no_pipe(read, monkeypatch):
    monkeypatch.setattr(sys, "stdin", Pipe(b"", is_terminal=True))
    with pytest.raises(CommandError, match="reads from a pipe, and there is none"):
        read("-")


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("nowhere.csv", [], "cannot read nowhere.csv: No such file"),
        ("recording.edf", [], "recording.edf is a recording; give the folder"),
        ("table.csv", ["--window", "2"], "--window is for folders of recordings; table.csv"),
        ("table.csv", ["--labels", "x.csv"], "--labels is for folders"),
        ("table.csv", ["--group-pattern", "("], "no regular expression"),
        ("table.csv", ["--group-pattern", r"(x\d)?", "--groups", "subject"], "has nothing like"),
        ("page.csv", [], "page.csv is an HTML page"),
        ("pointer.csv", [], "pointer of Git LFS"),
        ("picture.csv", [], "no csv in UTF-8"),
    ],
)
def test_what_is_amiss_is_named(table, read, monkeypatch, name, options, message):
    monkeypatch.chdir(table.parent)
    table.with_name("page.csv").write_text("<!DOCTYPE html><html>")
    table.with_name("pointer.csv").write_text("version https://git-lfs.github.com/spec/v1")
    table.with_name("picture.csv").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    with pytest.raises(CommandError, match=message):
        read(name, *options)
