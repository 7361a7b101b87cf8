"""Which figure catches which fault: each metric against planted failures of a generator.

    SKEEG_DATA=... python benchmarks/metrics.py
    SKEEG_DATA=... python benchmarks/metrics.py --data bonn --only copies echo --splits 20
    SKEEG_DATA=... python benchmarks/metrics.py --floors
    SKEEG_DATA=... python benchmarks/metrics.py --verdicts --splits 100

In each split the recordings are divided into three parts, class by class: to train on, held out,
and new. An honest generator draws the new windows, of either half of each recording; every failure
spoils them, or draws training windows instead. Figures of fidelity compare with the held-out part,
all classes together.

Printed is the share of the splits in which a figure is worse than it ever was for the honest
generator, over all splits. A star marks 0.8 or more where no other function has as much.

`--verdicts` prints instead how often `synthetic_evidence` finds what. Beside the failures stands
the honest generator, "new", where everything but "nothing found" is wrong. `--floors` prints how
well half of the real groups are told from the others.
"""

import argparse
import os
from pathlib import Path

import numpy as np
import pandas as pd
from _failures import FAILURES, N_WINDOWS, Part, divide, flipped_channel
from comparison import TASKS
from scipy.stats import binomtest, t

from skeeg.datasets import load_bonn, make_seizures
from skeeg.metrics import (
    amplitude_distance,
    coherence_distance,
    distance_to_closest_record,
    frechet_distance,
    maximum_mean_discrepancy,
    membership_auc,
    membership_tpr,
    precision_recall_coverage,
    spectral_distance,
    train_synthetic_test_real,
    two_sample_auc,
)
from skeeg.model_selection import synthetic_evidence

LIMIT = 0.8  # share of splits that counts as caught
FOUR, PRECISION = "precision_recall_coverage", {"precision", "recall", "density", "coverage"}
HIGHER = PRECISION | {"train_synthetic_test_real"}


def measure(split, synthetic, rate, seed):
    """All figures of one generator."""
    train, holdout = split.train, split.holdout
    sets = holdout.X, synthetic.X
    # a recording of the training is none of the others
    groups = np.concatenate([holdout.groups, len(holdout.X) + synthetic.groups])
    novelty = train.X, holdout.X, synthetic.X
    attack = {
        "groups_train": train.groups,
        "groups_holdout": holdout.groups,
        "random_state": seed,
    }
    figures = {
        "spectral_distance": spectral_distance(*sets, sampling_rate=rate),
        "amplitude_distance": amplitude_distance(*sets),
        "frechet_distance": frechet_distance(*sets),
        "maximum_mean_discrepancy": maximum_mean_discrepancy(*sets),
        **precision_recall_coverage(*sets)._asdict(),
        "two_sample_auc": two_sample_auc(*sets, groups=groups, random_state=seed),
        "train_synthetic_test_real": train_synthetic_test_real(
            holdout.X, holdout.y, synthetic.X, synthetic.y
        ),
        "closest_record_share": distance_to_closest_record(*novelty, random_state=seed).share,
        "membership_auc": membership_auc(*novelty, **attack),
        "membership_tpr": membership_tpr(*novelty, **attack),
    }
    if holdout.X.shape[1] > 1:
        figures["coherence_distance"] = coherence_distance(*sets, sampling_rate=rate)
    return {name: -value if name in HIGHER else value for name, value in figures.items()}


def load(name):
    """Return windows and their sampling rate."""
    if name == "simulated":
        eeg = make_seizures(240, 2 * N_WINDOWS, n_channels=2, random_state=0)
        return Part(eeg.data.astype(float), eeg.target, eeg.groups), eeg.sampling_rate
    path = Path(os.environ["SKEEG_DATA"], "bonn_eeg", "bonn_500x4097_int16.npz")
    eeg = load_bonn(path)
    groups = np.unique(eeg.groups, return_inverse=True)[1]
    rows = np.arange(len(groups))[np.arange(len(groups)) % 23 < 2 * N_WINDOWS]
    rows = rows[np.argsort(groups[rows], kind="stable")]
    return Part(eeg.data[:, None].astype(float), eeg.target, groups).take(rows), eeg.sampling_rate


def compare(data, rate, failures, seeds):
    """Figures of the honest generator and of each failure, a row for each time."""
    honest, spoilt = [], []
    for seed in seeds:
        split = divide(data, np.random.default_rng(seed))
        honest += [measure(split, part, rate, seed) for part in (split.new, split.more)]
        for failure in failures:
            synthetic = failure(split, rate, np.random.default_rng(seed))
            figures = measure(split, synthetic, rate, seed)
            spoilt.append({"failure": failure.__name__, **figures})
    return pd.DataFrame(honest), pd.DataFrame(spoilt)


