"""Arrays from MNE-Python's Epochs and Raw: classes, groups, channels, and what does not fit."""

import sys

import mne
import numpy as np
import pandas as pd
import pytest

from skeeg.datasets import from_epochs, load_edf


@pytest.fixture
def raw(rng):
    info = mne.create_info(["Fz", "Cz", "stim"], 100, ["eeg", "eeg", "misc"])
    return mne.io.RawArray(rng.standard_normal((3, 1000)) * 1e-5, info, verbose="error")


def test_groups_given_go_before_those_of_the_metadata(put):
    assert from_epochs(put(), groups=np.arange(12)).groups.tolist() == list(range(12))


def test_channels_are_taken_in_order(put):
    epochs = put(channel_names=list("abcde"))
    taken = from_epochs(epochs, channels=["d", "a"], unit="V")
    np.testing.assert_array_equal(taken.data, epochs.get_data()[:, [3, 0]])


def test_a_raw_is_cut_and_labelled_as_its_file(raw, tmp_path):
    raw.set_annotations(mne.Annotations([2, 6], [3, 2], ["seizure", "artefact"]))
    bunch = from_epochs(raw, n_times=200, overlap=0.5)
    raw.save(tmp_path / "a_raw.fif", fmt="double", verbose="error")
    file = load_edf(tmp_path / "a_raw.fif", n_times=200, overlap=0.5)
    np.testing.assert_array_equal(bunch.data.astype(np.float32), file.data)
    np.testing.assert_array_equal(bunch.target, file.target)
    assert bunch.target_names == file.target_names == ["artefact", "seizure"]
    assert bunch.channel_names == ["Fz", "Cz"]
    assert bunch.data.shape == (9, 2, 200)


def test_a_raw_is_taken_whole_unless_told_otherwise(raw):
    bunch = from_epochs(raw, unit="V")
    np.testing.assert_array_equal(bunch.data[0], raw.get_data()[:2])
    assert bunch.target is None


def test_fixed_length_epochs_of_mne_are_the_windows_of_a_raw(raw):
    epochs = mne.make_fixed_length_epochs(raw, duration=2, preload=True, verbose="error")
    np.testing.assert_array_equal(from_epochs(epochs).data, from_epochs(raw, n_times=200).data)


@pytest.mark.parametrize("preload", [True, False])
def test_epochs_that_mne_rejects_are_left_out_with_their_classes(raw, preload):
    raw.set_annotations(mne.Annotations([3.2], [0.1], ["bad movement"]))
    events = [[100, 0, 1], [300, 0, 2], [500, 0, 3], [700, 0, 1]]
    options = {"tmin": 0, "tmax": 0.99, "baseline": None, "preload": preload, "verbose": "error"}
    metadata = pd.DataFrame({"group": list("abcd")})
    epochs = mne.Epochs(raw, events, metadata=metadata, **options)
    bunch = from_epochs(epochs, unit="V")
    starts = [100, 500, 700]
    np.testing.assert_array_equal(bunch.data, [raw.get_data()[:2, s : s + 100] for s in starts])
    assert [bunch.target_names[k] for k in bunch.target] == ["1", "3", "1"]
    assert bunch.groups.tolist() == ["a", "c", "d"]


def test_no_epochs_are_refused(raw):
    raw.set_annotations(mne.Annotations([0], [10], ["bad"]))
    epochs = mne.Epochs(raw, [[100, 0, 1]], tmin=0, tmax=1, baseline=None, verbose="error")
    with pytest.raises(ValueError, match="no epochs left"), pytest.warns(RuntimeWarning):
        from_epochs(epochs)


@pytest.mark.parametrize("value", [None, np.zeros((2, 3, 4)), "epochs"])
def test_anything_but_epochs_is_refused(value):
    with pytest.raises(TypeError, match=r"epochs is of type .*; legal are Epochs and Raw"):
        from_epochs(value)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"channels": ["Oz"]}, r"EpochsArray has no channel 'Oz'; it has \['0', '1'"),
        ({"n_times": 25}, "n_times and overlap are for a Raw"),
        ({"overlap": 0.5}, "n_times and overlap are for a Raw"),
        ({"groups": [1, 2]}, "groups has 2 entries for 12"),
        ({"unit": "mV"}, "'unit' parameter of from_epochs"),
    ],
)
def test_bad_parameters_of_from_epochs_are_named(put, options, message):
    with pytest.raises(ValueError, match=message):
        from_epochs(put(), **options)


def test_a_raw_shorter_than_a_window_is_refused(raw):
    with pytest.raises(ValueError, match="has 1000 time points, fewer than n_times=1001"):
        from_epochs(raw, n_times=1001)


def test_without_mne_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "mne", None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[eeg\]"):
        from_epochs(None)
