"""Whether synthetic EEG and fMRI hang together as real ones do.

    python benchmarks/multimodal.py --seeds 5

MultiModalGANSampler, at its defaults, trains on the windows of half of 80 simulated subjects and
draws as many of each class as the other half holds. Their BOLD follows the alpha rhythm of their
EEG, down in one class and up in the other. Printed, for real windows of both halves, synthetic ones
and synthetic ones whose BOLD is that of another window of the class:

in time   correlation, within a window, of the BOLD signal with the haemodynamic response to the
          amplitude of alpha; the mean over windows
across    correlation, over windows, of the mean BOLD signal with the log-amplitude of alpha

each with its 95 % bootstrap interval over subjects, or over synthetic windows. Then, for each
modality, how far windows are from those of the other half, spectra in dB and amplitudes in decades,
and diversity and novelty as in benchmarks/samplers.py.
"""

import argparse
import time

import numpy as np
import pandas as pd
from samplers import novelty
from scipy.signal import butter, fftconvolve, hilbert, sosfiltfilt
from scipy.stats import gamma
from wavegan import split

from skeeg.datasets import make_eeg_fmri
from skeeg.metrics import amplitude_distance, spectral_distance
from skeeg.over_sampling import MultiModalGANSampler
from skeeg.over_sampling._codec import SignalCodec, split_blocks
from skeeg.over_sampling._collapse import diversity

ALPHA, DURATION = (8, 12), 32
BANDS = {"eeg": (1, 16), "bold": (0.01, 0.25)}
MEASURED = ["in time", "log-alpha", "mean BOLD"]
KEYS = ["class", "modality", "windows"]
FIGURES = ["spectrum", "amplitude", "diversity", "novelty"]
N_RESAMPLINGS = 1000


def alpha_amplitude(eeg, rate):
    """Instantaneous amplitude of alpha, the mean over channels."""
    alpha = sosfiltfilt(butter(3, ALPHA, "bandpass", fs=rate, output="sos"), eeg)
    return np.abs(hilbert(alpha)).mean(axis=1)


def respond(amplitude, rate, n_scans):
    """Return the expected BOLD signal: the response to what rises above the mean of the window."""
    times = np.arange(0, DURATION, 1 / rate)
    response = gamma.pdf(times, 6) - gamma.pdf(times, 16) / 6
    above = amplitude - amplitude.mean(axis=1, keepdims=True)
    n_times = amplitude.shape[1]
    return fftconvolve(above, response[None], axes=1)[:, np.arange(n_scans) * n_times // n_scans]


def correlate(first, second):
    """Pearson correlation along the last axis."""
    first, second = (x - x.mean(axis=-1, keepdims=True) for x in (first, second))
    norms = [np.square(x).sum(axis=-1) for x in (first, second)]
    return (first * second).sum(axis=-1) / np.sqrt(np.prod(norms, axis=0))


def follow(X, data, groups, shift=0):
    """For each window its coupling in time, its log-alpha, its mean BOLD and its group."""
    eeg, bold = split_blocks(X.astype(float), data.blocks.values())
    bold = np.roll(bold, shift, axis=0).mean(axis=1)
    rate = data.sampling_rates["eeg"]
    amplitude = alpha_amplitude(eeg, rate)
    in_time = correlate(respond(amplitude, rate, bold.shape[1]), bold)
    measured = in_time, np.log(amplitude.mean(axis=1)), bold.mean(axis=1)
    return pd.DataFrame(dict(zip(MEASURED, measured, strict=True))).assign(group=groups)


def couple(in_time, alpha, bold):
    """Both measures of coupling."""
    return in_time.mean(), correlate(alpha, bold)


def bootstrap(windows, random):
    """Both measures, each with the interval over resampled groups, as text."""
    groups = [rows.to_numpy() for _, rows in windows.groupby("group")[MEASURED]]
    drawn = random.integers(len(groups), size=(N_RESAMPLINGS, len(groups)))
    found = [couple(*np.concatenate([groups[i] for i in rows]).T) for rows in drawn]
    low, high = np.percentile(found, [2.5, 97.5], axis=0)
    figures = zip(couple(*windows[MEASURED].to_numpy().T), low, high, strict=True)
    return [f"{r:+.2f} [{a:+.2f}, {b:+.2f}]" for r, a, b in figures]


def compare(train, other, rows, rate, band):
    """Distances, diversity and novelty of the windows of one modality."""
    codec = SignalCodec(train)
    encoded = [codec.encode(part).reshape(len(part), -1) for part in (train, other, rows)]
    return (
        spectral_distance(other, rows, sampling_rate=rate, band=band),
        amplitude_distance(other, rows),
        diversity(*encoded[1:]),
        novelty(*encoded),
    )


def fit(seed, max_iter):
    """Return data, both halves and a sampler that has seen the first."""
    data = make_eeg_fmri(80, random_state=seed)
    train, other = split(data, seed)
    sampler = MultiModalGANSampler(blocks=data.blocks, max_iter=max_iter, random_state=seed)
    start = time.perf_counter()
    sampler.fit(*train[:2])
    print(f"seed {seed}: {time.perf_counter() - start:.0f} s", flush=True)
    return data, train, other, sampler


def measure_coupling(data, train, other, drawn):
    """Windows of one class, of four kinds."""
    numbers = np.arange(len(drawn))
    kinds = {
        "real, to train on": follow(train[0], data, train[1]),
        "real, other half": follow(other[0], data, other[1]),
        "synthetic": follow(drawn, data, numbers),
        "synthetic, shuffled": follow(drawn, data, numbers, shift=1),
    }
    return [windows.assign(kind=kind) for kind, windows in kinds.items()]


def measure_distances(data, *parts):
    """Figures of each modality, for training and for synthetic rows of one class."""
    blocks = zip(*(split_blocks(part, data.blocks.values()) for part in parts), strict=True)
    return [
        (modality, kind, *compare(train, other, rows, rate, BANDS[modality]))
        for (modality, rate), (train, other, drawn) in zip(
            data.sampling_rates.items(), blocks, strict=True
        )
        for kind, rows in [("real, to train on", train), ("synthetic", drawn)]
    ]


def main():
    """Print both tables after each seed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--max-iter", type=int, default=MultiModalGANSampler().max_iter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=0)
    args = parser.parse_args()
    windows, distances = [], []
    for seed in range(args.first, args.first + args.seeds):
        data, *halves, sampler = fit(seed, args.max_iter)
        for label, name in enumerate(data.target_names):
            train, other = ([X[y == label], groups[y == label]] for X, y, groups in halves)
            drawn = sampler.sample(len(other[0]), label=label, random_state=seed)
            for found in measure_coupling(data, train, other, drawn):
                group = f"{seed} " + found["group"].astype(str)
                windows.append(found.assign(group=group, label=name))
            figures = measure_distances(data, train[0], other[0], drawn)
            distances.extend((name, *row) for row in figures)
        random = np.random.default_rng(0)
        found = pd.concat(windows).groupby(["label", "kind"], sort=False)
        coupling = {key: bootstrap(rows, random) for key, rows in found}
        print(pd.DataFrame(coupling, index=["in time", "across"]).T.to_string())
        table = pd.DataFrame(distances, columns=[*KEYS, *FIGURES])
        print(table.groupby(KEYS, sort=False).mean().round(3).to_string(), flush=True)


if __name__ == "__main__":
    main()
