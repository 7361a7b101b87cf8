"""Few seizures beside many other windows: what filling up the training set is worth, on Bonn.

    SKEEG_DATA=... python benchmarks/few_seizures.py --splits 5

Training: 10 windows each of 2 or 5 seizure recordings and of 100 others. Test: all windows of 30
seizure recordings and 120 others. Printed: balanced accuracy, the mean of a support vector machine,
logistic regression and a random forest on wavelet features, for no augmentation, random
oversampling, SMOTE and WaveGAN after different numbers of iterations; then the mean gain over no
augmentation with its standard error over the splits.
"""

import argparse
import os
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from imblearn import FunctionSampler
from imblearn.over_sampling import SMOTE, RandomOverSampler
from imblearn.pipeline import make_pipeline
from sklearn.ensemble import RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg.datasets import load_bonn
from skeeg.feature_extraction import WaveletFeatures
from skeeg.over_sampling import WaveGANSampler

CLASSIFIERS = [
    SVC(),
    LogisticRegression(max_iter=2000),
    RandomForestClassifier(200, random_state=0),
]


def draw_task(data, n_seizures, seed):
    """Rows to train on and rows to test on, of different recordings."""
    random = np.random.default_rng(seed)
    recordings = random.permutation(np.unique(data.groups))
    is_seizure = np.array([data.target[data.groups == name][0] == 1 for name in recordings])
    seizures, others = recordings[is_seizure], recordings[~is_seizure]
    train = [
        random.choice(np.flatnonzero(data.groups == name), 10, replace=False)
        for name in [*seizures[:n_seizures], *others[:100]]
    ]
    test = np.isin(data.groups, np.concatenate([seizures[-30:], others[-120:]]))
    return np.concatenate(train), np.flatnonzero(test)


def score(sampler, data, train, test):
    """Mean balanced accuracy of the classifiers; the sampler is trained once for all of them."""
    X, y = sampler.fit_resample(data.data[train], data.target[train])
    models = [make_pipeline(WaveletFeatures(), StandardScaler(), clf) for clf in CLASSIFIERS]
    predictions = [model.fit(X, y).predict(data.data[test]) for model in models]
    return np.mean([balanced_accuracy_score(data.target[test], found) for found in predictions])


def make_samplers(seed):
    """Return what is compared."""
    gans = {f"WaveGAN {n}": WaveGANSampler(max_iter=n, random_state=seed) for n in (150, 400, 1000)}
    return {
        "no augmentation": FunctionSampler(),
        "random oversampling": RandomOverSampler(random_state=seed),
        "SMOTE": SMOTE(random_state=seed),
        **gans,
    }


def main():
    """Print the table after each split."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--splits", type=int, default=5)
    args = parser.parse_args()
    # Few rows need not be learned well: whether they are useful is what is measured.
    warnings.simplefilter("ignore", ConvergenceWarning)
    path = Path(os.environ["SKEEG_DATA"]) / "bonn_eeg" / "bonn_500x4097_int16.npz"
    data = load_bonn(path, binary=True)
    rows = []
    for seed in range(args.splits):
        for n_seizures in (2, 5):
            train, test = draw_task(data, n_seizures, seed)
            for name, sampler in make_samplers(seed).items():
                rows.append((seed, n_seizures, name, score(sampler, data, train, test)))
        table = pd.DataFrame(rows, columns=["split", "recordings", "sampler", "score"])
        wide = table.pivot(index=["recordings", "split"], columns="sampler", values="score")
        gains = wide.sub(wide["no augmentation"], axis=0).groupby("recordings")
        print(f"\n{seed + 1} splits: balanced accuracy, gain, standard error of the gain")
        found = {"score": wide.groupby("recordings").mean(), "gain": gains.mean(), "±": gains.sem()}
        print(pd.concat(found, axis=1).stack(future_stack=True).round(3).to_string(), flush=True)


if __name__ == "__main__":
    main()
