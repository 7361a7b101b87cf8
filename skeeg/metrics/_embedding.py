"""Where windows are compared: in a space of features, or as waveforms."""

import numpy as np
from sklearn.base import clone
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from skeeg.feature_extraction import WaveletFeatures
from skeeg.metrics._windows import split_amplitude


def to_input(X):
    """Lay windows out as transformers and classifiers get them: two dimensions for one channel."""
    return X[:, 0] if X.shape[1] == 1 else X


def rescale(real, *others):
    """Divide all sets by the largest value of the first, so that no square leaves the floats."""
    unit = np.abs(real).max() or 1.0
    return [X / unit for X in (real, *others)]


def embed(sets, features):
    """Describe sets of windows by features that are standardised on the first of them."""
    if features is None:
        features, sets = WaveletFeatures(), rescale(*sets)
    # whatever features learn, they learn from the first set alone
    embedding = make_pipeline(clone(features), StandardScaler())
    embedding.fit(to_input(sets[0]))
    return [embedding.transform(to_input(X)) for X in sets]


def flatten_waves(X):
    """Lay each window of unit root mean square in every channel flat."""
    return split_amplitude(X)[0].reshape(len(X), -1)
