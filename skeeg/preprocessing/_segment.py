"""Cutting of recordings into windows."""

from numbers import Integral, Real

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from sklearn.utils import check_array
from sklearn.utils._param_validation import Interval, validate_params

from skeeg._signals import split_channels


def _resolve_length(length, sampling_rate):
    """Return the number of time points in a window."""
    if sampling_rate is None and length != int(length):
        raise ValueError(
            f"length={length} is no whole number of time points; with sampling_rate, it is in "
            "seconds."
        )
    n_times = round(length * (sampling_rate or 1))
    if n_times < 1:
        raise ValueError(
            f"length={length} s at sampling_rate={sampling_rate} Hz is less than a time point."
        )
    return n_times


def _as_sequence(values):
    """Leave sequences, whose entries may differ in length, and make arrays of tables."""
    return values if isinstance(values, list | tuple) else np.asarray(values)


def _check_recordings(X, n_channels, length):
    """Return a list of arrays of shape (n_channels, n_times), no shorter than a window."""
    recordings = []
    for i, recording in enumerate(_as_sequence(X)):
        try:
            recordings.append(_check_recording(recording, n_channels, length))
        except ValueError as error:
            raise ValueError(f"Recording {i} of X: {error}") from error
        if len(recordings[i]) != len(recordings[0]):
            raise ValueError(
                f"Recordings must have the same channels; number {i} has {len(recordings[i])}, "
                f"number 0 has {len(recordings[0])}."
            )
    if not recordings:
        raise ValueError("X holds no recordings; at least one is needed.")
    return recordings


def _check_recording(recording, n_channels, length):
    X = np.asarray(recording)[np.newaxis]
    X = check_array(X, allow_nd=True, dtype=[np.float64, np.float32], input_name="X")
    signals = split_channels(X, X.shape[1] if X.ndim == 3 else n_channels)[0]
    if signals.shape[1] < length:
        raise ValueError(
            f"it has {signals.shape[1]} time points, fewer than the {length} of a window; take "
            "shorter windows or leave it out."
        )
    return signals


def _check_labels(y, recordings):
    """Return a label for each recording, or for each time point of each recording."""
    y = _as_sequence(y)
    _check_count("y", y, recordings)
    shapes = [np.shape(labels) for labels in y]
    if set(shapes) == {()}:
        return y
    for i, (shape, recording) in enumerate(zip(shapes, recordings, strict=True)):
        if shape != recording.shape[1:]:
            raise ValueError(
                f"The labels of recording {i} have shape {shape}; legal are one label per "
                f"recording, or one per time point: {recording.shape[1:]}."
            )
    return y


def _check_groups(groups, recordings):
    groups = np.arange(len(recordings)) if groups is None else np.asarray(groups)
    _check_count("groups", groups, recordings)
    if groups.ndim != 1:
        raise ValueError(f"groups must be one per recording; got an array of {groups.shape}.")
    return groups


def _check_count(name, values, recordings):
    if len(values) != len(recordings):
        raise ValueError(f"{name} is for {len(values)} recordings, but X has {len(recordings)}.")


def _cut(track, length, step):
    """Cut the last axis; windows come first."""
    windows = sliding_window_view(track, length, axis=-1)[..., ::step, :]
    return np.moveaxis(windows, -2, 0)


def _label_windows(y, counts, length, step):
    if np.ndim(y[0]) == 0:
        return np.repeat(y, counts)
    return np.concatenate([_cut(np.asarray(labels), length, step) for labels in y])


