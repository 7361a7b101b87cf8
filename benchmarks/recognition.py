"""How well features and a classifier recognise what was recorded, in people or recordings unseen.

    SKEEG_DATA=... python benchmarks/recognition.py
    SKEEG_DATA=... python benchmarks/recognition.py --repeats 5 --only EEGMAT OSDB

EEGMAT  mental arithmetic or rest, 36 subjects, 19 channels: random forest on band powers of
        windows of 12 s, alpha and beta halved, by subject
Bonn    five classes, 11500 windows of 178 points: support vector machine on Fourier features and
        the zero-crossing rate, by recording
OSDB    seizure or not, accelerometers of the users 39 and 45: random forest on wavelet features,
        by group of overlapping events

Five stratified folds with whole groups, repeated with other folds and another seed of the forest.
Printed is the mean over repeats with the 95 % interval that resampling whole groups gives: what
other people or recordings would have given. The area under the ROC curve is the mean over classes,
each versus the rest.
"""

import argparse
import os
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import balanced_accuracy_score, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import StandardScaler, label_binarize
from sklearn.svm import SVC

from skeeg.datasets import load_epileptic_seizure
from skeeg.feature_extraction import BandPower, FourierFeatures, WaveletFeatures, ZeroCrossingRate

EEGMAT_SECONDS = 12
HALVED_BANDS = {
    "delta": (0.5, 4),
    "theta": (4, 8),
    "low_alpha": (8, 10),
    "high_alpha": (10, 13),
    "low_beta": (13, 20),
    "high_beta": (20, 30),
    "gamma": (30, 45),
}
RESAMPLES = 200


def load_eegmat(folder):
    """Windows in µV, whether a subject calculates, and who it is."""
    with np.load(folder / "eegmat" / "eegmat_125hz_60s.npz") as file:
        X = file["X"].astype(np.float32) * np.float32(file["scale"])
        y, subjects, rate = file["y"], file["subject"], float(file["sfreq"])
    length = round(EEGMAT_SECONDS * rate)
    n_windows = X.shape[-1] // length
    windows = X[..., : n_windows * length].reshape(len(X), X.shape[1], n_windows, length)
    windows = windows.swapaxes(1, 2).reshape(-1, X.shape[1], length)
    return windows, np.repeat(y, n_windows), np.repeat(subjects, n_windows)


def load_osdb(folder):
    """Windows in milli-g of the two users with enough of them, seizure or not, and the event."""
    with np.load(folder / "osdb_accel" / "osdb_windows_125.npz") as file:
        kept = np.isin(file["user_id"].astype(str), ["39", "45"]) & (file["ictal"] >= 0)
        return file["X"][kept].astype(np.float32), file["ictal"][kept], file["group"][kept]


def load_bonn_windows(folder):
    """Windows of a second, one of five classes, and the recording."""
    path = folder / "epileptic_seizure" / "Epileptic_Seizure_Recognition_rebuilt.csv.gz"
    data = load_epileptic_seizure(path)
    return data.data.astype(np.float32), data.target, data.groups


def make_forest(features, seed):
    """Return a random forest on features that learn nothing."""
    forest = RandomForestClassifier(
        300, min_samples_leaf=5, class_weight="balanced_subsample", random_state=seed
    )
    return make_pipeline(features, forest)


def make_machine(features, seed):
    """Return a support vector machine; `seed` is for what is drawn, here nothing."""
    return make_pipeline(features, StandardScaler(), SVC(C=3))


TASKS = {
    "EEGMAT": (load_eegmat, make_forest, BandPower(bands=HALVED_BANDS, sampling_rate=125)),
    "Bonn": (load_bonn_windows, make_machine, make_union(FourierFeatures(), ZeroCrossingRate())),
    "OSDB": (load_osdb, make_forest, WaveletFeatures()),
}


def predict_unseen(model, X, y, groups, seed):
    """Return a score of each class for each window, by models that did not see its group."""
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=seed)
    method = "predict_proba" if hasattr(model, "predict_proba") else "decision_function"
    return cross_val_predict(model, X, y, groups=groups, cv=folds, method=method)


def score(y, scores):
    """Balanced accuracy and mean area under the ROC curve, one class versus the rest."""
    classes = np.unique(y)
    found = classes[scores.argmax(axis=1)]
    truth = label_binarize(y, classes=classes)
    columns = scores if len(classes) > 2 else scores[:, 1]
    return balanced_accuracy_score(y, found), roc_auc_score(truth, columns)


def resample(groups, random):
    """Return the rows of as many groups, drawn with replacement."""
    rows = [np.flatnonzero(groups == name) for name in np.unique(groups)]
    return np.concatenate([rows[i] for i in random.integers(len(rows), size=len(rows))])


def evaluate(name, folder, n_repeats):
    """Return the means over repeats, and their intervals over groups."""
    load, make_model, features = TASKS[name]
    X, y, groups = load(folder)
    random = np.random.default_rng(0)
    draws = [resample(groups, random) for _ in range(RESAMPLES)]
    repeats = [
        predict_unseen(make_model(features, seed), X, y, groups, seed) for seed in range(n_repeats)
    ]
    means = np.mean([score(y, scores) for scores in repeats], axis=0)
    spread = [np.mean([score(y[rows], s[rows]) for s in repeats], axis=0) for rows in draws]
    low, high = np.percentile(spread, [2.5, 97.5], axis=0)
    row = {"windows": len(X), "groups": len(np.unique(groups))}
    for i, figure in enumerate(["balanced accuracy", "ROC AUC"]):
        row[figure] = f"{means[i]:.3f} ({low[i]:.3f} to {high[i]:.3f})"
    return row


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=TASKS, default=list(TASKS))
    args = parser.parse_args()
    folder = Path(os.environ["SKEEG_DATA"])
    table = pd.DataFrame({name: evaluate(name, folder, args.repeats) for name in args.only}).T
    print(table.to_string())


if __name__ == "__main__":
    main()
