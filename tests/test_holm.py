"""Holm's adjustment, by hand and step by step."""

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from skeeg._holm import adjust_by_holm


def test_holm_by_hand():
    assert_allclose(adjust_by_holm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02])
    assert_array_equal(adjust_by_holm([0.4, 0.6]), [0.8, 0.8])
    assert_array_equal(adjust_by_holm([0.7, 0.6]), [1, 1])


def test_holm_rejects_as_step_by_step(rng):
    p_values = rng.uniform(size=20) ** 4
    adjusted = adjust_by_holm(p_values)
    for level in (0.01, 0.05, 0.3):
        rejected = np.zeros(20, dtype=bool)
        for rank, i in enumerate(np.argsort(p_values)):
            if p_values[i] > level / (20 - rank):
                break
            rejected[i] = True
        assert_array_equal(adjusted <= level, rejected)


def test_what_was_not_tested_does_not_count():
    assert_allclose(adjust_by_holm([0.01, np.nan, 0.02]), [0.02, np.nan, 0.02])
    assert adjust_by_holm([]).shape == (0,)
