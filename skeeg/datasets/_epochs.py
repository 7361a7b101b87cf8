"""Arrays from MNE-Python's Epochs and Raw, and Epochs from arrays."""

from numbers import Integral, Real

import numpy as np
import pandas as pd
from sklearn.utils import Bunch, check_array, check_consistent_length
from sklearn.utils._param_validation import Interval, StrOptions, validate_params

from skeeg.datasets._description import read_description
from skeeg.datasets._raw_files import import_mne
from skeeg.datasets._recordings import (
    cut_recording,
    get_factors,
    get_signals,
    name_annotations,
    pick_channels,
)

GROUP = "group"


def _cut_raw(raw, channels, n_times, overlap, unit):
    classes = name_annotations([raw])
    windows, target = cut_recording(raw, channels, n_times, overlap, classes, "The Raw", unit)
    return windows, target if classes else None, classes


def _drop_bad(epochs):
    """Return Epochs whose events are those of the samples, also if samples are read late."""
    return epochs if epochs.preload else epochs.copy().drop_bad(verbose="warning")


def _take_epochs(epochs, channels, unit):
    names = sorted(epochs.event_id, key=epochs.event_id.get)
    codes = [epochs.event_id[name] for name in names]
    target = np.searchsorted(codes, epochs.events[:, 2])
    return get_signals(epochs, channels, unit), target, names


def _resolve_groups(groups, recording, n_samples):
    metadata = getattr(recording, "metadata", None)
    if groups is None and metadata is not None and GROUP in metadata:
        groups = metadata[GROUP]
    groups = np.zeros(n_samples, dtype=np.int64) if groups is None else np.asarray(groups)
    if len(groups) != n_samples:
        raise ValueError(f"groups has {len(groups)} entries for {n_samples} windows.")
    return groups


@validate_params(
    {
        "epochs": "no_validation",
        "n_times": [Interval(Integral, 1, None, closed="left"), None],
        "overlap": [Interval(Real, 0, 1, closed="left")],
        "channels": ["array-like", None],
        "groups": ["array-like", None],
        "unit": [StrOptions({"uV", "V"})],
    },
    prefer_skip_nested_validation=True,
)
def from_epochs(epochs, *, n_times=None, overlap=0.0, channels=None, groups=None, unit="uV"):
    """Take signals, classes and groups from MNE-Python's Epochs or Raw.

    It needs the extra `eeg`: ``pip install skeeg[eeg]``.

    Parameters
    ----------
    epochs : mne.BaseEpochs or mne.io.BaseRaw
        Epochs, each of which is a sample, or one recording to cut.
    n_times : int or None, default=None
        Time points of a window of a Raw; ``None`` takes it whole. Epochs are cut already.
    overlap : float, default=0.0
        Fraction of a window of a Raw that the next one repeats, from 0 to less than 1.
    channels : array-like of str or None, default=None
        Names of the channels to take, in this order. ``None`` takes all channels of EEG that are
        not marked as bad.
    groups : array-like of shape (n_samples,) or None, default=None
        Group of each sample. ``None`` takes the column ``"group"`` of the metadata of Epochs;
        without it, all samples are one group, 0.
    unit : {"uV", "V"}, default="uV"
        Unit of voltages: µV as the loaders of skeeg give, or V as MNE-Python holds, bit for bit.
        Other quantities keep the unit of MNE-Python.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (n_samples, n_channels, n_times)
            Signals in `unit`, float64 as in MNE-Python.
        target : ndarray of shape (n_samples,) or None
            Index into `target_names`. Of a Raw, that of the annotation which covers most of the
            window, -1 where none covers half of it, and None if no annotation lasts.
        groups : ndarray of shape (n_samples,)
            Group of each sample.
        sampling_rate : float
            In Hz.
        target_names : list of str
            Names of the events by their code, or descriptions of the annotations.
        channel_names : list of str
            As in MNE-Python.
        DESCR : str
            What the entries are, and pitfalls.

    Raises
    ------
    ImportError
        If MNE-Python is not installed.
    TypeError
        If `epochs` is neither Epochs nor Raw.
    ValueError
        If a channel is missing, or if there are no samples.

    See Also
    --------
    to_epochs : The way back.
    load_edf : The same of files.

    Examples
    --------
    >>> import mne
    >>> import numpy as np
    >>> from skeeg.datasets import from_epochs
    >>> info = mne.create_info(["Fz", "Cz"], sfreq=100, ch_types="eeg")
    >>> raw = mne.io.RawArray(np.full((2, 1000), 5e-6), info, verbose="error")
    >>> eeg = from_epochs(raw, n_times=250)
    >>> eeg.data.shape, eeg.channel_names
    ((4, 2, 250), ['Fz', 'Cz'])
    """
    mne = import_mne()
    if not isinstance(epochs, mne.BaseEpochs | mne.io.BaseRaw):
        raise TypeError(f"epochs is of type {type(epochs).__name__}; legal are Epochs and Raw.")
    channels = pick_channels(epochs, channels, f"The {type(epochs).__name__}")
    if isinstance(epochs, mne.io.BaseRaw):
        data, target, names = _cut_raw(epochs, channels, n_times, overlap, unit)
    elif n_times is not None or overlap:
        raise ValueError("n_times and overlap are for a Raw; epochs are cut already.")
    else:
        epochs = _drop_bad(epochs)
        data, target, names = _take_epochs(epochs, channels, unit)
    if not len(data):
        raise ValueError("There are no epochs left.")
    return Bunch(
        data=np.ascontiguousarray(data),
        target=target,
        groups=_resolve_groups(groups, epochs, len(data)),
        sampling_rate=epochs.info["sfreq"],
        target_names=names,
        channel_names=channels,
        DESCR=read_description("epochs"),
    )


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
