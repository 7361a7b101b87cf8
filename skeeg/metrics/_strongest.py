"""The strongest of several methods, chosen without looking at what it is scored on."""

import numpy as np


def score_strongest(figures):
    """Score in each part the method that is strongest in the other parts; return the mean.

    The maximum over methods would be above chance even where all of them guess.

    Parameters
    ----------
    figures : array-like of shape (n_methods, n_parts)
        The higher the stronger, at least two parts.
    """
    figures = np.asarray(figures)
    elsewhere = figures.sum(axis=1, keepdims=True) - figures
    parts = np.arange(figures.shape[1])
    return float(figures[elsewhere.argmax(axis=0), parts].mean())
