"""Maximum mean discrepancy: closed form, a sum over pairs, and no bias."""

import numpy as np
import pytest
from sklearn.preprocessing import FunctionTransformer

from skeeg.metrics import maximum_mean_discrepancy

RAW = FunctionTransformer()


def standardise(real, synthetic):
    mean, sd = real.mean(axis=0), real.std(axis=0)
    return (real - mean) / sd, (synthetic - mean) / sd


def reference(real, synthetic, gamma):
    """Mean over pairs of different rows, pair by pair."""

    def kernel(x, y):
        return np.exp(-gamma * np.square(x - y).sum())

    def within(X):
        return np.mean([kernel(x, y) for i, x in enumerate(X) for j, y in enumerate(X) if i != j])

    across = np.mean([kernel(x, y) for x in real for y in synthetic])
    return within(real) + within(synthetic) - 2 * across


def test_agrees_with_the_sum_over_pairs(rng):
    real, synthetic = rng.standard_normal((15, 4)), rng.normal(1, 2, (11, 4))
    found = maximum_mean_discrepancy(real, synthetic, features=RAW, gamma=0.3)
    assert found == pytest.approx(reference(*standardise(real, synthetic), 0.3))


def test_compares_waveforms_at_zero_mean_and_unit_rms(make_signals):
    real, synthetic = make_signals(15, 32), 3 * make_signals(11, 32) + 7
    waves = [
        (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)
        for X in (real, synthetic)
    ]
    found = maximum_mean_discrepancy(real, synthetic, gamma=0.01)
    assert found == pytest.approx(reference(*waves, 0.01))


def test_finds_a_pattern_too_faint_for_a_single_window(make_signals, rng):
    real, other = (rng.standard_normal((300, 64)) for _ in range(2))
    patterned = other + 0.2 * np.sin(np.arange(64))
    clean = maximum_mean_discrepancy(real, other)
    assert maximum_mean_discrepancy(real, patterned) > 10 * abs(clean)


def test_batches_make_no_difference(make_signals, monkeypatch):
    real, synthetic = make_signals(15), make_signals(11)
    expected = maximum_mean_discrepancy(real, synthetic, gamma=0.01)
    monkeypatch.setattr("skeeg.metrics._maximum_mean_discrepancy.BATCH_ROWS", 4)
    assert maximum_mean_discrepancy(real, synthetic, gamma=0.01) == pytest.approx(expected)


def test_gamma_is_one_over_the_median_squared_distance(rng):
    real, synthetic = rng.standard_normal((15, 4)), rng.normal(1, 2, (11, 4))
    sets = standardise(real, synthetic)
    squares = [np.square(x - y).sum() for i, x in enumerate(sets[0]) for y in sets[0][:i]]
    found = maximum_mean_discrepancy(real, synthetic, features=RAW)
    assert found == pytest.approx(reference(*sets, 1 / np.median(squares)))


def test_normal_distributions_have_their_closed_form(rng):
    gamma, shift = 0.2, np.array([1.0, -1, 0.5])
    real = rng.standard_normal((3000, 3))
    synthetic = shift + rng.standard_normal((3000, 3))
    # differences of two draws have twice the variance
    spread = 1 + 4 * gamma
    alike = spread**-1.5
    expected = 2 * alike * (1 - np.exp(-gamma * np.square(shift).sum() / spread))
    found = maximum_mean_discrepancy(real, synthetic, features=RAW, gamma=gamma)
    assert found == pytest.approx(expected, rel=0.05)


def test_is_unbiased(rng):
    found = [
        maximum_mean_discrepancy(*rng.standard_normal((2, 30, 3)), features=RAW, gamma=0.2)
        for _ in range(100)
    ]
    assert np.mean(found) == pytest.approx(0, abs=4 * np.std(found) / 10)
    assert min(found) < 0


def test_sees_what_mean_and_covariance_do_not(rng):
    real = rng.standard_normal((2000, 1))
    two_points = rng.choice([-1.0, 1.0], (2000, 1))
    assert maximum_mean_discrepancy(real, two_points, features=RAW) > 0.05


def test_single_windows_far_off_weigh_little(rng):
    real, synthetic = rng.standard_normal((2, 200, 3))
    synthetic[:4] *= 1e6
    assert abs(maximum_mean_discrepancy(real, synthetic, features=RAW)) < 0.01


def test_constant_windows_need_no_scale():
    assert maximum_mean_discrepancy(np.ones((5, 64)), np.ones((6, 64))) == pytest.approx(0)


@pytest.mark.parametrize("sizes", [(1, 5), (5, 1)])
def test_a_single_window_is_refused(make_signals, sizes):
    real, synthetic = (make_signals(size) for size in sizes)
    with pytest.raises(ValueError, match=f"at least two of them; got {sizes[0]} in X_real"):
        maximum_mean_discrepancy(real, synthetic)
