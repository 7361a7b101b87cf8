"""Readers of the University of Bonn EEG: text files, loose or zipped, and arrays in an npz."""

import re
from collections import Counter
from io import BytesIO
from pathlib import Path, PurePosixPath
from zipfile import ZipFile, is_zipfile

import numpy as np

from skeeg.datasets._file_content import refuse_substitutes

N_SAMPLES = 4097
RECORDING = re.compile(r"[ZONFS](0\d[1-9]|0[1-9]0|100)")
LAYOUTS = (
    "legal are an npz with the arrays X and recording, a zip, or a folder of the original text "
    "files Z001.txt to S100.txt, loose, in sub-folders or zipped"
)


def read_recordings(path):
    """Return a dict from recording name to its 4097 samples, float32, from any known layout."""
    path = Path(path).expanduser()
    if path.suffix.lower() == ".npz":
        recordings = _read_npz(path)
    else:
        recordings = _parse_all(_walk_folder(path) if path.is_dir() else _walk_file(path))
    if not recordings:
        raise ValueError(f"{path} holds no recordings; {LAYOUTS}.")
    return recordings


def _read_archive(path):
    """Return the bytes of a file that is a zip, as an npz is too."""
    raw = path.read_bytes()
    refuse_substitutes(raw, path)
    if not is_zipfile(BytesIO(raw)):
        raise ValueError(f"{path} is no complete archive: it begins with {raw[:12]!r}; {LAYOUTS}.")
    return raw


def _read_npz(path):
    raw = _read_archive(path)
    try:
        with np.load(BytesIO(raw), allow_pickle=False) as arrays:
            signals, names = arrays["X"], arrays["recording"].astype(str).ravel().tolist()
    # damaged and encrypted archives make zipfile and NumPy stumble in any way
    except Exception as error:
        raise ValueError(f"{path} lacks readable arrays X and recording: {error}") from error
    _check_arrays(signals, names, path)
    return dict(zip(names, _to_float32(signals), strict=True))


def _check_arrays(signals, names, path):
    if signals.shape != (len(names), N_SAMPLES) or signals.dtype.kind not in "iuf":
        raise ValueError(
            f"{path}: X is {signals.dtype} of shape {signals.shape}; "
            f"{len(names)} recordings take numbers of shape {(len(names), N_SAMPLES)}."
        )
    for name, count in Counter(names).items():
        if count > 1 or not RECORDING.fullmatch(name):
            raise ValueError(f"{path}: recording {name!r} is repeated or not in Z001 to S100.")
    finite = np.isfinite(_to_float32(signals)).all(axis=1)
    if not finite.all():
        raise ValueError(f"{path}: recording {names[finite.argmin()]} is not finite throughout.")


def _walk_folder(folder):
    # a link to nothing is no folder: reading it fails, and tells what is missing
    for path in sorted(path for path in folder.rglob("*") if not path.is_dir()):
        if path.suffix.lower() == ".zip":
            yield from _walk_file(path)
        elif _recording_name(path.name):
            yield path.as_posix(), path.read_bytes()


def _walk_file(path):
    raw = _read_archive(path)
    try:
        yield from _walk_zip(raw, path.as_posix())
    # as in an npz
    except Exception as error:
        raise ValueError(f"{path} cannot be unpacked: {error}") from error


def _walk_zip(raw, origin):
    with ZipFile(BytesIO(raw)) as archive:
        for name in sorted(archive.namelist()):
            if name.lower().endswith(".zip"):
                yield from _walk_zip(archive.read(name), f"{origin}/{name}")
            elif _recording_name(name):
                yield f"{origin}/{name}", archive.read(name)


def _recording_name(file):
    """Return "Z001" for "any/folder/z001.TXT", and None for files that hold no recording."""
    file = PurePosixPath(file)
    name = file.stem.upper()
    return name if file.suffix.lower() == ".txt" and RECORDING.fullmatch(name) else None


def _parse_all(files):
    recordings = {}
    for origin, raw in files:
        name, samples = _recording_name(origin), _parse(raw, origin)
        if not np.array_equal(recordings.setdefault(name, samples), samples):
            raise ValueError(f"{origin} differs from another file of the recording {name}.")
    return recordings


def _parse(raw, origin):
    refuse_substitutes(raw, origin)
    lines = raw.decode("latin-1").rstrip().splitlines()
    samples = _to_float32([_to_float(line) for line in lines])
    finite = np.isfinite(samples)
    if not finite.all():
        i = finite.argmin()
        raise ValueError(f"{origin}, line {i + 1}: {lines[i]!r} is not a finite number.")
    if len(samples) != N_SAMPLES:
        raise ValueError(f"{origin} holds {len(samples)} samples; a recording has {N_SAMPLES}.")
    return samples


def _to_float(line):
    try:
        # Python reads 1_0 as 10
        return float(line.replace("_", "?"))
    except ValueError:
        return np.nan


def _to_float32(values):
    """Convert to float32, in which numbers too large for it are infinite."""
    with np.errstate(over="ignore"):
        return np.asarray(values).astype(np.float32)
