"""The JSON files of the Open Seizure Database: labels, groups, and events that are spoilt."""

import json
from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from skeeg.datasets import load_open_seizure

START = datetime(2022, 2, 17, 6, 35, 30)
REAL = "osdb_accel/testDataVisualisation.json", "osdb_accel/Event_45781_rawData.json"


def stamp(seconds, form="%Y-%m-%dT%H:%M:%SZ"):
    return (START + timedelta(seconds=seconds)).strftime(form)


def make_event(number=1, user=39, *, at=0, offsets=range(-70, 75, 5), seizure=(-20, 30), rng=None):
    """Return an event as the database writes it, its datapoints at offsets in seconds."""
    rng = rng or np.random.default_rng(number)
    points = [
        {"dataTime": stamp(at + s, "%d-%m-%Y %H:%M:%S"), "hr": 67, "rawData": samples.tolist()}
        for s, samples in zip(offsets, rng.integers(900, 1100, (len(offsets), 125)), strict=True)
    ]
    event = {"id": number, "userId": user, "type": "Seizure", "dataTime": stamp(at)}
    return event | {"seizureTimes": list(seizure) if seizure else None, "datapoints": points}


@pytest.fixture
def load(tmp_path):
    """Return a function that writes events to a file and loads it."""

    def load(*events):
        path = tmp_path / "events.json"
        path.write_text(json.dumps(list(events)))
        return load_open_seizure(path)

    return load


def test_the_bunch_is_complete(load):
    event = make_event(7)
    watch = load(event)
    np.testing.assert_array_equal(watch.data, [p["rawData"] for p in event["datapoints"]])
    assert watch.data.dtype == np.float32
    assert watch.sampling_rate == 25.0
    assert watch.target_names == ["background", "seizure"]
    assert set(watch.user_ids) == {39}
    assert set(watch.event_ids) == set(watch.groups) == {7}
    assert set(watch.event_types) == {"Seizure"}
    assert not watch.constant.any()
    assert not watch.repeated.any()
    assert "milli-g" in watch.DESCR


@pytest.mark.parametrize(
    ("offset", "expected"), [(-21, 0), (-20, 1), (0, 1), (30, 1), (34, 1), (35, 1), (36, 0)]
)
def test_a_window_is_ictal_if_its_five_seconds_touch_the_seizure(load, offset, expected):
    assert load(make_event(offsets=[offset])).target.tolist() == [expected]


def test_an_event_without_times_of_a_seizure_is_unlabelled(load):
    without = make_event(2)
    del without["seizureTimes"]
    assert set(load(make_event(seizure=None), without).target) == {-1}


@pytest.mark.parametrize(
    ("events", "groups"),
    [
        ([(1, 39, 0), (2, 39, 60)], {1: 1, 2: 1}),
        ([(1, 39, 60), (2, 39, 0)], {1: 2, 2: 2}),
        ([(1, 39, 0), (2, 39, 60), (3, 39, 180)], {1: 1, 2: 1, 3: 1}),
        ([(1, 39, 0), (2, 39, 144)], {1: 1, 2: 1}),
        ([(1, 39, 0), (2, 39, 145)], {1: 1, 2: 2}),
        ([(1, 39, 0), (2, 45, 0)], {1: 1, 2: 2}),
        ([(1, 39, 0), (2, 45, 10), (3, 39, 20)], {1: 1, 2: 2, 3: 1}),
    ],
)
def test_events_of_a_user_that_overlap_are_one_group(load, events, groups):
    watch = load(*(make_event(number, user, at=at) for number, user, at in events))
    assert dict(zip(watch.event_ids.tolist(), watch.groups.tolist(), strict=True)) == groups


def test_a_short_event_inside_a_long_one_does_not_end_the_group(load):
    long, short = make_event(1), make_event(2, offsets=[-50, -45])
    watch = load(long, short, make_event(3, at=100))
    assert set(watch.groups) == {1}


def test_constant_and_repeated_windows_are_kept_and_marked(load):
    event = make_event(offsets=[0, 5, 10, 15])
    event["datapoints"][1]["rawData"] = [1000] * 125
    event["datapoints"][3]["rawData"] = event["datapoints"][0]["rawData"]
    watch = load(event)
    assert watch.constant.tolist() == [False, True, False, False]
    assert watch.repeated.tolist() == [False, False, False, True]


