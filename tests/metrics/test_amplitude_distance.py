"""Distance between amplitudes: closed forms, scipy, units and constant windows."""

import numpy as np
import ot
import pytest
from numpy.testing import assert_allclose
from scipy.stats import wasserstein_distance

from skeeg.metrics import amplitude_distance


@pytest.mark.parametrize("factor", [10, 2, 1e-3, 1e150])
def test_scaling_moves_by_its_decades(make_signals, factor):
    X = make_signals()
    expected = pytest.approx(abs(np.log10(factor)))
    assert amplitude_distance(X, factor * X) == expected
    assert amplitude_distance(factor * X, X) == expected


def test_counts_how_far_each_window_would_have_to_move():
    wave = np.sin(np.arange(50))
    real, synthetic = np.outer([1, 10, 100, 1000], wave), np.outer([1, 10, 100, 100], wave)
    assert amplitude_distance(real, synthetic) == pytest.approx(1 / 4)


def test_agrees_with_scipy(make_signals, rng):
    X = make_signals(30)
    other = rng.lognormal(sigma=2, size=(40, 1)) * rng.standard_normal((40, 128))
    logs = [np.log10(windows.std(axis=1)) for windows in (X, other)]
    assert amplitude_distance(X, other) == pytest.approx(wasserstein_distance(*logs))


def test_agrees_with_optimal_transport(make_signals, rng):
    X = make_signals(30)
    other = rng.lognormal(sigma=2, size=(40, 1)) * rng.standard_normal((40, 128))
    logs = [np.log10(windows.std(axis=1)) for windows in (X, other)]
    assert amplitude_distance(X, other) == pytest.approx(ot.wasserstein_1d(*logs), abs=1e-6)


def test_bonn_agrees_with_scipy(bonn_halves):
    logs = [[np.log10(X.std(axis=1)) for X in pair] for pair in bonn_halves]
    expected = [wasserstein_distance(*pair) for pair in logs]
    assert_allclose([amplitude_distance(*pair) for pair in bonn_halves], expected, atol=1e-6)


@pytest.mark.parametrize("scale", [1e-150, 1e-5, 1e150])
def test_unit_order_and_offset_do_not_matter(make_signals, rng, scale):
    X, other = make_signals(20), rng.standard_normal((30, 128))
    expected = amplitude_distance(X, other)
    moved = scale * (X[::-1] + rng.uniform(-1, 1, (20, 1)))
    assert amplitude_distance(moved, scale * other) == pytest.approx(expected)
    assert amplitude_distance(other, X, sampling_rate=100) == pytest.approx(expected)


def test_is_the_mean_over_channels(make_signals):
    X = make_signals(n_channels=2)
    scaled = X * [[1.0], [100.0]]
    assert amplitude_distance(X, scaled) == pytest.approx(1)
    flat = amplitude_distance(X.reshape(12, -1), scaled.reshape(12, -1), n_channels=2)
    assert flat == pytest.approx(1)


@pytest.mark.parametrize("offset", [0.0, 0.1, -1e6])
@pytest.mark.parametrize("scale", [1e-5, 1.0])
def test_constant_windows_lie_six_decades_below_the_largest(rng, offset, scale):
    wave = scale * np.sin(rng.uniform(0, 6, (40, 1)) + np.arange(100) * np.pi / 10)
    constant = np.full((40, 100), scale * offset)
    assert amplitude_distance(constant, constant) == 0
    assert amplitude_distance(wave, constant) == pytest.approx(6)
    assert amplitude_distance(wave, np.vstack([wave, constant[:10]])) == pytest.approx(6 / 5)


def test_one_time_point_is_constant():
    assert amplitude_distance([[1.0], [2.0]], [[3.0]]) == 0


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"X_real": np.ones((3, 9))}, r"\(1, 9\) in X_real and \(1, 8\) in X_synthetic"),
        ({"X_synthetic": np.full((3, 8), np.inf)}, "X_synthetic contains infinity"),
        ({"n_channels": 3}, "n_channels=3 does not divide the 8 columns"),
        ({"sampling_rate": -1}, "'sampling_rate' parameter"),
    ],
)
def test_bad_input_is_named(make_signals, broken, message):
    arguments = {"X_real": make_signals(4, 8), "X_synthetic": make_signals(4, 8)}
    with pytest.raises(ValueError, match=message):
        amplitude_distance(**{**arguments, **broken})
