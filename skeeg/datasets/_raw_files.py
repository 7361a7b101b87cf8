"""Recordings opened with MNE-Python, with checks for what it reads over."""

import re
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from skeeg.datasets._file_content import refuse_substitutes

# Bytes of a sample in EDF and BDF, by the first byte of the file.
SAMPLE_SIZES = {b"0": 2, b"\xff": 3}
FORMATS = {".edf", ".bdf"}
BRAINVISION = {".vhdr", ".ahdr"}


class _Header(NamedTuple):
    size: int
    n_records: int
    record_size: int
    labels: list


def import_mne():
    """Return the module mne, or say how to install it."""
    try:
        import mne
    except ImportError as error:
        raise ImportError("MNE-Python is missing: pip install skeeg[eeg]") from error
    return mne


def open_raw(path):
    """Return the Raw of a file of any format that MNE reads; its samples are read later."""
    mne, path = import_mne(), Path(path).expanduser()
    if not path.exists():
        raise FileNotFoundError(f"There is no file {path}.")
    if path.is_file():
        _check_file(path)
    with naming(path):
        raw = mne.io.read_raw(path, verbose="warning")
    if path.suffix.lower() in BRAINVISION:
        _check_points(raw, path)
    return raw


@contextmanager
def naming(path):
    """Name the file in the error; the readers of MNE raise whatever it makes them stumble over."""
    try:
        yield
    except (ImportError, MemoryError, Warning):
        raise
    except Exception as error:
        raise ValueError(f"{path} cannot be read: {error}") from error


def refuse_repeated_labels(path):
    """Raise if channels of an EDF or BDF file have one name, to which MNE adds running numbers."""
    path = Path(path).expanduser()
    if path.suffix.lower() not in FORMATS:
        return
    labels = _read_header(path).labels
    for label in labels:
        if labels.count(label) > 1 and not label.endswith("Annotations"):
            raise ValueError(
                f"{path} has {labels.count(label)} channels {label!r}. Choose channels by name; "
                f"these are called {label}-0, {label}-1 and so on."
            )


def _check_file(path):
    with path.open("rb") as file:
        refuse_substitutes(file.read(256), path)
    if path.suffix.lower() in FORMATS:
        _check_records(path)


def _check_records(path):
    """Compare the number of records in the header of an EDF or BDF file with its size."""
    try:
        header = _read_header(path)
    except (KeyError, ValueError) as error:
        raise ValueError(f"{path} has no complete header of an EDF or BDF file.") from error
    n_held = max(0, path.stat().st_size - header.size) // header.record_size
    if n_held < header.n_records:
        raise ValueError(
            f"{path} is truncated: {header.n_records - n_held} of the {header.n_records} records "
            "that its header promises are missing."
        )


def _check_points(raw, path):
    """Compare the time points that the header of BrainVision may state with those there are."""
    stated = re.search(rb"(?im)^\s*DataPoints\s*=\s*(\d+)", path.read_bytes())
    n_missing = int(stated[1]) - raw.n_times if stated else 0
    if n_missing > 0:
        raise ValueError(
            f"{path} is truncated: {n_missing} of the {int(stated[1])} time points that its header "
            "promises are missing."
        )


def _read_header(path):
    with path.open("rb") as file:
        head = file.read(256)
        n_signals = int(head[252:256])
        fields = file.read(256 * n_signals)
    labels = [fields[16 * i : 16 * i + 16].decode("latin-1").strip() for i in range(n_signals)]
    samples = [int(fields[216 * n_signals + 8 * i :][:8]) for i in range(n_signals)]
    if not samples or min(samples) < 1:
        raise ValueError("a record holds no samples")
    record_size = sum(samples) * SAMPLE_SIZES[head[:1]]
    return _Header(int(head[184:192]), int(head[236:244]), record_size, labels)
