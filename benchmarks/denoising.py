"""What the methods of WaveletDenoiser are worth on EEG with white noise added.

    SKEEG_DATA=... python benchmarks/denoising.py

Windows of 178 points of the 500 recordings of Bonn, 23 each, and noise of 0.1, 0.3 and 1 times
their standard deviation. Printed is the peak signal-to-noise ratio in dB before and after.
"""

import os
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from skeeg.datasets import load_bonn
from skeeg.metrics import psnr
from skeeg.preprocessing import WaveletDenoiser

RATIOS = (0.1, 0.3, 1.0)
METHODS, MODES = ("bayes", "sure", "universal"), ("soft", "hard")


def main():
    """Print the table."""
    path = Path(os.environ["SKEEG_DATA"], "bonn_eeg", "bonn_500x4097_int16.npz")
    X = load_bonn(path).data
    noise = np.random.default_rng(0).standard_normal(X.shape) * X.std(axis=1, keepdims=True)
    table = pd.DataFrame(index=pd.Index(RATIOS, name="noise"))
    for ratio in RATIOS:
        X_noisy = X + ratio * noise
        table.loc[ratio, "before"] = psnr(X, X_noisy)
        for method, mode in product(METHODS, MODES):
            denoised = WaveletDenoiser(method=method, mode=mode).fit_transform(X_noisy)
            table.loc[ratio, f"{method}, {mode}"] = psnr(X, denoised)
    print(table.round(1).T.to_string())


if __name__ == "__main__":
    main()
