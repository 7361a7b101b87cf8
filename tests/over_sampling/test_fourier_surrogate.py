"""What is particular to Fourier surrogates."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import kstest

from skeeg.over_sampling import FourierSurrogateSampler


@pytest.fixture
def surrogates(rng):
    """Return a function that draws surrogates of one window of three channels, and the window."""

    def draw(n_times):
        window = rng.standard_normal((1, 3, n_times)).cumsum(axis=-1)
        X = np.repeat(window, 4, axis=0)
        sampler = FourierSurrogateSampler().fit(X, [0, 0, 1, 1])
        return window[0], sampler.sample(500, random_state=0)

    return draw


@pytest.mark.parametrize("n_times", [1, 2, 3, 64, 65])
def test_all_spectra_and_cross_spectra_are_those_of_the_window(surrogates, n_times):
    window, drawn = surrogates(n_times)
    expected, found = np.fft.rfft(window), np.fft.rfft(drawn)
    assert_allclose(np.abs(found), np.broadcast_to(np.abs(expected), found.shape), atol=1e-9)
    cross = expected[:, None] * expected.conj()
    crosses = found[:, :, None] * found[:, None].conj()
    # the means of the channels are kept with their signs, so these need no common phase
    assert_allclose(crosses, np.broadcast_to(cross, crosses.shape), atol=1e-8 * np.abs(cross).max())


@pytest.mark.parametrize("n_times", [64, 65])
def test_phases_are_uniform_and_independent(surrogates, n_times):
    window, drawn = surrogates(n_times)
    turns = np.angle(np.fft.rfft(drawn[:, 0]) / np.fft.rfft(window[0]))[:, 1:32]
    assert kstest(turns.ravel(), "uniform", args=(-np.pi, 2 * np.pi)).pvalue > 1e-3
    coherence = np.abs(np.exp(1j * turns).T @ np.exp(-1j * turns)) / len(turns)
    assert (coherence - np.eye(31)).max() < 0.2


def test_mean_and_deviation_are_those_of_the_window(surrogates):
    window, drawn = surrogates(50)
    assert_allclose(drawn.mean(axis=-1), np.broadcast_to(window.mean(axis=-1), (500, 3)))
    assert_allclose(drawn.std(axis=-1), np.broadcast_to(window.std(axis=-1), (500, 3)))
