"""EEGMAT in its two forms, EDF files and an npz, and what is neither."""

import shutil
from zipfile import ZipFile

import numpy as np
import pytest

from skeeg.datasets import load_eegmat

NPZ = "eegmat/eegmat_125hz_60s.npz"
EDF = "eegmat/Subject00_2.edf"
NAMES = [
    f"EEG {n}"
    for n in [
        "Fp1",
        "Fp2",
        "F3",
        "F4",
        "F7",
        "F8",
        "T3",
        "T4",
        "C3",
        "C4",
        "T5",
        "T6",
        "P3",
        "P4",
        "O1",
        "O2",
        "Fz",
        "Cz",
        "Pz",
    ]
]


@pytest.fixture
def arrays(rng):
    return {
        "X": rng.integers(-2000, 2000, (4, 19, 1100), dtype=np.int16),
        "scale": np.float32(0.02),
        "subject": np.array([0, 0, 7, 7]),
        "y": np.array([0, 1, 0, 1]),
        "ch_names": np.array(NAMES),
        "sfreq": np.float64(125),
    }


@pytest.fixture
def load(tmp_path):
    def load(arrays, **options):
        np.savez(tmp_path / "eegmat.npz", **arrays)
        return load_eegmat(tmp_path / "eegmat.npz", **options)

    return load


def test_an_npz_is_cut_into_windows_in_microvolts(load, arrays):
    eeg = load(arrays)
    assert eeg.data.shape == (8, 19, 500)
    assert eeg.data.dtype == np.float32
    np.testing.assert_allclose(eeg.data[3], arrays["X"][1, :, 500:1000] * 0.02, rtol=1e-6)
    assert eeg.target.tolist() == [0, 0, 1, 1] * 2
    assert eeg.groups.tolist() == ["Subject00"] * 4 + ["Subject07"] * 4
    assert eeg.target_names == ["background", "arithmetic"]
    assert eeg.channel_names == NAMES
    assert eeg.sampling_rate == 125
    assert "µV" in eeg.DESCR


@pytest.mark.parametrize(("n_times", "overlap", "n_windows"), [(1100, 0, 1), (200, 0.5, 10)])
def test_length_and_overlap_can_be_chosen(load, arrays, n_times, overlap, n_windows):
    eeg = load(arrays, n_times=n_times, overlap=overlap, sampling_rate=None)
    assert eeg.data.shape == (4 * n_windows, 19, n_times)
    assert len(eeg.target) == len(eeg.groups) == 4 * n_windows


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"X": np.zeros((4, 18, 1100))}, r"X has shape \(4, 18, 1100\)"),
        ({"X": np.zeros((3, 19, 1100))}, r"shape \(3, 19, 1100\) .* with 4 recordings"),
        ({"X": np.zeros((4, 19))}, r"X has shape \(4, 19\)"),
        ({"X": np.full((4, 19, 1100), np.nan)}, "X is float64; legal are finite"),
        ({"X": np.zeros((4, 19, 1100), complex)}, "X is complex128; legal are finite real"),
        ({"X": np.array([None])}, "lacks readable arrays X, scale"),
        ({"y": np.array([0, 1, 0, 2])}, r"y is \[0 1 0 2\]; legal are 4 of 0 and 1"),
        ({"y": np.array([0, 1])}, r"y is \[0 1\]"),
        ({"ch_names": np.array(NAMES[::-1])}, r"ch_names are \['EEG Pz'"),
        ({"ch_names": np.array(NAMES[:1])}, r"ch_names are \['EEG Fp1'\]"),
        ({"subject": np.array(list("abcd"))}, "subject is .* legal are integers"),
        ({"subject": np.array([-3, 0, 7, 7])}, r"subject is \[-3 .*0 to 35"),
        ({"subject": np.array([0, 0, 7, 4000])}, r"subject is .*4000\]; legal are .* 0 to 35"),
        ({"y": np.array(list("0101"))}, r"y is \['0' '1' '0' '1'\]; legal are 4 of 0 and 1"),
        ({"X": np.full((4, 19, 600), 1e39), "scale": 1.0}, "X times scale .* float32"),
        ({"X": np.full((4, 19, 600), 1e38, "f4"), "scale": 1e9}, "X times scale .* float32"),
        ({"scale": 1e300}, "X times scale .* float32"),
        (
            {"X": np.zeros((0, 19, 600)), "subject": np.zeros(0, int), "y": np.zeros(0)},
            r"eegmat\.npz holds no recordings",
        ),
        ({"subject": np.int64(3)}, "subject is 3; legal are integers"),
        ({"scale": np.ones(3)}, "scale is .*; legal is one positive number"),
        ({"sfreq": np.nan}, "sfreq is nan; legal is one positive number"),
        ({"sfreq": np.array("125")}, "sfreq is 125; legal is one positive number"),
    ],
)
def test_spoilt_arrays_are_named(load, arrays, change, message):
    with pytest.raises(ValueError, match=message):
        load(arrays | change)


