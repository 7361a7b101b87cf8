"""Whether every explanation names the channels that were planted, and no channel without cause.

    python benchmarks/explanations.py --seeds 40

Three classes of noise in eight channels. Every channel has a rhythm in a third of the rows, at
random; in one channel these are the rows of the first class, in another those of the second. Seen
one by one, all channels look alike. Two classifiers are fitted, a network and a logistic
regression on Fourier features, and explained on rows that they have not seen; then the same with
labels that were shuffled before the fit. Printed, as means over the seeds: the accuracy; how often
the planted channel of a class comes first for it, in percent (12.5 by chance); and the importance
of the channel that comes first, a hundredfold, in the unit of the method.
"""

import argparse

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm import tqdm

from skeeg.classification import EEGNetClassifier
from skeeg.feature_extraction import FourierFeatures
from skeeg.inspection import channel_importance

N_CHANNELS, N_TIMES, N_TRAIN, N_TEST = 8, 100, 300, 150
METHODS = {
    "EEGNet": ["permutation", "shap", "saliency", "integrated_gradients"],
    "Fourier + logistic": ["permutation", "shap"],
}


def make_planted(seed):
    """Return signals, their classes and the planted channels of the first two classes."""
    rng = np.random.default_rng(seed)
    n_samples = N_TRAIN + N_TEST
    y = rng.permutation(np.arange(n_samples) % 3)
    planted = rng.choice(N_CHANNELS, 2, replace=False)
    has_rhythm = rng.random((n_samples, N_CHANNELS)) < 1 / 3
    for label, channel in enumerate(planted):
        has_rhythm[:, channel] = y == label
    phase = rng.uniform(0, 2 * np.pi, (n_samples, N_CHANNELS, 1))
    rhythm = 1.5 * np.sin(0.6 * np.arange(N_TIMES) + phase)
    noise = rng.standard_normal((n_samples, N_CHANNELS, N_TIMES))
    return 20 * (noise + has_rhythm[..., np.newaxis] * rhythm), y, planted


def fit(name, X, y, seed):
    """Return a fitted classifier."""
    if name == "EEGNet":
        net = EEGNetClassifier(learning_rate=0.005, max_iter=40, batch_size=32, random_state=seed)
        return net.fit(X, y)
    features = FourierFeatures(n_bins=10)
    return make_pipeline(features, StandardScaler(), LogisticRegression(C=0.1)).fit(X, y)


def explain(method, classifier, X, y, planted, seed):
    """Return how often planted channels come first, and the importance of those that do."""
    table = channel_importance(
        classifier, X, y, method=method, n_repeats=2, max_samples=24, random_state=seed
    )
    rows = table.to_numpy()[:2]
    return np.mean(rows.argmax(axis=1) == planted), rows.max(axis=1).mean()


def run(seed):
    """Yield a row for each classifier and explanation."""
    X, y, planted = make_planted(seed)
    train, test = slice(N_TRAIN), slice(N_TRAIN, None)
    shuffled = np.random.default_rng(seed).permutation(y[train])
    for name, methods in METHODS.items():
        fitted = {"true": fit(name, X[train], y[train], seed)}
        fitted["shuffled"] = fit(name, X[train], shuffled, seed)
        for labels, classifier in fitted.items():
            accuracy = classifier.score(X[test], y[test])
            for method in methods:
                found = explain(method, classifier, X[test], y[test], planted, seed)
                yield name, method, labels, accuracy, *found


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=40)
    args = parser.parse_args()
    columns = ["classifier", "method", "labels", "accuracy", "planted first", "largest"]
    rows = [row for seed in tqdm(range(args.seeds)) for row in run(seed)]
    table = pd.DataFrame(rows, columns=columns)
    means = table.groupby(columns[:3], sort=False)[columns[3:]].mean().unstack() * 100
    print(means.round(1).to_string())


if __name__ == "__main__":
    main()
