"""Recordings in files of EDF and FIF: windows, units, classes, groups, and spoilt files."""

import shutil
import sys

import mne
import numpy as np
import pytest

from skeeg.datasets import from_epochs, load_edf

REAL = "eegmat/Subject00_2.edf"
NAMES = ["EEG Fz", "EEG Cz", "EEG Pz"]


@pytest.fixture
def signals(rng):
    """Signals of ten seconds in µV, in steps of a tenth, which EDF holds exactly."""
    return rng.integers(-900, 900, (3, 1000)) / 10


@pytest.fixture
def edf(make_edf, signals, tmp_path):
    path = tmp_path / "patient.edf"
    path.write_bytes(make_edf(signals))
    return path


@pytest.fixture
def save_raw(tmp_path):
    """Return a function that writes a Raw of ten seconds at 100 Hz with annotations as FIF."""

    def save(name="patient_raw.fif", annotations=(), n_times=1000, sfreq=100, types="eeg"):
        info = mne.create_info(NAMES, sfreq, types)
        raw = mne.io.RawArray(np.full((3, n_times), 5e-6), info, first_samp=700, verbose="error")
        onset, duration, description = zip(*annotations, strict=True) if annotations else ([],) * 3
        raw.set_annotations(mne.Annotations(onset, duration, description))
        raw.save(tmp_path / name, verbose="error")
        return tmp_path / name

    return save


def test_values_are_microvolts_and_channels_are_named(edf, signals):
    eeg = load_edf(edf)
    assert eeg.data.dtype == np.float32
    np.testing.assert_allclose(eeg.data[0], signals, atol=1e-4)
    assert eeg.data.shape == (1, 3, 1000)
    assert eeg.channel_names == NAMES
    assert eeg.sampling_rate == 100.0
    assert eeg.target is None
    assert eeg.target_names == []
    assert eeg.groups.tolist() == ["patient"]
    assert "µV" in eeg.DESCR


@pytest.mark.parametrize(("unit", "largest"), [("mV", 3.2767), ("uV", 3276.7)])
def test_the_unit_in_the_file_does_not_matter(make_edf, signals, tmp_path, unit, largest):
    scaled = signals / 1000 if unit == "mV" else signals
    (tmp_path / "a.edf").write_bytes(make_edf(scaled, unit=unit, largest=largest))
    np.testing.assert_allclose(load_edf(tmp_path / "a.edf").data[0], signals, atol=1e-3)


def test_bdf_is_read_and_its_size_checked(make_edf, signals, tmp_path):
    raw = make_edf(signals, bdf=True)
    (tmp_path / "a.bdf").write_bytes(raw)
    np.testing.assert_allclose(load_edf(tmp_path / "a.bdf").data[0], signals, atol=1e-4)
    (tmp_path / "a.bdf").write_bytes(raw[:-1])
    with pytest.raises(ValueError, match="truncated: 1 of the 10 records"):
        load_edf(tmp_path / "a.bdf")


@pytest.fixture
def write_brainvision(signals, tmp_path):
    """Return a function that writes a header, with more lines, and some bytes of the samples."""

    def write(more=(), n_bytes=None):
        lines = ["Brain Vision Data Exchange Header File Version 1.0", "[Common Infos]"]
        lines += ["DataFile=a.eeg", "DataFormat=BINARY", "DataOrientation=MULTIPLEXED"]
        lines += ["NumberOfChannels=3", "SamplingInterval=10000", *more, "[Binary Infos]"]
        lines += ["BinaryFormat=IEEE_FLOAT_32", "[Channel Infos]"]
        lines += [f"Ch{i + 1}={name},,0.1,µV" for i, name in enumerate(NAMES)]
        (tmp_path / "a.vhdr").write_text("\n".join(lines), encoding="utf-8")
        samples = (signals.T * 10).astype("<f4").tobytes()
        (tmp_path / "a.eeg").write_bytes(samples[:n_bytes])
        return tmp_path / "a.vhdr"

    return write


@pytest.mark.parametrize("more", [[], ["DataPoints=1000"]])
def test_brainvision_is_read(write_brainvision, signals, more):
    eeg = load_edf(write_brainvision(more), n_times=500)
    np.testing.assert_allclose(np.concatenate(eeg.data, axis=-1), signals, atol=1e-4)
    assert eeg.channel_names == NAMES
    assert eeg.groups.tolist() == ["a", "a"]


