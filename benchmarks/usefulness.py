"""What each sampler is worth to a classifier that has too few rows, on the recordings of Bonn.

    SKEEG_DATA=... python benchmarks/usefulness.py --splits 5
    SKEEG_DATA=... python benchmarks/usefulness.py --tasks 20 50 --only R3GANSampler SMOTE
    SKEEG_DATA=... python benchmarks/usefulness.py --splits 5 --table usefulness.csv

In each split the recordings are divided, class by class: training rows come from 70 % of them, all
windows of the other 30 % are the test. Four tasks:

20, 50, 100  seizures or not: so many seizure windows of 2, 5 or 10 recordings, beside 1000 others
             of 100 recordings; the sampler fills the seizures up
five         five classes of 50 windows, of 10 recordings each; the sampler makes them five times as
             many

Printed for each task: balanced accuracy, the mean of a support vector machine, a random forest and
logistic regression on features, and the gain over no augmentation, paired by split, with half the
width of its 95 % interval (corrected for overlapping training sets: Nadeau and Bengio, 2003).

Everything takes hours. With `--table` each figure is added to a file as soon as it is there, and
what the file holds already is not measured again; several processes may share it.
"""

import argparse
import inspect
import os
import time
import warnings
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
from _table import Table
from imblearn import FunctionSampler
from imblearn.over_sampling import SMOTE, RandomOverSampler
from scipy.stats import t
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg import over_sampling
from skeeg.datasets import load_bonn
from skeeg.feature_extraction import FourierFeatures, RootMeanSquare, WaveletFeatures
from skeeg.over_sampling import Multiply

TEST_SHARE = 0.3
SEIZURE_RECORDINGS = {"20": 2, "50": 5, "100": 10}
KEYS, FIGURES = ["task", "split", "sampler"], ["score", "seconds"]
CLASSIFIERS = [
    SVC(),
    RandomForestClassifier(200, random_state=0),
    LogisticRegression(max_iter=5000),
]


def divide(data, random):
    """Return recordings of each class to train on, in random order, and the rows to test on."""
    recordings, first_rows = np.unique(data.groups, return_index=True)
    train, test = {}, []
    for label in np.unique(data.target):
        of_class = random.permutation(recordings[data.target[first_rows] == label])
        n_test = round(TEST_SHARE * len(of_class))
        train[label] = of_class[n_test:]
        test.extend(of_class[:n_test])
    return train, np.flatnonzero(np.isin(data.groups, test))


def pick(data, recordings, n_each, random):
    """Return random rows, so many of each recording."""
    rows = [np.flatnonzero(data.groups == name) for name in recordings]
    return np.concatenate([random.choice(of_one, n_each, replace=False) for of_one in rows])


def seizure_task(data, n_recordings, random):
    """Few seizures beside 1000 other windows."""
    recordings, test = divide(data, random)
    seizures, others = recordings[1][:n_recordings], recordings[0][:100]
    train = np.concatenate([pick(data, names, 10, random) for names in (seizures, others)])
    return train, test


def five_class_task(data, random):
    """Fifty windows of each of five classes."""
    recordings, test = divide(data, random)
    chosen = np.concatenate([names[:10] for names in recordings.values()])
    return pick(data, chosen, 5, random), test


def discover():
    """No augmentation, the samplers of imbalanced-learn, and all of ours by name."""
    names = [name for name in over_sampling.__all__ if name.endswith("Sampler")]
    ours = {name: getattr(over_sampling, name) for name in names}
    family = {name: sampler for name, sampler in ours.items() if not inspect.isabstract(sampler)}
    return {"none": FunctionSampler, "ROS": RandomOverSampler, "SMOTE": SMOTE, **family}


def make_sampler(name, task, seed, max_iter):
    """Return a sampler that adds what the task asks for, at its defaults but for the steps."""
    sampler = discover()[name]()
    if max_iter and "max_iter" in sampler.get_params():
        sampler.set_params(max_iter=max_iter)
    if name != "none":
        sampler.set_params(random_state=seed)
        if task == "five":
            sampler.set_params(sampling_strategy=Multiply(5))
    return sampler


def score(sampler, X, y, X_test, y_test):
    """Mean balanced accuracy of the classifiers; the sampler is trained once for all of them."""
    X, y = sampler.fit_resample(X, y)
    features = make_union(WaveletFeatures(), FourierFeatures(), RootMeanSquare())
    found = [
        make_pipeline(features, StandardScaler(), clf).fit(X, y).predict(X_test)
        for clf in CLASSIFIERS
    ]
    return np.mean([balanced_accuracy_score(y_test, labels) for labels in found])


def measure(data, max_iter, task, split, name):
    """Return the score of a sampler and its seconds."""
    random = np.random.default_rng(split)
    if task == "five":
        train, test = five_class_task(data[task], random)
    else:
        train, test = seizure_task(data[task], SEIZURE_RECORDINGS[task], random)
    start = time.perf_counter()
    X, y = data[task].data, data[task].target
    sampler = make_sampler(name, task, split, max_iter)
    found = score(sampler, X[train], y[train], X[test], y[test])
    return found, time.perf_counter() - start


def half_width(gains):
    """Half the width of the interval of a mean over splits whose training sets overlap."""
    if len(gains) < 2:
        return np.nan
    overlap = 1 / len(gains) + TEST_SHARE / (1 - TEST_SHARE)
    return t.ppf(0.975, len(gains) - 1) * np.sqrt(overlap * np.var(gains, ddof=1))


def show(table, names):
    """Print the means over all splits so far."""
    wide = table.pivot(index=["task", "split"], columns="sampler", values="score")[names]
    gains = wide.sub(wide["none"], axis=0).groupby("task", sort=False)
    figures = {
        "score": wide.groupby("task", sort=False).mean(),
        "gain": gains.mean(),
        "±": gains.agg(half_width),
        "seconds": table.pivot_table("seconds", "task", "sampler", sort=False)[names],
    }
    joined = pd.concat(figures, axis=1).loc[table["task"].unique()]
    joined = joined.stack(future_stack=True).round(3)
    print(f"\n{table['split'].nunique()} splits\n{joined.to_string()}", flush=True)


def main():
    """Print the table after each split."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    tasks = [*SEIZURE_RECORDINGS, "five"]
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--tasks", nargs="+", choices=tasks, default=tasks)
    parser.add_argument("--only", nargs="+", choices=discover(), default=list(discover()))
    parser.add_argument("--max-iter", type=int, help="steps of those that iterate; their default")
    parser.add_argument("--table", type=Path, help="file to keep the figures in, csv")
    args = parser.parse_args()
    # Few rows need not be learned well: whether they are useful is what is measured.
    warnings.simplefilter("ignore", ConvergenceWarning)
    path = Path(os.environ["SKEEG_DATA"]) / "bonn_eeg" / "bonn_500x4097_int16.npz"
    seizures, five = load_bonn(path, binary=True), load_bonn(path)
    data = {**dict.fromkeys(SEIZURE_RECORDINGS, seizures), "five": five}
    names, table = list(dict.fromkeys(["none", *args.only])), Table(args.table, KEYS, FIGURES)
    for split in range(args.first_seed, args.first_seed + args.splits):
        for task, name in product(args.tasks, names):
            table.add((task, split, name), partial(measure, data, args.max_iter))
        show(table.to_frame(), names)


if __name__ == "__main__":
    main()
