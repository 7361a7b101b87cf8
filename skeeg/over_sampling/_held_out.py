"""Check what is held out of a training, and measure synthetic signals against it."""

import numpy as np

from skeeg._held_out import FEWEST_ROWS
from skeeg.metrics import amplitude_distance, spectral_distance

DECIBELS = 20  # of a tenfold amplitude, which is 1 of amplitude_distance
MOST = 128  # rows of a class that are measured: more only cost time


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
