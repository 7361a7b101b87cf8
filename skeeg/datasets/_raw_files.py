"""Recordings opened with MNE-Python, with checks for what it reads over."""

from pathlib import Path

from skeeg.datasets._file_content import refuse_substitutes

# Bytes of a sample in EDF and BDF, by the first byte of the file.
SAMPLE_SIZES = {b"0": 2, b"\xff": 3}


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
    try:
        return mne.io.read_raw(path, verbose="warning")
    except (ImportError, Warning):
        raise
    # the readers of MNE raise whatever a damaged file makes them stumble over
    except Exception as error:
        raise ValueError(f"{path} cannot be read: {error}") from error


def _check_file(path):
    with path.open("rb") as file:
        refuse_substitutes(file.read(256), path)
    if path.suffix.lower() in {".edf", ".bdf"}:
        _check_records(path)


def _check_records(path):
    """Compare the number of records in the header of an EDF or BDF file with its size."""
    try:
        header_size, n_records, record_size = _read_header(path)
    except (KeyError, ValueError) as error:
        raise ValueError(f"{path} has no complete header of an EDF or BDF file.") from error
    n_held = max(0, path.stat().st_size - header_size) // record_size
    if n_held < n_records:
        raise ValueError(
            f"{path} is truncated: {n_records - n_held} of the {n_records} records that its "
            "header promises are missing."
        )


def _read_header(path):
    """Return the bytes of the header, the number of records and the bytes of a record."""
    with path.open("rb") as file:
        head = file.read(256)
        n_signals = int(head[252:256])
        fields = file.read(256 * n_signals)[216 * n_signals :]
    samples = [int(fields[8 * i : 8 * i + 8]) for i in range(n_signals)]
    if not samples or min(samples) < 1:
        raise ValueError("a record holds no samples")
    return int(head[184:192]), int(head[236:244]), sum(samples) * SAMPLE_SIZES[head[:1]]