def show(honest, spoilt):
    """Print what is honest, and the shares, figure by failure."""
    summary = pd.DataFrame({"honest mean": honest.mean(), "honest worst": honest.max()})
    print(summary.abs().round(4).to_string())
    worse = spoilt[honest.columns] > honest.max()
    table = worse.groupby(spoilt["failure"], sort=False).mean().T
    caught = table >= LIMIT
    # the four figures of one function count as one
    functions = [FOUR if name in PRECISION else name for name in table.index]
    alone = caught & (caught.groupby(functions).any().sum() == 1)
    cells = table.map(lambda share: f"{share:.2f}" if share else ".")
    print(cells.where(~alone, cells + "*").T.to_string())


def new(split, rate, random):
    """Draw real windows of other recordings."""
    return split.new


def find(data, rate, generators, seeds):
    """Verdicts on each generator, a row for each time."""
    found = []
    for seed in seeds:
        split = divide(data, np.random.default_rng(seed))
        train, holdout = split.train, split.holdout
        for generator in generators:
            synthetic = generator(split, rate, np.random.default_rng(seed))
            evidence = synthetic_evidence(
                train.X,
                train.y,
                synthetic.X,
                synthetic.y,
                sampling_rate=rate,
                groups=train.groups,
                X_holdout=holdout.X,
                y_holdout=holdout.y,
                groups_holdout=holdout.groups,
                random_state=seed,
            )
            found.append({"generator": generator.__name__, **evidence.verdict().iloc[0]})
    return pd.DataFrame(found)


def show_verdicts(found, n_splits):
    """Print shares with their intervals."""
    counts = found.groupby(["generator", "verdict"], sort=False).size()
    for (generator, verdict), n_times in counts.items():
        low, high = binomtest(n_times, n_splits).proportion_ci()
        print(f"{generator:18} {verdict:20} {n_times / n_splits:.2f} ({low:.2f} to {high:.2f})")


def halve(y, groups, random):
    """Say for each window whether its group is in the first half of those of its class."""
    chosen = [random.permutation(np.unique(groups[y == label])) for label in np.unique(y)]
    halves = [names[: len(names) // 2] for names in chosen]
    return np.logical_or.reduce(
        [
            (y == label) & np.isin(groups, half)
            for label, half in zip(np.unique(y), halves, strict=True)
        ]
    )


def tell_apart(X, y, groups, seed):
    """Area under the curve of half of the groups against the others, mean over classes."""
    half, aucs = halve(y, groups, np.random.default_rng(seed)), []
    for label in np.unique(y):
        first, second = (np.flatnonzero((y == label) & part) for part in (half, ~half))
        both = groups[np.concatenate([first, second])]
        aucs.append(two_sample_auc(X[first], X[second], groups=both, random_state=seed))
    return np.mean(aucs)


def show_floors(names, seeds):
    """Print the mean and the interval of each data set."""
    for name in names:
        X, y, groups = TASKS[name].read(Path(os.environ["SKEEG_DATA"]))
        aucs = [tell_apart(X, y, groups, seed) for seed in seeds]
        mean, error = np.mean(aucs), np.std(aucs, ddof=1) / np.sqrt(len(aucs))
        width = t.ppf(0.975, len(aucs) - 1) * error
        print(
            f"{name}: {len(X)} windows of {len(np.unique(groups))} groups, "
            f"AUC {mean:.3f} ± {width:.3f}, single halves {min(aucs):.2f} to {max(aucs):.2f}",
            flush=True,
        )


def main():
    """Print the matrix or the verdicts of each data set, or the floors."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    known = ["simulated", "bonn"] if "SKEEG_DATA" in os.environ else ["simulated"]
    parser.add_argument("--data", nargs="+", choices=known, default=known)
    parser.add_argument("--splits", type=int, default=10)
    parser.add_argument("--only", nargs="*", choices=FAILURES, default=FAILURES)
    parser.add_argument("--first", type=int, default=100, help="seed of the first split")
    parser.add_argument("--floors", action="store_true")
    parser.add_argument("--verdicts", action="store_true")
    args = parser.parse_args()
    seeds = range(args.first, args.first + args.splits)
    if args.floors:
        show_floors([name for name in TASKS if name != "bonn_rare"], seeds)
        return
    for name in args.data:
        data, rate = load(name)
        failures = [FAILURES[failure] for failure in args.only]
        if data.X.shape[1] == 1:
            failures = [failure for failure in failures if failure is not flipped_channel]
        print(f"\n{name}: {len(data.X)} windows, {args.splits} splits", flush=True)
        if args.verdicts:
            show_verdicts(find(data, rate, [new, *failures], seeds), args.splits)
        else:
            show(*compare(data, rate, failures, seeds))


if __name__ == "__main__":
    main()
