"""Clusters of learned features against the classes, of people that no encoder has seen.

    python benchmarks/encoders.py --seeds 3
    python benchmarks/encoders.py --seeds 3 --snr 0 --recurrent
    python benchmarks/encoders.py --seeds 3 --losses

Simulated EEG of 12 people who look at ten digits (`make_eeg_images`); eight train an encoder, of
which two decide when to stop, and four test it. All encoders have the same network and differ in
what it minimises: the multi-similarity loss, the loss of semi-hard triplets, or the cross-entropy
of the classes, with a linear layer and softmax on top of the code, which is dropped afterwards, as
is usual. Codes have norm 1. Printed are means over seeds, with the range in brackets, of

* k-means accuracy of the test people, and its floor, with their classes shuffled,
* how many of their windows the 15 nearest training windows recognise,
* seconds of the fit.

A linear discriminant analysis of the same windows, without any encoder, stands beside them, and
one of many more people, who look at digits that evoke other waves: about what can be known at all.
`--path` keeps each fit in a file, from which an interrupted run goes on. Seeds from 10 on have
served to choose the defaults.
"""

import argparse
import time
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
import torch
from _table import Table
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.neighbors import KNeighborsClassifier
from torch.nn.functional import cross_entropy, normalize, relu

from skeeg.datasets import make_eeg_images
from skeeg.feature_extraction import TripletEncoder
from skeeg.metrics import kmeans_accuracy
from skeeg.nn import ConvolutionalEncoder, MultiSimilarityLoss, RecurrentEncoder, TripletLoss

KEYS = ["network", "loss", "snr", "seed"]
FIGURES = ["k-means", "floor", "neighbours", "seconds"]
TEST, ALL, MANY = 4, 12, 104  # people


class WithClasses(torch.nn.Module):
    """Score classes on top of an encoder while it trains; return its codes afterwards."""

    def __init__(self, make_encoder, n_channels, n_times, n_components, n_classes=10):
        super().__init__()
        self.encoder = make_encoder(n_channels, n_times, n_components)
        self.classes = torch.nn.Linear(n_components, n_classes)

    def forward(self, signals, random=None):
        """Return scores in training, codes of norm 1 in evaluation."""
        encode = getattr(self.encoder, "describe", self.encoder)
        codes = relu(encode(signals, random)) if encode is not self.encoder else encode(signals)
        return self.classes(codes) if self.training else normalize(codes)


NETWORKS = {"convolutional": ConvolutionalEncoder, "recurrent": RecurrentEncoder}
LOSSES = {
    "multi-similarity": MultiSimilarityLoss(),
    "triplets": TripletLoss(),
    "softmax": cross_entropy,
}


def make_data(snr, seed, n_subjects=ALL):
    """Return training and test windows."""
    pairs = make_eeg_images(n_subjects, snr=float(snr), random_state=int(seed))
    test = pairs.groups < TEST
    return [(pairs.data[rows], pairs.target[rows], pairs.groups[rows]) for rows in (~test, test)]


def measure(passes, network, loss, snr, seed):
    """Fit an encoder and return its figures."""
    (X, y, groups), (X_test, y_test, _) = make_data(snr, seed)
    architecture = NETWORKS[network]
    if loss == "softmax":
        architecture = partial(WithClasses, architecture)
    encoder = TripletEncoder(architecture=architecture, loss=LOSSES[loss], random_state=int(seed))
    encoder.set_params(max_iter=passes)
    begin = time.perf_counter()
    codes = encoder.fit(X, y, groups=groups).transform(X)
    seconds = time.perf_counter() - begin
    found = encoder.transform(X_test)
    shuffled = np.random.default_rng(0).permutation(y_test)
    return (
        kmeans_accuracy(found, y_test, random_state=0),
        kmeans_accuracy(found, shuffled, random_state=0),
        KNeighborsClassifier(15).fit(codes, y).score(found, y_test),
        seconds,
    )


def discriminate(snr, seeds, n_subjects):
    """Return the mean accuracy of a linear discriminant analysis."""
    scores = []
    for seed in range(seeds):
        (X, y, _), (X_test, y_test, _) = make_data(snr, seed, n_subjects)
        model = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
        model.fit(X.reshape(len(X), -1), y)
        scores.append(model.score(X_test.reshape(len(X_test), -1), y_test))
    return np.mean(scores)


def summarise(values):
    """Write a mean with the range."""
    return f"{values.mean():.3f} ({values.min():.3f}-{values.max():.3f})"


def main():
    """Print a row for each network, loss and signal-to-noise ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--snr", type=float, nargs="+", default=[0, -10, -15])
    parser.add_argument("--losses", nargs="*", choices=LOSSES, default=list(LOSSES))
    parser.add_argument("--recurrent", action="store_true", help="the network of EEG2Image")
    parser.add_argument("--passes", type=int, default=60)
    parser.add_argument("--path", type=Path)
    args = parser.parse_args()
    network = "recurrent" if args.recurrent else "convolutional"
    table = Table(args.path, KEYS, FIGURES)
    for snr in args.snr:
        for seed in range(args.seeds):
            for loss in args.losses:
                table.add((network, loss, snr, seed), partial(measure, args.passes))
    if args.losses:
        figures = table.to_frame().groupby(KEYS[:3], sort=False)[FIGURES]
        print(figures.agg(summarise).to_string())
    for snr, n_subjects in product(args.snr, (ALL, MANY)):
        accuracy = discriminate(snr, args.seeds, n_subjects)
        people = f"{n_subjects - TEST} people"
        print(f"linear discriminant analysis of {people} at {snr} dB: {accuracy:.3f}", flush=True)


if __name__ == "__main__":
    main()
