"""Whether R3GAN and WaveGAN converge, whatever the seed, and what sharing a network is worth.

    SKEEG_DATA=... python benchmarks/convergence.py --seeds 20
    SKEEG_DATA=... python benchmarks/convergence.py --rare --seeds 5
    SKEEG_DATA=... python benchmarks/convergence.py --rare --seeds 5 --recordings 20

The samplers train at their defaults on the windows of half of the Bonn recordings, five classes,
once for each seed. Printed for each: the last losses, the smallest diversity and coverage of a
class (below 0.2 counts as collapsed), and the mean distances to the other half. A training that
diverges is counted.

With `--rare` the seizures are cut to 20 windows of two recordings, or of more, and R3GAN learns
them together with the other classes and alone. Printed are the distances of its seizures to the
other half, and how well classifiers recognise seizures there that were given these beside the 20
real ones and all windows of other classes: balanced accuracy, the mean of the classifiers of
`usefulness.py`.
"""

import argparse
import os
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from imblearn import FunctionSampler
from sklearn.exceptions import ConvergenceWarning
from usefulness import score
from wavegan import split

from skeeg.datasets import load_bonn
from skeeg.metrics import amplitude_distance, spectral_distance
from skeeg.over_sampling import R3GANSampler, WaveGANSampler
from skeeg.over_sampling._codec import SignalCodec
from skeeg.over_sampling._collapse import coverage, diversity

SEIZURE, N_RARE, N_DRAWN = 0, 20, 500
RARE = ["spectrum (dB)", "amplitude", "balanced accuracy"]
SPLIT = 0
SAMPLERS = {sampler.__name__: sampler for sampler in (R3GANSampler, WaveGANSampler)}


def distances(real, drawn, sampling_rate):
    """Return the spectral distance in dB and the amplitude distance in decades."""
    spectrum = spectral_distance(real, drawn, sampling_rate=sampling_rate)
    return spectrum, amplitude_distance(real, drawn)


def examine(sampler, X, y, other, sampling_rate):
    """Figures of one training."""
    try:
        sampler.fit(X, y)
    except FloatingPointError:
        return {"diverged": True}
    codec, rows = SignalCodec(X[:, None]), []
    for label in np.unique(y):
        drawn = sampler.sample(256, label, random_state=0)
        real, fake = (codec.encode(Z[:256, None])[:, 0] for Z in (X[y == label], drawn))
        found = distances(other[0][other[1] == label], drawn, sampling_rate)
        rows.append((diversity(real, fake), coverage(real, fake), *found))
    varied, covered, spectrum, amplitude = np.transpose(rows)
    last = sampler.history_.iloc[-1]
    return {
        "diverged": False,
        "discriminator": last["discriminator_loss"],
        "generator": last["generator_loss"],
        "diversity": varied.min(),
        "coverage": covered.min(),
        "spectrum (dB)": spectrum.mean(),
        "amplitude": amplitude.mean(),
    }


def show_seeds(data, seeds, names):
    """Print a row for each seed and sampler."""
    (X, y, _), other = split(data, SPLIT)
    for sampler in map(SAMPLERS.get, names):
        rows = []
        for seed in seeds:
            found = examine(sampler(random_state=seed), X, y, other, data.sampling_rate)
            rows.append({"seed": seed, **found})
            print(sampler.__name__, *(f"{k}={v:.3g}" for k, v in rows[-1].items()), flush=True)
        table = pd.DataFrame(rows).set_index("seed")
        collapsed = (table[["diversity", "coverage"]] < 0.2).any(axis=1)
        print(f"{table['diverged'].sum()} diverged, {collapsed.sum()} collapsed")
        print(table.describe().loc[["min", "50%", "max"]].round(3).to_string(), flush=True)


def recognise(others, seizures, other_half):
    """Balanced accuracy on the other half after a training on these windows."""
    X = np.concatenate([others, seizures])
    y = np.repeat([0, 1], [len(others), len(seizures)])
    return score(FunctionSampler(), X, y, other_half[0], other_half[1] == SEIZURE)


def pick_rare(y, groups, n_recordings, random):
    """Rows of a few seizures, of each recording as many."""
    recordings = random.permutation(np.unique(groups[y == SEIZURE]))[:n_recordings]
    rows = [np.flatnonzero(groups == name) for name in recordings]
    return np.concatenate([random.choice(r, N_RARE // n_recordings, replace=False) for r in rows])


def show_rare(data, seeds, n_recordings):
    """Print figures of a rare class, learned with others and alone, for each split."""
    rows = []
    for seed in seeds:
        (X, y, groups), other = split(data, seed)
        rare = pick_rare(y, groups, n_recordings, np.random.default_rng(seed))
        kept = np.concatenate([np.flatnonzero(y != SEIZURE), rare])
        real, few = other[0][other[1] == SEIZURE], X[rare]
        given = {"all real": X[y == SEIZURE], "the 20 real": few}
        drawn = dict(given)
        for name, conditional in {"together": True, "alone": False}.items():
            strategy = {SEIZURE: N_RARE + N_DRAWN}
            sampler = R3GANSampler(
                conditional=conditional, random_state=seed, sampling_strategy=strategy
            )
            sampler.fit(X[kept], y[kept])
            drawn[name] = sampler.sample(N_DRAWN, SEIZURE, random_state=seed)
            given[name] = np.concatenate([few, drawn[name]])
        for name, signals in drawn.items():
            figures = distances(real, signals, data.sampling_rate)
            found = recognise(X[y != SEIZURE], given[name], other[:2])
            rows.append((seed, name, *figures, found))
        table = pd.DataFrame(rows, columns=["split", "seizures", *RARE])
        means = table.groupby("seizures", sort=False)[RARE].mean()
        print(f"\n{table.tail(4).round(3).to_string(index=False)}")
        print(f"means of {seed + 1 - seeds[0]} splits\n{means.round(3).to_string()}", flush=True)


def main():
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--only", nargs="+", choices=SAMPLERS, default=list(SAMPLERS))
    parser.add_argument("--rare", action="store_true")
    parser.add_argument("--recordings", type=int, choices=[1, 2, 4, 5, 10, 20], default=2)
    args = parser.parse_args()
    # Whether it has collapsed is printed.
    warnings.simplefilter("ignore", ConvergenceWarning)
    data = load_bonn(Path(os.environ["SKEEG_DATA"]) / "bonn_eeg" / "bonn_500x4097_int16.npz")
    seeds = range(args.first_seed, args.first_seed + args.seeds)
    if args.rare:
        show_rare(data, seeds, args.recordings)
    else:
        show_seeds(data, seeds, args.only)


if __name__ == "__main__":
    main()
