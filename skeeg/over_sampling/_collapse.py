"""Notice a generator that draws only few different signals."""

import numpy as np
from sklearn.neighbors import NearestNeighbors

FEWEST_COMPARED, MOST_COMPARED = 10, 256
N_NEIGHBORS = 5
LIMIT = 0.2


def has_collapsed(real, synthetic):
    """Whether synthetic signals vary far less than real ones, or miss most of them.

    Parameters
    ----------
    real, synthetic : ndarray of shape (n_samples, ...)
        Encoded signals of one class, as many of each.

    Returns
    -------
    collapsed : bool
        Always False for fewer than 10 signals, which say too little.
    """
    if len(real) < FEWEST_COMPARED:
        return False
    real, synthetic = (signals.reshape(len(signals), -1) for signals in (real, synthetic))
    return diversity(real, synthetic) < LIMIT or coverage(real, synthetic) < LIMIT


def _neighbor_distances(rows):
    """Distances of each row to its nearest others, nearest first."""
    return NearestNeighbors(n_neighbors=N_NEIGHBORS).fit(rows).kneighbors()[0]


def diversity(real, synthetic):
    """Return how far apart synthetic signals lie, as a fraction of how far real ones do.

    The ratio of the median distances to the nearest neighbour: about 1 for a faithful generator, 0
    for one that always draws the same signal.
    """
    apart = np.median(_neighbor_distances(real)[:, 0])
    return float(np.median(_neighbor_distances(synthetic)[:, 0]) / apart) if apart else 1.0


def coverage(real, synthetic):
    """Return the fraction of real signals with a synthetic one within their neighbourhood.

    The neighbourhood reaches to the fifth-nearest real signal (Naeem et al., "Reliable fidelity
    and diversity metrics for generative models", ICML 2020).
    """
    reach = _neighbor_distances(real)[:, -1]
    nearest, _ = NearestNeighbors(n_neighbors=1).fit(synthetic).kneighbors(real)
    return float(np.mean(nearest[:, 0] <= reach))
