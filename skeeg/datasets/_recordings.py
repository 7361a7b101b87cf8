"""Windows, channels and classes of the recordings that MNE-Python holds."""

import numpy as np

from skeeg.datasets._raw_files import import_mne, naming
from skeeg.datasets._windows import cut_windows

# Of the channel types of MNE, those that it holds in volts.
VOLTAGES = {"bio", "dbs", "ecg", "ecog", "eeg", "emg", "eog", "seeg"}
FACTORS = {"V": 1.0, "uV": 1e6}
# Column of the metadata of Epochs.
GROUP = "group"


def pick_channels(recording, channels, origin):
    """Return the names of the channels to take from a Raw or Epochs, in order."""
    if channels is None:
        pick_types = import_mne().pick_types
        picks = pick_types(recording.info, eeg=True, seeg=True, ecog=True, dbs=True)
        channels = [recording.ch_names[i] for i in picks]
        if not channels:
            raise ValueError(f"{origin} has no channel of EEG among {recording.ch_names}.")
    channels = [str(name) for name in channels]
    if not channels:
        raise ValueError("channels is empty; legal are one or more names.")
    for name in channels:
        if name not in recording.ch_names:
            raise ValueError(f"{origin} has no channel {name!r}; it has {recording.ch_names}.")
        if channels.count(name) > 1:
            raise ValueError(f"channels has {name!r} more than once.")
    return channels


def get_factors(types, unit):
    """Return a column: what to multiply volts with, and 1 for channels without voltage."""
    return np.array([[FACTORS[unit] if kind in VOLTAGES else 1.0] for kind in types])


def get_signals(recording, channels, unit="uV"):
    """Return the samples of a Raw or Epochs, time last, float64."""
    types = recording.get_channel_types(picks=channels)
    return recording.get_data(picks=channels, verbose="warning") * get_factors(types, unit)


def resample(raw, channels, sampling_rate, origin):
    """Return a Raw with these channels at this rate; the one given stays as it is."""
    if sampling_rate is None or sampling_rate == raw.info["sfreq"]:
        return raw
    with naming(origin):
        picked = raw.copy().pick(channels).load_data(verbose="warning")
    return picked.resample(sampling_rate, method="polyphase", verbose="warning")


def cut_recording(raw, channels, n_times, overlap, classes, origin, unit="uV"):
    """Return windows (n_windows, n_channels, n_times) and the class of each."""
    n_times = n_times or raw.n_times
    if n_times > raw.n_times:
        raise ValueError(f"{origin} has {raw.n_times} time points, fewer than n_times={n_times}.")
    with naming(origin):
        signals = get_signals(raw, channels, unit)
    windows = cut_windows(signals, n_times, overlap).swapaxes(0, 1)
    starts = cut_windows(raw.times, n_times, overlap)[:, 0]
    return windows, label_windows(raw, starts, n_times / raw.info["sfreq"], classes)


def name_annotations(raws):
    """Return the sorted descriptions of all annotations that last."""
    found = [raw.annotations for raw in raws]
    return sorted({str(a["description"]) for each in found for a in each if a["duration"] > 0})


def name_classes(raws):
    """Return the same without those by which MNE marks what is to be left out."""
    return [name for name in name_annotations(raws) if not name.lower().startswith("bad")]


def label_windows(raw, starts, length, classes):
    """Return the index of the annotation that covers most of a window, -1 below one half.

    `starts` and `length` are in seconds.
    """
    covered = np.zeros((len(starts), len(classes) + 1))
    for column, name in enumerate(classes):
        for onset, end in _join_spans(raw, name):
            ends = np.minimum(end, starts + length)
            covered[:, column] += np.maximum(0, ends - np.maximum(onset, starts))
    # seconds are rounded: an annotation of half a window still covers half of it
    covered[:, -1] = length / 2 * (1 - 1e-9)
    label = covered.argmax(axis=1)
    return np.where(label == len(classes), -1, label)


def _join_spans(raw, name):
    """Yield onset and end of what annotations of a name cover, the parts of two only once."""
    latest = -np.inf
    onsets = raw.annotations.onset - raw.first_time
    # MNE holds them by onset
    for onset, annotation in zip(onsets, raw.annotations, strict=True):
        if annotation["description"] == name:
            end = onset + annotation["duration"]
            yield max(onset, latest), end
            latest = max(end, latest)
