"""All samplers on five tasks: what they gain, where they gain nothing, and what they cost.

    SKEEG_DATA=... python benchmarks/comparison.py --memory folder
    SKEEG_DATA=... python benchmarks/comparison.py --tasks osdb --repeats 2 --memory folder
    python benchmarks/comparison.py --show

Tasks, with the rows that are trained on:

bonn_five    five classes of 50 windows of EEG, three of a recording, made five times as many
bonn_rare    20 windows of seizures beside some 960 others, three of a recording
osdb         some 1100 windows of wrist movements of two users, in and out of seizures
eegmat       some 580 windows of 19 channels of EEG, mental arithmetic or rest, twenty of a subject,
             doubled; two seconds at 62.5 Hz, half the rate of the file
simulated    20 windows of simulated seizures beside some 390 others, three of a recording; a second
             at 125 Hz

A repeat is one split: the first of five stratified folds of whole recordings, events or subjects is
the test. All samplers are at their defaults, but where the classes are of one size: those that fill
up rare classes add nothing there, so every sampler is told how often to multiply, and so is one
more SMOTE. Scores are balanced accuracies of two classifiers, the one that recognises these data
best and a linear one. Both meet the same synthetic rows.

Tasks take turns, repeat by repeat, so a run may be cut off at any time; `--memory` lets it go on
there. What a single fit has found is kept in a csv. From this, `--show` prints the tables, draws
the figures, and writes both into the guide; with `--readme` it writes a table into the README too.

A fit of both classifiers is timed with the first of them, which waits for the sampler; seconds are
those of one core, and only as good as the core was idle. A split takes half an hour of it.
"""

import argparse
import os
import warnings
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import NamedTuple

import joblib
import numpy as np
import pandas as pd
from _comparison_results import show
from imblearn.over_sampling import SMOTE
from recognition import ZERO_CROSSINGS, read_eegmat
from samplers import discover, read_osdb
from scipy.signal import decimate
from sklearn.base import BaseEstimator
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.utils import get_tags

from skeeg.datasets import load_bonn, make_seizures
from skeeg.feature_extraction import ChannelCovariance, WaveletFeatures
from skeeg.model_selection import compare_samplers
from skeeg.over_sampling import Multiply
from skeeg.preprocessing import BandPassFilter

RESULTS = Path(__file__).parent / "results" / "comparison.csv"
KEYS = ["task", "classifier", "repeat"]
FIGURES = ["sampler", "n_train", "n_test", "n_real", "n_synthetic", "score", "seconds", "error"]
DRAWN = {}


class Task(NamedTuple):
    """Data, the rows to train on, how often to multiply them, and two classifiers."""

    read: Callable
    train_rows: object
    factor: int | None
    strong: object
    linear: object


class OneFold(StratifiedGroupKFold):
    """The first of several folds."""

    def split(self, X, y=None, groups=None):
        """Yield one pair of training and test rows."""
        yield next(super().split(X, y, groups))


class DrawnOnce(BaseEstimator):
    """A sampler that is not trained again for the same rows."""

    def __init__(self, sampler):
        self.sampler = sampler

    def __sklearn_tags__(self):
        return get_tags(self.sampler)

    def fit_resample(self, X, y):
        """Return what the sampler returned when it met these rows first."""
        key = joblib.hash((self.sampler, X, y))
        if key not in DRAWN:
            DRAWN[key] = self.sampler.fit_resample(X, y)
        return DRAWN[key]


def take_every(step, X, y, groups):
    """Return one in so many windows of each group."""
    rows = pd.Series(groups).groupby(groups).cumcount().to_numpy() % step == 0
    return X[rows], y[rows], groups[rows]


def read_bonn(folder, *, binary):
    """Three windows of each recording."""
    data = load_bonn(folder / "bonn_eeg" / "bonn_500x4097_int16.npz", binary=binary)
    return take_every(8, data.data.astype(np.float32), data.target, data.groups)


def read_bonn_five(folder):
    """Five classes."""
    return read_bonn(folder, binary=False)


def read_bonn_rare(folder):
    """Seizure or not."""
    return read_bonn(folder, binary=True)


def read_movements(folder):
    """Ictal or not."""
    data = read_osdb(folder)
    return data.data.astype(np.float32), data.target, data.groups


def read_arithmetic(folder):
    """One in three windows of two seconds, at half the rate."""
    X, y, groups = take_every(3, *read_eegmat(folder, seconds=2))
    return decimate(X, 2, ftype="fir", axis=-1).astype(np.float32), y, groups


