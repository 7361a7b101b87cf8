"""The root mean square, against closed forms."""

import numpy as np
from numpy.testing import assert_allclose
from scipy.linalg import norm

from skeeg.feature_extraction import RootMeanSquare


def test_is_the_euclidean_norm_over_the_root_of_the_length(make_signals):
    X = make_signals(n_channels=3)
    expected = norm(X, axis=-1) / np.sqrt(X.shape[-1])
    assert_allclose(RootMeanSquare().fit_transform(X), expected)


def test_amplitude_of_a_sine():
    X = 3 * np.sin(2 * np.pi * np.arange(100) / 20)[np.newaxis]
    assert_allclose(RootMeanSquare().fit_transform(X), 3 / np.sqrt(2))
