"""What filters make of the ends of a window, by how signals are continued there.

    SKEEG_DATA=... python benchmarks/filter_ends.py

Windows from the middle of recordings are filtered by themselves. Printed is how far the result is
from what filtering the whole recording makes of the same window: the root mean square of the
difference over that of the latter, the median over windows. For the notch, hum as strong as the
signal is added, and the truth is the recording without it. Data: the 500 recordings of Bonn and
channel 3 of the 72 of EEGMAT.
"""

import os
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.signal import sosfiltfilt

from skeeg.preprocessing import BandPassFilter, NotchFilter

START, LENGTHS, HUM = 1500, (178, 1000), 50
ENDS = ("odd", "even", "constant")
BANDS = {
    "0.5-40 Hz": {"low": 0.5, "high": 40},
    "above 0.5 Hz": {"low": 0.5},
    "8-13 Hz": {"low": 8, "high": 13},
    "below 20 Hz": {"high": 20},
}


def load(folder):
    """Yield name, recordings and sampling rate."""
    with np.load(folder / "bonn_eeg" / "bonn_500x4097_int16.npz") as file:
        yield "Bonn", file["X"].astype(float), float(file["sfreq"])
    with np.load(folder / "eegmat" / "eegmat_125hz_60s.npz") as file:
        yield "EEGMAT", file["X"][:, 3].astype(float), float(file["sfreq"])


def error(X, truth):
    """Root mean square error relative to the truth, the median over rows."""
    return np.median((X - truth).std(axis=1) / truth.std(axis=1))


def compare(sos, recordings, truth, n_times):
    """Error by the way of continuing the window, as long as scipy's default or as possible."""
    window = slice(START, START + n_times)
    n_padded = {"": 3 * (2 * len(sos) + 1), ", whole": n_times - 1}
    return {
        kind + extent: error(
            sosfiltfilt(sos, recordings[:, window], padtype=kind, padlen=n_points),
            truth[:, window],
        )
        for extent, n_points in n_padded.items()
        for kind in ENDS
    }


def add_hum(X, sampling_rate, rng):
    """Add a tone of the power of the signal and of random phase to each row."""
    phase = rng.uniform(0, 2 * np.pi, (len(X), 1))
    tone = np.sin(2 * np.pi * HUM * np.arange(X.shape[1]) / sampling_rate + phase)
    return X + np.sqrt(2) * X.std(axis=1, keepdims=True) * tone


def main():
    """Print the table."""
    rng, rows = np.random.default_rng(0), {}
    for name, X, rate in load(Path(os.environ["SKEEG_DATA"])):
        for n_times in LENGTHS:
            for band, limits in BANDS.items():
                sos = BandPassFilter(**limits, sampling_rate=rate).fit(X[:1]).sos_
                rows[name, n_times, band] = compare(sos, X, sosfiltfilt(sos, X), n_times)
            sos = NotchFilter(frequency=HUM, sampling_rate=rate).fit(X[:1]).sos_
            rows[name, n_times, "notch"] = compare(sos, add_hum(X, rate, rng), X, n_times)
    table = pd.DataFrame(rows).T.round(2)
    print(table.rename_axis(index=["data", "points", "filter"]).to_string())


if __name__ == "__main__":
    main()
