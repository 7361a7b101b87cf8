"""What is particular to autoregressive models."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.linalg import solve_discrete_lyapunov, solve_toeplitz
from scipy.signal import lfilter

from skeeg.over_sampling import AutoregressiveSampler
from skeeg.over_sampling._autoregressive import _autocovariances, _predictors, _simulate
from skeeg.over_sampling._levels import split_levels

# a rhythm of a tenth of the sampling rate
RHYTHM = [1, -2 * 0.9 * np.cos(0.2 * np.pi), 0.81]
# two channels, the second follows the first one step later
COUPLING = np.array([[0.6, 0.0], [0.5, 0.3]])
NOISE = np.array([[1.0, 0.4], [0.4, 0.5]])


def covariances_of_the_coupling(n_lags):
    """E[x_t x'_(t-lag)] of x_t = COUPLING x_(t-1) + e, e of the covariance NOISE."""
    start = solve_discrete_lyapunov(COUPLING, NOISE)
    return np.array([np.linalg.matrix_power(COUPLING, lag) @ start for lag in range(n_lags)])


def companion(coefficients):
    """Return the matrix whose powers are those of the process; stable if its radius is below 1."""
    order, n_channels, _ = coefficients.shape
    matrix = np.eye(order * n_channels, k=-n_channels)
    matrix[:n_channels] = np.concatenate(list(coefficients), axis=1)
    return matrix


def test_one_channel_solves_the_equations_of_yule_and_walker(rng):
    covariances = _autocovariances(rng.standard_normal((3, 1, 100)), 8)
    coefficients, root = list(_predictors(covariances))[-1]
    for row in range(3):
        r = covariances[:, 0, 0, row]
        expected = solve_toeplitz(r[:-1], r[1:])
        assert_allclose(coefficients[:, 0, 0, row], expected)
        assert_allclose(root[0, 0, row] ** 2, r[0] - expected @ r[1:])


def test_a_known_vector_process_is_recovered_from_its_covariances():
    covariances = covariances_of_the_coupling(5)[..., None]
    for coefficients, root in list(_predictors(covariances))[1:]:
        assert_allclose(coefficients[0, ..., 0], COUPLING, atol=1e-12)
        assert_allclose(coefficients[1:], 0, atol=1e-12)
        assert_allclose(root[..., 0].T @ root[..., 0], NOISE, atol=1e-12)


def test_simulations_are_stationary_from_the_first_point_on(rng):
    covariances = covariances_of_the_coupling(4)
    x = _simulate(np.repeat(covariances[..., None], 40000, -1), rng.standard_normal((8, 2, 40000)))
    for time in range(8):
        for lag in range(min(time, 3) + 1):
            found = x[time] @ x[time - lag].T / 40000
            assert_allclose(found, covariances[lag], atol=0.06)


@pytest.mark.parametrize("order", [1, 5, 30])
@pytest.mark.parametrize("n_channels", [1, 4])
def test_models_are_stable(rng, order, n_channels):
    walks = rng.standard_normal((20, n_channels, 60)).cumsum(axis=-1)
    coefficients, _ = list(_predictors(_autocovariances(split_levels(walks)[0], order)))[-1]
    for row in range(20):
        assert np.abs(np.linalg.eigvals(companion(coefficients[..., row]))).max() < 1


def test_the_spectrum_of_a_rhythm_is_kept(rng):
    X = lfilter([1], RHYTHM, rng.standard_normal((300, 400)))[:, 200:]
    drawn = AutoregressiveSampler(order=6).fit(X, np.arange(300) % 2).sample(600, random_state=0)
    real, synthetic = (np.square(np.abs(np.fft.rfft(Z * np.hanning(200)))) for Z in (X, drawn))
    levels = 10 * np.log10(synthetic.mean(axis=0) / real.mean(axis=0))
    assert np.abs(levels[2:]).max() < 2
    assert synthetic.mean(axis=0).argmax() == pytest.approx(20, abs=1)


def test_the_covariances_of_channels_and_lags_are_kept(rng):
    X = np.zeros((250, 300, 2))
    for time, noise in enumerate(rng.multivariate_normal([0, 0], NOISE, (249, 300)), start=1):
        X[time] = X[time - 1] @ COUPLING.T + noise
    X = X[50:].transpose(1, 2, 0)
    drawn = AutoregressiveSampler(order=3).fit(X, np.arange(300) % 2).sample(600, random_state=0)
    expected = covariances_of_the_coupling(4)
    for lag in range(4):
        found = np.einsum("nit,njt->ij", drawn[..., lag:], drawn[..., : 200 - lag]) / (600 * 200)
        assert_allclose(found, expected[lag], atol=0.12)
    assert found[1, 0] > 2 * found[0, 1] > 0  # the direction of the coupling


def test_mean_and_deviation_of_each_channel_are_those_of_a_window(rng):
    X = rng.standard_normal((6, 3, 80)) * rng.uniform(1, 9, (6, 3, 1)) + 5
    drawn = AutoregressiveSampler().fit(X, [0, 1] * 3).sample(30, random_state=0)
    levels = np.concatenate([X.mean(axis=-1), X.std(axis=-1)], axis=1)
    found = np.concatenate([drawn.mean(axis=-1), drawn.std(axis=-1)], axis=1)
    assert np.abs(found[:, None] - levels).max(axis=-1).min(axis=1).max() < 1e-9


@pytest.mark.parametrize("order", [0, -1, 2.5, "12"])
def test_bad_orders(order):
    message = "'order' parameter of AutoregressiveSampler must be an int"
    with pytest.raises(ValueError, match=message):
        AutoregressiveSampler(order=order).fit(np.eye(4), [0, 0, 1, 1])
