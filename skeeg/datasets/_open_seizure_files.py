"""Reader of the JSON files of the Open Seizure Database."""

import json
from datetime import datetime
from pathlib import Path

import numpy as np

from skeeg.datasets._file_content import refuse_substitutes

N_TIMES = 125
LARGEST = float(np.finfo(np.float32).max)
TIME_FORMATS = "%Y-%m-%dT%H:%M:%SZ", "%d-%m-%Y %H:%M:%S"
KINDS = {"id": int, "userId": int, "dataTime": str, "datapoints": list, "rawData": list}


class _Constant(str):
    """NaN, Infinity or -Infinity, which JSON does not know."""


def read_events(path):
    """Return the events of a file, or of all JSON files in a folder, each once."""
    path = Path(path).expanduser()
    found = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    paths = [file for file in found if not file.is_dir()]
    events = {}
    for file in paths:
        for position, event in enumerate(_parse(file)):
            event = _check_event(event, f"{file}, event {_name(event, position)}")
            if events.setdefault(event["id"], event) != event:
                raise ValueError(f"{file}: event {event['id']} differs from another of this id.")
    if not events:
        raise ValueError(f"{path} holds no events; legal are JSON files of events with datapoints.")
    return list(events.values())


def _parse(path):
    raw = path.read_bytes()
    refuse_substitutes(raw, path)
    try:
        content = json.loads(raw, parse_constant=_Constant)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path} is no complete JSON: {error}") from error
    return content if isinstance(content, list) else [content]


def _name(event, position):
    return event["id"] if isinstance(event, dict) and "id" in event else f"at position {position}"


def _get(record, field, origin):
    """Return a field that has to be there and to be of its kind."""
    if not isinstance(record, dict):
        raise ValueError(f"{origin} is {record!r:.40}; legal is an object with fields.")
    if field not in record:
        raise ValueError(f"{origin} has no field {field}.")
    value, kind = record[field], KINDS[field]
    if not isinstance(value, kind) or isinstance(value, bool | _Constant):
        raise ValueError(f"{origin}, field {field}: {value!r:.40} is no {kind.__name__}.")
    if kind is int and abs(value) >= 2**63:
        raise ValueError(f"{origin}, field {field}: {value!r:.40} is too large.")
    return value


def _check_event(event, origin):
    _refuse_constants(event, origin)
    return {
        "id": _get(event, "id", origin),
        "user": _get(event, "userId", origin),
        "type": str(event.get("type")),
        "time": _get_time(event, origin),
        "seizure": _get_seizure(event, origin),
        "datapoints": [
            _check_datapoint(datapoint, f"{origin}, datapoint {i}")
            for i, datapoint in enumerate(_get(event, "datapoints", origin))
        ],
    }


def _check_datapoint(datapoint, origin):
    """Return the time of a window and its samples."""
    samples = _get(datapoint, "rawData", origin)
    if len(samples) != N_TIMES:
        raise ValueError(f"{origin}, field rawData: {len(samples)} samples; legal are {N_TIMES}.")
    for i, sample in enumerate(samples):
        if not _is_number(sample):
            raise ValueError(f"{origin}, field rawData, sample {i}: {sample!r:.40} is no number.")
    return _get_time(datapoint, origin), samples


def _get_time(record, origin):
    """Return the time in seconds since the year 1."""
    text = _get(record, "dataTime", origin)
    for form in TIME_FORMATS:
        try:
            return (datetime.strptime(text, form) - datetime.min).total_seconds()
        except ValueError:
            continue
    raise ValueError(
        f"{origin}, field dataTime: {text!r}; legal are times such as '2023-05-05T06:28:47Z' and "
        "'17-02-2022 06:34:18'."
    )


def _get_seizure(event, origin):
    """Return start and end of the seizure in seconds from the time of the event, or None."""
    times = event.get("seizureTimes")
    if times is None:
        return None
    if not isinstance(times, list) or len(times) != 2 or not all(map(_is_number, times)):
        raise ValueError(f"{origin}, field seizureTimes: {times!r:.60}; legal are two numbers.")
    if times[0] > times[1]:
        raise ValueError(f"{origin}, field seizureTimes: {times} ends before it starts.")
    return times


def _is_number(value):
    """Whether float32 can hold it; NaN compares as false."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST


def _refuse_constants(value, origin):
    """Raise at the first NaN or Infinity, wherever it stands."""
    if isinstance(value, _Constant):
        raise ValueError(f"{origin} is {value}, which is no JSON; legal are finite numbers.")
    if isinstance(value, dict):
        for field, item in value.items():
            _refuse_constants(item, f"{origin}, field {field}")
    elif isinstance(value, list):
        for i, item in enumerate(value):
            if isinstance(item, dict | list | _Constant):
                _refuse_constants(item, f"{origin}, entry {i}")