def simulate(folder):
    """Seizure or not."""
    data = make_seizures(200, 3, 125, sampling_rate=125, random_state=0)
    return data.data, data.target, data.groups


def linear(features):
    """Return logistic regression on features."""
    return make_pipeline(features, StandardScaler(), LogisticRegression(C=0.1, max_iter=1000))


def machine(features):
    """Return a support vector machine on features."""
    return make_pipeline(features, StandardScaler(), SVC(C=3))


def forest(features):
    """Return a random forest on features."""
    return make_pipeline(features, RandomForestClassifier(300, min_samples_leaf=5))


def bank(rhythms):
    """Return how channels vary together, rhythm by rhythm."""
    bands = [BandPassFilter(low=low, high=high, sampling_rate=62.5) for low, high in rhythms]
    return make_union(*(make_pipeline(band, ChannelCovariance()) for band in bands))


RHYTHMS = [(1, 4), (4, 8), (8, 13), (13, 30)]
EEG = machine(ZERO_CROSSINGS), linear(ZERO_CROSSINGS)
CHANNELS = machine(bank(RHYTHMS)), linear(bank(RHYTHMS))
MOVEMENTS = forest(WaveletFeatures()), linear(WaveletFeatures())
TASKS = {
    "bonn_five": Task(read_bonn_five, 50, 5, *EEG),
    "bonn_rare": Task(read_bonn_rare, {1: 20}, None, *EEG),
    "osdb": Task(read_movements, None, None, *MOVEMENTS),
    "eegmat": Task(read_arithmetic, None, 2, *CHANNELS),
    "simulated": Task(simulate, {1: 20}, None, *EEG),
}


def make_samplers(factor):
    """Return all samplers of the package, and SMOTE where it needs to be told to multiply."""
    strategy = {} if factor is None else {"sampling_strategy": Multiply(factor)}
    ours = {name: make for name, make in discover().items() if name.endswith("Sampler")}
    samplers = {name: DrawnOnce(make(**strategy)) for name, make in ours.items()}
    return samplers if factor is None else {f"SMOTE x{factor}": SMOTE(**strategy), **samplers}


def compare(task, classifier, repeat, folder, args):
    """Return the table of one split."""
    X, y, groups = task.read(folder)
    samplers = make_samplers(task.factor)
    if args.only:
        samplers = {name: sampler for name, sampler in samplers.items() if name in args.only}
    return compare_samplers(
        samplers,
        getattr(task, classifier),
        X,
        y,
        groups=groups,
        cv=OneFold(5, shuffle=True),
        train_rows=task.train_rows,
        random_state=repeat,
        memory=args.memory,
    ).table


def keep(found, path):
    """Write rows into the file, in the place of those with the same keys."""
    known = pd.read_csv(path) if path.exists() else found.iloc[:0]
    again = known.set_index(KEYS).index.isin(found.set_index(KEYS).index)
    path.parent.mkdir(parents=True, exist_ok=True)
    pd.concat([known[~again], found]).to_csv(path, index=False, float_format="%.6g")


def main():
    """Add a table for each repeat, task and classifier."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tasks", nargs="+", choices=TASKS, default=list(TASKS))
    parser.add_argument("--only", nargs="+", help="samplers, beside the baselines")
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--first", type=int, default=0, help="number of the first repeat")
    parser.add_argument("--memory", type=Path, help="folder to go on from")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--show", action="store_true", help="what is in the results, no new ones")
    parser.add_argument("--readme", action="store_true", help="show it in the README as well")
    args = parser.parse_args()
    if args.show:
        show(args.results, readme=args.readme)
        return
    # Few rows need not be learned well: whether they are useful is what is measured.
    warnings.simplefilter("ignore", ConvergenceWarning)
    folder = Path(os.environ["SKEEG_DATA"])
    for repeat, name in product(range(args.first, args.first + args.repeats), args.tasks):
        for classifier in ("strong", "linear"):
            found = compare(TASKS[name], classifier, repeat, folder, args)
            found = found.assign(task=name, classifier=classifier, repeat=repeat)
            keep(found[KEYS + FIGURES], args.results)
            print(found[[*KEYS, "sampler", "score", "seconds"]].to_string(), flush=True)
        DRAWN.clear()


if __name__ == "__main__":
    main()
