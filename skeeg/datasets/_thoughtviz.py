"""The EEG of imagined digits, characters and objects, as ThoughtViz spreads it."""

import os
from pathlib import Path

import numpy as np
from sklearn.utils import Bunch
from sklearn.utils._param_validation import validate_params

from skeeg.datasets._array_pickle import read_array_pickle
from skeeg.datasets._description import read_description
from skeeg.datasets._file_content import refuse_substitutes

SAMPLING_RATE = 128.0
N_CHANNELS, N_TIMES = 14, 32
# More than any version has; it bounds the names that a spoilt index would make.
N_CLASSES = 1000
PARTS = "train", "test"


def _read(path):
    """Return the dict of a file, its keys as text."""
    raw = path.read_bytes()
    refuse_substitutes(raw, path)
    try:
        content = read_array_pickle(raw)
    except ValueError as error:
        raise ValueError(f"{path} is no pickle of arrays: {error}.") from error
    if not isinstance(content, dict):
        raise ValueError(f"{path} holds a {type(content).__name__}; legal is a dict of arrays.")
    return {k.decode("latin1") if isinstance(k, bytes) else str(k): content[k] for k in content}


def _get(content, name, path):
    if name not in content:
        raise ValueError(f"{path} has no {name}; it has {sorted(content)}.")
    try:
        array = np.asarray(content[name])
    except ValueError as error:
        raise ValueError(f"{path}: {name} is no array: {error}") from error
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{path}: {name} is of type {array.dtype}; legal are real numbers.")
    return array


def _to_signals(array, origin):
    """Return (n, 14, 32) from this or (n, 14, 32, 1)."""
    if array.ndim not in (3, 4) or array.shape[1:] not in (
        (N_CHANNELS, N_TIMES),
        (N_CHANNELS, N_TIMES, 1),
    ):
        raise ValueError(
            f"{origin} has shape {array.shape}; legal are (n, {N_CHANNELS}, {N_TIMES}) and "
            f"(n, {N_CHANNELS}, {N_TIMES}, 1)."
        )
    with np.errstate(over="ignore"):
        signals = array.reshape(-1, N_CHANNELS, N_TIMES).astype(np.float32)
    finite = np.isfinite(signals).all(axis=(1, 2))
    if not finite.all():
        raise ValueError(f"{origin}, row {finite.argmin()} is not finite throughout.")
    return signals


def _to_labels(array, n_samples, origin):
    """Return class indices from themselves or from one-hot rows."""
    if array.ndim == 2 and ((array == 0) | (array == 1)).all() and (array.sum(axis=1) == 1).all():
        array = array.argmax(axis=1)
    if array.shape != (n_samples,) or not np.isin(array, np.arange(N_CLASSES)).all():
        raise ValueError(
            f"{origin} has shape {array.shape}; legal are {n_samples} class indices below "
            f"{N_CLASSES}, or rows of zeros and a single one."
        )
    return array.astype(np.int64)


@validate_params({"path": [str, os.PathLike]}, prefer_skip_nested_validation=True)
def load_thoughtviz(path):
    """Load the EEG of imagined digits, characters or objects from the pickle of ThoughtViz.

    Each row is a quarter of a second of 14 channels, while a person imagined one of ten digits,
    characters or objects [1]_ [2]_. The pickle is read without running what it names: anything but
    NumPy arrays is an error.

    Parameters
    ----------
    path : str or path-like
        A pickle of Python 2 or 3 that holds a dict of the arrays `x_train`, `y_train`, `x_test`
        and `y_test`. Signals are of shape (n, 14, 32) or (n, 14, 32, 1), classes are indices or
        one-hot rows.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (n_samples, 14, 32)
            Signals as stored, float32: the training part, then the test part. The file names no
            unit.
        target : ndarray of shape (n_samples,)
            Index into `target_names`.
        groups : ndarray of shape (n_samples,)
            ``"train"`` or ``"test"``, the part of the published split. The file tells no subjects.
        sampling_rate : float
            128 Hz.
        target_names : list of str
            ``["0", "1", ...]``: the file does not tell what was imagined.
        DESCR : str
            What the data are, and their pitfalls.

    Raises
    ------
    FileNotFoundError
        If there is no file at `path`.
    ValueError
        If the pickle names anything but arrays, or if an array is missing or of another shape: the
        message tells which.

    See Also
    --------
    load_edf : Recordings with their subjects.

    References
    ----------
    .. [1] P. Kumar, R. Saini, P. P. Roy, P. K. Sahu and D. P. Dogra, "Envisioned speech recognition
       using EEG sensors", Personal and Ubiquitous Computing 22, 185-199, 2018.
       https://doi.org/10.1007/s00779-017-1083-4
    .. [2] P. Tirupattur, Y. S. Rawat, C. Spampinato and M. Shah, "ThoughtViz: visualizing human
       thoughts using generative adversarial network", ACM Multimedia, 2018.
       https://doi.org/10.1145/3240508.3240641

    Examples
    --------
    >>> import pickle
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import numpy as np
    >>> from skeeg.datasets import load_thoughtviz
    >>> content = {
    ...     "x_train": np.zeros((4, 14, 32, 1)),
    ...     "y_train": np.eye(2)[[0, 1, 0, 1]],
    ...     "x_test": np.zeros((2, 14, 32, 1)),
    ...     "y_test": np.eye(2),
    ... }
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "data.pkl")
    ...     _ = path.write_bytes(pickle.dumps(content))
    ...     eeg = load_thoughtviz(path)
    >>> eeg.data.shape
    (6, 14, 32)
    >>> eeg.target.tolist()
    [0, 1, 0, 1, 0, 1]
    """
    path = Path(path).expanduser()
    content = _read(path)
    signals, labels = [], []
    for part in PARTS:
        signals.append(_to_signals(_get(content, f"x_{part}", path), f"{path}: x_{part}"))
        n_samples, name = len(signals[-1]), f"y_{part}"
        labels.append(_to_labels(_get(content, name, path), n_samples, f"{path}: {name}"))
    target = np.concatenate(labels)
    if not len(target):
        raise ValueError(f"{path} holds no rows.")
    return Bunch(
        data=np.concatenate(signals),
        target=target,
        groups=np.repeat(PARTS, [len(each) for each in labels]),
        sampling_rate=SAMPLING_RATE,
        target_names=[str(i) for i in range(target.max() + 1)],
        DESCR=read_description("thoughtviz"),
    )
