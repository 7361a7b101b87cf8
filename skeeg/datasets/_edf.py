"""Recordings in EDF, BDF, BrainVision, FIF and other formats, cut into windows."""

import os
from numbers import Integral, Real
from pathlib import Path

import numpy as np
from sklearn.utils import Bunch
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.datasets._description import read_description
from skeeg.datasets._raw_files import open_raw, refuse_repeated_labels
from skeeg.datasets._recordings import (
    cut_recording,
    name_annotations,
    name_classes,
    pick_channels,
    resample,
)


def _resolve_groups(groups, paths):
    """Return a group for each file: those given, or else the names of the files."""
    stems = [Path(path).stem for path in paths]
    if groups is None and len(set(stems)) < len(stems):
        raise ValueError(f"Files have the same name, so pass groups: {sorted(stems)}.")
    groups = stems if groups is None else list(groups)
    if len(groups) != len(paths):
        raise ValueError(f"groups has {len(groups)} entries; legal are {len(paths)}, one a file.")
    return np.asarray(groups)


def _open_all(paths, channels, sampling_rate):
    """Return the Raw of each file, all with the same channels at the same rate."""
    raws = [open_raw(path) for path in paths]
    if channels is None:
        for path in paths:
            refuse_repeated_labels(path)
    channels = pick_channels(raws[0], channels, paths[0])
    rate = raws[0].info["sfreq"]
    for raw, path in zip(raws, paths, strict=True):
        pick_channels(raw, channels, path)
        if sampling_rate is None and raw.info["sfreq"] != rate:
            raise ValueError(
                f"{path} is sampled at {raw.info['sfreq']:g} Hz and {paths[0]} at {rate:g} Hz; "
                "pass the sampling_rate to bring all files to."
            )
    pairs = zip(raws, paths, strict=True)
    return [resample(raw, channels, sampling_rate, path) for raw, path in pairs], channels


def _check_lengths(raws, paths):
    for raw, path in zip(raws, paths, strict=True):
        if raw.n_times != raws[0].n_times:
            raise ValueError(
                f"{path} has {raw.n_times} time points and {paths[0]} {raws[0].n_times}; pass "
                "n_times to cut them into windows."
            )


def _resolve_classes(annotations, raws):
    if annotations is None:
        return name_classes(raws)
    found, classes = name_annotations(raws), [str(name) for name in annotations]
    for name in classes:
        if name not in found:
            raise ValueError(f"No annotation {name!r} lasts; those of the files are {found}.")
    return classes


