"""Ranks of samplers over data sets, and which of them can be told apart."""

from itertools import combinations
from math import comb

import numpy as np
import pandas as pd
from scipy.stats import PermutationMethod, rankdata, wilcoxon

from skeeg._holm import adjust_by_holm

# Up to here all signs of the differences are tried, which allows for ties; there are 2 ** 13.
MOST_EXACT = 13


def rank_samplers(scores, higher_is_better):
    """Return the rank of each sampler in each data set; 1 is best, ties share their mean."""
    values = -scores if higher_is_better else scores
    return pd.DataFrame(rankdata(values, axis=1), index=scores.index, columns=scores.columns)


def _test_pair(differences, ahead):
    """Return the p-value of Wilcoxon's signed-rank test; it is 1 if the ranks do not agree.

    Parameters
    ----------
    differences : ndarray of shape (n_datasets,)
        Scores of one sampler minus those of another.

    ahead : float
        Mean over data sets by how much the rank of the one is closer to the best score.
    """
    differences = differences[differences != 0]
    signed_ranks = np.sign(differences) @ rankdata(np.abs(differences))
    if signed_ranks * ahead <= 0:
        return 1.0
    method = PermutationMethod() if len(differences) <= MOST_EXACT else "asymptotic"
    return wilcoxon(differences, method=method).pvalue


def compare_pairs(scores):
    """Return the p-values of all pairs, adjusted by Holm's method, as a symmetric table."""
    names = scores.columns
    pairs = list(combinations(range(len(names)), 2))
    values, means = scores.to_numpy(), rankdata(scores, axis=1).mean(axis=0)
    p_values = adjust_by_holm(
        [_test_pair(values[:, i] - values[:, j], means[i] - means[j]) for i, j in pairs]
    )
    table = np.ones((len(names), len(names)))
    for (i, j), p in zip(pairs, p_values, strict=True):
        table[i, j] = table[j, i] = p
    return pd.DataFrame(table, index=names, columns=names)


def count_needed(n_samplers, significance):
    """Return how many data sets it takes until the smallest p-value there can be is significant."""
    n = 1
    while 2.0 ** (1 - n) * comb(n_samplers, 2) >= significance:
        n += 1
    return n


def find_runs(p_values, significance):
    """Return where runs of samplers begin and end of which no two are told apart.

    Parameters
    ----------
    p_values : DataFrame
        Of all pairs, in the order of the mean ranks.

    significance : float
        Below which two are told apart.

    Returns
    -------
    runs : list of tuple of (int, int)
        Positions of the first and the last; no run lies within another.
    """
    apart = p_values.to_numpy() < significance
    runs = []
    for first in range(len(apart)):
        last = first
        while last + 1 < len(apart) and not apart[first : last + 1, last + 1].any():
            last += 1
        if last > first and (not runs or last > runs[-1][1]):
            runs.append((first, last))
    return runs