def test_classes_are_integers_whatever_the_file_holds(load, arrays):
    for dtype in (float, bool, np.uint8):
        eeg = load(arrays | {"y": arrays["y"].astype(dtype)})
        assert eeg.target.dtype == np.int64
        assert eeg.target.tolist() == [0, 0, 1, 1] * 2


def test_rows_are_ordered_by_subject_task_and_time(load, arrays):
    expected, order = load(arrays), [3, 1, 2, 0]
    shuffled = {name: arrays[name][order] for name in ("X", "subject", "y")}
    eeg = load(arrays | shuffled)
    for name in ("data", "target", "groups"):
        np.testing.assert_array_equal(eeg[name], expected[name])


@pytest.mark.parametrize("name", ["X", "scale", "subject", "y", "ch_names", "sfreq"])
def test_a_missing_array_is_named(load, arrays, name):
    del arrays[name]
    with pytest.raises(ValueError, match=f"lacks readable arrays .*: .*{name}"):
        load(arrays)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"n_times": 1101}, r"eegmat\.npz has 1100 time points, fewer than n_times=1101"),
        ({"sampling_rate": 250}, "is sampled at 125 Hz, not at sampling_rate=250"),
        ({"n_times": None}, "'n_times' parameter of load_eegmat"),
        ({"overlap": 1.0}, "'overlap' parameter of load_eegmat"),
    ],
)
def test_bad_parameters_are_named(load, arrays, options, message):
    with pytest.raises(ValueError, match=message):
        load(arrays, **options)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no complete npz"),
        (b"PK\x03\x04", "is no complete npz"),
        (b"<html>", "is an HTML page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS"),
    ],
)
def test_other_content_is_refused(tmp_path, content, message):
    (tmp_path / "a.npz").write_bytes(content)
    with pytest.raises(ValueError, match=message):
        load_eegmat(tmp_path / "a.npz")


def test_a_damaged_header_is_named(tmp_path):
    header = b"{'descr': '<i2\", 'a'"
    with ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("X.npy", b"\x93NUMPY\x01\x00" + bytes([len(header), 0]) + header)
    with pytest.raises(ValueError, match=r"a\.npz lacks readable arrays X, scale"):
        load_eegmat(tmp_path / "a.npz")


def test_a_folder_without_recordings_says_what_is_legal(tmp_path):
    (tmp_path / "Subject36_1.edf").write_bytes(b"")
    with pytest.raises(ValueError, match=r"holds no recordings; legal are Subject00_1\.edf to"):
        load_eegmat(tmp_path)


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="no_folder"):
        load_eegmat(tmp_path / "no_folder")


def test_a_pointer_in_the_folder_is_named(tmp_path):
    (tmp_path / "Subject01_1.edf").write_text("version https://git-lfs.github.com/spec/v1\n")
    with pytest.raises(ValueError, match=r"Subject01_1\.edf is a pointer of Git LFS"):
        load_eegmat(tmp_path)


def test_the_real_array_holds_72_recordings_of_a_minute(data_file):
    eeg = load_eegmat(data_file(NPZ))
    assert eeg.data.shape == (72 * 15, 19, 500)
    assert len(set(eeg.groups)) == 36
    np.testing.assert_array_equal(np.bincount(eeg.target), [540, 540])
    assert 5 < np.median(eeg.data.std(axis=-1)) < 15


def test_the_real_file_is_the_recording_in_the_array(data_file, tmp_path):
    shutil.copy(data_file(EDF), tmp_path)
    shutil.copy(data_file(EDF), tmp_path / "Subject03_1.edf")
    (tmp_path / "RECORDS").write_text("Subject00_2.edf")
    # the array starts 62 samples into the file and is rounded to steps of 0.02 µV
    file = load_eegmat(tmp_path, n_times=7562)
    array = load_eegmat(data_file(NPZ), n_times=7500)
    np.testing.assert_allclose(file.data[0, :, 62:], array.data[1], atol=0.03)
    assert file.groups.tolist() == ["Subject00", "Subject03"]
    assert file.target.tolist() == [1, 0]
    assert file.channel_names == array.channel_names


def test_the_real_file_keeps_its_rate_if_asked(data_file, tmp_path):
    shutil.copy(data_file(EDF), tmp_path)
    eeg = load_eegmat(tmp_path, n_times=2000, sampling_rate=None)
    assert eeg.sampling_rate == 500
    assert eeg.data.shape == (15, 19, 2000)
