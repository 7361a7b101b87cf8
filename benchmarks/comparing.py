"""Whether compare_samplers can be believed, and what it costs beside the fits themselves.

    python benchmarks/comparing.py --null --power
    SKEEG_DATA=... python benchmarks/comparing.py --overhead

--null      How often a sampler that carries no information is found to be better than none, in
            simulated comparisons of five folds by two repeats. It appends a bootstrap of the
            training rows, as many of every class, or as many rows of noise, the same in all folds.
            "noise": classes that do not differ, so that the true gain is 0 whatever is appended;
            "signal": classes that do, so that neither can help. "rare class": blurred copies of the
            rare rows, which gain as much as random oversampling does, so that the true lead is 0.
            Beside the rates of findings stand those of the verdicts; "use it" is wrong in all.
--power     How often a gain of about three points is found, for several numbers of repeats. The
            sampler is an oracle that draws new rows of the distribution the data are from.
--overhead  Seconds of a comparison of five samplers on the five classes of Bonn, ten folds, beside
            those of the same fits in a bare loop, both with two processes, in turns.

Intervals of rates are those of Clopper and Pearson, 95 %.
"""

import argparse
import os
import time
from itertools import product
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from imblearn.over_sampling import SMOTE, RandomOverSampler
from joblib import Parallel, delayed
from scipy.stats import binomtest
from sklearn.base import BaseEstimator, clone
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import get_scorer
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.utils import check_random_state

from skeeg.datasets import load_bonn
from skeeg.feature_extraction import FourierFeatures, RootMeanSquare, WaveletFeatures
from skeeg.model_selection import compare_samplers
from skeeg.over_sampling import (
    AutoregressiveSampler,
    FourierSurrogateSampler,
    JitterSampler,
    Multiply,
    WarpSampler,
)

N_EACH = 8  # rows of a group
SIGNIFICANT = 0.05
VERDICTS = "use it", "a simpler method does as well", "don't", "not shown"
MODEL = make_pipeline(StandardScaler(), LogisticRegression())


class Task(NamedTuple):
    """Groups of rows, of one class each; the classes differ in five features.

    Every second group is of class 1, or every third, and so on.
    """

    n_groups: int
    n_features: int
    shift: float
    every: int = 2

    def draw(self, random):
        """Return rows, classes and groups."""
        groups = np.repeat(np.arange(self.n_groups), N_EACH)
        y = (groups % self.every == self.every - 1).astype(int)
        of_group = random.normal(0, 0.5, size=(self.n_groups, self.n_features))[groups]
        X = random.normal(size=(len(y), self.n_features)) + of_group
        X[:, :5] += self.shift * y[:, np.newaxis]
        return X, y, groups


NOISE, SIGNAL, LARGE = Task(40, 20, 0.0), Task(40, 20, 0.5), Task(200, 100, 0.5)
RARE = Task(60, 20, 0.5, every=6)


class Bootstrap(BaseEstimator):
    """Doubles every class with rows of its own."""

    def __init__(self, random_state=None):
        self.random_state = random_state

    def fit_resample(self, X, y):
        """Append as many rows of each class as there are, drawn with replacement."""
        random = check_random_state(self.random_state)
        rows = [np.flatnonzero(y == label) for label in np.unique(y)]
        drawn = np.concatenate([random.choice(of_one, len(of_one)) for of_one in rows])
        return np.concatenate([X, X[drawn]]), np.concatenate([y, y[drawn]])


class Oracle(BaseEstimator):
    """Appends new rows of new groups, a multiple of those that there are."""

    def __init__(self, task, factor=1.0, random_state=None):
        self.task = task
        self.factor = factor
        self.random_state = random_state

    def fit_resample(self, X, y):
        """Draw the rows as those of the task are drawn."""
        random = check_random_state(self.random_state)
        n_groups = round(self.factor * len(X) / N_EACH)
        X_new, y_new, _ = self.task._replace(n_groups=n_groups).draw(random)
        return np.concatenate([X, X_new]), np.concatenate([y, y_new])


def compare(sampler, task, seed, *, n_repeats):
    """Return the row of a sampler in the summary of a comparison of simulated data."""
    X, y, groups = task.draw(np.random.RandomState(seed))
    comparison = compare_samplers(
        {"judged": sampler}, MODEL, X, y, groups=groups, n_repeats=n_repeats, random_state=seed
    )
    verdict = comparison.verdict().loc["judged", "verdict"]
    return pd.concat([comparison.summary().loc["judged"], pd.Series({"verdict": verdict})])


def judge(make_sampler, task, args, *, n_repeats):
    """Return rates of positive findings over many comparisons."""
    found = pd.DataFrame(
        Parallel(n_jobs=args.jobs)(
            delayed(compare)(make_sampler(seed), task, seed, n_repeats=n_repeats)
            for seed in range(args.comparisons)
        )
    )
    findings = {
        "interval above 0": found["gain_low"] > 0,
        "gain, adjusted p": (found["gain"] > 0) & (found["gain_p"] < SIGNIFICANT),
        "lead, adjusted p": (found["lead"] > 0) & (found["lead_p"] < SIGNIFICANT),
    }
    rates = {name: describe(int(hits.sum()), args.comparisons) for name, hits in findings.items()}
    rates |= {
        f"verdict “{verdict}”": describe(int((found["verdict"] == verdict).sum()), args.comparisons)
        for verdict in VERDICTS
    }
    return {"mean gain": f"{found['gain'].mean():+.4f}", **rates}


