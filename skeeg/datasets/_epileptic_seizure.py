"""The Epileptic Seizure Recognition table of UCI and Kaggle."""

import os
import warnings
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.utils import Bunch
from sklearn.utils._param_validation import validate_params

from skeeg.datasets._bonn import CLASSES, SAMPLING_RATE
from skeeg.datasets._csv_rows import decode_text, parse_rows
from skeeg.datasets._description import read_description

ID_COLUMNS = ("", "Unnamed", "Unnamed: 0")
SIGNAL_COLUMNS = [f"X{i}" for i in range(1, 179)]
LAYOUT = "legal are the columns X1 to X178 and y, separated by commas, after an optional id column"


def _read_table(path):
    """Return the cells as strings, under a legal header; the index counts lines of the file."""
    text = decode_text(path.read_bytes(), path, layout=LAYOUT)
    header, cells, lines = parse_rows(text, path, layout=LAYOUT)
    _check_header(header, path)
    return pd.DataFrame(cells, columns=header, index=lines)


def _check_header(header, path):
    legal = [*SIGNAL_COLUMNS, "y"]
    faults = {
        "missing": [name for name in legal if name not in header],
        "repeated": [name for name, count in Counter(header).items() if count > 1],
        "unknown": [name for name in header if name not in {*legal, *ID_COLUMNS}],
        "for ids beside another": [name for name in header if name in ID_COLUMNS][1:],
    }
    for fault, names in faults.items():
        if names:
            shown = ", ".join(map(repr, names[:5])) + ", ..." * (len(names) > 5)
            raise ValueError(f"{path} has {len(names)} column(s) {fault}: {shown}; {LAYOUT}.")


def _to_float32(cells, path):
    numbers = cells.apply(pd.to_numeric, errors="coerce").to_numpy(np.float64)
    with np.errstate(over="ignore"):
        numbers = numbers.astype(np.float32)
    finite = np.isfinite(numbers)
    if not finite.all():
        i, j = np.argwhere(~finite)[0]
        raise ValueError(
            f"{path}, line {cells.index[i]}, column {cells.columns[j]}: {cells.iat[i, j]!r} is "
            "not a finite number; legal are digits with a decimal point."
        )
    return numbers


def _to_codes(y, path):
    legal = np.isin(y, range(1, 6))
    if not legal.all():
        i = legal.argmin()
        raise ValueError(f"{path}, line {i + 2}, column y: {y[i]:g}; legal are 1, 2, 3, 4, 5.")
    return y.astype(np.int64)


def _decode_groups(ids, path):
    """Return what follows the first dot of each id, which names the recording."""
    groups = [name.partition(".")[2] for name in ids]
    if not any(groups):
        warnings.warn(
            f"{path} has no ids such as X21.V1.791, so the recording of each window is unknown: "
            "groups is None, and scores of a split by window come out too high.",
            UserWarning,
            stacklevel=4,
        )
        return None
    if "" in groups:
        i = groups.index("")
        raise ValueError(f"{path}, line {i + 2}: id {ids[i]!r}; legal are ids as X21.V1.791.")
    return np.array(groups)


@validate_params(
    {"path": [str, os.PathLike], "binary": ["boolean"]}, prefer_skip_nested_validation=True
)
def load_epileptic_seizure(path, *, binary=False):
    r"""Load the Epileptic Seizure Recognition table of UCI and Kaggle from a csv file.

    11500 windows of 178 time points (1.025 s), 23 from each of the 500 recordings of the
    University of Bonn [1]_, shuffled [2]_. The id column tells which recording a window was cut
    from: that is what cross-validation has to keep together.

    Parameters
    ----------
    path : str or path-like
        A comma-separated file, plain or gzipped, with a header: an optional column of ids
        (named ``Unnamed``, ``Unnamed: 0`` or nothing), ``X1`` to ``X178`` and ``y``, in any order.
    binary : bool, default=False
        Whether to tell seizures (1) from the rest (0) instead of five classes.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (n_samples, 178)
            The columns `X1` to `X178`, float32, in the units of :func:`load_bonn`.
        target : ndarray of shape (n_samples,)
            Index into `target_names`: ``y - 1``, or ``y == 1`` with `binary`.
        groups : ndarray of shape (n_samples,) or None
            Recording of each window: what follows the first dot of its id, as a string, such as
            ``"V1.791"`` of ``"X21.V1.791"``. None if the file has no ids.
        sampling_rate : float
            173.61 Hz.
        target_names : list of str
            ``["seizure", "epileptogenic zone", "opposite hemisphere", "eyes closed",
            "eyes open"]``, or ``["background", "seizure"]`` with `binary`.
        DESCR : str
            What the data are, and their pitfalls.

    Raises
    ------
    FileNotFoundError
        If there is no file at `path`.
    ValueError
        If the file is not such a table: the message names the column, or the line and the cell.

    Warns
    -----
    UserWarning
        If the file has no ids, so that groups are unknown.

    See Also
    --------
    load_bonn : The recordings that the windows were cut from.
    make_seizures : Simulated recordings, for when the table is not at hand.

    Notes
    -----
    The part after the first dot has to stay a string. Its last number alone merges recordings:
    ``V1.1`` with ``V1``, ``V1.11`` with ``V11`` and three other pairs.

    References
    ----------
    .. [1] R. G. Andrzejak et al., "Indications of nonlinear deterministic and finite-dimensional
       structures in time series of brain electrical activity", Physical Review E 64, 061907,
       2001. https://doi.org/10.1103/PhysRevE.64.061907
    .. [2] Q. Wu and E. Fokoue, "Epileptic Seizure Recognition", UCI Machine Learning Repository,
       2017.

    Examples
    --------
    A table of two windows of one recording:

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from skeeg.datasets import load_epileptic_seizure
    >>> header = ",".join(["Unnamed", *(f"X{i}" for i in range(1, 179)), "y"])
    >>> rows = [f"X{i}.V1.791," + "0," * 178 + "1" for i in (21, 22)]
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "table.csv")
    ...     _ = path.write_text("\n".join([header, *rows]))
    ...     table = load_epileptic_seizure(path)
    >>> table.data.shape
    (2, 178)
    >>> table.groups.tolist()
    ['V1.791', 'V1.791']
    """
    path = Path(path).expanduser()
    table = _read_table(path)
    numbers = _to_float32(table[[*SIGNAL_COLUMNS, "y"]], path)
    y = _to_codes(numbers[:, -1], path)
    ids = [table[name].tolist() for name in ID_COLUMNS if name in table]
    return Bunch(
        data=numbers[:, :-1].copy(),
        target=(y == 1).astype(np.int64) if binary else y - 1,
        groups=_decode_groups(ids[0] if ids else [""] * len(y), path),
        sampling_rate=SAMPLING_RATE,
        target_names=["background", "seizure"] if binary else list(CLASSES.values()),
        DESCR=read_description("epileptic_seizure"),
    )
