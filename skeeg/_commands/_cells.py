"""Numbers, classes and groups of the cells of a table, or where they are amiss."""

import re

import numpy as np
import pandas as pd

from skeeg._commands._error import CommandError

FEWEST_NUMBERED = 5  # rows; in fewer, 1, 2, 3 may be a signal
BY_CHANCE = 1e-6


def to_numbers(frame, origin):
    """Return the signal columns as one array; whole numbers only if all cells are.

    Parameters
    ----------
    frame : DataFrame
        Text or numbers. The name of its index is what a row is called, its values count them.

    origin : str
        The name of the file.

    Returns
    -------
    X : ndarray of shape (n_samples, n_columns)
        Finite.
    """
    numbers = frame.apply(_to_numeric)
    X = numbers.to_numpy(_common_dtype(numbers), na_value=np.nan)
    finite = np.isfinite(X)
    if not finite.all():
        _explain(frame, finite, origin)
    _refuse_row_numbers(X, frame.columns, origin)
    _refuse_codes(X, frame.columns, origin)
    return X


def _to_numeric(column):
    """Return numbers, and NaN for all else; times are no numbers, though pandas counts in them."""
    if column.dtype.kind in "mM":
        return pd.Series(np.nan, index=column.index)
    return pd.to_numeric(column, errors="coerce")


def _common_dtype(numbers):
    dtypes = [getattr(dtype, "numpy_dtype", dtype) for dtype in numbers.dtypes]
    dtype = np.result_type(*dtypes)
    return np.float64 if dtype.kind not in "iuf" or numbers.isna().any(axis=None) else dtype


def _explain(frame, finite, origin):
    """Raise for columns of text, or for the first cell that is no number."""
    text = frame.columns[finite.mean(axis=0) < 0.5].tolist()
    if text:
        raise CommandError(
            f"{origin}: {len(text)} column(s) hold no numbers: {', '.join(map(repr, text[:5]))}"
            f"{', ...' * (len(text) > 5)}; name the class with --target and the subject with "
            f"--groups, and leave out the rest with --drop {','.join(text[:5])}"
        )
    i, j = np.argwhere(~finite)[0]
    raise CommandError(
        f"{origin}, {frame.index.name} {frame.index[i]}, column {frame.columns[j]}: "
        f"{frame.iat[i, j]!r} is not a finite number; repair or remove the row"
    )


def _refuse_row_numbers(X, names, origin):
    """Raise for a column that counts the rows: it would tell the class of sorted rows."""
    if len(X) < FEWEST_NUMBERED:
        return
    counting = (np.diff(X, axis=0) == 1).all(axis=0) & np.isin(X[0], (0, 1))
    if counting.any():
        name = names[counting.argmax()]
        raise CommandError(
            f"{origin}: column {name!r} counts the rows and is no signal; leave it out with "
            f"--drop {name or repr(name)}"
        )


def _refuse_codes(X, names, origin):
    """Raise for a column of whole numbers among fractions: it is an id or an age."""
    whole = np.rint(X) == X
    codes = whole.all(axis=0) & (X[0] != X).any(axis=0)
    if not codes.any() or codes.all():
        return
    # how many columns would be whole by chance, if all were signals
    if X.shape[1] * whole[:, ~codes].mean() ** len(X) < BY_CHANCE:
        found = [str(name) for name in names[codes]]
        raise CommandError(
            f"{origin}: column {', '.join(map(repr, found[:5]))} holds whole numbers, and the "
            "others do not; name the subject with --groups, and leave out what is no signal with "
            f"--drop {','.join(found[:5])}"
        )


def to_classes(cells, origin):
    """Return class labels; text of whole numbers becomes numbers, as scores expect them."""
    _refuse_gaps(cells, origin, "class")
    n_classes, n_rows = cells.nunique(), len(cells)
    if n_classes > max(20, n_rows // 2):
        raise CommandError(
            f"{origin}: column {cells.name!r} has {n_classes} values in {n_rows} rows; a class has "
            "many rows. Is it the class?"
        )
    labels = cells.to_numpy()
    if labels.dtype.kind in "biu":
        return labels
    text = labels.astype(str)
    if all(re.fullmatch(r"0|-?[1-9]\d{0,17}", label) for label in np.unique(text)):
        return text.astype(int)
    return text


def to_groups(cells, pattern, origin):
    """Return the group of each row as text, or that part of it which the pattern finds."""
    _refuse_gaps(cells, origin, "group")
    if pattern is None:
        return cells.astype(str).to_numpy(dtype=str)
    found = cells.astype(str).map(re.compile(pattern).search)
    parts = found.map(lambda match: match and match[min(match.re.groups, 1)])
    empty = (parts.isna() | (parts == "")).to_numpy()
    if empty.any():
        i = int(empty.argmax())
        raise CommandError(
            f"{origin}, {cells.index.name} {cells.index[i]}, column {cells.name}: "
            f"{cells.iloc[i]!r} has nothing like --group-pattern {pattern!r}"
        )
    return parts.to_numpy(dtype=str)


def _refuse_gaps(cells, origin, meaning):
    missing = (cells.isna() | (cells.astype(str).str.strip() == "")).to_numpy()
    if missing.any():
        row = cells.index[int(missing.argmax())]
        raise CommandError(
            f"{origin}, {cells.index.name} {row}, column {cells.name}: the {meaning} is missing"
        )


def to_mask(cells, origin):
    """Return which rows are synthetic."""
    legal = {"0": False, "1": True, "false": False, "true": True}
    mask = cells.astype(str).str.lower().map(legal)
    if mask.isna().any():
        i = int(mask.isna().to_numpy().argmax())
        raise CommandError(
            f"{origin}, {cells.index.name} {cells.index[i]}, column {cells.name}: "
            f"{cells.iloc[i]!r}; legal are 0 and 1"
        )
    return mask.to_numpy(dtype=bool)
