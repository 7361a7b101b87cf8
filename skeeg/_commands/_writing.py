"""Files that are there as a whole or not at all."""

import os
from contextlib import contextmanager
from pathlib import Path

from sklearn.utils._optional_dependencies import check_matplotlib_support

from skeeg._commands._error import CommandError


def check_output(option, path, suffixes, *, force):
    """Raise if a file of that name cannot or must not be written.

    Parameters
    ----------
    option : str
        The option that names the file, for messages.

    path : Path
        The file.

    suffixes : sequence of str
        Legal endings.

    force : bool
        Whether a file that is there may be overwritten.

    Returns
    -------
    suffix : str
        The ending that the path has.
    """
    found = [suffix for suffix in suffixes if path.name.lower().endswith(suffix)]
    if not found:
        raise CommandError(f"{option} must end in {' or '.join(suffixes)}, got {path}")
    if path.exists() and not path.is_file():
        raise CommandError(f"{option}: {path} is there and is no file")
    if path.exists() and not force:
        raise CommandError(f"{option}: {path} is there already; --force overwrites it")
    if not os.access(path.resolve().parent, os.W_OK):
        raise CommandError(f"{option}: cannot write to the folder {path.resolve().parent}")
    return found[0]


@contextmanager
def whole_file(path, mode="wb"):
    """Open a file beside the one wanted, which takes its name when all is written."""
    path = Path(path).resolve()
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open(mode) as file:
            yield file
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def check_matplotlib(what):
    """Raise if nothing can be drawn, and say how to change that."""
    try:
        check_matplotlib_support("skeeg")
    except ImportError as error:
        raise CommandError(f"{what} needs matplotlib: pip install 'skeeg[plot]'") from error