@validate_params(
    {
        "X": ["array-like"],
        "y": ["array-like", None],
        "groups": ["array-like", None],
        "length": [Interval(Real, 0, None, closed="neither")],
        "overlap": [Interval(Real, 0, 1, closed="left")],
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
    },
    prefer_skip_nested_validation=True,
)
def segment(X, y=None, groups=None, *, length, overlap=0.0, sampling_rate=None, n_channels=1):
    """Cut recordings into windows of equal length, and remember what each was cut from.

    A function and no transformer, as it changes the number of samples: call it once, before any
    split. No window straddles two recordings. Windows of one recording resemble each other, and
    overlapping ones share values, so they have to stay on one side of every split: hand the groups
    to a splitter such as :class:`~sklearn.model_selection.StratifiedGroupKFold`.

    Parameters
    ----------
    X : array-like of shape (n_recordings, n_channels * n_times) or \
            (n_recordings, n_channels, n_times), or list of recordings
        The recordings; two dimensions are channel-major. A list may hold recordings of different
        lengths, each of shape (n_channels * n_times,) or (n_channels, n_times).

    y : array-like of shape (n_recordings,) or (n_recordings, n_times), default=None
        One label per recording, or one per time point. For recordings of different lengths, the
        latter is a list of arrays of shape (n_times,).

    groups : array-like of shape (n_recordings,), default=None
        What has to stay together in a split, for instance the subject of each recording. None
        means that each recording is a group of its own.

    length : float
        Length of a window, in seconds where `sampling_rate` is given, in time points otherwise.
        Seconds are rounded to the nearest time point.

    overlap : float, default=0.0
        Part of a window that the next one shares with it, from 0 to below 1. Windows begin every
        `round((1 - overlap) * n_times)` time points, but at least one apart. What is left over at
        the end of a recording is dropped.

    sampling_rate : float, default=None
        Time points per second, in Hz. None means that `length` is in time points.

    n_channels : int, default=1
        Number of channels in a flat recording. Where X has three dimensions, the number comes
        from X.

    Returns
    -------
    X_windows : ndarray of shape (n_windows, n_channels * n_times) or \
            (n_windows, n_channels, n_times)
        The windows, recording by recording and in order of time, with as many dimensions as X.
    y_windows : ndarray of shape (n_windows,) or (n_windows, n_times), or None
        The label of the recording of each window. Labels per time point are cut as X is: the
        rule that makes one label of them is yours. None without `y`.
    groups_windows : ndarray of shape (n_windows,)
        The group of the recording of each window; the position of the recording in X without
        `groups`.

    Raises
    ------
    ValueError
        If a recording is shorter than a window, or if lengths, channels or labels do not match:
        the message names the recording.

    See Also
    --------
    BandPassFilter : Cleans recordings, which is better done before they are cut.
    sklearn.model_selection.StratifiedGroupKFold : Splits that keep groups together.

    References
    ----------
    .. [1] S. Kapoor, A. Narayanan, "Leakage and the reproducibility crisis in
       machine-learning-based science", Patterns 4(9), 2023.
       https://doi.org/10.1016/j.patter.2023.100804

    Examples
    --------
    Two recordings of three seconds at 2 Hz, cut into windows of two seconds that overlap by half:

    >>> import numpy as np
    >>> from skeeg.preprocessing import segment
    >>> X = [[0, 1, 2, 3, 4, 5], [10, 11, 12, 13, 14, 15]]
    >>> windows, y, groups = segment(X, ["rest", "task"], length=2, sampling_rate=2, overlap=0.5)
    >>> windows
    array([[ 0.,  1.,  2.,  3.],
           [ 2.,  3.,  4.,  5.],
           [10., 11., 12., 13.],
           [12., 13., 14., 15.]])
    >>> y.tolist(), groups.tolist()
    (['rest', 'rest', 'task', 'task'], [0, 0, 1, 1])

    One label per time point, and recordings of different lengths. A window counts as a seizure
    if half of it is one; windows that hold both could be left out instead:

    >>> X = [np.zeros((19, 8)), np.zeros((19, 4))]
    >>> seizure = [[0, 0, 0, 1, 1, 1, 1, 1], [0, 0, 0, 0]]
    >>> windows, seizure, groups = segment(X, seizure, length=4)
    >>> windows.shape
    (3, 19, 4)
    >>> seizure.mean(axis=1) >= 0.5
    array([False,  True, False])
    >>> seizure.min(axis=1) == seizure.max(axis=1)
    array([False,  True,  True])
    """
    length = _resolve_length(length, sampling_rate)
    step = max(1, round((1 - overlap) * length))
    recordings = _check_recordings(X, n_channels, length)
    groups = _check_groups(groups, recordings)
    y = y if y is None else _check_labels(y, recordings)

    pieces = [_cut(recording, length, step) for recording in recordings]
    counts = [len(piece) for piece in pieces]
    windows = np.concatenate(pieces)
    if np.ndim(_as_sequence(X)[0]) == 1:
        windows = windows.reshape(len(windows), -1)
    y = y if y is None else _label_windows(y, counts, length, step)
    return windows, y, np.repeat(groups, counts)
