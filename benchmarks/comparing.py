"""Whether compare_samplers can be believed, and what it costs beside the fits themselves.

    python benchmarks/comparing.py --null --power
    SKEEG_DATA=... python benchmarks/comparing.py --overhead

--null      How often a sampler that carries no information is found to be better than none, in
            simulated comparisons of five folds by two repeats. Its rows are a bootstrap of the
            training rows, as many of every class. "noise": classes that do not differ, so that
            its true gain is 0; "signal": classes that do, so that copies can only harm.
--power     How often a gain of about three points is found, for several numbers of repeats. The
            sampler is an oracle that draws new rows of the distribution the data are from.
--overhead  Seconds of a comparison of five samplers on the five classes of Bonn beside those of
            the same fits in a bare loop, both with two processes, in turns.

Intervals of rates are those of Clopper and Pearson, 95 %.
"""

import argparse
import os
import time
from pathlib import Path

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

N_GROUPS, N_EACH, N_FEATURES = 40, 8, 20
SIGNIFICANT = 0.05
MODEL = make_pipeline(StandardScaler(), LogisticRegression())


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

    def __init__(self, shift=0.0, factor=1.0, random_state=None):
        self.shift = shift
        self.factor = factor
        self.random_state = random_state

    def fit_resample(self, X, y):
        """Draw the rows as the data were drawn."""
        random = check_random_state(self.random_state)
        n_groups = round(self.factor * len(X) / N_EACH)
        X_new, y_new, _ = simulate(random, shift=self.shift, n_groups=n_groups)
        return np.concatenate([X, X_new]), np.concatenate([y, y_new])


def simulate(random, *, shift, n_groups=N_GROUPS):
    """Return rows of groups of one class each, which differ among themselves."""
    groups = np.repeat(np.arange(n_groups), N_EACH)
    y = groups % 2
    of_group = random.normal(0, 0.5, size=(n_groups, N_FEATURES))[groups]
    X = random.normal(size=(len(y), N_FEATURES)) + of_group
    X[:, :5] += shift * y[:, np.newaxis]
    return X, y, groups


def compare(sampler, seed, *, shift, n_repeats):
    """Return the row of a sampler in the summary of a comparison of simulated data."""
    X, y, groups = simulate(np.random.RandomState(seed), shift=shift)
    comparison = compare_samplers(
        {"judged": sampler}, MODEL, X, y, groups=groups, n_repeats=n_repeats, random_state=seed
    )
    return comparison.summary().loc["judged"]


def judge(sampler, n_comparisons, *, shift, n_repeats, n_jobs):
    """Return rates of positive findings over many comparisons, with the counts behind them."""
    found = pd.DataFrame(
        Parallel(n_jobs=n_jobs)(
            delayed(compare)(sampler, seed, shift=shift, n_repeats=n_repeats)
            for seed in range(n_comparisons)
        )
    )
    verdicts = {
        "interval above 0": found["gain_low"] > 0,
        "gain, adjusted p": (found["gain"] > 0) & (found["gain_p"] < SIGNIFICANT),
        "lead, adjusted p": (found["lead"] > 0) & (found["lead_p"] < SIGNIFICANT),
    }
    rates = {name: describe(int(hits.sum()), n_comparisons) for name, hits in verdicts.items()}
    return {"mean gain": f"{found['gain'].mean():+.4f}", **rates}


def describe(hits, n_trials):
    """Write a rate with its interval."""
    low, high = binomtest(hits, n_trials).proportion_ci()
    return f"{hits / n_trials:.3f} ({low:.3f} to {high:.3f})"


def show_null(args):
    """Print false positive rates."""
    for name, shift in {"noise": 0.0, "signal": 0.5}.items():
        rates = judge(Bootstrap(), args.comparisons, shift=shift, n_repeats=2, n_jobs=args.jobs)
        print(f"{name}: {rates}", flush=True)


def show_power(args):
    """Print how often a planted gain is found."""
    oracle = Oracle(shift=args.shift, factor=args.factor)
    for n_repeats in args.repeats:
        rates = judge(
            oracle, args.comparisons, shift=args.shift, n_repeats=n_repeats, n_jobs=args.jobs
        )
        print(f"{n_repeats} repeats: {rates}", flush=True)


def bare_fit(sampler, estimator, X, y, train, test):
    """Do what one would write by hand."""
    X_train, y_train = X[train], y[train]
    if sampler is not None:
        X_train, y_train = clone(sampler).fit_resample(X_train, y_train)
    fitted = clone(estimator).fit(X_train, y_train)
    return get_scorer("balanced_accuracy")(fitted, X[test], y[test])


def bare_loop(samplers, model, data, splits):
    """Fit all there is in a comparison, two at a time."""
    weighted = clone(model).set_params(svc__class_weight="balanced")
    baselines = [(None, model), (None, weighted), (RandomOverSampler(), model), (SMOTE(), model)]
    pairs = baselines + [(sampler, model) for sampler in samplers]
    return Parallel(n_jobs=2)(
        delayed(bare_fit)(*pair, data.data, data.target, *split)
        for pair in pairs
        for split in splits
    )


def show_overhead(args):
    """Print the seconds of both, round by round, and the ratio of the quickest ones."""
    path = Path(os.environ["SKEEG_DATA"]) / "bonn_eeg" / "bonn_500x4097_int16.npz"
    data = load_bonn(path)
    features = make_union(WaveletFeatures(), FourierFeatures(), RootMeanSquare())
    model = make_pipeline(features, StandardScaler(), SVC())
    kinds = FourierSurrogateSampler, AutoregressiveSampler, JitterSampler, WarpSampler
    samplers = [kind(sampling_strategy=Multiply(2)) for kind in kinds] + [Bootstrap()]
    splitters = [StratifiedGroupKFold(5, shuffle=True, random_state=seed) for seed in (0, 1)]
    splits = [split for cv in splitters for split in cv.split(data.data, data.target, data.groups)]
    settings = {"groups": data.groups, "cv": splits, "n_jobs": 2, "random_state": 0}
    # starts the workers, for both
    compare_samplers([], model, data.data, data.target, **settings)
    seconds = {"bare": [], "compare_samplers": []}
    for _ in range(args.rounds):
        start = time.perf_counter()
        bare_loop(samplers, model, data, splits)
        seconds["bare"].append(time.perf_counter() - start)
        start = time.perf_counter()
        compare_samplers(samplers, model, data.data, data.target, **settings)
        seconds["compare_samplers"].append(time.perf_counter() - start)
        print({name: round(values[-1], 1) for name, values in seconds.items()}, flush=True)
    bare, ours = (min(values) for values in seconds.values())
    print(f"overhead of the quickest round: {ours / bare - 1:+.1%}")


def main():
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--null", action="store_true")
    parser.add_argument("--power", action="store_true")
    parser.add_argument("--overhead", action="store_true")
    parser.add_argument("--comparisons", type=int, default=200)
    parser.add_argument("--repeats", type=int, nargs="+", default=[1, 2, 10])
    parser.add_argument("--shift", type=float, default=0.5, help="of the classes, for --power")
    parser.add_argument("--factor", type=float, default=1.0, help="rows of the oracle per real row")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    for name, show in {"null": show_null, "power": show_power, "overhead": show_overhead}.items():
        if getattr(args, name):
            show(args)


if __name__ == "__main__":
    main()
