"""Fréchet distance: closed forms of normal distributions, scipy, and what it weighs."""

import numpy as np
import ot
import pytest
import torch
from scipy.linalg import sqrtm
from sklearn.decomposition import PCA
from sklearn.frozen import FrozenEstimator
from sklearn.preprocessing import FunctionTransformer
from torchmetrics.image.fid import FrechetInceptionDistance

from skeeg.metrics import frechet_distance

RAW = FunctionTransformer()


def reference(real, synthetic):
    """Formula of Dowson and Landau, term by term."""
    mean, sd = real.mean(axis=0), real.std(axis=0)
    real, synthetic = (real - mean) / sd, (synthetic - mean) / sd
    ours, theirs = (np.cov(X, rowvar=False) for X in (real, synthetic))
    shift = np.square(real.mean(axis=0) - synthetic.mean(axis=0)).sum()
    return shift + np.trace(ours + theirs - 2 * sqrtm(ours @ theirs).real)


def test_agrees_with_the_formula(rng):
    real = rng.standard_normal((80, 6)) @ rng.standard_normal((6, 6)) + 3
    synthetic = rng.standard_normal((50, 6)) @ rng.standard_normal((6, 6))
    expected = reference(real, synthetic)
    assert frechet_distance(real, synthetic, features=RAW) == pytest.approx(expected)


@pytest.fixture
def standardised(rng):
    """Two sets of features in units of the first, so that nothing is left to be standardised."""
    real = rng.standard_normal((80, 6)) @ rng.standard_normal((6, 6)) + 3
    synthetic = rng.standard_normal((50, 6)) @ rng.standard_normal((6, 6))
    return [(X - real.mean(axis=0)) / real.std(axis=0) for X in (real, synthetic)]


def test_agrees_with_optimal_transport(standardised):
    moments = [(X.mean(axis=0), np.cov(X, rowvar=False)) for X in standardised]
    (mean, cov), (other_mean, other_cov) = moments
    expected = ot.gaussian.bures_wasserstein_distance(mean, other_mean, cov, other_cov) ** 2
    assert frechet_distance(*standardised, features=RAW) == pytest.approx(expected, abs=1e-6)


def test_agrees_with_torchmetrics(standardised):
    metric = FrechetInceptionDistance(torch.nn.Identity(), input_img_size=(6,))
    metric = metric.set_dtype(torch.float64)
    for X, real in zip(standardised, (True, False), strict=True):
        metric.update(torch.from_numpy(X), real=real)
    expected = metric.compute().item()
    assert frechet_distance(*standardised, features=RAW) == pytest.approx(expected, abs=1e-6)


def test_normal_distributions_have_their_closed_form(rng):
    shift, scale = np.array([1.0, 0, -0.5]), np.array([1.0, 2, 0.5])
    real = rng.standard_normal((20_000, 3))
    synthetic = shift + scale * rng.standard_normal((20_000, 3))
    expected = np.square(shift).sum() + np.square(scale - 1).sum()
    assert frechet_distance(real, synthetic, features=RAW) == pytest.approx(expected, rel=0.05)


def test_correlation_counts(rng):
    latent = rng.standard_normal((20_000, 2))
    angle = 0.5 * np.arcsin(0.8)
    mixing = np.array([[np.cos(angle), np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    found = frechet_distance(latent, latent @ mixing, features=RAW)
    # unit variances with a correlation of 0.8 have covariance eigenvalues of 1.8 and 0.2
    assert found == pytest.approx(4 - 2 * (np.sqrt(1.8) + np.sqrt(0.2)), abs=0.02)


def test_equal_sets_have_distance_0_even_with_more_features_than_windows(make_signals):
    X = make_signals(8, 64)
    assert frechet_distance(X, X[::-1]) == pytest.approx(0, abs=1e-9)
    assert frechet_distance(X, X, features=RAW) == pytest.approx(0, abs=1e-9)


def test_few_windows_far_off_weigh_much(make_signals):
    X = make_signals(200)
    X_synthetic = X.copy()
    X_synthetic[:4] *= 1e6
    assert frechet_distance(X, X_synthetic) > 5


def test_features_are_fitted_on_real_windows_unless_frozen(make_signals, rng):
    X, other = make_signals(40, 20), rng.standard_normal((40, 20))
    pca = PCA(3)
    expected = reference(*(pca.fit(X).transform(each) for each in (X, other)))
    assert frechet_distance(X, other, features=PCA(3)) == pytest.approx(expected)
    frozen = FrozenEstimator(PCA(3).fit(other))
    expected = reference(*(frozen.transform(each) for each in (X, other)))
    assert frechet_distance(X, other, features=frozen) == pytest.approx(expected)


@pytest.mark.parametrize("sizes", [(1, 5), (5, 1)])
def test_a_single_window_is_refused(make_signals, sizes):
    real, synthetic = (make_signals(size) for size in sizes)
    with pytest.raises(ValueError, match=f"at least two windows; got {sizes[0]} in X_real"):
        frechet_distance(real, synthetic)