@pytest.mark.parametrize(("n_bytes", "n_missing"), [(4000, 667), (11999, 1), (12, 999)])
def test_brainvision_that_states_its_length_tells_what_is_missing(
    write_brainvision, n_bytes, n_missing
):
    path = write_brainvision(["DataPoints = 1000"], n_bytes)
    with pytest.raises(ValueError, match=f"truncated: {n_missing} of the 1000 time points"):
        load_edf(path, n_times=1)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.99])
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_truncated_fif_is_refused(save_raw, share):
    path = save_raw()
    raw = path.read_bytes()
    path.write_bytes(raw[: int(share * len(raw))])
    with pytest.raises(ValueError, match=r"patient_raw\.fif"):
        load_edf(path, n_times=1)


@pytest.mark.parametrize(
    ("n_times", "overlap", "starts"),
    [
        (1000, 0, [0]),
        (300, 0, [0, 300, 600]),
        (400, 0.5, [0, 200, 400, 600]),
        (400, 0.75, range(0, 601, 100)),
        (999, 0.999, [0, 1]),
    ],
)
def test_windows_follow_each_other(edf, signals, n_times, overlap, starts):
    eeg = load_edf(edf, n_times=n_times, overlap=overlap)
    expected = [signals[:, start : start + n_times] for start in starts]
    np.testing.assert_allclose(eeg.data, expected, atol=1e-4)
    assert len(eeg.groups) == len(starts)


def test_channels_come_in_the_order_asked_for(edf, signals):
    eeg = load_edf(edf, channels=["EEG Pz", "EEG Fz"])
    assert eeg.channel_names == ["EEG Pz", "EEG Fz"]
    np.testing.assert_allclose(eeg.data[0], signals[[2, 0]], atol=1e-4)


def test_channels_of_several_files_are_matched_by_name(make_edf, edf, signals, tmp_path):
    (tmp_path / "other.edf").write_bytes(make_edf(signals[::-1], NAMES[::-1]))
    eeg = load_edf([edf, tmp_path / "other.edf"])
    np.testing.assert_array_equal(eeg.data[0], eeg.data[1])


def test_each_file_is_a_group_unless_groups_are_given(edf, tmp_path):
    other = shutil.copy(edf, tmp_path / "other.edf")
    assert load_edf([edf, other], n_times=500).groups.tolist() == ["patient"] * 2 + ["other"] * 2
    assert load_edf([edf, other], n_times=500, groups=[4, 4]).groups.tolist() == [4] * 4


def test_annotations_that_cover_half_a_window_are_its_class(save_raw):
    found = [(3.9, 2.2, "seizure"), (1, 0, "marker"), (8, 0.9, "artefact"), (9, 1, "later")]
    eeg = load_edf(save_raw(annotations=found), n_times=200)
    assert eeg.target_names == ["artefact", "later", "seizure"]
    # seconds 0-2, 2-4, 4-6, 6-8 and 8-10
    assert eeg.target.tolist() == [-1, -1, 2, -1, 1]


def test_parts_of_one_class_add_up(save_raw):
    path = save_raw(annotations=[(0, 0.6, "a"), (1.4, 0.6, "a"), (0.6, 0.8, "b")])
    assert load_edf(path, n_times=200).target.tolist() == [0, -1, -1, -1, -1]


def test_what_is_annotated_twice_counts_once(save_raw):
    twice = [(0, 0.9, "a"), (0, 0.9, "a"), (2.1, 0.4, "a"), (2, 0.9, "a"), (2.5, 0.3, "a")]
    split = [(4, 0.6, "a"), (4.4, 0.7, "a"), (6, 0.8, "b"), (6.1, 0.7, "a"), (6.5, 0.8, "a")]
    eeg = load_edf(save_raw(annotations=twice + split), n_times=200)
    # of 2 s each: 0.9, 0.9, 1.1 and 1.2 s of a, where the last has 0.8 s of b too
    assert eeg.target.tolist() == [-1, -1, 0, 0, -1]


