"""True changes of sign, against a loop that counts them one by one."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from skeeg.feature_extraction import ZeroCrossingRate


def count_crossings(row):
    """Walk along the row and remember the last sign that was seen."""
    last, crossings = 0, 0
    for value in row:
        if value == 0:
            continue
        sign = 1 if value > 0 else -1
        crossings += last == -sign
        last = sign
    return crossings


@pytest.mark.parametrize("n_times", [1, 2, 3, 30])
def test_equals_a_loop_that_counts(rng, n_times):
    X = rng.integers(-2, 3, (500, n_times))
    expected = [[count_crossings(row) / max(1, n_times - 1)] for row in X]
    assert_allclose(ZeroCrossingRate().fit_transform(X), expected)


@pytest.mark.parametrize("frequency", [1, 5, 12.5])
def test_a_sine_crosses_twice_per_cycle(frequency):
    seconds = np.arange(1001) / 1000
    X = np.sin(2 * np.pi * frequency * seconds + 0.1)[np.newaxis]
    assert_allclose(ZeroCrossingRate().fit_transform(X) * 1000, 2 * frequency, atol=1)


def test_ignores_scale_and_direction(make_signals):
    X = make_signals()
    expected = ZeroCrossingRate().fit_transform(X)
    for variant in (1e-9 * X, -X, X[:, ::-1]):
        assert_array_equal(ZeroCrossingRate().fit_transform(variant), expected)