def test_a_folder_is_read_and_an_event_in_two_files_counts_once(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.json").write_text(json.dumps(make_event(1)))
    (tmp_path / "sub" / "b.json").write_text(json.dumps([make_event(1), make_event(2)]))
    (tmp_path / "README.md").write_text("no event")
    watch = load_open_seizure(str(tmp_path))
    assert watch.event_ids.tolist() == [1] * 29 + [2] * 29


def test_two_versions_of_an_event_are_refused(load):
    with pytest.raises(ValueError, match="event 1 differs from another of this id"):
        load(make_event(1), make_event(1, rng=np.random.default_rng(5)))


@pytest.mark.parametrize(
    "change",
    [
        {"seizureTimes": [0, 5]},
        {"seizureTimes": None},
        {"userId": 40},
        {"type": "Fall"},
        {"dataTime": stamp(9)},
    ],
)
def test_two_versions_of_what_is_told_of_an_event_are_refused(load, change):
    with pytest.raises(ValueError, match="event 1 differs from another of this id"):
        load(make_event(1), make_event(1) | change)


def test_a_folder_with_the_name_of_a_file_is_looked_into(tmp_path):
    (tmp_path / "old.json").mkdir()
    (tmp_path / "old.json" / "a.json").write_text(json.dumps(make_event(1)))
    assert set(load_open_seizure(tmp_path).event_ids) == {1}


def spoil(event, point=None, **fields):
    """Replace fields of the event or of one of its datapoints; ... deletes them."""
    record = event if point is None else event["datapoints"][point]
    for name, value in fields.items():
        record[name] = value
        if value is ...:
            del record[name]
    return event


@pytest.mark.parametrize(
    ("point", "fields", "message"),
    [
        (None, {"id": ...}, r"events\.json, event at position 1 has no field id"),
        (None, {"id": "7"}, "event 7, field id: '7' is no int"),
        (None, {"id": 10**30}, "field id: 1000000.* is too large"),
        (None, {"dataTime": "9999-99-99T00:00:00Z"}, "field dataTime: '9999-99-99"),
        (None, {"seizureTimes": [0, 10**400]}, r"field seizureTimes: \[0, 1000"),
        (4, {"rawData": [10**400] * 125}, "field rawData, sample 0: 1000.* is no number"),
        (4, {"rawData": [1e39] * 125}, "field rawData, sample 0: 1e\\+39 is no number"),
        (None, {"userId": ...}, "event 7 has no field userId"),
        (None, {"userId": True}, "event 7, field userId: True is no int"),
        (None, {"dataTime": ...}, "event 7 has no field dataTime"),
        (None, {"dataTime": "yesterday"}, "event 7, field dataTime: 'yesterday'; legal are times"),
        (None, {"datapoints": ...}, "event 7 has no field datapoints"),
        (None, {"datapoints": {}}, "event 7, field datapoints: {} is no list"),
        (None, {"datapoints": [3]}, "event 7, datapoint 0 is 3; legal is an object"),
        (None, {"seizureTimes": [1]}, r"event 7, field seizureTimes: \[1\]; legal are two"),
        (None, {"seizureTimes": "soon"}, "event 7, field seizureTimes: 'soon'"),
        (None, {"seizureTimes": [9, 1]}, r"seizureTimes: \[9, 1\] ends before it starts"),
        (None, {"seizureTimes": [float("nan"), 1]}, "field seizureTimes, entry 0 is NaN"),
        (None, {"hr": float("-inf")}, "event 7, field hr is -Infinity"),
        (4, {"rawData": ...}, "event 7, datapoint 4 has no field rawData"),
        (4, {"rawData": None}, "event 7, datapoint 4, field rawData: None is no list"),
        (4, {"rawData": [0] * 124}, "datapoint 4, field rawData: 124 samples; legal are 125"),
        (4, {"rawData": [0] * 126}, "datapoint 4, field rawData: 126 samples"),
        (4, {"rawData": []}, "datapoint 4, field rawData: 0 samples"),
        (4, {"rawData": [0] * 9 + ["1,5"] + [0] * 115}, "rawData, sample 9: '1,5' is no number"),
        (4, {"rawData": [0] * 9 + [None] + [0] * 115}, "rawData, sample 9: None is no number"),
        (
            4,
            {"rawData": [float("nan")] * 125},
            "field datapoints, entry 4, field rawData, entry 0 is NaN",
        ),
        (4, {"rawData": [0] * 124 + [float("inf")]}, "field rawData, entry 124 is Infinity"),
        (4, {"dataTime": "17.02.2022"}, "event 7, datapoint 4, field dataTime: '17.02.2022'"),
        (4, {"dataTime": 3}, "event 7, datapoint 4, field dataTime: 3 is no str"),
    ],
)
def test_a_spoilt_event_is_named_with_its_field(load, point, fields, message):
    with pytest.raises(ValueError, match=message):
        load(make_event(1), spoil(make_event(7), point, **fields))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no complete JSON"),
        (json.dumps([make_event()]).encode()[:-500], "is no complete JSON"),
        (b"\xff\xfe\x00", "is no complete JSON"),
        (b"[" * 100_000, "is no complete JSON"),
        (b"<html></html>", "is an HTML page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS"),
        (b"1" * 10_000, "is no complete JSON"),
        (b"[]", "holds no events"),
        (b"3", "event at position 0 is 3; legal is an object"),
        (b'[{"id": 1, "userId": 1, "rawData": 1e999}]', "event 1 has no field dataTime"),
        (json.dumps(make_event(offsets=[])).encode(), "events without datapoints only"),
    ],
)
def test_other_content_is_refused(tmp_path, content, message):
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(ValueError, match=message) as error:
        load_open_seizure(tmp_path / "a.json")
    assert "a.json" in str(error.value)


