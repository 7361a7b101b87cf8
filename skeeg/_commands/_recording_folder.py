"""Folders of EDF and other recordings, cut into windows."""

import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from skeeg._commands._array_file import ArrayFile
from skeeg._commands._cells import to_classes
from skeeg._commands._columns import Columns, choose_name, list_names
from skeeg._commands._error import CommandError
from skeeg._commands._samples import Samples
from skeeg.datasets import load_edf
from skeeg.datasets._csv_rows import decode_text, parse_rows
from skeeg.datasets._raw_files import open_raw

SUFFIXES = {".edf", ".bdf", ".vhdr", ".fif"}
# later parts of a long FIF file, which MNE-Python reads with the first
CONTINUED = re.compile(r"-\d+\.fif$")
SECONDS = 2.0
LAYOUT = "legal are the columns file and label, and perhaps group, separated by commas"


class Recordings(NamedTuple):
    """Paths with a group for each, and a class or, where annotations tell it, None."""

    paths: list
    groups: list
    labels: list | None


def read_folder(folder, options):
    """Return the samples of a folder of recordings."""
    recordings = _find(folder) if options.labels is None else _look_up(folder, options.labels)
    try:
        eeg = load_edf(
            recordings.paths,
            n_times=_count_times(recordings.paths[0], options),
            channels=options.channels,
            sampling_rate=options.sampling_rate,
            annotations=options.annotations,
            # positions, by which windows find their class and group
            groups=np.arange(len(recordings.paths)),
        )
    except (ImportError, OSError, ValueError) as error:
        raise CommandError(str(error)) from error
    rows, labels = _label_windows(eeg, recordings, folder)
    return _make_samples(eeg, rows, labels, np.array(recordings.groups)[eeg.groups[rows]], folder)


def _make_samples(eeg, rows, labels, groups, folder):
    y = to_classes(pd.Series(labels, name="label"), str(folder))
    arrays = {"X": eeg.data[rows], "y": y, "groups": groups}
    constants = {"sampling_rate": eeg.sampling_rate, "channel_names": eeg.channel_names}
    arrays |= {name: np.array(value) for name, value in constants.items()}
    return Samples(
        X=arrays["X"],
        y=y,
        groups=groups,
        synthetic=None,
        sampling_rate=eeg.sampling_rate,
        n_channels=len(eeg.channel_names),
        channel_names=eeg.channel_names,
        source=ArrayFile(arrays, Columns("y", "groups", ["X"])),
        origin=str(folder),
    )


def _find(folder):
    paths = sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES and not CONTINUED.search(path.name)
    )
    if not paths:
        raise CommandError(
            f"the folder {folder} has no {', '.join(sorted(SUFFIXES))} file; recordings of other "
            "formats are read where --labels names them"
        )
    return Recordings(paths, [path.stem for path in paths], None)


def _look_up(folder, table):
    """Return the recordings that a table lists, with their classes and groups."""
    try:
        text = decode_text(table.read_bytes(), table, layout=LAYOUT)
        header, rows, lines = parse_rows(text, table, layout=LAYOUT)
    except (OSError, ValueError) as error:
        raise CommandError(f"--labels: {error}") from error
    for name in ("file", "label"):
        if name not in header:
            raise CommandError(f"--labels: {table} has no column {name!r}; {LAYOUT}")
    columns = dict(zip(header, zip(*rows, strict=True), strict=True))
    paths = [
        _find_file(folder, name, f"{table}, line {line}")
        for name, line in zip(columns["file"], lines, strict=True)
    ]
    group = choose_name(None, header, table, "--labels", ("group", "subject", "patient"))
    for name in ("label", *([group] if group else [])):
        if "" in columns[name]:
            line = lines[columns[name].index("")]
            raise CommandError(f"--labels: {table}, line {line}: the {name} is missing")
    groups = columns[group] if group else [path.stem for path in paths]
    return Recordings(paths, list(groups), list(columns["label"]))


def _find_file(folder, name, place):
    """Return the path of a file, whose name may come without its suffix."""
    path = folder / name
    if name and path.is_file():
        return path
    found = sorted(path for path in folder.glob(f"{name}.*") if path.is_file()) if name else []
    if len(found) == 1:
        return found[0]
    if found:
        raise CommandError(f"{place}: {name!r} may be {list_names(p.name for p in found)}")
    raise CommandError(f"{place}: there is no file {path}")


def _count_times(path, options):
    rate = options.sampling_rate or open_raw(path).info["sfreq"]
    seconds = options.window or SECONDS
    n_times = round(seconds * rate)
    if n_times < 1:
        raise CommandError(f"--window {seconds:g} s at {rate:g} Hz is less than a time point")
    return n_times


def _label_windows(eeg, recordings, folder):
    """Return which windows have a class, and the class of each of them."""
    if recordings.labels is not None:
        rows = np.arange(len(eeg.data))
        return rows, np.array(recordings.labels)[eeg.groups]
    if eeg.target is None:
        raise CommandError(
            f"the recordings in {folder} have no annotations to make classes of; give a table of "
            "them with --labels"
        )
    rows = np.flatnonzero(eeg.target >= 0)
    return rows, np.array(eeg.target_names)[eeg.target[rows]]
