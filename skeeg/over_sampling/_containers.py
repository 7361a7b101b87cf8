"""Append synthetic rows to whatever container the real rows came in."""

import numpy as np
import pandas as pd


def _limits(dtype):
    """Return whether a dtype holds whole numbers, its smallest and its largest value."""
    if dtype.kind == "b":
        return True, 0, 1
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        highest = float(info.max)
        # The largest integers of 64 bits are no floats: take the nearest float below.
        return True, info.min, highest if int(highest) == info.max else np.nextafter(highest, 0)
    if dtype.kind == "f":
        return False, np.finfo(dtype).min, np.finfo(dtype).max
    return False, -np.inf, np.inf


def fit_into(values, dtypes):
    """Round and clip columns of floats so that a cast to `dtypes` changes them no further.

    Parameters
    ----------
    values : ndarray of shape (n_samples, ..., n_columns)
        Floats.

    dtypes : list of dtype
        One numpy dtype for each column, or a single one for all.

    Returns
    -------
    values : ndarray of the shape of `values`
        Floats: whole ones for integer columns, rounded to the nearest.
    """
    whole, lowest, highest = map(np.array, zip(*map(_limits, dtypes), strict=True))
    return np.where(whole, np.rint(values), values).clip(lowest, highest)


def _plain(dtype):
    """Return the numpy dtype below a nullable or sparse dtype of pandas."""
    return np.dtype(getattr(dtype, "numpy_dtype", getattr(dtype, "subtype", dtype)))


def _below_pandas(X, values):
    values = fit_into(values, [_plain(dtype) for dtype in X.dtypes])
    below = pd.DataFrame(values).astype(dict(enumerate(X.dtypes)))
    return below.set_axis(X.columns, axis=1)


def _below_polars(X, values):
    values = fit_into(values, [column[:0].to_numpy().dtype for column in X])
    return type(X)(values, schema=X.columns, orient="row").cast(dict(X.schema))


def _is_polars(container):
    return type(container).__module__.partition(".")[0] == "polars"


def stack(first, second):
    """Return two containers of one kind, one above the other."""
    if isinstance(first, list):
        return first + second
    if isinstance(first, pd.DataFrame | pd.Series):
        return pd.concat([first, second], ignore_index=True)
    if _is_polars(first):
        import polars

        return polars.concat([first, second])
    return np.concatenate([first, second])


def append_rows(X, values):
    """Return X, untouched, with synthetic rows below it in the container and dtypes of X.

    Parameters
    ----------
    X : array-like
        A list, a DataFrame of pandas or polars, or anything that numpy takes for an array.

    values : ndarray of shape (n_synthetic, ...)
        The synthetic rows.

    Returns
    -------
    X_resampled : container of the type of X
        The real rows first.
    """
    if isinstance(X, list):
        return X + values.tolist()
    if isinstance(X, pd.DataFrame):
        return stack(X, _below_pandas(X, values))
    if _is_polars(X):
        return stack(X, _below_polars(X, values))
    X = np.asarray(X)
    return stack(X, fit_into(values, [X.dtype]).astype(X.dtype))


def extend_groups(groups, n_synthetic):
    """Return groups with those of synthetic rows, which form a group of their own.

    Groups may be of any type, since nothing is to fail after a training. Real ones keep their
    values, and their dtype unless it has no room for another.
    """
    groups = np.asarray(groups)
    if groups.dtype.kind in "biu":
        groups = _widen(groups)
        new = int(groups.max()) + 1
    elif groups.dtype.kind in "fmM":
        new = groups.max() + 1
        if new == groups.max():  # large floats are more than 1 apart
            new = np.nextafter(new, np.inf)
    else:
        groups = groups if groups.dtype.kind in "US" else groups.astype(object)
        new = _find_name(groups)
    dtype = None if groups.dtype.kind in "US" else groups.dtype
    return np.append(groups, np.full(n_synthetic, new, dtype=dtype))


def _widen(groups):
    """Return whole numbers in a dtype that holds one more than the largest."""
    if groups.dtype.kind == "b":
        return groups.astype(np.int64)
    if groups.max() < np.iinfo(groups.dtype).max:
        return groups
    return groups.astype(np.int64 if groups.itemsize < 8 else object)


def _find_name(groups):
    name, more = (b"synthetic", b"_") if groups.dtype.kind == "S" else ("synthetic", "_")
    while name in groups:
        name += more
    return name
