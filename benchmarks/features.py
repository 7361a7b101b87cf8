"""Speed and memory of the features, with one thread and single precision, beside other libraries.

    python benchmarks/features.py
    python benchmarks/features.py --file

Signals are random, in two shapes. Each line is one extractor; all calls of a line alternate, so
that they see the same machine, and medians of the processor's time are printed:

windows     million windows per second
read        bytes of X per second, over those of `numpy.dot` on X, which does nothing but read it
as sum      the same, over those of `numpy.sum`
batched     seconds of the function of another library that takes all windows, over ours: antropy,
            scipy or PyWavelets
mne-features, tsfel
            seconds per window of libraries that take one at a time, measured on a few, over ours
memory      most bytes allocated beside X and the table, over those of X

With `--file` a file of 614 MB is described by all features in a process that may allocate a fifth
of that, and the same in memory.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
import warnings
from pathlib import Path

import antropy
import mne_features.univariate as mne_features
import numpy as np
import pandas as pd
import pywt
from scipy.signal import welch
from threadpoolctl import threadpool_limits
from tsfel.feature_extraction import features as tsfel

from skeeg.feature_extraction import (
    BandPower,
    FourierFeatures,
    HjorthParameters,
    RootMeanSquare,
    TimeFeatures,
    WaveletFeatures,
    ZeroCrossingRate,
    make_signal_features,
)

RATES = {(11500, 178): 173.61, (44000, 1000): 250.0}
REPEATS, FEW = 9, 20
BANDS = {"delta": (0.5, 4), "theta": (4, 8), "alpha": (8, 13), "beta": (13, 30), "gamma": (30, 45)}
FILE_SHAPE = (150_000, 1024)


def sum_squares(octaves):
    """Energies of wavelet coefficients."""
    return np.stack([np.square(octave).sum(axis=-1) for octave in octaves], axis=-1)


def sum_bands(frequencies, density):
    """Powers of the bands."""
    inside = [(low <= frequencies) & (frequencies < high) for low, high in BANDS.values()]
    return np.stack([density[..., band].sum(axis=-1) for band in inside], axis=-1)


def time_features_of_mne(row):
    """Eight of the nine of TimeFeatures; there is no energy."""
    names = [
        "mean",
        "variance",
        "zero_crossings",
        "rms",
        "ptp_amp",
        "line_length",
        "skewness",
        "kurtosis",
    ]
    return [getattr(mne_features, f"compute_{name}")(row[np.newaxis]) for name in names]


def time_features_of_tsfel(row):
    """All nine of TimeFeatures."""
    names = [
        "calc_mean",
        "calc_var",
        "zero_cross",
        "abs_energy",
        "rms",
        "pk_pk_distance",
        "sum_abs_diff",
    ]
    return [getattr(tsfel, name)(row) for name in [*names, "skewness", "kurtosis"]]


def hjorth_of_mne(row):
    """Mobility and complexity."""
    row = row[np.newaxis]
    return mne_features.compute_hjorth_mobility(row), mne_features.compute_hjorth_complexity(row)


def bands_of_mne(rate, length):
    """Return a function of one window."""
    params = {"welch_n_fft": length, "welch_n_per_seg": length}
    bands = np.array(list(BANDS.values()))
    return lambda row: mne_features.compute_pow_freq_bands(
        rate, row[np.newaxis].astype(float), bands, psd_method="welch", psd_params=params
    )


def lines(rate, n_times):
    """Extractors, and what does the same: batched, and for one window."""
    segment = n_times // 4
    energies = WaveletFeatures(statistics=["energy"], level=4)
    return {
        "zero crossings": (
            ZeroCrossingRate(),
            lambda X: antropy.num_zerocross(X, axis=-1),
            lambda row: mne_features.compute_zero_crossings(row[np.newaxis]),
            tsfel.zero_cross,
        ),
        "root mean square": (
            RootMeanSquare(),
            None,
            lambda row: mne_features.compute_rms(row[np.newaxis]),
            tsfel.rms,
        ),
        "energy": (TimeFeatures(features=["energy"]), None, None, tsfel.abs_energy),
        "all of TimeFeatures": (TimeFeatures(), None, time_features_of_mne, time_features_of_tsfel),
        "Hjorth": (
            HjorthParameters(),
            lambda X: antropy.hjorth_params(X, axis=-1),
            hjorth_of_mne,
            None,
        ),
        "band powers": (
            BandPower(sampling_rate=rate),
            lambda X: sum_bands(*welch(X, rate, nperseg=n_times)),
            bands_of_mne(rate, n_times),
            None,
        ),
        "band powers, 7 segments": (
            BandPower(sampling_rate=rate, segment_length=segment / rate),
            lambda X: sum_bands(*welch(X, rate, nperseg=segment)),
            bands_of_mne(rate, segment),
            None,
        ),
        "Fourier bins": (FourierFeatures(), None, None, None),
        "wavelet energies": (
            energies,
            lambda X: sum_squares(pywt.wavedec(X, "db4", level=4, axis=-1)),
            lambda row: mne_features.compute_wavelet_coef_energy(row[np.newaxis], "db4"),
            None,
        ),
        "all of WaveletFeatures": (WaveletFeatures(), None, None, None),
        "make_signal_features": (make_signal_features(sampling_rate=rate), None, None, None),
    }


def seconds(call, *args):
    """Processor time of one call, all in this thread; other programs disturb it less."""
    start = time.process_time()
    call(*args)
    return time.process_time() - start


def medians(X, extractor, batched, *of_one):
    """Return the seconds of reading X in two ways, of ours and of the others, all for all of X."""
    calls = {"dot": lambda: np.dot(X.ravel(), X.ravel()), "sum": X.sum}
    calls["ours"] = lambda: extractor.transform(X)
    if batched is not None:
        calls["batched"] = lambda: batched(X)
    for name, function in zip(["mne-features", "tsfel"], of_one, strict=True):
        if function is not None:
            calls[name] = lambda function=function: [function(row) for row in X[:FEW]]
    times = {name: [] for name in calls}
    for _ in range(REPEATS + 1):
        for name, call in calls.items():
            times[name].append(seconds(call))
    # the first call of each compiles and allocates
    found = {name: statistics.median(values[1:]) for name, values in times.items()}
    few = {"mne-features", "tsfel"} & found.keys()
    return found | {name: found[name] * len(X) / FEW for name in few}


def peak_memory(call):
    """Return the bytes that a call allocates beside what it returns."""
    tracemalloc.start()
    table = call()
    peak = tracemalloc.get_traced_memory()[1] - table.nbytes
    tracemalloc.stop()
    return peak


def measure(X, extractor, *others):
    """Return a row of the table."""
    extractor.fit(X)
    found = medians(X, extractor, *others)
    ours = found["ours"]
    return {
        "windows": len(X) / ours / 1e6,
        "read": found["dot"] / ours,
        "as sum": found["sum"] / ours,
        **{
            name: found[name] / ours if name in found else np.nan
            for name in ("batched", "mne-features", "tsfel")
        },
        "memory": peak_memory(lambda: extractor.transform(X)) / X.nbytes,
    }


def show_speed():
    """Print a table for each shape."""
    random = np.random.default_rng(0)
    for shape, rate in RATES.items():
        X = random.standard_normal(shape, dtype=np.float32)
        rows = {name: measure(X, *line) for name, line in lines(rate, shape[1]).items()}
        table = pd.DataFrame(rows).T
        read = X.nbytes / statistics.median(seconds(np.dot, X.ravel(), X.ravel()) for _ in range(9))
        print(f"\n{shape[0]} x {shape[1]}, float32; numpy.dot reads {read / 1e9:.1f} GB/s")
        print(table.to_string(float_format=lambda value: f"{value:.3g}", na_rep="-"), flush=True)


def describe_file(path, megabytes):
    """Describe a file in this process, which from here on may allocate so much."""
    features = make_signal_features(sampling_rate=256).fit(np.ones((1, FILE_SHAPE[1]), "f4"))
    features.transform(np.ones((1000, FILE_SHAPE[1]), np.float32))
    if megabytes:
        pages = int(Path("/proc/self/statm").read_text().split()[5])
        limit = pages * resource.getpagesize() + megabytes * 10**6
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    X = np.memmap(path, np.float32, "r", shape=FILE_SHAPE)
    X = X if megabytes else np.array(X)
    start = time.perf_counter()
    table = features.transform(X)
    took = time.perf_counter() - start
    print(f"{megabytes or 'unlimited'} MB: {took:.1f} s, checksum {table.sum(dtype=float):.6f}")


def show_file():
    """Describe a file with little memory and with enough."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "signals"
        random = np.random.default_rng(0)
        with path.open("wb") as file:
            for _ in range(100):
                shape = (FILE_SHAPE[0] // 100, FILE_SHAPE[1])
                random.standard_normal(shape, dtype=np.float32).tofile(file)
        print(f"{path.stat().st_size / 1e6:.0f} MB in a file", flush=True)
        for megabytes in (120, 0):
            command = [sys.executable, __file__, "--describe", str(path), str(megabytes)]
            subprocess.run(command, check=True, env=os.environ)


def main():
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--file", action="store_true", help="a file larger than the memory")
    parser.add_argument("--describe", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    warnings.simplefilter("ignore")
    with threadpool_limits(1):
        if args.describe:
            describe_file(args.describe[0], int(args.describe[1]))
        elif args.file:
            show_file()
        else:
            show_speed()


if __name__ == "__main__":
    main()
