"""R3GAN at its defaults beside a script of plain PyTorch that is given the same seconds, on Bonn.

    SKEEG_DATA=... python benchmarks/r3gan.py --splits 5

Both train on the windows of half of the recordings, five classes, and draw as many signals of each
class as the other half holds. `R3GANSampler` goes first, with windows of 178 points; the script
(`_single_file_r3gan.py`, windows cut to 176) then gets as many seconds as that fit took. Printed,
as means over the classes: the spectral distance in dB and the amplitude distance to the other half,
each beside its floor, real against real; then the steps of both and the quotients of the figures,
sampler over script: below 1, the sampler is closer to real signals.
"""

import argparse
import os
import time
from pathlib import Path

import _single_file_r3gan as script
import numpy as np
import pandas as pd
from wavegan import split

from skeeg.datasets import load_bonn
from skeeg.metrics import amplitude_distance, spectral_distance
from skeeg.over_sampling import R3GANSampler

FIGURES = ["spectrum (dB)", "amplitude"]


def compare(X, y, drawn, sampling_rate):
    """Mean over the classes of both distances between real and drawn signals."""
    figures = [
        (
            spectral_distance(X[y == label], drawn[label], sampling_rate=sampling_rate),
            amplitude_distance(X[y == label], drawn[label]),
        )
        for label in drawn
    ]
    return np.mean(figures, axis=0)


def run_sampler(X, y, counts, seed, max_iter):
    """Return what `R3GANSampler` draws, its seconds and its steps."""
    sampler = R3GANSampler(random_state=seed)
    if max_iter:
        sampler.set_params(max_iter=max_iter)
    start = time.perf_counter()
    sampler.fit(X, y)
    seconds = time.perf_counter() - start
    drawn = {label: sampler.sample(n, label, random_state=seed) for label, n in counts.items()}
    return drawn, seconds, sampler.n_iter_


def run_script(X, y, counts, seed, seconds):
    """Return what the script draws and its steps."""
    draw, steps = script.train(X[:, : script.N_TIMES], y, seconds, seed)
    return {label: draw(label, n) for label, n in counts.items()}, steps


def run_split(data, seed, args):
    """Return a table of the figures of both, and of their floors, and a line on the effort."""
    (X, y, _), (X_other, y_other, _) = split(data, seed)
    counts = dict(enumerate(np.bincount(y_other).tolist()))
    ours, seconds, n_iter = run_sampler(X, y, counts, seed, args.max_iter)
    seconds = args.seconds or seconds
    theirs, steps = run_script(X, y, counts, seed, seconds)
    real, rate = {label: X[y == label] for label in counts}, data.sampling_rate
    cut = slice(script.N_TIMES)
    real_cut = {label: rows[:, cut] for label, rows in real.items()}
    found = {
        "R3GANSampler": compare(X_other, y_other, ours, rate),
        "floor": compare(X_other, y_other, real, rate),
        "script": compare(X_other[:, cut], y_other, theirs, rate),
        "floor of the script": compare(X_other[:, cut], y_other, real_cut, rate),
    }
    effort = f"{seconds:.1f} s, {n_iter} steps of the sampler, {steps} of the script"
    return pd.DataFrame(found, index=FIGURES).T, effort


def main():
    """Print the table of each split, then their medians and means."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--max-iter", type=int, help="steps of the sampler; its default")
    parser.add_argument("--seconds", type=float, help="time of the script; that of the sampler")
    args = parser.parse_args()
    data = load_bonn(Path(os.environ["SKEEG_DATA"]) / "bonn_eeg" / "bonn_500x4097_int16.npz")
    tables = {}
    for seed in range(args.first_seed, args.first_seed + args.splits):
        tables[seed], effort = run_split(data, seed, args)
        tables[seed].loc["sampler / script"] = (
            tables[seed].loc["R3GANSampler"] / tables[seed].loc["script"]
        )
        print(f"\nsplit {seed}: {effort}\n{tables[seed].round(3).to_string()}", flush=True)
    grouped = pd.concat(tables, names=["split", "row"]).groupby("row", sort=False)
    for name in ("median", "mean"):
        print(f"\n{name} of {len(tables)} splits\n{grouped.agg(name).round(3).to_string()}")


if __name__ == "__main__":
    main()
