"""Folds of the demo: recordings stay whole and apart, and seizures are few in training only."""

import numpy as np
import pytest

from skeeg._commands._task import make_task

SIZES = {"n_folds": 4, "n_seizures": 3, "n_background": 10, "random_state": 0}


@pytest.fixture(scope="module")
def task():
    return make_task(None, **SIZES)


def test_training_folds_hold_so_many_whole_recordings(task):
    eeg = task.eeg
    for train, _ in task.folds:
        recordings, counts = np.unique(eeg.groups[train], return_counts=True)
        assert set(counts) == {12}
        assert [np.isin(recordings, eeg.groups[eeg.target == c]).sum() for c in (0, 1)] == [10, 3]


def test_test_folds_share_no_recording_and_hold_all(task):
    groups = task.eeg.groups
    for train, test in task.folds:
        assert not np.intersect1d(groups[train], groups[test]).size
    tested = np.concatenate([test for _, test in task.folds])
    assert np.array_equal(np.sort(tested), np.arange(len(groups)))


def test_folds_keep_other_recordings(task):
    kept = [np.unique(task.eeg.groups[train]).tolist() for train, _ in task.folds]
    assert len(set(map(tuple, kept))) == len(kept)


def test_all_recordings_are_kept_where_there_are_fewer(task):
    sizes = {**SIZES, "n_seizures": 10**6, "n_background": 10**6}
    for train, test in make_task(None, **sizes).folds:
        assert len(train) + len(test) == len(task.eeg.target)


@pytest.mark.parametrize(
    "file",
    [
        "bonn_eeg/bonn_500x4097_int16.npz",
        "epileptic_seizure/Epileptic_Seizure_Recognition_rebuilt.csv.gz",
    ],
)
def test_real_files_are_read(data_file, file):
    task = make_task(data_file(file), **SIZES)
    assert task.eeg.data.shape == (11500, 178)
    assert all(len(train) == 13 * 23 for train, _ in task.folds)
    assert task.description.endswith("Test:     2875 windows of other recordings")
