"""Clusters against classes: all assignments tried, chance, and what is refused."""

from itertools import permutations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs

from skeeg.metrics import kmeans_accuracy


@pytest.mark.parametrize("names", [[0, 1, 2], ["c", "a", "b"]])
def test_clusters_that_are_classes_score_one(names):
    X, y = make_blobs(90, centers=[[0, 0], [20, 0], [0, 20]], random_state=0)
    assert kmeans_accuracy(X, np.array(names)[y], random_state=0) == 1


def test_the_best_of_all_assignments_counts(rng):
    X, y = rng.standard_normal((60, 2)), np.arange(60) % 4
    clusters = KMeans(4, n_init=10, random_state=0).fit_predict(X)
    expected = max(np.mean(np.array(p)[clusters] == y) for p in permutations(range(4)))
    assert kmeans_accuracy(X, y, random_state=0) == expected


def test_features_without_meaning_score_a_little_above_chance(rng):
    scores = [
        kmeans_accuracy(rng.standard_normal((500, 3)), np.arange(500) % 10, random_state=0)
        for _ in range(5)
    ]
    assert 0.1 < np.mean(scores) < 0.2


def test_classes_that_share_a_cluster_cost_their_rows():
    X = np.repeat([[0.0], [0.01], [10.0], [20.0]], 10, axis=0)
    y = np.repeat([0, 0, 1, 2], 10)
    assert kmeans_accuracy(X, y, random_state=0) == 1
    assert kmeans_accuracy(X, np.repeat([0, 1, 1, 2], 10), random_state=0) == 0.75


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        ([[0.0], [1.0]], ["a", "a"], "1 class, 'a'"),
        ([[0.0], [np.nan]], [0, 1], "NaN"),
        ([[0.0], [1.0]], [0, 1, 1], "inconsistent"),
        ([0.0, 1.0], [0, 1], "2D array"),
        ([[0.0], [1.0]], [0.5, 1.2], "continuous"),
    ],
)
def test_bad_input_is_named(X, y, message):
    with pytest.raises(ValueError, match=message):
        kmeans_accuracy(X, y)
