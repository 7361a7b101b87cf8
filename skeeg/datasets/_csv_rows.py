"""Cells of a comma-separated file as they are written, with the line that each row ends in."""

import csv
import gzip
import zlib
from io import StringIO
from typing import NamedTuple

from skeeg.datasets._file_content import refuse_substitutes


class Rows(NamedTuple):
    """Names of columns, lists of cells, and the line of the file that each list ends in."""

    header: list
    cells: list
    lines: list


def decode_text(raw, origin, *, layout):
    """Return the text of the bytes of a file, plain or gzipped; raise if they are none."""
    refuse_substitutes(raw, origin)
    try:
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{origin} is no csv in UTF-8: it begins with {raw[:12]!r}; {layout}."
        ) from error
    except (EOFError, OSError, zlib.error) as error:
        raise ValueError(f"{origin} is a damaged gzip file: {error}") from error


def parse_rows(text, origin, *, layout, separator=","):
    """Split the text of a file into cells; all rows are of one length.

    Parameters
    ----------
    text : str
        What the file holds.

    origin : str or path
        The name of the file for messages.

    layout : str
        What is legal, for messages.

    separator : str, default=","
        What stands between two cells.

    Returns
    -------
    rows : Rows
        At least one; blank lines at the end do not count.

    Raises
    ------
    ValueError
        If there is no header with at least two columns, no row, or a row of another length.
    """
    text = text.rstrip(" \r\n")
    if not text:
        raise ValueError(f"{origin} is empty; {layout}.")
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = next(reader)
        numbered = [(row, reader.line_num) for row in reader]
    except csv.Error as error:
        raise ValueError(f"{origin} is no csv: {error}; {layout}.") from error
    if len(header) == 1:
        separators = {"\t": "tabs", ",": "commas"}.get(separator, repr(separator))
        raise ValueError(f"{origin} has no {separators} in line 1: {header[0][:60]!r}; {layout}.")
    _check_lengths(numbered, len(header), origin)
    cells, lines = map(list, zip(*numbered, strict=True))
    return Rows(header, cells, lines)


def _check_lengths(numbered, n_columns, origin):
    if not numbered:
        raise ValueError(f"{origin} has a header and no rows.")
    for row, line in numbered:
        if len(row) != n_columns:
            raise ValueError(f"{origin}, line {line}: {len(row)} cells; legal are {n_columns}.")
