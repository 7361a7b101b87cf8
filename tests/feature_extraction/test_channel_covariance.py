"""Covariance of channels, against numpy, scipy and scikit-learn."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.linalg import logm
from sklearn.covariance import shrunk_covariance

from skeeg.feature_extraction import ChannelCovariance

TRIANGLE = np.triu_indices(4)


@pytest.fixture(name="X")
def fixture_of_mixtures(make_signals, rng):
    """Four channels that are mixtures of each other."""
    return np.einsum("ij,njt->nit", rng.normal(size=(4, 4)), make_signals(n_channels=4))


@pytest.mark.parametrize("shrinkage", [0, 0.1, 1])
def test_is_the_shrunk_covariance_of_scikit_learn(X, shrinkage):
    expected = [
        shrunk_covariance(np.cov(sample, bias=True), shrinkage=shrinkage)[TRIANGLE] for sample in X
    ]
    found = ChannelCovariance(kind="covariance", shrinkage=shrinkage).fit_transform(X)
    assert_allclose(found, expected, atol=1e-9)


def test_correlation_is_that_of_numpy(X):
    expected = [np.corrcoef(sample)[np.triu_indices(4, k=1)] for sample in X]
    found = ChannelCovariance(kind="correlation", shrinkage=0).fit_transform(X)
    assert_allclose(found, expected, atol=1e-12)


def test_logarithm_is_that_of_scipy(X):
    matrices = [shrunk_covariance(np.cov(sample, bias=True)) for sample in X]
    weights = np.where(np.eye(4), 1, np.sqrt(2))
    expected = [(logm(matrix) * weights)[TRIANGLE] for matrix in matrices]
    assert_allclose(ChannelCovariance().fit_transform(X), expected, atol=1e-9)


def test_distance_of_rows_is_that_of_the_matrices(X):
    first, second = (logm(shrunk_covariance(np.cov(sample, bias=True))) for sample in X[:2])
    rows = ChannelCovariance().fit_transform(X[:2])
    assert_allclose(np.linalg.norm(rows[0] - rows[1]), np.linalg.norm(first - second))


def test_one_channel_has_the_logarithm_of_its_variance(make_signals):
    X = make_signals()
    assert_allclose(ChannelCovariance().fit_transform(X)[:, 0], np.log(X.var(axis=1)))


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("log", ["Fz__log_covariance", "Fz-Cz__log_covariance", "Cz__log_covariance"]),
        ("covariance", ["Fz__covariance", "Fz-Cz__covariance", "Cz__covariance"]),
        ("correlation", ["Fz-Cz__correlation"]),
    ],
)
def test_names_say_which_channels(make_signals, kind, names):
    extractor = ChannelCovariance(kind=kind, channel_names=["Fz", "Cz"])
    assert extractor.fit(make_signals(n_channels=2)).get_feature_names_out().tolist() == names


@pytest.mark.parametrize("scale", [1e-13, 1e6])
def test_a_change_of_unit_shifts_the_diagonal_of_the_logarithm(X, scale):
    difference = ChannelCovariance().fit_transform(scale * X) - ChannelCovariance().fit_transform(X)
    on_diagonal = np.equal(*TRIANGLE)
    assert_allclose(difference, np.tile(2 * np.log(scale) * on_diagonal, (len(X), 1)), atol=1e-8)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kind", ["log", "correlation"])
def test_silent_channels_give_finite_features(make_signals, dtype, kind):
    X = make_signals(n_channels=3, dtype=dtype)
    X[:, 1] = 0.1
    X[0] = 0
    found = ChannelCovariance(kind=kind, shrinkage=0).fit_transform(X)
    assert np.isfinite(found).all()
    if kind == "correlation":
        assert_allclose(found[:, [0, 2]], 0, atol=0.05)


@pytest.mark.parametrize("shrinkage", [-0.1, 1.1])
def test_shrinkage_is_a_share(X, shrinkage):
    with pytest.raises(ValueError, match=r"'shrinkage' parameter .* in the range \[0.0, 1.0\]"):
        ChannelCovariance(shrinkage=shrinkage).fit(X)
