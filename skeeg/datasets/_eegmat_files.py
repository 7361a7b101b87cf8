"""Readers of EEGMAT: its EDF files, and arrays in an npz."""

import re
from io import BytesIO
from zipfile import is_zipfile

import numpy as np

from skeeg.datasets._edf import load_edf
from skeeg.datasets._file_content import refuse_substitutes
from skeeg.datasets._windows import cut_windows

ELECTRODES = "Fp1 Fp2 F3 F4 F7 F8 T3 T4 C3 C4 T5 T6 P3 P4 O1 O2 Fz Cz Pz"
CHANNELS = [f"EEG {name}" for name in ELECTRODES.split()]
FILE = re.compile(r"(Subject(?:[0-2]\d|3[0-5]))_([12])\.edf")
SUBJECTS = range(36)
NAMES = [f"Subject{subject:02}_{task}.edf" for subject in SUBJECTS for task in (1, 2)]
ARRAYS = "X", "scale", "subject", "y", "ch_names", "sfreq"


def read_edf_files(folder, n_times, overlap, sampling_rate):
    """Return the windows of the EDF files in a folder, their subjects, tasks and rate."""
    paths = sorted(path for path in folder.iterdir() if FILE.fullmatch(path.name))
    if not paths:
        raise ValueError(
            f"{folder} holds no recordings; legal are {NAMES[0]} to {NAMES[-1]}, or an npz."
        )
    eeg = load_edf(
        paths,
        n_times=n_times,
        overlap=overlap,
        channels=CHANNELS,
        sampling_rate=sampling_rate,
    )
    subjects, _, tasks = np.char.partition(eeg.groups, "_").T
    return eeg.data, subjects, (tasks == "2").astype(np.int64), eeg.sampling_rate


def read_npz(path, n_times, overlap, sampling_rate):
    """Return the same of an npz with one recording in each row."""
    arrays = _load_arrays(path)
    rate = float(arrays["sfreq"])
    if sampling_rate not in (None, rate):
        raise ValueError(f"{path} is sampled at {rate:g} Hz, not at sampling_rate={sampling_rate}.")
    signals = _scale(arrays, path)
    if n_times > signals.shape[-1]:
        raise ValueError(
            f"{path} has {signals.shape[-1]} time points, fewer than n_times={n_times}."
        )
    windows = cut_windows(signals, n_times, overlap).swapaxes(1, 2)
    n_windows = windows.shape[1]
    subjects = [f"Subject{subject:02}" for subject in arrays["subject"].tolist()]
    data = windows.reshape(-1, *windows.shape[2:])
    target = np.repeat(arrays["y"].astype(np.int64), n_windows)
    return data, np.repeat(subjects, n_windows), target, rate


def _scale(arrays, path):
    """Return the signals in µV, float32."""
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = arrays["X"] * np.float32(arrays["scale"])
        signals = scaled.astype(np.float32, copy=False)
    if not np.isfinite(signals).all():
        raise ValueError(f"{path}: X times scale is more than float32 can hold.")
    return signals


def _load_arrays(path):
    raw = path.read_bytes()
    refuse_substitutes(raw, path)
    if not is_zipfile(BytesIO(raw)):
        raise ValueError(f"{path} is no complete npz: it begins with {raw[:12]!r}.")
    try:
        with np.load(BytesIO(raw), allow_pickle=False) as file:
            arrays = {name: file[name] for name in ARRAYS}
    # damaged and encrypted archives make zipfile and NumPy stumble in any way
    except Exception as error:
        raise ValueError(f"{path} lacks readable arrays {', '.join(ARRAYS)}: {error}") from error
    _check_arrays(arrays, path)
    order = np.lexsort([arrays["y"], arrays["subject"]])
    return arrays | {name: arrays[name][order] for name in ("X", "subject", "y")}


def _check_arrays(arrays, path):
    for name in ("scale", "sfreq"):
        value = arrays[name]
        if value.shape or value.dtype.kind not in "iuf" or not 0 < value < np.inf:
            raise ValueError(f"{path}: {name} is {value}; legal is one positive number.")
    subject = arrays["subject"]
    if subject.ndim != 1 or subject.dtype.kind not in "iu" or not np.isin(subject, SUBJECTS).all():
        raise ValueError(f"{path}: subject is {subject}; legal are integers from 0 to 35.")
    n_recordings = len(subject)
    if not n_recordings:
        raise ValueError(f"{path} holds no recordings.")
    shape, names = arrays["X"].shape, arrays["ch_names"].tolist()
    if len(shape) != 3 or shape[:2] != (n_recordings, len(CHANNELS)) or names != CHANNELS:
        raise ValueError(
            f"{path}: X has shape {shape} and ch_names are {names}; legal is (n_recordings, "
            f"{len(CHANNELS)}, n_times) with {n_recordings} recordings and {CHANNELS}."
        )
    if arrays["X"].dtype.kind not in "iuf" or not np.isfinite(arrays["X"]).all():
        raise ValueError(f"{path}: X is {arrays['X'].dtype}; legal are finite real numbers.")
    if arrays["y"].shape != (n_recordings,) or not np.isin(arrays["y"], [0, 1]).all():
        raise ValueError(f"{path}: y is {arrays['y']}; legal are {n_recordings} of 0 and 1.")
