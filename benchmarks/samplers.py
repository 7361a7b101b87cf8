"""Every sampler at its defaults on EEG and on wrist movements, SMOTE and the floor beside them.

    SKEEG_DATA=... python benchmarks/samplers.py --splits 3
    SKEEG_DATA=... python benchmarks/samplers.py --only GANSampler WaveGANSampler --data osdb

Each sampler of `skeeg.over_sampling` trains on the windows of half of the recordings (Bonn, five
classes) or events (Open Seizure Database, ictal or not, two users, half of the events of each) and
draws as many signals of each class as the other half holds. Printed, as means over the classes and
the splits:

finite         whether all drawn values are, and no training diverged
spectrum       spectral distance to the other half, in dB
amplitude      amplitude distance to it, in decades
to train       amplitude distance to the training half
diversity      distance to the nearest other row, synthetic as a fraction of real (median)
novelty        distance to the nearest training row, synthetic as a fraction of the other half's
               (lower 5 %): 0 for copies, 1 for rows as new as unseen real ones
fit (s)        seconds of the training
1000 (s)       seconds to draw 1000 signals

The first row is the training half itself: the floor of both distances, and what copies look like.
Samplers take turns within a split. With `--table` each row is added to a file as soon as it is
there, and what the file holds already is not measured again; several processes may share it.
"""

import argparse
import inspect
import os
import time
from functools import partial
from itertools import product
from pathlib import Path

import numpy as np
from _table import Table
from imblearn.over_sampling import SMOTE
from sklearn.neighbors import NearestNeighbors
from sklearn.utils import Bunch
from wavegan import split

from skeeg import over_sampling
from skeeg.datasets import load_bonn
from skeeg.metrics import amplitude_distance, spectral_distance
from skeeg.over_sampling._codec import SignalCodec
from skeeg.over_sampling._collapse import diversity

KEYS = ["data", "sampler", "seed"]
FIGURES = ["spectrum", "amplitude", "to train", "diversity", "novelty", "fit (s)", "1000 (s)"]
USERS = [39, 45]
COPIES = 0.05


class TrainingRows:
    """Draw the training rows themselves."""

    def fit(self, X, y):
        """Keep the rows."""
        self.X_, self.y_ = X, y
        return self

    def sample(self, n_samples, label=None, random_state=None):
        """Return so many rows of a class, or all where there are fewer."""
        rows = self.X_ if label is None else self.X_[self.y_ == label]
        return np.random.default_rng(random_state).permutation(rows)[:n_samples]


class Interpolation(TrainingRows):
    """Draw with SMOTE."""

    def sample(self, n_samples, label=None, random_state=None):
        """Return rows between neighbours of a class; of the first one where none is named."""
        label = self.y_[0] if label is None else label
        wanted = {label: n_samples + np.sum(self.y_ == label)}
        smote = SMOTE(sampling_strategy=wanted, random_state=random_state)
        return smote.fit_resample(self.X_, self.y_)[0][len(self.X_) :]


def read_bonn(folder):
    """EEG of five classes; the recordings of a class are halved."""
    data = load_bonn(folder / "bonn_eeg" / "bonn_500x4097_int16.npz")
    return Bunch(**data, strata=data.target, band=(1, 60))


def read_osdb(folder):
    """Accelerometer magnitudes in and out of seizures; the events of a user are halved.

    Windows of overlapping events count once. Constant ones are left out: they have neither a
    spectrum nor an amplitude in decades.
    """
    data = np.load(folder / "osdb_accel" / "osdb_windows_125.npz")
    X, users = data["X"], data["user_id"]
    first = np.isin(np.arange(len(X)), np.unique(X, axis=0, return_index=True)[1])
    rows = first & np.isin(users, USERS) & (data["ictal"] >= 0) & (np.ptp(X, axis=1) > 0)
    return Bunch(
        data=X[rows],
        target=data["ictal"][rows],
        groups=data["group"][rows],
        strata=users[rows],
        sampling_rate=float(data["sfreq"]),
        band=(0.4, 12),
    )


READERS = {"bonn": read_bonn, "osdb": read_osdb}


