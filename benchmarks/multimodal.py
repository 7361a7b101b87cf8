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
modality, how far windows are from those of the other half: spectra in dB and amplitudes in decades;
and for whole rows the diversity and novelty of benchmarks/samplers.py.
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
from skeeg.over_sampling._codec import BlockCodec, split_blocks
from skeeg.over_sampling._collapse import diversity

ALPHA, DURATION = (8, 12), 32
BANDS = {"eeg": (1, 16), "bold": (0.01, 0.25)}
MEASURED = ["in time", "log-alpha", "mean BOLD"]
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


def compare(other, rows, data):
    """Spectral and amplitude distance of each modality."""
    blocks = zip(*(split_blocks(X, data.blocks.values()) for X in (other, rows)), strict=True)
    return [
        figure
        for (name, rate), (real, found) in zip(data.sampling_rates.items(), blocks, strict=True)
        for figure in (
            spectral_distance(real, found, sampling_rate=rate, band=BANDS[name]),
            amplitude_distance(real, found),
        )
    ]


def measure(seed, max_iter):
    """Windows to bootstrap, and distances, of one set of subjects and one training."""
    data = make_eeg_fmri(80, random_state=seed)
    (X, y, groups), (X_other, y_other, groups_other) = split(data, seed)
    sampler = MultiModalGANSampler(blocks=data.blocks, max_iter=max_iter, random_state=seed)
    start = time.perf_counter()
    sampler.fit(X, y)
    print(f"seed {seed}: {time.perf_counter() - start:.0f} s", flush=True)
    codec = BlockCodec(X[:, None], data.blocks.values())
    windows, distances = [], []
    for label, name in enumerate(data.target_names):
        train, other = X[y == label], X_other[y_other == label]
        drawn = sampler.sample(len(other), label=label, random_state=seed)
        numbers = np.arange(len(drawn))
        for kind, found in [
            ("real, to train on", follow(train, data, groups[y == label])),
            ("real, other half", follow(other, data, groups_other[y_other == label])),
            ("synthetic", follow(drawn, data, numbers)),
            ("synthetic, shuffled", follow(drawn, data, numbers, shift=1)),
        ]:
            group = f"{seed} " + found["group"].astype(str)
            windows.append(found.assign(group=group, kind=kind, label=name))
        for kind, rows in [("real, to train on", train), ("synthetic", drawn)]:
            encoded = [codec.encode(part[:, None])[:, 0] for part in (train, other, rows)]
            figures = compare(other, rows, data), diversity(*encoded[1:]), novelty(*encoded)
            distances.append((name, kind, *figures[0], *figures[1:]))
    return windows, distances


def main():
    """Print both tables after each seed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--max-iter", type=int, default=MultiModalGANSampler().max_iter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--first", type=int, default=0)
    args = parser.parse_args()
    windows, distances = [], []
    columns = ["class", "windows", "EEG (dB)", "EEG (decades)", "BOLD (dB)", "BOLD (decades)"]
    for seed in range(args.first, args.first + args.seeds):
        for rows, new in zip((windows, distances), measure(seed, args.max_iter), strict=True):
            rows.extend(new)
        random = np.random.default_rng(0)
        found = pd.concat(windows).groupby(["label", "kind"], sort=False)
        coupling = {key: bootstrap(rows, random) for key, rows in found}
        print(pd.DataFrame(coupling, index=["in time", "across"]).T.to_string())
        table = pd.DataFrame(distances, columns=[*columns, "diversity", "novelty"])
        print(table.groupby(columns[:2], sort=False).mean().round(3).to_string(), flush=True)


if __name__ == "__main__":
    main()
