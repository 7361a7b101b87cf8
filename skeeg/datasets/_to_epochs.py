"""MNE-Python's Epochs from arrays."""

from numbers import Real

import numpy as np
import pandas as pd
from sklearn.utils import check_array, check_consistent_length
from sklearn.utils._param_validation import Interval, StrOptions, validate_params

from skeeg.datasets._raw_files import import_mne
from skeeg.datasets._recordings import GROUP, get_factors


def _refuse_repeated(names, parameter):
    if len(set(names)) < len(names):
        raise ValueError(f"{parameter} repeats a name: {names}.")


def _split_channels(X, channel_names):
    """Return X with three dimensions, and the names of its channels."""
    if channel_names is None:
        n_channels = X.shape[1] if X.ndim == 3 else 1
        channel_names = [str(i) for i in range(n_channels)]
    names = [str(name) for name in channel_names]
    wrong = X.ndim > 3 or not names or X[0].size == 0 or X.shape[1] % len(names)
    if wrong or (X.ndim == 3 and X.shape[1] != len(names)):
        raise ValueError(
            f"X has shape {X.shape} and channel_names has {len(names)} entries; legal are "
            "(n_samples, n_channels, n_times) and (n_samples, n_channels * n_times)."
        )
    _refuse_repeated(names, "channel_names")
    return X.reshape(len(X), len(names), -1), names


def _encode(y, target_names, n_samples):
    """Return the code of each sample and a dict from name to code."""
    if target_names is None and y is None:
        return np.zeros(n_samples, dtype=np.int64), {"signal": 0}
    classes, codes = np.unique(y, return_inverse=True)
    if target_names is None:
        return codes, {str(name): code for code, name in enumerate(classes)}
    names = [str(name) for name in target_names]
    _refuse_repeated(names, "target_names")
    if not np.isin(classes, range(len(names))).all():
        raise ValueError(
            f"y has the values {classes.tolist()}; with {len(names)} target_names, legal are "
            f"indices from 0 to {len(names) - 1}."
        )
    return np.asarray(y).astype(int), {name: i for i, name in enumerate(names)}


@validate_params(
    {
        "X": ["array-like"],
        "y": ["array-like", None],
        "groups": ["array-like", None],
        "sampling_rate": [Interval(Real, 0, np.inf, closed="neither")],
        "channel_names": ["array-like", None],
        "target_names": ["array-like", None],
        "unit": [StrOptions({"uV", "V"})],
    },
    prefer_skip_nested_validation=True,
)
def to_epochs(
    X, y=None, groups=None, *, sampling_rate, channel_names=None, target_names=None, unit="uV"
):
    """Put signals, classes and groups into MNE-Python's Epochs.

    It needs the extra `eeg`: ``pip install skeeg[eeg]``.

    Parameters
    ----------
    X : array-like of shape (n_samples, n_channels, n_times) or \
            (n_samples, n_channels * n_times)
        Signals of EEG in `unit`; two dimensions are channel-major.
    y : array-like of shape (n_samples,) or None, default=None
        Classes. ``None`` makes one class, called "signal".
    groups : array-like of shape (n_samples,) or None, default=None
        Groups. They go into the column ``"group"`` of the metadata.
    sampling_rate : float
        In Hz.
    channel_names : array-like of str or None, default=None
        Names of the channels, which also tell how many there are in rows of two-dimensional X.
        ``None`` calls them "0", "1" and so on, and takes two dimensions for one channel.
    target_names : array-like of str or None, default=None
        Names of the classes, of which `y` then is the index. ``None`` takes the values of `y`.
    unit : {"uV", "V"}, default="uV"
        Unit of X: µV as the loaders of skeeg give, or V, as MNE-Python holds, bit for bit.

    Returns
    -------
    mne.EpochsArray
        Epochs of type `eeg`, in the order of X.

    Raises
    ------
    ImportError
        If MNE-Python is not installed.
    ValueError
        If lengths, channels or classes do not match.

    See Also
    --------
    from_epochs : The way back.

    Examples
    --------
    >>> from skeeg.datasets import from_epochs, make_seizures, to_epochs
    >>> eeg = make_seizures(n_recordings=2, n_windows=3, n_channels=4, random_state=0)
    >>> epochs = to_epochs(
    ...     eeg.data,
    ...     eeg.target,
    ...     eeg.groups,
    ...     sampling_rate=eeg.sampling_rate,
    ...     target_names=eeg.target_names,
    ... )
    >>> len(epochs["seizure"])
    3
    >>> bool((from_epochs(epochs).data.astype("float32") == eeg.data).all())
    True
    """
    mne = import_mne()
    X = check_array(X, dtype=np.float64, allow_nd=True, input_name="X")
    check_consistent_length(X, y, groups)
    X, names = _split_channels(X, channel_names)
    codes, event_id = _encode(y, target_names, len(X))
    events = np.column_stack([np.arange(len(X)) * X.shape[-1], np.zeros_like(codes), codes])
    metadata = None if groups is None else pd.DataFrame({GROUP: np.asarray(groups)})
    return mne.EpochsArray(
        X / get_factors(["eeg"], unit),
        mne.create_info(names, float(sampling_rate), "eeg"),
        events=events,
        event_id=event_id,
        metadata=metadata,
        on_missing="ignore",
        verbose="warning",
    )