def halve(data, seed):
    """Signals and classes of two halves without a common group."""
    numbered = Bunch(data=np.arange(len(data.data)), target=data.strata, groups=data.groups)
    return [(data.data[rows], data.target[rows]) for rows, _, _ in split(numbered, seed)]


def discover():
    """All samplers of the package, by name, behind those that they must beat."""
    classes = [getattr(over_sampling, name) for name in over_sampling.__all__]
    samplers = [c for c in classes if hasattr(c, "sample") and not inspect.isabstract(c)]
    floor = {"training rows": TrainingRows, "SMOTE": Interpolation}
    return {**floor, **{sampler.__name__: sampler for sampler in samplers}}


def prepare(sampler, seed, max_iter):
    """Return an instance with this seed and, if it iterates, the number of steps that is given."""
    instance = sampler()
    wanted = {"random_state": seed, **({"max_iter": max_iter} if max_iter else {})}
    known = instance.get_params() if hasattr(instance, "get_params") else {}
    for name in wanted.keys() & known.keys():
        instance.set_params(**{name: wanted[name]})
    return instance


def novelty(train, other, drawn):
    """How far the drawn rows nearest to training rows are from them; 1 as far as unseen rows."""
    neighbors = NearestNeighbors(n_neighbors=1).fit(train)
    near = [np.quantile(neighbors.kneighbors(rows)[0], COPIES) for rows in (drawn, other)]
    return near[0] / near[1]


def compare(train, other, drawn, codec, data):
    """Five figures of drawn signals of a class; distances are those of encoded signals."""
    encoded = [codec.encode(X[:, None]).reshape(len(X), -1) for X in (train, other, drawn)]
    return (
        spectral_distance(other, drawn, sampling_rate=data.sampling_rate, band=data.band),
        amplitude_distance(other, drawn),
        amplitude_distance(train, drawn),
        diversity(*encoded[1:]),
        novelty(*encoded),
    )


def measure(loaded, max_iter, data_name, name, seed):
    """All figures of a sampler on one split."""
    data, sampler = loaded[data_name], prepare(discover()[name], seed, max_iter)
    (X, y), (X_other, y_other) = halve(data, seed)
    start = time.perf_counter()
    try:
        sampler.fit(X, y)
    except FloatingPointError:
        return [False, *[np.nan] * 7]
    fitted = time.perf_counter()
    sampler.sample(1000, random_state=seed)
    seconds = fitted - start, time.perf_counter() - fitted
    codec, figures, finite = SignalCodec(X[:, None]), [], True
    for label in np.unique(y):
        other = X_other[y_other == label]
        drawn = sampler.sample(len(other), label, random_state=seed)
        finite &= bool(np.isfinite(drawn).all())
        found = compare(X[y == label], other, drawn, codec, data) if finite else [np.nan] * 5
        figures.append(found)
    return [finite, *np.mean(figures, axis=0), *seconds]


def show(table):
    """Print the means over the splits so far."""
    grouped = table.groupby(KEYS[:2], sort=False)
    means = grouped["finite"].all().to_frame().join(grouped[FIGURES].mean().round(3))
    seeds = ", ".join(table["seed"].unique())
    print(f"\nmeans over the splits {seeds}\n{means.to_string()}", flush=True)


def main():
    """Print the table after each split."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", choices=discover(), default=list(discover()))
    parser.add_argument("--data", choices=[*READERS, "both"], default="both")
    parser.add_argument("--splits", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--max-iter", type=int, help="steps of those that iterate; their default")
    parser.add_argument("--table", type=Path, help="file to keep the figures in, csv")
    args = parser.parse_args()
    folder = Path(os.environ["SKEEG_DATA"])
    names = READERS if args.data == "both" else [args.data]
    loaded = {name: READERS[name](folder) for name in names}
    table = Table(args.table, KEYS, ["finite", *FIGURES])
    for seed in range(args.first_seed, args.first_seed + args.splits):
        for data_name, name in product(loaded, args.only):
            table.add((data_name, name, seed), partial(measure, loaded, args.max_iter))
        show(table.to_frame())


if __name__ == "__main__":
    main()
