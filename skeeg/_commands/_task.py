"""Recordings with few seizures, and the folds that keep them apart."""

import warnings
from typing import NamedTuple

import numpy as np
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.utils import Bunch, check_random_state

from skeeg._commands._error import CommandError
from skeeg.datasets import load_bonn, load_epileptic_seizure, make_seizures

N_SIMULATED = 200
FEWEST_ROWS = 6


class Task(NamedTuple):
    """Windows of background (0) and seizure (1), and pairs of training and test rows."""

    eeg: Bunch
    source: str
    folds: list

    @property
    def description(self):
        """What is learned from what."""
        train, test = self.folds[0]
        n_recordings = len(np.unique(self.eeg.groups))
        kept = ", ".join(self._count(train, label) for label in (1, 0))
        return (
            f"{self.source}: {n_recordings} recordings in {len(self.folds)} folds\n"
            f"Training: {kept}\n"
            f"Test:     {len(test)} windows of other recordings"
        )

    def _count(self, rows, label):
        rows = rows[self.eeg.target[rows] == label]
        n_recordings = len(np.unique(self.eeg.groups[rows]))
        return f"{len(rows)} {self.eeg.target_names[label]} windows ({n_recordings} recordings)"


def make_task(path, *, n_folds, n_seizures, n_background, random_state):
    """Load recordings, or simulate them where `path` is None, and split them.

    Whole recordings are split into folds. Of every training fold, only so many recordings of each
    class are kept, so that seizures are few; test folds stay whole, so that scores are precise.
    """
    random = check_random_state(random_state)
    eeg = make_seizures(N_SIMULATED, random_state=random) if path is None else _load(path)
    _check_recordings(eeg, n_folds)
    splitter = StratifiedGroupKFold(n_folds, shuffle=True, random_state=random)
    folds = [
        (_thin(train, eeg, (n_background, n_seizures), random), test)
        for train, test in splitter.split(eeg.data, eeg.target, eeg.groups)
    ]
    _check_rows(eeg, folds)
    return Task(eeg, "Simulated EEG" if path is None else path.name, folds)


def _load(path):
    """Read a file of any known kind; what its loader warns of leaves no honest score."""
    is_archive = path.is_dir() or path.suffix.lower() in {".npz", ".zip"}
    load = load_bonn if is_archive else load_epileptic_seizure
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            return load(path, binary=True)
    except (OSError, ValueError, UserWarning) as error:
        raise CommandError(f"cannot use {path}: {error}") from error


def _check_recordings(eeg, n_folds):
    for label, name in enumerate(eeg.target_names):
        n_recordings = len(np.unique(eeg.groups[eeg.target == label]))
        if n_recordings < n_folds:
            raise CommandError(
                f"{n_recordings} {name} recordings cannot be split into {n_folds} folds"
            )


def _check_rows(eeg, folds):
    for train, _ in folds:
        for count, name in zip(np.bincount(eeg.target[train]), eeg.target_names, strict=True):
            if count < FEWEST_ROWS:
                raise CommandError(
                    f"{count} {name} windows to train on are too few, SMOTE needs {FEWEST_ROWS}"
                )


def _thin(rows, eeg, n_recordings, random):
    """Keep the rows of so many recordings of each class, drawn at random and kept whole."""
    kept = []
    for label, n in enumerate(n_recordings):
        recordings = np.unique(eeg.groups[rows][eeg.target[rows] == label])
        kept.extend(random.permutation(recordings)[:n])
    return rows[np.isin(eeg.groups[rows], kept)]
