"""Rows of features, brought to two dimensions and compared with their neighbours."""

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.base import clone
from sklearn.manifold import TSNE

from skeeg.plotting._samples import ClassSamples

PERPLEXITY = 30


def thin(samples, n_samples, random):
    """Choose as many real as synthetic rows of a class at random."""
    n = min(n_samples, len(samples.real), len(samples.synthetic))
    real, synthetic = (random.permutation(len(X))[:n] for X in (samples.real, samples.synthetic))
    return ClassSamples(
        samples.name,
        samples.real[real, 0],
        samples.synthetic[synthetic, 0],
        samples.groups[real],
    )


def share_of_own_kind(real, synthetic, groups):
    """Return how often the nearest neighbour is of the same kind; real ones of a group are one."""
    rows = np.concatenate([real, synthetic])
    is_real = np.arange(len(rows)) < len(real)
    distances = cdist(rows, rows)
    np.fill_diagonal(distances, np.inf)
    distances[: len(real), : len(real)][groups[:, np.newaxis] == groups] = np.inf
    return float(np.mean(is_real[distances.argmin(axis=1)] == is_real))


def embed(rows, embedding, random):
    """Return rows in two dimensions, and what these are called."""
    if embedding is None:
        perplexity = min(PERPLEXITY, (len(rows) - 1) / 3)
        tsne = TSNE(perplexity=perplexity, init="pca", random_state=random.randint(2**31 - 1))
        return tsne.fit_transform(rows), ["t-SNE 1", "t-SNE 2"]
    embedding = clone(embedding)
    places = np.asarray(embedding.fit_transform(rows))
    if places.ndim != 2 or places.shape[1] < 2:
        raise ValueError(f"embedding must have two dimensions; got {places.shape[1:]}.")
    name = type(embedding).__name__
    shares = getattr(embedding, "explained_variance_ratio_", None)
    parts = ["", ""]
    if shares is not None:
        parts = [f" ({100 * share:.0f} % of the variance)" for share in shares]
    return places[:, :2], [f"{name} {i + 1}{parts[i]}" for i in range(2)]
