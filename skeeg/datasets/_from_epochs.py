"""Arrays from MNE-Python's Epochs and Raw."""

from numbers import Integral, Real

import numpy as np
from sklearn.utils import Bunch
from sklearn.utils._param_validation import Interval, StrOptions, validate_params

from skeeg.datasets._description import read_description
from skeeg.datasets._raw_files import import_mne
from skeeg.datasets._recordings import (
    GROUP,
    cut_recording,
    get_signals,
    name_classes,
    pick_channels,
)


def _cut_raw(raw, channels, n_times, overlap, unit):
    classes = name_classes([raw])
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
            window, -1 where none covers half of it, and None if no annotation lasts; annotations
            that begin with "bad" or "BAD" do not count.
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
