"""From what a command is given to samples, by what is in the file and not by its name."""

import re
import sys
from pathlib import Path

from skeeg._commands._array_file import read_arrays
from skeeg._commands._columns import SYNTHETIC
from skeeg._commands._error import CommandError
from skeeg._commands._recording_folder import read_folder
from skeeg._commands._tables import read_text_table, read_typed_table

STDIN = "-"
READERS = {b"PK\x03\x04": read_arrays, b"PAR1": read_typed_table}


def read_samples(data, options, like=None):
    """Return the samples of a file, a folder, or a pipe.

    Parameters
    ----------
    data : str
        A path, or "-".

    options : Namespace
        What :func:`add_data` adds.

    like : Columns, default=None
        The names of columns or arrays of another file, which decide here too.

    Returns
    -------
    samples : Samples
        With at least two rows.
    """
    _check_pattern(options.group_pattern)
    if data != STDIN and Path(data).is_dir():
        samples = read_folder(Path(data), options)
    else:
        _refuse_folder_options(options)
        raw, origin = _read_bytes(data)
        samples = READERS.get(raw[:4], read_text_table)(raw, origin, options, like)
    if len(samples.X) < 2:
        raise CommandError(f"{samples.origin} has {len(samples.X)} row(s); two are the fewest")
    return samples


def read_real_samples(data, options):
    """Return samples as :func:`read_samples` does; raise if there is a column of marks."""
    samples = read_samples(data, options)
    if samples.synthetic is not None:
        raise CommandError(
            f"{samples.origin} has a column {SYNTHETIC!r} already; this command takes real rows "
            "alone, and skeeg report judges synthetic ones"
        )
    return samples


def _read_bytes(data):
    """Return all bytes, and a name for messages."""
    if data == STDIN:
        if sys.stdin.isatty():
            raise CommandError("- reads from a pipe, and there is none")
        return sys.stdin.buffer.read(), "the input"
    path = Path(data).expanduser()
    if path.suffix.lower() in {".edf", ".bdf"}:
        raise CommandError(f"{data} is a recording; give the folder that it is in")
    try:
        return path.read_bytes(), data
    except OSError as error:
        raise CommandError(f"cannot read {data}: {error.strerror}") from error


def _refuse_folder_options(options):
    """Raise for an option of folders where none is given, neither as DATA nor beside it."""
    given = [options.data, *(getattr(options, name, None) for name in ("synthetic", "holdout"))]
    if any(Path(data).is_dir() for data in given if data not in (None, STDIN)):
        return
    for name in ("labels", "window", "channels", "annotations"):
        if getattr(options, name) is not None:
            raise CommandError(f"--{name} is for folders of recordings; {options.data} is none")


def _check_pattern(pattern):
    try:
        re.compile(pattern or "")
    except re.error as error:
        raise CommandError(f"--group-pattern {pattern!r} is no regular expression: {error}") from (
            error
        )
