"""Which figure catches which fault: each metric against planted failures of a generator.

    python benchmarks/metrics.py
    SKEEG_DATA=... python benchmarks/metrics.py --data bonn --only copies echo --splits 20

In each split the recordings are divided into three parts, class by class: to train on, held out,
and new. An honest generator draws the new windows, of either half of each recording; every failure
spoils them, or draws training windows instead. Figures of fidelity compare with the held-out part,
all classes together.

Printed is the share of the splits in which a figure is worse than it ever was for the honest
generator, over all splits. A star marks 0.8 or more where no other function has as much.
"""

import argparse
import os
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.signal import butter, sosfiltfilt

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

N_WINDOWS = 4  # of each recording in a part
LIMIT = 0.8  # share of splits that counts as caught
FOUR, PRECISION = "precision_recall_coverage", {"precision", "recall", "density", "coverage"}
HIGHER = PRECISION | {"train_synthetic_test_real"}


class Part(NamedTuple):
    """Windows of shape (n_samples, n_channels, n_times), their classes and recordings."""

    X: np.ndarray
    y: np.ndarray
    groups: np.ndarray

    def take(self, rows):
        """Return some of the windows."""
        return Part(self.X[rows], self.y[rows], self.groups[rows])


class Split(NamedTuple):
    """Parts of different recordings; siblings are other windows of the training recordings."""

    train: Part
    siblings: Part
    holdout: Part
    new: Part
    more: Part


def divide(data, random):
    """Divide the recordings of each class by three, and their windows by two."""
    recordings, first, place = np.unique(data.groups, return_index=True, return_inverse=True)
    third = np.empty(len(recordings), dtype=int)
    for label in np.unique(data.y):
        of_class = np.flatnonzero(data.y[first] == label)
        third[of_class] = random.permutation(len(of_class)) % 3
    late = np.arange(len(data.X)) - first[place] >= N_WINDOWS
    parts = [data.take((third[place] == i) & (late == half)) for i in range(3) for half in (0, 1)]
    train, siblings, holdout, _, new, more = parts
    return Split(train, siblings, holdout, new, more)


def rms(X):
    """Root mean square about the mean, of every channel."""
    return X.std(axis=-1, keepdims=True)


def copies(split, rate, random):
    """Draw the training windows."""
    return split.train


def noisy_copies(split, rate, random):
    """Draw the training windows with a tenth of noise."""
    noise = rms(split.train.X) * random.standard_normal(split.train.X.shape)
    return split.train._replace(X=split.train.X + 0.1 * noise)


