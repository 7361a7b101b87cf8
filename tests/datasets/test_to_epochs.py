"""Arrays into MNE-Python's Epochs: there and back, and what does not fit."""

import sys

import mne
import numpy as np
import pandas as pd
import pytest

from skeeg.datasets import from_epochs, to_epochs


@pytest.mark.parametrize("unit", ["uV", "V"])
def test_arrays_come_back_bit_for_bit(simulated, put, unit):
    names = ["Fp1", "Fp2", "Fz", "Cz", "Pz"]
    back = from_epochs(put(unit=unit, channel_names=names), unit=unit)
    np.testing.assert_array_equal(back.data.astype(np.float32), simulated.data)
    np.testing.assert_array_equal(back.target, simulated.target)
    np.testing.assert_array_equal(back.groups, simulated.groups)
    assert back.target_names == simulated.target_names
    assert back.channel_names == names
    assert back.sampling_rate == simulated.sampling_rate


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


def test_mne_holds_volts_and_skeeg_microvolts(put, simulated):
    epochs = put()
    np.testing.assert_allclose(epochs.get_data(), simulated.data * 1e-6, rtol=1e-6)
    assert set(epochs.get_channel_types()) == {"eeg"}
    assert from_epochs(epochs).data.dtype == np.float64


def test_flat_rows_are_channel_major(put, simulated):
    names = list("abcde")
    flat = put(X=simulated.data.reshape(len(simulated.data), -1), channel_names=names)
    np.testing.assert_array_equal(flat.get_data(), put(channel_names=names).get_data())
    assert put(X=simulated.data[:, 0]).get_data().shape == (12, 1, 50)


def test_the_input_is_not_modified(put, simulated):
    before = simulated.data.copy()
    put()
    np.testing.assert_array_equal(before, simulated.data)


def test_classes_of_any_type_keep_their_names(put, simulated):
    labels = np.array(["rest", "move"])[simulated.target]
    epochs = put(y=labels, target_names=None)
    assert len(epochs["rest"]) == 9
    back = from_epochs(epochs)
    np.testing.assert_array_equal(np.array(back.target_names)[back.target], labels)


def test_without_classes_and_groups_there_is_one_of_each(put):
    back = from_epochs(put(y=None, groups=None, target_names=None))
    assert back.target_names == ["signal"]
    assert set(back.target) == set(back.groups) == {0}


def test_a_class_without_samples_keeps_the_codes_of_the_others(put, simulated):
    back = from_epochs(put(y=simulated.target * 2, target_names=["a", "b", "c"]))
    np.testing.assert_array_equal(np.array(back.target_names)[back.target] == "c", simulated.target)


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


def test_without_mne_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "mne", None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[eeg\]"):
        to_epochs([[1.0]], sampling_rate=1)
