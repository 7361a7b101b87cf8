"""A file is there as a whole or not at all, and none is lost."""

import os

import pytest

from skeeg._commands._error import CommandError
from skeeg._commands._writing import check_output, whole_file


def test_a_file_appears_when_it_is_whole(tmp_path):
    path = tmp_path / "out.csv"
    with whole_file(path) as file:
        file.write(b"half")
        file.flush()
        assert not path.exists()
    assert path.read_bytes() == b"half"
    assert os.listdir(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, ValueError])
@pytest.mark.parametrize("before", [None, b"old"])
def test_what_is_interrupted_leaves_all_as_it_was(tmp_path, interruption, before):
    path = tmp_path / "out.csv"
    if before:
        path.write_bytes(before)

    def write_half():
        with whole_file(path) as file:
            file.write(b"half")
            raise interruption

    with pytest.raises(interruption):
        write_half()
    assert os.listdir(tmp_path) == (["out.csv"] if before else [])
    assert not before or path.read_bytes() == before


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "file.csv").touch()
    (tmp_path / "link.csv").symlink_to("file.csv")
    with whole_file(tmp_path / "link.csv") as file:
        file.write(b"new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "file.csv").read_bytes() == b"new"


def test_permissions_are_those_of_any_new_file(tmp_path):
    (tmp_path / "other").touch()
    with whole_file(tmp_path / "out.csv"):
        pass
    assert (tmp_path / "out.csv").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("name", ["out.csv", "OUT.CSV", "out.v2.csv"])
def test_endings_are_told_and_files_are_kept(tmp_path, name):
    path = tmp_path / name
    assert check_output("--out", path, (".csv", ".csv.gz"), force=False) == ".csv"
    path.touch()
    with pytest.raises(CommandError, match=r"--out: .* is there already; --force overwrites it"):
        check_output("--out", path, (".csv",), force=False)
    assert check_output("--out", path, (".csv",), force=True) == ".csv"


@pytest.mark.parametrize("force", [False, True])
def test_what_cannot_be_a_file_is_refused(tmp_path, force):
    (tmp_path / "folder.csv").mkdir()
    for name, message in (
        ("out.txt", "--out must end in .csv or .tsv, got .*out.txt"),
        ("folder.csv", "is there and is no file"),
        ("nowhere/out.csv", "cannot write to the folder .*nowhere"),
    ):
        with pytest.raises(CommandError, match=message):
            check_output("--out", tmp_path / name, (".csv", ".tsv"), force=force)