def test_numbers_too_large_are_refused(tmp_path):
    text = json.dumps(make_event(offsets=[0])).replace("[9", "[1e999, 9", 1)
    (tmp_path / "a.json").write_text(text.replace("[1", "[1e999, 1", 1))
    with pytest.raises(ValueError, match="field rawData"):
        load_open_seizure(tmp_path / "a.json")


def test_an_empty_folder_says_what_is_legal(tmp_path):
    with pytest.raises(ValueError, match="holds no events; legal are JSON files"):
        load_open_seizure(tmp_path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no\.json"):
        load_open_seizure(tmp_path / "no.json")


def test_a_path_of_another_type_is_named():
    with pytest.raises(ValueError, match="'path' parameter of load_open_seizure"):
        load_open_seizure(3)


def test_the_real_files_agree_with_the_windows_cut_by_others(data_file):
    """Signals, labels and groups are those of an array made from the same files."""
    found = [load_open_seizure(data_file(path)) for path in REAL]
    data, target, groups, events, users = (
        np.concatenate([watch[name] for watch in found])
        for name in ("data", "target", "groups", "event_ids", "user_ids")
    )
    table = pd.read_csv(data_file("osdb_accel/osdb_windows_meta.csv"))
    with np.load(data_file("osdb_accel/osdb_windows_125.npz")) as arrays:
        rows = table["event_id"].isin(events).to_numpy()
        order = np.lexsort([table["window"][rows], table["event_id"][rows]])
        expected = {name: arrays[name][rows][order] for name in arrays if arrays[name].ndim}
    # events keep the order of their windows, and the files the order of their events
    mine = np.argsort(events, kind="stable")
    assert len(mine) == 1696
    np.testing.assert_allclose(data[mine], expected["X"], rtol=1e-6)
    np.testing.assert_array_equal(target[mine], expected["ictal"])
    np.testing.assert_array_equal(groups[mine], expected["group"])
    np.testing.assert_array_equal(users[mine], expected["user_id"])


def test_the_real_windows_that_repeat_are_in_one_group(data_file):
    watch = load_open_seizure(data_file(REAL[0]))
    assert watch.repeated.sum() == len(watch.data) - len({row.tobytes() for row in watch.data})
    assert watch.repeated.sum() > 200
    for row in np.flatnonzero(watch.repeated):
        same = (watch.data == watch.data[row]).all(axis=1)
        assert len(set(watch.groups[same])) == 1
