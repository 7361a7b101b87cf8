"""Tables of text (csv, tsv) and of typed columns (parquet), and how they take more rows."""

from io import BytesIO

import numpy as np
import pandas as pd

from skeeg._commands._cells import to_classes, to_groups, to_mask, to_numbers
from skeeg._commands._columns import SYNTHETIC, choose_columns, match_columns
from skeeg._commands._error import CommandError
from skeeg._commands._samples import Samples, check_channels
from skeeg.datasets._csv_rows import decode_text, parse_rows
from skeeg.over_sampling._containers import append_rows

LAYOUT = "legal are a header and one row for each signal; another separator needs --separator"
MOST_DECIMALS = 6


class TextTable:
    """Cells as they are written, so that they can be written again."""

    def __init__(self, frame, columns, separator):
        self.frame = frame
        self.columns = columns
        own = ".tsv" if separator == "\t" else ".csv"
        other = ".csv" if separator == "\t" else ".tsv"
        self.suffixes = (own, other, f"{own}.gz", f"{other}.gz")
        self.separator = separator

    def write(self, file, suffix, X, y):
        """Write the rows as they were, and synthetic ones below, all with a mark."""
        signals, target = self.columns.signals, self.columns.target
        drawn = pd.DataFrame(_write_numbers(X, self.frame[signals]), columns=signals, dtype=object)
        drawn[target] = y.astype(str)
        below = drawn.reindex(columns=self.frame.columns, fill_value="")
        mark = pd.Series(np.repeat(["0", "1"], [len(self.frame), len(X)]), name=SYNTHETIC)
        whole = pd.concat([pd.concat([self.frame, below], ignore_index=True), mark], axis=1)
        compression = {"method": "gzip", "mtime": 0} if suffix.endswith(".gz") else None
        separator = self._separator(suffix)
        whole.to_csv(file, sep=separator, index=False, compression=compression, encoding="utf-8")

    def _separator(self, suffix):
        if suffix.startswith(".tsv"):
            return "\t"
        return "," if self.separator == "\t" else self.separator


def _write_numbers(X, cells):
    """Return numbers as text, with as many decimals as the cells have."""
    if X.dtype.kind in "iu":
        return np.char.mod("%d", X)
    cells = cells.to_numpy().ravel()
    decimals = max(len(cell.strip().partition(".")[2]) for cell in cells)
    if decimals > MOST_DECIMALS or any("e" in cell.lower() for cell in cells):
        # nine digits are all that numbers of 32 bits have
        return np.char.mod("%.9g", X)
    return np.char.mod(f"%.{decimals}f", X)


class TypedTable:
    """Columns with types, which synthetic rows keep."""

    suffixes = (".parquet",)

    def __init__(self, frame, columns):
        self.frame = frame
        self.columns = columns

    def write(self, file, suffix, X, y):
        """Write the rows as they were, and synthetic ones below, all with a mark."""
        above, target = self.frame.reset_index(drop=True), self.columns.target
        signals = append_rows(above[self.columns.signals], X)
        rest = above.drop(columns=[*self.columns.signals, target])
        rest = rest.apply(_allow_gaps).reindex(range(len(signals)))
        classes = above[target]
        classes = pd.concat([classes, pd.Series(y).astype(classes.dtype)], ignore_index=True)
        mark = pd.Series(np.arange(len(signals)) >= len(above), name=SYNTHETIC)
        whole = pd.concat([signals, classes.rename(target), rest], axis=1)[list(above)]
        whole = pd.concat([whole, mark], axis=1)
        whole.to_parquet(file, index=False)


def _allow_gaps(column):
    """Return a column whose whole numbers and truth values stay so where some are missing."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iub":
        return column.astype(pd.array(column.to_numpy()[:0]).dtype)
    return column


def read_text_table(raw, origin, options, like):
    """Return the samples of a csv or tsv file; `like` holds its columns, or is None."""
    try:
        text = decode_text(raw, origin, layout=LAYOUT)
        separator = options.separator or _guess_separator(text)
        header, cells, lines = parse_rows(text, origin, layout=LAYOUT, separator=separator)
    except ValueError as error:
        raise CommandError(str(error)) from error
    columns = _find_columns(header, options, like, origin)
    index = pd.Index(lines, name="line")
    frame = pd.DataFrame(cells, columns=header, index=index, dtype=object)
    return _make_samples(frame, columns, TextTable(frame, columns, separator), origin, options)


def _guess_separator(text):
    """Return a tab if the first line has tabs and no commas."""
    first_line = text.partition("\n")[0]
    return "\t" if "\t" in first_line and "," not in first_line else ","


def read_typed_table(raw, origin, options, like):
    """Return the samples of a parquet file; `like` holds its columns, or is None."""
    try:
        frame = pd.read_parquet(BytesIO(raw))
    except ImportError as error:
        raise CommandError("parquet files need pyarrow: pip install 'skeeg[parquet]'") from error
    # the readers of pyarrow raise whatever a damaged file makes them stumble over
    except Exception as error:
        raise CommandError(f"{origin} cannot be read: {error}") from error
    named = [name for name in frame.index.names if name is not None]
    frame = frame.reset_index(level=named) if named else frame
    frame = frame.set_axis(pd.RangeIndex(1, len(frame) + 1, name="row"))
    frame.columns = frame.columns.astype(str)
    columns = _find_columns(list(frame), options, like, origin)
    return _make_samples(frame, columns, TypedTable(frame, columns), origin, options)


def _find_columns(names, options, like, origin):
    if like is None:
        return choose_columns(names, options, origin)
    return match_columns(names, like, origin)


def _make_samples(frame, columns, source, origin, options):
    mask, real = None, np.ones(len(frame), dtype=bool)
    if SYNTHETIC in frame:
        mask = to_mask(frame[SYNTHETIC], origin)
        real = ~mask
    X = to_numbers(frame[columns.signals], origin)
    groups = None
    if columns.groups is not None:
        groups = np.full(len(frame), "", dtype=object)
        groups[real] = to_groups(frame.loc[real, columns.groups], options.group_pattern, origin)
    return Samples(
        X=X,
        y=to_classes(frame[columns.target], origin),
        groups=groups,
        synthetic=mask,
        sampling_rate=options.sampling_rate,
        n_channels=check_channels(X, options.n_channels, origin),
        channel_names=None,
        source=source,
        origin=origin,
    )
