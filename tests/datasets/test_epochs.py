"""Arrays and MNE-Python's Epochs: there and back, and what does not fit."""

import sys

import mne
import numpy as np
import pandas as pd
import pytest

from skeeg.datasets import from_epochs, load_edf, make_seizures, to_epochs


@pytest.fixture(scope="module")
def eeg():
    return make_seizures(4, 3, 50, n_channels=5, random_state=0)


@pytest.fixture
def put(eeg):
    """Return a function that puts the simulated EEG into Epochs, with some arguments replaced."""

    def put(X=eeg.data, y=eeg.target, groups=eeg.groups, **options):
        options = {"sampling_rate": eeg.sampling_rate, "target_names": eeg.target_names} | options
        return to_epochs(X, y, groups, **options)

    return put


@pytest.fixture
def raw(rng):
    info = mne.create_info(["Fz", "Cz", "stim"], 100, ["eeg", "eeg", "misc"])
    return mne.io.RawArray(rng.standard_normal((3, 1000)) * 1e-5, info, verbose="error")


@pytest.mark.parametrize("unit", ["uV", "V"])
def test_arrays_come_back_bit_for_bit(eeg, put, unit):
    names = ["Fp1", "Fp2", "Fz", "Cz", "Pz"]
    back = from_epochs(put(unit=unit, channel_names=names), unit=unit)
    np.testing.assert_array_equal(back.data.astype(np.float32), eeg.data)
    np.testing.assert_array_equal(back.target, eeg.target)
    np.testing.assert_array_equal(back.groups, eeg.groups)
    assert back.target_names == eeg.target_names
    assert back.channel_names == names
    assert back.sampling_rate == eeg.sampling_rate


def test_epochs_come_back_bit_for_bit(rng):
    info = mne.create_info(["a", "b"], 250.0, "eeg")
    events = np.column_stack([np.arange(6) * 40, np.zeros(6, int), [7, 3, 3, 7, 3, 7]])
    first = mne.EpochsArray(
        rng.standard_normal((6, 2, 40)) * 1e-5,
        info,
        events=events,
        event_id={"left": 7, "right": 3},
        metadata=pd.DataFrame({"group": list("aabbcc"), "age": range(6)}),
        verbose="error",
    )
    bunch = from_epochs(first, unit="V")
    assert bunch.target_names == ["right", "left"]
    assert bunch.target.tolist() == [1, 0, 0, 1, 0, 1]
    assert bunch.groups.tolist() == list("aabbcc")
    again = to_epochs(
        bunch.data,
        bunch.target,
        bunch.groups,
        sampling_rate=bunch.sampling_rate,
        channel_names=bunch.channel_names,
        target_names=bunch.target_names,
        unit="V",
    )
    np.testing.assert_array_equal(again.get_data(), first.get_data())
    np.testing.assert_array_equal(again["left"].get_data(), first["left"].get_data())
    assert again.ch_names == first.ch_names
    assert again.info["sfreq"] == first.info["sfreq"]


def test_mne_holds_volts_and_skeeg_microvolts(put, eeg):
    epochs = put()
    np.testing.assert_allclose(epochs.get_data(), eeg.data * 1e-6, rtol=1e-6)
    assert set(epochs.get_channel_types()) == {"eeg"}
    assert from_epochs(epochs).data.dtype == np.float64


def test_flat_rows_are_channel_major(put, eeg):
    names = list("abcde")
    flat = put(X=eeg.data.reshape(len(eeg.data), -1), channel_names=names)
    np.testing.assert_array_equal(flat.get_data(), put(channel_names=names).get_data())
    assert put(X=eeg.data[:, 0]).get_data().shape == (12, 1, 50)


def test_the_input_is_not_modified(put, eeg):
    before = eeg.data.copy()
    put()
    np.testing.assert_array_equal(before, eeg.data)


def test_classes_of_any_type_keep_their_names(put, eeg):
    labels = np.array(["rest", "move"])[eeg.target]
    epochs = put(y=labels, target_names=None)
    assert len(epochs["rest"]) == 9
    back = from_epochs(epochs)
    np.testing.assert_array_equal(np.array(back.target_names)[back.target], labels)


def test_without_classes_and_groups_there_is_one_of_each(put):
    back = from_epochs(put(y=None, groups=None, target_names=None))
    assert back.target_names == ["signal"]
    assert set(back.target) == set(back.groups) == {0}


def test_a_class_without_samples_keeps_the_codes_of_the_others(put, eeg):
    back = from_epochs(put(y=eeg.target * 2, target_names=["a", "b", "c"]))
    np.testing.assert_array_equal(np.array(back.target_names)[back.target] == "c", eeg.target)


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


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"X": np.zeros((12, 5, 2, 3))}, r"X has shape \(12, 5, 2, 3\)"),
        ({"X": np.zeros((12, 7)), "channel_names": ["a", "b"]}, r"shape \(12, 7\) .* 2 entries"),
        ({"X": np.full((12, 7), np.nan)}, "X contains NaN"),
        ({"X": np.zeros((12, 7), complex)}, "Complex data not supported"),
        ({"channel_names": list("abcd")}, r"shape \(12, 5, 50\) and channel_names has 4 entries"),
        ({"channel_names": []}, r"shape \(12, 5, 50\) and channel_names has 0 entries"),
        ({"X": np.zeros((12, 5, 0))}, r"X has shape \(12, 5, 0\)"),
        ({"target_names": ["a", "a"]}, r"target_names repeats a name: \['a', 'a'\]"),
        ({"channel_names": list("abcda")}, "channel_names repeats a name"),
        ({"y": np.zeros(11)}, "inconsistent numbers of samples"),
        ({"groups": np.zeros(13)}, "inconsistent numbers of samples"),
        ({"y": np.full(12, 2)}, r"y has the values \[2\]; with 2 target_names, .* from 0 to 1"),
        ({"y": np.full(12, -1)}, r"y has the values \[-1\]"),
        ({"y": None}, "target_names"),
        ({"sampling_rate": 0}, "'sampling_rate' parameter of to_epochs"),
        ({"unit": "µV"}, "'unit' parameter of to_epochs"),
    ],
)
def test_bad_parameters_of_to_epochs_are_named(put, options, message):
    with pytest.raises(ValueError, match=message):
        put(**options)


@pytest.mark.parametrize(
    "call", [lambda: from_epochs(None), lambda: to_epochs([[1.0]], sampling_rate=1)]
)
def test_without_mne_the_extra_is_named(call, monkeypatch):
    monkeypatch.setitem(sys.modules, "mne", None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[eeg\]"):
        call()
