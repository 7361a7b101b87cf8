"""Files of arrays (npz), and how they take more rows."""

from io import BytesIO

import numpy as np
import pandas as pd

from skeeg._commands._cells import to_classes, to_groups, to_mask
from skeeg._commands._columns import (
    GROUPS,
    SYNTHETIC,
    TARGETS,
    Columns,
    choose_name,
    list_names,
    match_columns,
)
from skeeg._commands._error import CommandError
from skeeg._commands._samples import Samples, check_channels, resolve_rate

SIGNALS = "X"
RATES = "sampling_rate", "sfreq"
CHANNELS = "channel_names", "ch_names"


class ArrayFile:
    """Named arrays; those with an entry for each row get more of them."""

    suffixes = (".npz",)

    def __init__(self, arrays, columns):
        self.arrays = arrays
        self.columns = columns

    def write(self, file, suffix, X, y):
        """Write the rows as they were, and synthetic ones below, all with a mark."""
        arrays, (target, groups, _) = dict(self.arrays), self.columns
        n_rows, dtype = len(arrays[SIGNALS]), arrays[target].dtype
        arrays[SIGNALS] = np.concatenate([arrays[SIGNALS], X])
        arrays[target] = np.concatenate([arrays[target], y.astype(dtype)])
        if groups is not None:
            arrays[groups] = _extend_groups(arrays[groups], len(X))
        arrays[SYNTHETIC] = np.arange(n_rows + len(X)) >= n_rows
        np.savez_compressed(file, **arrays)


def _extend_groups(groups, n_rows):
    """Return groups with empty ones below: "" of text, and a number below all others."""
    empty = min(-1, int(groups.min()) - 1) if groups.dtype.kind in "iuf" else ""
    return np.concatenate([groups, np.full(n_rows, empty)])


def read_arrays(raw, origin, options, like):
    """Return the samples of an npz file; `like` holds the names of its arrays, or is None."""
    arrays = _load(raw, origin)
    if SIGNALS not in arrays:
        raise CommandError(f"{origin} has no array 'X' of signals; there are {list_names(arrays)}")
    X = _check_signals(arrays[SIGNALS], origin)
    columns = _find_columns(arrays, options, like, origin)
    n_rows = len(X)
    mask = None
    if SYNTHETIC in arrays:
        mask = to_mask(_entries(arrays, SYNTHETIC, n_rows, origin), origin)
    return Samples(
        X=X,
        y=to_classes(_entries(arrays, columns.target, n_rows, origin), origin),
        groups=_take_groups(arrays, columns.groups, mask, n_rows, origin, options),
        synthetic=mask,
        sampling_rate=resolve_rate(_rate(arrays, origin), options.sampling_rate, origin),
        n_channels=check_channels(X, options.n_channels, origin),
        channel_names=_channel_names(arrays),
        source=ArrayFile(_without_other_rows(arrays, columns), columns),
        origin=origin,
    )


def _find_columns(arrays, options, like, origin):
    names = list(arrays)
    if like is not None:
        return match_columns(names, like, origin)
    target = choose_name(options.target, names, origin, "--target", TARGETS)
    if target is None:
        raise CommandError(
            f"which array of {origin} is the class? say so with --target; there are "
            f"{list_names(names)}"
        )
    groups = choose_name(options.groups, names, origin, "--groups", GROUPS)
    return Columns(target, groups, [SIGNALS])


def _load(raw, origin):
    """Return all arrays; nothing that the file names is run."""
    try:
        file = np.load(BytesIO(raw), allow_pickle=False)
        arrays = {name: file[name] for name in file.files}
    except ValueError as error:
        raise CommandError(
            f"{origin} holds objects and not arrays of numbers or text, or is damaged: {error}"
        ) from error
    # what unpacks stumbles over damage in many ways, each with an error of its own
    except Exception as error:
        raise CommandError(f"{origin} is damaged: {error}") from error
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray):
            raise CommandError(
                f"{origin} is a zip file with {name!r} in it and no file of arrays (npz); save "
                "spreadsheets as csv"
            )
    return arrays


def _check_signals(X, origin):
    if X.ndim not in (2, 3) or X.size == 0 or X.dtype.kind not in "iuf":
        raise CommandError(
            f"{origin}: X has shape {X.shape} and type {X.dtype}; legal are numbers of shape "
            "(n_samples, n_times) or (n_samples, n_channels, n_times)"
        )
    if not np.isfinite(X).all():
        place = np.argwhere(~np.isfinite(X))[0].tolist()
        raise CommandError(
            f"{origin}: X{place} is {X[tuple(place)]}; signals must be finite: repair or remove "
            "the row"
        )
    return X


def _entries(arrays, name, n_rows, origin):
    """Return an array with an entry for each row, as a column that knows its name."""
    array = arrays[name]
    if array.shape != (n_rows,):
        raise CommandError(
            f"{origin}: {name} has shape {array.shape}; legal is ({n_rows},), one for each row of X"
        )
    return pd.Series(array, name=name, index=pd.RangeIndex(n_rows, name="row"))


def _take_groups(arrays, name, mask, n_rows, origin, options):
    if name is None:
        return None
    real = np.ones(n_rows, dtype=bool) if mask is None else ~mask
    groups = np.full(n_rows, "", dtype=object)
    entries = _entries(arrays, name, n_rows, origin)
    groups[real] = to_groups(entries[real], options.group_pattern, origin)
    return groups


def _rate(arrays, origin):
    """Return the sampling rate that the file names, or None."""
    found = [name for name in RATES if name in arrays]
    if not found:
        return None
    rate = arrays[found[0]]
    if rate.size != 1 or rate.dtype.kind not in "iuf" or not 0 < rate.item() < np.inf:
        raise CommandError(f"{origin}: {found[0]} is {rate}; legal is one number above 0, in Hz")
    return float(rate.item())


def _channel_names(arrays):
    """Return the names of the channels of three-dimensional signals, or None."""
    found = [arrays[name] for name in CHANNELS if name in arrays]
    X = arrays[SIGNALS]
    fits = found and X.ndim == 3 and found[0].shape == X.shape[1:2]
    return found[0].astype(str).tolist() if fits else None


def _without_other_rows(arrays, columns):
    """Leave out arrays of rows that synthetic rows have no entry for."""
    n_rows, kept = len(arrays[SIGNALS]), {SIGNALS, columns.target, columns.groups}
    return {
        name: array
        for name, array in arrays.items()
        if name in kept or array.ndim == 0 or len(array) != n_rows
    }
