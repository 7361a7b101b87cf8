"""Notice a generator that draws only few different signals."""

from warnings import warn

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neighbors import NearestNeighbors

FEWEST, MOST = 10, 256
N_NEIGHBORS = 5
LIMIT = 0.2


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


def warn_of_collapse(generators, encoded, codes, classes, random):
    """Compare the variety of drawn signals with that of real ones, class by class.

    Classes of fewer than 10 signals say too little and are left out.
    """
    for code in generators.codes:
        real = encoded[codes == code][:MOST]
        if len(real) < FEWEST:
            continue
        drawn = generators.draw_encoded(np.full(len(real), code), random)
        real, drawn = (signals.reshape(len(signals), -1) for signals in (real, drawn))
        variety = {"diversity": diversity(real, drawn), "coverage": coverage(real, drawn)}
        name, value = min(variety.items(), key=lambda item: item[1])
        if value < LIMIT:
            warn(
                f"The synthetic signals of class {classes.tolist()[code]!r} vary too little: their "
                f"{name} is {value:.2f}, where real signals have about 1 and less than {LIMIT} "
                "counts as collapsed. More iterations, a smaller learning_rate or a loss with a "
                "gradient penalty help; history_ shows the training.",
                ConvergenceWarning,
                stacklevel=6,
            )