def test_spans_that_are_marked_as_bad_are_no_class_unless_named(save_raw):
    marks = [(0, 2, "seizure"), (2, 8, "BAD_blink"), (4, 2, "bad channel")]
    path = save_raw(annotations=marks)
    eeg = load_edf(path, n_times=200)
    assert eeg.target_names == ["seizure"]
    assert eeg.target.tolist() == [0, -1, -1, -1, -1]
    named = load_edf(path, n_times=200, annotations=["BAD_blink"])
    assert named.target.tolist() == [-1, 0, 0, 0, 0]
    raw = mne.io.read_raw(path, verbose="error")
    assert from_epochs(raw, n_times=200).target_names == ["seizure"]


def test_a_recording_with_bad_spans_alone_has_no_classes(save_raw):
    assert load_edf(save_raw(annotations=[(0, 10, "BAD_")])).target is None


def test_annotations_choose_the_classes_and_their_order(save_raw):
    path = save_raw(annotations=[(0, 2, "a"), (2, 2, "b"), (4, 6, "c")])
    eeg = load_edf(path, n_times=200, annotations=["c", "a"])
    assert eeg.target.tolist() == [1, -1, 0, 0, 0]
    assert eeg.target_names == ["c", "a"]


def test_classes_of_several_files_are_joined(save_raw):
    paths = [save_raw(f"{k}_raw.fif", [(0, 10, k)]) for k in "ba"]
    eeg = load_edf(paths)
    assert eeg.target_names == ["a", "b"]
    assert eeg.target.tolist() == [1, 0]


def test_other_channels_keep_their_unit(save_raw):
    path = save_raw(types=["eeg", "misc", "ecg"])
    assert load_edf(path).channel_names == ["EEG Fz"]
    maxima = load_edf(path, channels=NAMES).data.max(axis=(0, 2))
    np.testing.assert_allclose(maxima, [5, 5e-6, 5], rtol=1e-6)


def test_sampling_rates_are_brought_together(save_raw):
    paths = [save_raw("a_raw.fif"), save_raw("b_raw.fif", n_times=2000, sfreq=200)]
    eeg = load_edf(paths, sampling_rate=50)
    assert eeg.data.shape == (2, 3, 500)
    assert eeg.sampling_rate == 50
    np.testing.assert_allclose(eeg.data, 5, rtol=1e-2)


def test_a_resampled_sine_is_that_sine(make_edf, tmp_path):
    times = np.arange(2000) / 200
    sine = np.tile(80 * np.sin(2 * np.pi * 7 * times), (3, 1))
    (tmp_path / "a.edf").write_bytes(make_edf(sine, sampling_rate=200))
    eeg = load_edf(tmp_path / "a.edf", sampling_rate=100)
    np.testing.assert_allclose(eeg.data[0, :, 50:-50], sine[:, 100:-100:2], atol=0.2)


@pytest.mark.parametrize("n_missing", [1, 4, 10])
@pytest.mark.parametrize("extra", [0, 7])
def test_a_truncated_file_tells_how_many_records_are_missing(edf, n_missing, extra):
    raw = edf.read_bytes()
    edf.write_bytes(raw[: 1024 + (10 - n_missing) * 600 + (extra if n_missing < 10 else 0)])
    with pytest.raises(ValueError, match=rf"truncated: {n_missing} of the 10 records") as error:
        load_edf(edf)
    assert str(edf) in str(error.value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.edf", b"", "no complete header"),
        ("a.edf", b"0       " + b" " * 300, "no complete header"),
        ("a.bdf", b"\xffBIOSEMI" + b"x" * 300, "no complete header"),
        ("a.edf", b"version https://git-lfs.github.com/spec/v1\n", "pointer of Git LFS"),
        ("a.edf", b"/annex/objects/MD5E-s1314956--0.edf\n", "pointer of git-annex"),
        ("a.edf", b"\n<!DOCTYPE html><html></html>", "HTML page"),
        ("a_raw.fif", b"<html></html>", "HTML page"),
        ("a_raw.fif", b"not a fif", "cannot be read"),
        ("a.xyz", b"text", "cannot be read"),
    ],
)
@pytest.mark.filterwarnings("ignore:Invalid tag:RuntimeWarning")
def test_other_content_is_refused(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=message) as error:
        load_edf(tmp_path / name)
    assert name in str(error.value)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"channels": ["EEG Oz"]}, r"patient\.edf has no channel 'EEG Oz'; it has \['EEG Fz'"),
        ({"channels": []}, "channels is empty"),
        ({"channels": ["EEG Fz", "EEG Fz"]}, "channels has 'EEG Fz' more than once"),
        ({"n_times": 1001}, r"patient\.edf has 1000 time points, fewer than n_times=1001"),
        ({"annotations": ["seizure"]}, r"No annotation 'seizure' lasts; .* are \[\]"),
        ({"groups": [1, 2]}, "groups has 2 entries; legal are 1"),
        ({"n_times": 0}, "'n_times' parameter of load_edf"),
        ({"n_times": 2.5}, "'n_times' parameter of load_edf"),
        ({"overlap": 1}, "'overlap' parameter of load_edf"),
        ({"overlap": -0.1}, "'overlap' parameter of load_edf"),
        ({"sampling_rate": 0}, "'sampling_rate' parameter of load_edf"),
        ({"channels": "EEG Fz"}, "'channels' parameter of load_edf"),
    ],
)
def test_bad_parameters_are_named(edf, parameters, message):
    with pytest.raises(ValueError, match=message):
        load_edf(edf, **parameters)


