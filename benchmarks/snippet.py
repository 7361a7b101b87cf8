"""The pipeline of the README on real data, in cross-validation grouped by recording or subject.

    SKEEG_DATA=... python benchmarks/snippet.py table     # seizure recognition, 11500 x 178
    SKEEG_DATA=... python benchmarks/snippet.py eegmat    # mental arithmetic, 19 channels, 3-D

Prints balanced accuracy and ROC AUC over the folds (mean and 95 % t-interval) and seconds per fit,
for no augmentation, random oversampling, SMOTE and WaveGAN at its defaults. Samplers are refitted
in each training fold; test folds hold real windows of recordings, or subjects, never trained on.
"""

import argparse
import os
from pathlib import Path

import numpy as np
from imblearn import FunctionSampler
from imblearn.over_sampling import SMOTE, RandomOverSampler
from imblearn.pipeline import Pipeline
from scipy import stats
from sklearn.model_selection import StratifiedGroupKFold, cross_validate
from sklearn.svm import SVC

from skeeg.datasets import load_epileptic_seizure
from skeeg.feature_extraction import WaveletFeatures
from skeeg.over_sampling import WaveGANSampler

SCORES = {"balanced accuracy": "balanced_accuracy", "ROC AUC": "roc_auc"}


def load_table(folder):
    """Seizure against the rest: 2300 and 9200 windows of 500 recordings."""
    path = folder / "epileptic_seizure" / "Epileptic_Seizure_Recognition_rebuilt.csv.gz"
    data = load_epileptic_seizure(path, binary=True)
    return data.data, data.target, data.groups


def load_eegmat(folder):
    """Windows of 4 s: all 15 of each resting recording, the first 5 of each with arithmetic."""
    with np.load(folder / "eegmat" / "eegmat_125hz_60s.npz") as file:
        X = file["X"].reshape(72, 19, 15, 500).swapaxes(1, 2) * np.float32(file["scale"])
        y, groups = (np.repeat(file[name], 15) for name in ("y", "subject"))
    kept = (y == 0) | (np.arange(len(y)) % 15 < 5)
    return X.reshape(-1, 19, 500).astype("float32")[kept], y[kept], groups[kept]


def make_samplers(three_d, max_iter, random_state):
    """SMOTE takes no three dimensions and is left out there."""
    samplers = {"no augmentation": FunctionSampler(validate=False)}
    if not three_d:
        samplers["random oversampling"] = RandomOverSampler(random_state=random_state)
        samplers["SMOTE"] = SMOTE(random_state=random_state)
    samplers["WaveGAN"] = WaveGANSampler(max_iter=max_iter, random_state=random_state)
    return samplers


def interval(values):
    """Mean and half-width of the 95 % t-interval over folds, which takes folds as independent."""
    return np.mean(values), stats.t.ppf(0.975, len(values) - 1) * stats.sem(values)


def main():
    """Run the comparison that the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", choices=["table", "eegmat"])
    parser.add_argument("--max-iter", type=int, default=500)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--random-state", type=int, default=0)
    args = parser.parse_args()
    load = {"table": load_table, "eegmat": load_eegmat}[args.data]
    X, y, groups = load(Path(os.environ["SKEEG_DATA"]))
    print(f"X {X.shape} {X.dtype}, classes {np.bincount(y)}, {len(set(groups))} groups", flush=True)
    cv = StratifiedGroupKFold(args.folds, shuffle=True, random_state=args.random_state)
    for name, sampler in make_samplers(X.ndim == 3, args.max_iter, args.random_state).items():
        pipe = Pipeline([("gan", sampler), ("feat", WaveletFeatures()), ("svm", SVC())])
        found = cross_validate(
            pipe, X, y, groups=groups, cv=cv, scoring=SCORES, n_jobs=2, error_score="raise"
        )
        scores = [
            "{} {:.3f} ± {:.3f}".format(label, *interval(found[f"test_{label}"]))
            for label in SCORES
        ]
        seconds = f"{np.median(found['fit_time']):.1f} s per fit"
        print(f"{name:<20}", *scores, seconds, sep="  ", flush=True)


if __name__ == "__main__":
    main()