@validate_params(
    {
        "path": [str, os.PathLike, list, tuple],
        "n_times": [Interval(Integral, 1, None, closed="left"), None],
        "overlap": [Interval(Real, 0, 1, closed="left")],
        "channels": ["array-like", None],
        "sampling_rate": [Interval(Real, 0, np.inf, closed="neither"), None],
        "annotations": ["array-like", None],
        "groups": ["array-like", None],
    },
    prefer_skip_nested_validation=True,
)
def load_edf(
    path,
    *,
    n_times=None,
    overlap=0.0,
    channels=None,
    sampling_rate=None,
    annotations=None,
    groups=None,
):
    r"""Load recordings from EDF and other files, cut into windows, through MNE-Python.

    Reads every format that :func:`mne.io.read_raw` tells by its name: EDF, BDF, BrainVision, FIF,
    EEGLAB and more. It needs the extra `eeg`: ``pip install skeeg[eeg]``.

    Parameters
    ----------
    path : str, path-like or list of these
        One file, or several with the same channels.
    n_times : int or None, default=None
        Time points of a window. Recordings are cut from their start; what is left over at the end
        is dropped. ``None`` keeps whole recordings, which then have to be of one length.
    overlap : float, default=0.0
        Fraction of a window that the next one repeats, from 0 to less than 1.
    channels : array-like of str or None, default=None
        Names of the channels to load, in this order. ``None`` loads all channels of EEG that are
        not marked as bad, in the order of the first file; an EDF file rarely says what a channel
        measures, so that there an ECG may be among them.
    sampling_rate : float or None, default=None
        Rate in Hz to bring the recordings to, by a polyphase filter. ``None`` keeps their rate,
        which then has to be the same in all files.
    annotations : array-like of str or None, default=None
        Descriptions of the annotations that make the classes, in this order. ``None`` takes all
        those that last, in alphabetical order, but for those that begin with "bad" or "BAD",
        by which MNE-Python marks what is to be left out. Annotations of zero duration mark a
        moment and make no class.
    groups : array-like of shape (n_files,) or None, default=None
        Group of each file, such as its subject. ``None`` takes the name of the file without its
        extension.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (n_samples, n_channels, n_times)
            Windows, float32, ordered by file and time. Voltages are in µV, whatever the file
            holds; other quantities in the unit of MNE, such as T.
        target : ndarray of shape (n_samples,) or None
            Index into `target_names` of the annotation that covers most of the window; -1 where
            none covers half of it. None if there are no classes.
        groups : ndarray of shape (n_samples,)
            Group of the file that the window was cut from.
        sampling_rate : float
            In Hz.
        target_names : list of str
            Descriptions of the annotations.
        channel_names : list of str
            As in the file.
        DESCR : str
            What the entries are, and pitfalls.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ImportError
        If MNE-Python is not installed.
    ValueError
        If a file is truncated, damaged or a pointer to the data, lacks a channel, has two of one
        name while `channels` is None, or is too short for one window, or if files differ in rate
        or length: the message names the file.

    See Also
    --------
    from_epochs : The same of recordings that MNE-Python has in memory.
    load_eegmat : One data set of EDF files.

    Notes
    -----
    The size of EDF, BDF and BrainVision files is compared with their header, as far as that of
    BrainVision states the number of time points. MNE-Python reads truncated ones as far as they
    go; here they are an error that tells how much is missing. Truncated FIF is an error too; other
    formats are checked by their readers in MNE-Python alone.

    Resampling happens before cutting, so that windows have no edges of their own.

    Examples
    --------
    A file of ten seconds, the second half of which is annotated:

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import mne
    >>> import numpy as np
    >>> from skeeg.datasets import load_edf
    >>> info = mne.create_info(["Fz", "Cz"], sfreq=100, ch_types="eeg")
    >>> raw = mne.io.RawArray(np.full((2, 1000), 5e-6), info, verbose="error")
    >>> _ = raw.set_annotations(mne.Annotations(onset=5, duration=5, description="seizure"))
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "patient_raw.fif")
    ...     _ = raw.save(path, verbose="error")
    ...     eeg = load_edf(path, n_times=200)
    >>> eeg.data.shape
    (5, 2, 200)
    >>> print(eeg.data.max())
    5.0
    >>> eeg.target.tolist(), eeg.target_names
    ([-1, -1, 0, 0, 0], ['seizure'])
    """
    paths = list(path) if isinstance(path, list | tuple) else [path]
    if not paths:
        raise ValueError("path is an empty list; legal are one or more files.")
    groups = _resolve_groups(groups, paths)
    raws, names = _open_all(paths, channels, sampling_rate)
    classes = _resolve_classes(annotations, raws)
    if n_times is None:
        _check_lengths(raws, paths)
    cut = [
        cut_recording(raw, names, n_times, overlap, classes, origin)
        for raw, origin in zip(raws, paths, strict=True)
    ]
    return Bunch(
        data=np.concatenate([windows.astype(np.float32) for windows, _ in cut]),
        target=np.concatenate([target for _, target in cut]) if classes else None,
        groups=np.repeat(groups, [len(windows) for windows, _ in cut]),
        sampling_rate=raws[0].info["sfreq"],
        target_names=classes,
        channel_names=names,
        DESCR=read_description("edf"),
    )
