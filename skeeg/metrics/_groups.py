"""Subjects or recordings that stay together."""

import numpy as np

from skeeg._held_out import check_groups


def encode_groups(groups, n_samples):
    """Return the groups as numbers from 0; without any, every row is a group of its own."""
    check_groups(groups, n_samples)
    if groups is None:
        return np.arange(n_samples)
    return np.unique(np.asarray(groups), return_inverse=True)[1]


def halve(codes, random):
    """Return which rows belong to a random half of the groups, whole groups at a time."""
    n_groups = codes.max() + 1
    return (random.permutation(n_groups) < n_groups // 2)[codes]