@pytest.mark.parametrize("path", [None, 3, {}])
def test_a_path_of_another_type_is_named(path):
    with pytest.raises(ValueError, match="'path' parameter of load_edf"):
        load_edf(path)


def test_no_files_are_refused():
    with pytest.raises(ValueError, match="path is an empty list"):
        load_edf([])


def test_a_missing_file_is_named(edf, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no\.edf"):
        load_edf([edf, tmp_path / "no.edf"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"names": ["EEG Fz", "EEG Cz", "EEG Oz"]}, r"other\.edf has no channel 'EEG Pz'"),
        ({"sampling_rate": 200}, r"other\.edf is sampled at 200 Hz and .*patient\.edf at 100 Hz"),
        ({"signals": np.zeros((3, 800))}, r"other\.edf has 800 time points and .* 1000; pass n_t"),
    ],
)
def test_files_that_do_not_match_are_named(make_edf, edf, signals, tmp_path, change, message):
    (tmp_path / "other.edf").write_bytes(make_edf(**({"signals": signals} | change)))
    with pytest.raises(ValueError, match=message):
        load_edf([edf, tmp_path / "other.edf"])


@pytest.mark.filterwarnings("ignore:Channel names are not unique:RuntimeWarning")
def test_channels_of_one_name_have_to_be_chosen(make_edf, signals, tmp_path):
    path = tmp_path / "twice.edf"
    path.write_bytes(make_edf(signals, ["EEG Fz", "EEG Cz", "EEG Fz"]))
    with pytest.raises(ValueError, match=r"twice\.edf has 2 channels 'EEG Fz'.*EEG Fz-0"):
        load_edf(path)
    eeg = load_edf(path, channels=["EEG Fz-1", "EEG Cz"])
    np.testing.assert_allclose(eeg.data[0], signals[[2, 1]], atol=1e-4)


def test_files_of_one_name_need_groups(edf, tmp_path):
    (tmp_path / "b").mkdir()
    other = shutil.copy(edf, tmp_path / "b" / "patient.edf")
    with pytest.raises(ValueError, match=r"same name, so pass groups: \['patient', 'patient'\]"):
        load_edf([edf, other])
    assert load_edf([edf, other], groups=["a", "b"]).groups.tolist() == ["a", "b"]


def test_a_recording_without_eeg_says_what_it_has(save_raw):
    with pytest.raises(ValueError, match=r"no channel of EEG among \['EEG Fz'"):
        load_edf(save_raw(types="misc"))


def test_without_mne_the_extra_is_named(edf, monkeypatch):
    monkeypatch.setitem(sys.modules, "mne", None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[eeg\]"):
        load_edf(edf)


def test_a_real_file_agrees_with_the_same_recording_in_an_array(data_file):
    eeg = load_edf(data_file(REAL), sampling_rate=125)
    assert eeg.data.shape == (1, 21, 7750)
    with np.load(data_file("eegmat/eegmat_125hz_60s.npz")) as arrays:
        expected = arrays["X"][1] * arrays["scale"]
        assert eeg.channel_names[:19] == arrays["ch_names"].tolist()
    # the array starts 62 samples later and is rounded to steps of 0.02 µV
    np.testing.assert_allclose(eeg.data[0, :19, 62:7562], expected, atol=0.03)