def describe(hits, n_trials):
    """Write a rate with its interval."""
    low, high = binomtest(hits, n_trials).proportion_ci()
    return f"{hits / n_trials:.3f} ({low:.3f} to {high:.3f})"


def append_copies(seed):
    """Return a sampler whose rows are copies."""
    return Bootstrap()


def append_noise(seed):
    """Return a sampler whose rows are noise, of a seed that no data have."""
    return Oracle(NOISE, random_state=10**6 + seed)


def append_blurred(seed):
    """Return a sampler that is as good as random oversampling, and no better."""
    return RandomOverSampler(shrinkage=0.1)


def show_null(args):
    """Print false positive rates."""
    tasks = {"noise": NOISE, "signal": SIGNAL}
    rates = judge(append_blurred, RARE, args, n_repeats=2)
    print(f"rare class, {append_blurred.__name__}: {rates}", flush=True)
    for (name, task), make in product(tasks.items(), (append_copies, append_noise)):
        rates = judge(make, task, args, n_repeats=2)
        print(f"{name}, {make.__name__}: {rates}", flush=True)


def show_power(args):
    """Print how often a planted gain is found."""
    for n_repeats in args.repeats:
        rates = judge(lambda seed: Oracle(LARGE, args.factor), LARGE, args, n_repeats=n_repeats)
        print(f"{n_repeats} repeats: {rates}", flush=True)


def bare_fit(sampler, estimator, X, y, train, test):
    """Do what one would write by hand."""
    X_train, y_train = X[train], y[train]
    if sampler is not None:
        X_train, y_train = clone(sampler).fit_resample(X_train, y_train)
    fitted = clone(estimator).fit(X_train, y_train)
    return get_scorer("balanced_accuracy")(fitted, X[test], y[test])


def bare_loop(samplers, model, X, y, splits):
    """Fit all there is in a comparison, two at a time."""
    weighted = clone(model).set_params(svc__class_weight="balanced")
    baselines = [(None, model), (None, weighted), (RandomOverSampler(), model), (SMOTE(), model)]
    pairs = baselines + [(sampler, model) for sampler in samplers]
    return Parallel(n_jobs=2)(
        delayed(bare_fit)(*pair, X, y, *split) for pair in pairs for split in splits
    )


def show_overhead(args):
    """Print the seconds of both, round by round, and the ratio of the quickest ones."""
    path = Path(os.environ["SKEEG_DATA"]) / "bonn_eeg" / "bonn_500x4097_int16.npz"
    data = load_bonn(path)
    place = pd.Series(data.groups).groupby(data.groups).cumcount().to_numpy()
    rows = place < args.windows
    X, y, groups = data.data[rows], data.target[rows], data.groups[rows]
    features = make_union(WaveletFeatures(), FourierFeatures(), RootMeanSquare())
    model = make_pipeline(features, StandardScaler(), SVC())
    kinds = FourierSurrogateSampler, AutoregressiveSampler, JitterSampler, WarpSampler
    samplers = [kind(sampling_strategy=Multiply(2)) for kind in kinds] + [Bootstrap()]
    splitters = [StratifiedGroupKFold(5, shuffle=True, random_state=seed) for seed in (0, 1)]
    splits = [split for cv in splitters for split in cv.split(X, y, groups)]
    settings = {"groups": groups, "cv": splits, "n_jobs": 2, "random_state": 0}
    # starts the workers, for both
    compare_samplers([], model, X, y, **settings)
    seconds = {"bare": [], "compare_samplers": []}
    for _ in range(args.rounds):
        start = time.perf_counter()
        bare_loop(samplers, model, X, y, splits)
        seconds["bare"].append(time.perf_counter() - start)
        start = time.perf_counter()
        compare_samplers(samplers, model, X, y, **settings)
        seconds["compare_samplers"].append(time.perf_counter() - start)
        print({name: round(values[-1], 1) for name, values in seconds.items()}, flush=True)
    ratios = np.divide(seconds["compare_samplers"], seconds["bare"])
    print(f"overhead, median of the rounds: {np.median(ratios) - 1:+.1%}")


def main():
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--null", action="store_true")
    parser.add_argument("--power", action="store_true")
    parser.add_argument("--overhead", action="store_true")
    parser.add_argument("--comparisons", type=int, default=200)
    parser.add_argument("--repeats", type=int, nargs="+", default=[1, 2, 5])
    parser.add_argument("--factor", type=float, default=2.0, help="rows of the oracle per real row")
    parser.add_argument("--windows", type=int, default=4, help="of each recording of Bonn")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    for name, show in {"null": show_null, "power": show_power, "overhead": show_overhead}.items():
        if getattr(args, name):
            show(args)


if __name__ == "__main__":
    main()
