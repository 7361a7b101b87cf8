"""Wrist accelerometer recordings of the Open Seizure Database."""

import os

import numpy as np
from sklearn.utils import Bunch
from sklearn.utils._param_validation import validate_params

from skeeg.datasets._description import read_description
from skeeg.datasets._open_seizure_files import N_TIMES, read_events

SAMPLING_RATE = 25.0
# In seconds. A datapoint is sent when its samples are complete: its time is that of their end.
LENGTH = N_TIMES / SAMPLING_RATE


def _label(time, event):
    """Tell whether a window that ends at this time touches the seizure of its event."""
    if event["seizure"] is None:
        return -1
    (start, end), offset = event["seizure"], time - event["time"]
    return int(offset >= start and offset - LENGTH <= end)


def _span(event):
    times = [time for time, _ in event["datapoints"]]
    return min(times) - LENGTH, max(times)


def _merge(events):
    """Return a dict from event to group: the first of the events that overlap in a chain."""
    groups, latest = {}, {}
    for event in sorted((e for e in events if e["datapoints"]), key=lambda e: (_span(e), e["id"])):
        start, end = _span(event)
        group, until = latest.get(event["user"], (event["id"], start))
        if start >= until:
            group, until = event["id"], end
        groups[event["id"]] = group
        latest[event["user"]] = group, max(end, until)
    return groups


def _find_repeated(data):
    """Mark the rows that an earlier one equals."""
    _, first = np.unique(data, axis=0, return_index=True)
    return ~np.isin(np.arange(len(data)), first)


@validate_params({"path": [str, os.PathLike]}, prefer_skip_nested_validation=True)
def load_open_seizure(path):
    r"""Load wrist accelerometer recordings of the Open Seizure Database from its JSON files.

    Watches of people with epilepsy record some minutes around each event: a seizure, a false
    alarm of the detector, or daily activity [1]_. Windows of 125 time points (5 s at 25 Hz) of the
    magnitude of acceleration, as the watch stores them.

    Parameters
    ----------
    path : str or path-like
        A JSON file of one event or a list of events, or a folder with such files, also in
        sub-folders. An event that is in several files is loaded once.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (n_samples, 125)
            Windows in milli-g, float32, in the order of the files; an arm held still measures
            about 1000.
        target : ndarray of shape (n_samples,)
            Whether the window is ictal: 1 if it touches the seizure of its event, 0 if not, and
            -1 if the event does not tell when the seizure was.
        groups : ndarray of shape (n_samples,)
            Event that the window belongs to. Events of one user that overlap in time are one
            group, called by the first of them.
        sampling_rate : float
            25 Hz.
        target_names : list of str
            ``["background", "seizure"]``.
        user_ids : ndarray of shape (n_samples,)
            Number of the person.
        event_ids : ndarray of shape (n_samples,)
            Number of the event.
        event_types : ndarray of shape (n_samples,)
            Type of the event, such as ``"Seizure"`` or ``"False Alarm"``.
        constant : ndarray of shape (n_samples,)
            True where all samples of a window are equal.
        repeated : ndarray of shape (n_samples,)
            True where an earlier window has the same samples, as in events that overlap.
        DESCR : str
            What the data are, and their pitfalls.

    Raises
    ------
    FileNotFoundError
        If there is nothing at `path`.
    ValueError
        If a file is no JSON of events, or a field is missing, not finite or of the wrong length:
        the message names the file, the event and the field.

    See Also
    --------
    make_movements : Simulated recordings, for when these are not at hand.

    Notes
    -----
    A window carries the time at which it was complete, so it covers the five seconds before. It is
    ictal if this interval, ends included, touches the one that ``seizureTimes`` gives, in seconds
    from the time of the event.

    References
    ----------
    .. [1] G. Jones, "Open Seizure Database", OpenSeizureDetector,
       https://github.com/OpenSeizureDetector/OpenSeizureDatabase

    Examples
    --------
    A file of one event with one window:

    >>> import json
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from skeeg.datasets import load_open_seizure
    >>> window = {"dataTime": "2023-05-05T06:28:40Z", "rawData": [1000] * 125}
    >>> event = {
    ...     "id": 7,
    ...     "userId": 39,
    ...     "type": "Seizure",
    ...     "dataTime": "2023-05-05T06:28:47Z",
    ...     "seizureTimes": [-20, 30],
    ...     "datapoints": [window],
    ... }
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "events.json")
    ...     _ = path.write_text(json.dumps(event))
    ...     watch = load_open_seizure(path)
    >>> watch.data.shape, watch.target.tolist(), watch.constant.tolist()
    ((1, 125), [1], [True])
    """
    events = read_events(path)
    groups = _merge(events)
    rows = [(event, time, samples) for event in events for time, samples in event["datapoints"]]
    if not rows:
        raise ValueError(f"{path} holds events without datapoints only.")
    data = np.array([samples for _, _, samples in rows], dtype=np.float32)
    ids = np.array([event["id"] for event, _, _ in rows])
    return Bunch(
        data=data,
        target=np.array([_label(time, event) for event, time, _ in rows]),
        groups=np.array([groups[each] for each in ids.tolist()]),
        sampling_rate=SAMPLING_RATE,
        target_names=["background", "seizure"],
        user_ids=np.array([event["user"] for event, _, _ in rows]),
        event_ids=ids,
        event_types=np.array([event["type"] for event, _, _ in rows]),
        constant=np.ptp(data, axis=1) == 0,
        repeated=_find_repeated(data),
        DESCR=read_description("open_seizure"),
    )