def half_later(split, rate, random):
    """Draw the training recordings half a window later."""
    both = join(split.train, split.siblings)
    by_recording = both.X[np.argsort(both.groups, kind="stable")]
    n_channels, n_times = by_recording.shape[1:]
    windows = by_recording.reshape(-1, 2 * N_WINDOWS, n_channels, n_times).swapaxes(1, 2)
    recordings = windows.reshape(-1, n_channels, 2 * N_WINDOWS * n_times)
    later = recordings[..., n_times // 2 : n_times // 2 + N_WINDOWS * n_times]
    X = later.reshape(-1, n_channels, N_WINDOWS, n_times).swapaxes(1, 2)
    return split.train._replace(X=X.reshape(-1, n_channels, n_times))


def few_copies(split, rate, random):
    """Draw a copy one time in twelve."""
    rows = random.permutation(len(split.train.X))[: len(split.new.X) // 12]
    return join(split.new.take(slice(len(rows), None)), split.train.take(rows))


def often_the_same(split, rate, random):
    """Mix few of the training windows into a third of the new ones."""
    n_rows, n_sources = len(split.new.X) // 3, len(split.train.X) // 33
    rows = random.permutation(len(split.new.X))[:n_rows]
    sources = random.permutation(len(split.train.X))[np.arange(n_rows) % n_sources]
    X, source = split.new.X.copy(), split.train.X[sources]
    X[rows] = rms(X[rows]) * (0.8 * X[rows] / rms(X[rows]) + 0.6 * source / rms(source))
    return split.new._replace(X=X)


def collapse(split, rate, random):
    """Draw the same thirty windows again and again."""
    rows = random.permutation(len(split.new.X))[:30][np.arange(len(split.new.X)) % 30]
    return split.new.take(rows)._replace(groups=np.arange(len(rows)))


def repeats(split, rate, random):
    """Draw a third of the windows not at all and another third twice."""
    rows = random.permutation(len(split.new.X))
    n_kept = round(0.65 * len(rows))
    return split.new.take(np.concatenate([rows[:n_kept], rows[: len(rows) - n_kept]]))


def missing_mode(split, rate, random):
    """Never draw the strongest sixth of the windows, most of the seizures."""
    amplitude = rms(split.new.X).mean(axis=(1, 2))
    return split.new.take(amplitude < np.quantile(amplitude, 5 / 6))


def louder(split, rate, random):
    """Draw everything one and a half times as strong."""
    return split.new._replace(X=1.5 * split.new.X)


def slightly_louder(split, rate, random):
    """Draw everything a seventh stronger."""
    return split.new._replace(X=split.new.X * 8 / 7)


def wrong_spectrum(split, rate, random):
    """Draw nothing above 20 Hz."""
    low = butter(4, 20, fs=rate, output="sos")
    return split.new._replace(X=sosfiltfilt(low, split.new.X, axis=-1))


def echo(split, rate, random):
    """Draw a faint echo in every window, a quarter of a second later."""
    return split.new._replace(X=split.new.X + 0.3 * np.roll(split.new.X, round(rate / 4), axis=-1))


def noise(split, rate, random):
    """Draw white noise one time in eight."""
    X = split.new.X.copy()
    rows = random.permutation(len(X))[: len(X) // 8]
    X[rows] = rms(X[rows]) * random.standard_normal(X[rows].shape)
    return split.new._replace(X=X)


def artefacts(split, rate, random):
    """Draw a single step in each channel, somewhere, one time in fifty."""
    X = split.new.X.copy()
    times = np.arange(X.shape[-1])
    for row in random.permutation(len(X))[: len(X) // 50]:
        middle = random.integers(len(times) // 4, 3 * len(times) // 4, (X.shape[1], 1))
        step = np.where(times < middle, -1, 1) * random.choice([-1, 1], (X.shape[1], 1))
        X[row] = rms(X[row]) * (step + 0.01 * random.standard_normal(step.shape))
    return split.new._replace(X=X)


def scrambled_phases(split, rate, random):
    """Draw each window's spectrum with new phases, the same in all channels."""
    spectra = np.fft.rfft(split.new.X, axis=-1)
    turn = np.exp(2j * np.pi * random.uniform(size=(len(split.new.X), 1, spectra.shape[-1])))
    turn[..., 0] = 1
    return split.new._replace(X=np.fft.irfft(spectra * turn, split.new.X.shape[-1], axis=-1))


def offset(split, rate, random):
    """Draw windows whose mean is off by a third of their amplitude."""
    return split.new._replace(X=split.new.X + rms(split.new.X) / 3)


def fixed_pattern(split, rate, random):
    """Draw the same faint oscillation in every window."""
    pattern = np.sin(2 * np.pi * 8 * np.arange(split.new.X.shape[-1]) / rate)
    return split.new._replace(X=split.new.X + 0.09 * rms(split.new.X) * pattern)


def flipped_channel(split, rate, random):
    """Draw the last channel upside down one time in eight."""
    X = split.new.X.copy()
    X[: len(X) // 8, -1] *= -1
    return split.new._replace(X=X)


def shuffled_labels(split, rate, random):
    """Draw windows of the wrong class."""
    return split.new._replace(y=random.permutation(split.new.y))


FAILURES = {
    failure.__name__: failure
    for failure in (
        copies,
        noisy_copies,
        half_later,
        few_copies,
        often_the_same,
        collapse,
        repeats,
        missing_mode,
        louder,
        slightly_louder,
        wrong_spectrum,
        echo,
        noise,
        artefacts,
        scrambled_phases,
        offset,
        fixed_pattern,
        flipped_channel,
        shuffled_labels,
    )
}


def join(*parts):
    """Windows of several parts, one after the other."""
    return Part(*map(np.concatenate, zip(*parts, strict=True)))


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


def compare(data, rate, failures, n_splits):
    """Figures of the honest generator and of each failure, a row for each time."""
    honest, spoilt = [], []
    for seed in range(n_splits):
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


def main():
    """Print the matrix of each data set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    known = ["simulated", "bonn"] if "SKEEG_DATA" in os.environ else ["simulated"]
    parser.add_argument("--data", nargs="+", choices=known, default=known)
    parser.add_argument("--splits", type=int, default=8)
    parser.add_argument("--only", nargs="+", choices=FAILURES, default=FAILURES)
    args = parser.parse_args()
    for name in args.data:
        data, rate = load(name)
        failures = [FAILURES[failure] for failure in args.only]
        if data.X.shape[1] == 1:
            failures = [failure for failure in failures if failure is not flipped_channel]
        print(f"\n{name}: {len(data.X)} windows, {args.splits} splits", flush=True)
        show(*compare(data, rate, failures, args.splits))


if __name__ == "__main__":
    main()
