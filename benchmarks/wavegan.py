"""WaveGAN on the Bonn recordings: every loss, and the default with one of its parts taken out.

    SKEEG_DATA=... python benchmarks/wavegan.py --max-iter 600 --splits 2

Each sampler trains on the windows of half of the recordings (five classes, conditional) and draws
as many signals as the other half holds. Printed, as means over classes and splits: the spectral
distance in dB and the amplitude distance to that other half, the AUC with which a random forest on
features tells the two apart (cross-validated, grouped by recording where they are real), and the
seconds of the fit. The first row is the floor, real against real; SMOTE between real windows stands
beside it. Samplers take turns within a split.
"""

import argparse
import os
import time
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from imblearn.over_sampling import SMOTE
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import StratifiedGroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline, make_union
from torch import nn

from skeeg.datasets import load_bonn
from skeeg.feature_extraction import FourierFeatures, RootMeanSquare, WaveletFeatures
from skeeg.metrics import amplitude_distance, spectral_distance
from skeeg.nn import (
    HingeLoss,
    LeastSquaresLoss,
    LogisticLoss,
    RelativisticLoss,
    WassersteinLoss,
)
from skeeg.over_sampling import WaveGANSampler

COLUMNS = ["sampler", "spectrum (dB)", "amplitude", "AUC", "seconds"]
LOSSES = [
    RelativisticLoss(),
    LogisticLoss(),
    LeastSquaresLoss(),
    HingeLoss(),
    WassersteinLoss(),
]


class NoStationaryNoise(WaveGANSampler):
    """The stationary path is silent."""

    def _make_generator(self, *sizes):
        generator = super()._make_generator(*sizes)
        generator.head.noise = Silence()
        return generator


class NoStageNoise(WaveGANSampler):
    """No modulation by the code, no noise between the stages."""

    def _make_generator(self, *sizes):
        generator = super()._make_generator(*sizes)
        generator.modulations = nn.ModuleList(Unchanged() for _ in generator.modulations)
        return generator


class NoInterpolation(WaveGANSampler):
    """Plain transposed convolutions, as in the paper."""

    def _make_generator(self, *sizes):
        generator = super()._make_generator(*sizes)
        generator.stages = nn.ModuleList(
            nn.ConvTranspose1d(*stage.weight.shape[1::-1], 25, 4, padding=11, output_padding=1)
            for stage in generator.stages
        )
        return generator


class NoSpectrum(WaveGANSampler):
    """The discriminator sees the levels, but not the log-spectrum."""

    def _make_discriminator(self, *sizes):
        discriminator = super()._make_discriminator(*sizes)
        discriminator.spectrum = Blind(discriminator.spectrum)
        return discriminator


class Silence(nn.Module):
    """No noise."""

    def forward(self, code, random):
        """Return what adds nothing."""
        return torch.zeros(1, device=code.device)


class Unchanged(nn.Module):
    """No modulation."""

    def forward(self, x, code, random):
        """Return x."""
        return x


class Blind(nn.Module):
    """Features of the levels alone."""

    def __init__(self, spectrum):
        super().__init__()
        self.size, self.spectrum = spectrum.size, spectrum

    def forward(self, signals):
        """Return the features for a waveform of zeros."""
        levels = torch.zeros_like(signals)
        levels[..., -2:] = signals[..., -2:]
        return self.spectrum(levels)


PARTS = [NoStationaryNoise, NoStageNoise, NoInterpolation, NoSpectrum]


def split(data, seed):
    """Signals, classes and recordings of two halves of the recordings, stratified by class."""
    random = np.random.default_rng(seed)
    recordings, first_rows = np.unique(data.groups, return_index=True)
    classes = data.target[first_rows]
    chosen = [
        random.permutation(recordings[classes == label])[: np.sum(classes == label) // 2]
        for label in np.unique(classes)
    ]
    train = np.isin(data.groups, np.concatenate(chosen))
    whole = data.data, data.target, data.groups
    return [part[train] for part in whole], [part[~train] for part in whole]


def tell_apart(real, groups, drawn):
    """AUC of a random forest that tells drawn from real signals; rows are drawn in blocks of 23."""
    X = np.concatenate([real, drawn])
    is_drawn = np.arange(len(X)) >= len(real)
    blocks = [f"drawn {row // 23}" for row in range(len(drawn))]
    forest = RandomForestClassifier(100, min_samples_leaf=3, n_jobs=2, random_state=0)
    features = make_union(WaveletFeatures(), FourierFeatures(), RootMeanSquare())
    return cross_val_score(
        make_pipeline(features, forest),
        X,
        is_drawn,
        groups=np.concatenate([groups, blocks]),
        cv=StratifiedGroupKFold(3),
        scoring="roc_auc",
    ).mean()


def compare(other, drawn, sampling_rate):
    """Mean over classes of the three figures of real beside drawn signals."""
    X, y, groups = other
    figures = [
        (
            spectral_distance(X[y == label], drawn[label], sampling_rate=sampling_rate),
            amplitude_distance(X[y == label], drawn[label]),
            tell_apart(X[y == label], groups[y == label], drawn[label]),
        )
        for label in drawn
    ]
    return np.mean(figures, axis=0)


def draw_smote(X, y):
    """As many interpolated windows as real ones, of every class."""
    twice = {label: 2 * n for label, n in enumerate(np.bincount(y))}
    X_twice, y_twice = SMOTE(sampling_strategy=twice, random_state=0).fit_resample(X, y)
    return {label: X_twice[len(X) :][y_twice[len(X) :] == label] for label in twice}


def main():
    """Print the table after each split."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--max-iter", type=int, default=500)
    parser.add_argument("--splits", type=int, default=3)
    parser.add_argument("--only", choices=["losses", "parts"])
    args = parser.parse_args()
    samplers = {repr(loss): WaveGANSampler(loss=loss) for loss in LOSSES}
    parts = {part.__name__: part() for part in PARTS}
    chosen = {
        "losses": samplers,
        "parts": {"default": WaveGANSampler(), "width 16": WaveGANSampler(width=16), **parts},
    }
    samplers = chosen.get(args.only, {**samplers, **parts})
    data = load_bonn(Path(os.environ["SKEEG_DATA"]) / "bonn_eeg" / "bonn_500x4097_int16.npz")
    rows = []
    for seed in range(args.splits):
        (X, y, _), other = split(data, seed)
        labels = np.unique(y)
        real = {label: X[y == label] for label in labels}
        for name, drawn in [("real against real", real), ("SMOTE", draw_smote(X, y))]:
            rows.append((name, *compare(other, drawn, data.sampling_rate), 0.0))
        for name, sampler in samplers.items():
            start = time.perf_counter()
            sampler.set_params(max_iter=args.max_iter, random_state=seed).fit(X, y)
            elapsed = time.perf_counter() - start
            drawn = {label: sampler.sample(1150, label, random_state=seed) for label in labels}
            found = compare(other, drawn, data.sampling_rate)
            rows.append((name, *found, elapsed))
        table = pd.DataFrame(
            rows, columns=["sampler", "spectrum (dB)", "amplitude", "AUC", "seconds"]
        )
        print(f"\n{seed + 1} splits, {args.max_iter} iterations")
        print(table.groupby("sampler", sort=False).mean().round(3).to_string(), flush=True)


if __name__ == "__main__":
    main()
