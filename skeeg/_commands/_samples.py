"""Signals with their classes and groups, and the file that they are from."""

from typing import NamedTuple

import numpy as np

from skeeg._commands._columns import list_names
from skeeg._commands._error import CommandError


class Samples(NamedTuple):
    """What a command works on.

    `synthetic` marks rows, or is None; `source` can write its own rows with more below.
    """

    X: np.ndarray
    y: np.ndarray
    groups: np.ndarray | None
    synthetic: np.ndarray | None
    sampling_rate: float | None
    n_channels: int
    channel_names: list | None
    source: object
    origin: str

    def take(self, rows):
        """Return some rows, without marks and source."""
        X, y, groups = (
            None if part is None else part[rows] for part in (self.X, self.y, self.groups)
        )
        return self._replace(X=X, y=y, groups=groups, synthetic=None, source=None)

    def describe(self):
        """Write what there is in one line, for the user to check."""
        real = self if self.synthetic is None else self.take(~self.synthetic)
        labels, counts = np.unique(real.y, return_counts=True)
        classes = ", ".join(f"{label}: {n}" for label, n in zip(labels, counts, strict=True))
        groups = "no groups" if self.groups is None else f"{len(set(real.groups))} groups"
        channels = "1 channel" if self.n_channels == 1 else f"{self.n_channels} channels"
        if self.channel_names:
            channels += f" ({list_names(self.channel_names)})"
        n_times, n_synthetic = self.X[0].size // self.n_channels, len(self.X) - len(real.X)
        return (
            f"{self.origin}: {len(real.X)} rows of {channels} with {n_times} time points; "
            f"{groups}; rows of each class: {classes}"
            + (f"; besides, {n_synthetic} synthetic rows" if n_synthetic else "")
        )


def resolve_rate(of_file, of_option, origin):
    """Return the sampling rate; raise if file and option contradict each other."""
    if of_file is not None and of_option is not None and of_file != of_option:
        raise CommandError(
            f"{origin} is sampled at {of_file:g} Hz, and --sampling-rate says {of_option:g}"
        )
    return of_option if of_file is None else of_file


def check_channels(X, n_channels, origin):
    """Return the number of channels; raise if it does not fit the rows."""
    if X.ndim == 3:
        if n_channels not in (None, X.shape[1]):
            raise CommandError(f"{origin} has {X.shape[1]} channels; --n-channels is {n_channels}")
        return X.shape[1]
    n_channels = n_channels or 1
    if X.shape[1] % n_channels:
        raise CommandError(
            f"--n-channels {n_channels} does not divide the {X.shape[1]} columns of signals in "
            f"{origin}; a row holds one whole channel after another. Is a column of them no "
            "signal? Leave it out with --drop"
        )
    return n_channels
