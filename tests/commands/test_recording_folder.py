"""Folders of recordings: windows, with classes from a table or from annotations."""

import re

import mne
import numpy as np
import pytest

from skeeg._commands._error import CommandError


@pytest.fixture
def folder(tmp_path, rng):
    """Four recordings of ten seconds, the second half of which is annotated."""
    info = mne.create_info(["Fz", "Cz"], sfreq=100, ch_types="eeg")
    for name in "abcd":
        raw = mne.io.RawArray(1e-5 * rng.standard_normal((2, 1000)), info, verbose="error")
        raw.set_annotations(mne.Annotations([1, 5], [4, 5], ["rest", "task"]))
        raw.save(tmp_path / f"{name}_raw.fif", verbose="error")
    return tmp_path


@pytest.fixture
def labels(folder):
    """Return a function that writes a table of labels."""

    def write(text):
        (folder / "labels.csv").write_text(text)
        return folder / "labels.csv"

    return write


FULL = "file,label,group\na_raw,0,p\nb_raw.fif,1,p\nc_raw,0,q\nd_raw,1,q\n"


def test_annotations_are_classes_and_files_are_groups(folder, read):
    samples = read(folder, "--window", "1")
    assert samples.X.shape == (36, 2, 100)
    assert samples.X.dtype == np.float32
    assert samples.y.tolist() == (["rest"] * 4 + ["task"] * 5) * 4
    assert sorted(set(samples.groups)) == ["a_raw", "b_raw", "c_raw", "d_raw"]
    assert (samples.sampling_rate, samples.channel_names) == (100.0, ["Fz", "Cz"])


def test_some_annotations_and_channels_are_enough(folder, read):
    samples = read(folder, "--annotations", "task", "--channels", "Cz")
    assert set(samples.y) == {"task"}
    assert "1 channel ('Cz') with 200 time points" in samples.describe()
    assert samples.X.shape[1:] == (1, 200)


def test_a_table_tells_classes_and_groups_of_files(folder, labels, read):
    samples = read(folder, "--labels", str(labels(FULL)))
    assert samples.X.shape == (20, 2, 200)
    assert samples.y.tolist() == [0] * 5 + [1] * 5 + [0] * 5 + [1] * 5
    assert samples.groups.tolist() == ["p"] * 10 + ["q"] * 10


def test_without_groups_in_the_table_files_are_groups(folder, labels, read):
    table = labels(re.sub(r"(?m),\w*$", "", FULL))
    assert len(set(read(folder, "--labels", str(table)).groups)) == 4


def test_recordings_are_brought_to_a_rate(folder, read):
    samples = read(folder, "--sampling-rate", "50")
    assert samples.X.shape[2] == 100
    assert samples.sampling_rate == 50.0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FULL.replace("label", "state"), "no column 'label'"),
        (FULL.replace("d_raw", "e_raw"), "line 5: there is no file .*e_raw"),
        (FULL.replace("c_raw,0", "c_raw,"), "line 4: the label is missing"),
        (FULL.replace("0,q", "0,"), "line 4: the group is missing"),
        ("file;label\n", "no commas|header and no rows"),
    ],
)
def test_faults_of_the_table_are_named(folder, labels, read, text, message):
    with pytest.raises(CommandError, match=f"labels.csv.*{message}"):
        read(folder, "--labels", str(labels(text)))


def test_faults_of_the_folder_are_named(folder, read, tmp_path_factory):
    with pytest.raises(CommandError, match=r"has no \.bdf, \.edf, .*--labels"):
        read(tmp_path_factory.mktemp("empty"))
    with pytest.raises(CommandError, match="1000 time points, fewer than n_times=2000"):
        read(folder, "--window", "20")
    with pytest.raises(CommandError, match="less than a time point"):
        read(folder, "--window", "0.001")
    with pytest.raises(CommandError, match="no channel 'Oz'"):
        read(folder, "--channels", "Oz")
    with pytest.raises(CommandError, match=r"cannot read|no file|No such file"):
        read(folder, "--labels", "nowhere.csv")


def test_recordings_without_annotations_need_a_table(folder, read, data_file):
    link = folder / "real" / "Subject00_2.edf"
    link.parent.mkdir()
    link.symlink_to(data_file("eegmat/Subject00_2.edf").resolve())
    with pytest.raises(CommandError, match=r"no annotations .*--labels"):
        read(link.parent)
