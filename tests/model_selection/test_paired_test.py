"""The corrected t-test, against closed forms and scipy."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.stats import ttest_1samp

from skeeg.model_selection._paired_test import corrected_t_test, count_differences_needed


@pytest.mark.parametrize("confidence", [0.8, 0.95])
def test_without_overlap_it_is_the_t_test(rng, confidence):
    differences = rng.normal(0.3, 1, size=12)
    expected = ttest_1samp(differences, 0)
    result = corrected_t_test(differences, 0, confidence)
    assert_allclose(result.p, expected.pvalue)
    assert_allclose(result[1:3], expected.confidence_interval(confidence))
    assert result.mean == differences.mean()


def test_overlap_widens_the_interval_by_a_known_factor(rng):
    differences = rng.normal(size=10)
    plain, corrected = (corrected_t_test(differences, share, 0.95) for share in (0, 0.25))
    widened = (corrected.high - corrected.low) / (plain.high - plain.low)
    assert_allclose(widened, np.sqrt(1 + 10 * 0.25))
    assert corrected.p > plain.p


def test_three_folds_by_hand():
    # mean 2, variance 1, three folds of a third each: error sqrt(1/3 + 1/2), 2 degrees of freedom
    result = corrected_t_test([1, 2, 3], 0.5, 0.95)
    t = 2 / np.sqrt(5 / 6)
    assert_allclose(result.p, 1 - t / np.sqrt(2 + t**2))
    assert_allclose(result.high - 2, 4.302652729911275 * np.sqrt(5 / 6))


def test_pairs_that_are_missing_are_left_out():
    expected = corrected_t_test([1.0, 2.0, 4.0], 0.25, 0.95)
    assert corrected_t_test([1.0, np.nan, 2.0, 4.0], 0.25, 0.95) == expected


@pytest.mark.parametrize("differences", [[], [np.nan], [0.5], [0.5, np.nan]])
def test_one_difference_has_no_interval(differences):
    result = corrected_t_test(differences, 0.25, 0.95)
    assert np.isnan(result[1:]).all()
    assert np.isnan(result.mean) == (0.5 not in differences)


@pytest.mark.parametrize(("difference", "p"), [(0.0, 1.0), (0.5, 0.0)])
def test_differences_that_do_not_vary(difference, p):
    assert corrected_t_test([difference] * 4, 0.25, 0.95) == (difference,) * 3 + (p,)


@pytest.mark.parametrize("shift", [0.0, 0.02])
def test_as_many_differences_as_needed_are_significant_and_fewer_are_not(rng, shift):
    differences = rng.normal(0.06 + shift, 0.1, size=12)
    n = count_differences_needed(differences, 0.02, 0.01)
    scale = differences.std(ddof=1)

    def p_value(n_pairs):
        again = np.resize([1.0, -1.0], n_pairs)
        again = (again - again.mean()) / again.std(ddof=1) * scale + differences.mean()
        return corrected_t_test(again, 0.02, 0.99).p

    assert p_value(n) < 0.01 < p_value(n - 1)


@pytest.mark.parametrize("differences", [[0.1], [0.1, 0.1], [-0.1, 0.1], [-0.2, 0.21]])
def test_where_no_number_is_enough_none_is_given(differences):
    assert count_differences_needed(differences, 0.25, 0.05) is None
