"""Pairs of channels: what the features of two channels have one value for."""

from itertools import combinations

import numpy as np


def name_pairs(channels):
    """Join the names of every two channels, in the order of the upper triangle of a matrix."""
    return [f"{first}-{second}" for first, second in combinations(channels, 2)]


def upper_triangle(matrices):
    """Return the values above the diagonal of the last two axes."""
    rows, columns = np.triu_indices(matrices.shape[-1], k=1)
    return matrices[..., rows, columns]
