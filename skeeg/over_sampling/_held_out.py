"""Hold signals out of a training, and measure synthetic signals against them."""

import numpy as np
import pandas as pd

from skeeg.metrics import amplitude_distance, spectral_distance
from skeeg.over_sampling._validation import FEWEST_ROWS

DECIBELS = 20  # of a tenfold amplitude, which is 1 of amplitude_distance
MOST = 128  # rows of a class that are measured: more only cost time


def choose_held_out(fraction, codes, groups, random):
    """Return which rows to hold out: about a fraction of every class, and whole groups.

    Parameters
    ----------
    fraction : float
        Share of the rows, between 0 and 1.

    codes : ndarray of int, shape (n_samples,)
        Class of each row.

    groups : array-like of shape (n_samples,) or None
        Groups are held out as a whole; None takes every row for a group of its own.

    random : RandomState
        Source of the choice.

    Returns
    -------
    held_out : ndarray of bool, shape (n_samples,)
        At least one row of each class and at most half of it, except for classes of which no
        group is that small.
    """
    groups = np.arange(len(codes)) if groups is None else pd.factorize(np.asarray(groups))[0]
    rows_of = np.zeros((groups.max() + 1, codes.max() + 1), dtype=int)
    np.add.at(rows_of, (groups, codes), 1)
    total = rows_of.sum(axis=0)
    most = np.minimum(total / 2, total - FEWEST_ROWS).clip(0)
    chosen, taken = np.zeros(len(rows_of), dtype=bool), np.zeros_like(total)
    for code in np.argsort(total, kind="stable"):  # rare classes first: they have less choice
        for group in random.permutation(np.flatnonzero(rows_of[:, code])):
            if taken[code] >= fraction * total[code]:
                break
            if not chosen[group] and (taken + rows_of[group] <= most).all():
                chosen[group] = True
                taken += rows_of[group]
    return chosen[groups]


def check_held_out(held_out, codes, groups, wanted, classes):
    """Raise where no row of a class that is to be drawn is held out."""
    units, kind = (np.arange(len(codes)), "rows") if groups is None else (groups, "groups")
    for code in wanted:
        if not held_out[codes == code].any():
            n_units = len(np.unique(np.asarray(units)[codes == code]))
            raise ValueError(
                f"validation_fraction can hold out nothing of class {classes.tolist()[code]!r}, "
                f"which has {n_units} {kind}: {kind} stay whole, and half of every class and at "
                f"least {FEWEST_ROWS} rows stay in the training. Collect more {kind} of it, or set "
                "validation_fraction=None."
            )


def _decibels_apart(real, synthetic):
    # Without a sampling rate frequencies are in cycles per time point.
    spectrum = spectral_distance(real, synthetic, sampling_rate=1, band=(0, 0.5))
    return spectrum + DECIBELS * amplitude_distance(real, synthetic)


def distance_in_decibels(codec, real, synthetic, labels):
    """Return how far spectra and amplitudes are apart, the mean over classes and blocks."""
    pairs = zip(codec.blocks(real), codec.blocks(synthetic), strict=True)
    distances = [
        _decibels_apart(ours[labels == label], theirs[labels == label])
        for ours, theirs in pairs
        for label in np.unique(labels)
    ]
    return float(np.mean(distances))
