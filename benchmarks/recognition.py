"""How well features and a classifier recognise what was recorded, in people or recordings unseen.

    SKEEG_DATA=... python benchmarks/recognition.py
    SKEEG_DATA=... python benchmarks/recognition.py --repeats 5 --only EEGMAT OSDB

EEGMAT  mental arithmetic or rest, 36 subjects, 19 channels, by subject: random forest on band
        powers of windows of 12 s, alpha and beta halved; and a support vector machine on the
        log-covariances of a bank of filters, in windows of 4 s
Bonn    five classes, 11500 windows of 178 points, by recording: support vector machine on Fourier
        features and the zero-crossing rate; and on all that `make_signal_features` offers
OSDB    seizure or not, accelerometers of the users 39 and 45, by group of overlapping events:
        random forest, and logistic regression, on wavelet features

Five stratified folds with whole groups, repeated with other folds and another seed of the forest.
Printed is the mean over repeats with the 95 % interval that resampling whole groups gives: what
other people or recordings would have given. The area under the ROC curve is the mean over classes,
each versus the rest.
"""

import argparse
import os
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score, roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import StandardScaler, label_binarize
from sklearn.svm import SVC

from skeeg.datasets import load_eegmat, load_epileptic_seizure
from skeeg.feature_extraction import (
    BandPower,
    ChannelCovariance,
    FourierFeatures,
    WaveletFeatures,
    ZeroCrossingRate,
    make_signal_features,
)
from skeeg.preprocessing import BandPassFilter

RHYTHMS = {"delta": (1, 4), "theta": (4, 8), "alpha": (8, 13), "beta": (13, 30), "gamma": (30, 45)}
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


def read_eegmat(folder, seconds):
    """Windows in µV, whether a subject calculates, and who it is."""
    eeg = load_eegmat(folder / "eegmat" / "eegmat_125hz_60s.npz", n_times=125 * seconds)
    return eeg.data, eeg.target, eeg.groups


def read_osdb(folder):
    """Windows in milli-g of the two users with enough of them, seizure or not, and the event."""
    with np.load(folder / "osdb_accel" / "osdb_windows_125.npz") as file:
        kept = np.isin(file["user_id"].astype(str), ["39", "45"]) & (file["ictal"] >= 0)
        return file["X"][kept].astype(np.float32), file["ictal"][kept], file["group"][kept]


def read_bonn(folder):
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


def make_logistic(features, seed):
    """Return logistic regression, which draws nothing either."""
    linear = LogisticRegression(C=0.1, class_weight="balanced", max_iter=1000)
    return make_pipeline(features, StandardScaler(), linear)


def make_bank():
    """How the channels vary together, rhythm by rhythm."""
    bands = (BandPassFilter(low=a, high=b, sampling_rate=125) for a, b in RHYTHMS.values())
    return make_union(*(make_pipeline(band, ChannelCovariance()) for band in bands))


POWERS = BandPower(bands=HALVED_BANDS, sampling_rate=125)
ZERO_CROSSINGS = make_union(FourierFeatures(), ZeroCrossingRate())
MODELS = {
    ("EEGMAT", "forest, band powers"): (partial(read_eegmat, seconds=12), make_forest, POWERS),
    ("EEGMAT", "SVM, filter bank"): (partial(read_eegmat, seconds=4), make_machine, make_bank()),
    ("Bonn", "SVM, Fourier and ZCR"): (read_bonn, make_machine, ZERO_CROSSINGS),
    ("Bonn", "SVM, all features"): (
        read_bonn, make_machine, make_signal_features(sampling_rate=173.61)
    ),
    ("OSDB", "forest, wavelets"): (read_osdb, make_forest, WaveletFeatures()),
    ("OSDB", "logistic, wavelets"): (read_osdb, make_logistic, WaveletFeatures()),
}  # fmt: skip


def predict_unseen(model, X, y, groups, seed):
    """Return a score of each class for each window, by models that did not see its group."""
    folds = StratifiedGroupKFold(5, shuffle=True, random_state=seed)
    method = "predict_proba" if hasattr(model, "predict_proba") else "decision_function"
    scores = cross_val_predict(model, X, y, groups=groups, cv=folds, method=method)
    return scores if scores.ndim == 2 else np.stack([-scores, scores], axis=1)


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


def evaluate(read, make_model, features, folder, n_repeats):
    """Return the means over repeats, and their intervals over groups."""
    X, y, groups = read(folder)
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
    data_names = list(dict.fromkeys(data for data, _ in MODELS))
    parser.add_argument("--only", nargs="+", choices=data_names, default=data_names)
    args = parser.parse_args()
    folder = Path(os.environ["SKEEG_DATA"])
    wanted = {names: model for names, model in MODELS.items() if names[0] in args.only}
    rows = {names: evaluate(*model, folder, args.repeats) for names, model in wanted.items()}
    print(pd.DataFrame(rows).T.to_string())


if __name__ == "__main__":
    main()
