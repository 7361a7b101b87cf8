"""Collapse is seen, and variety is not taken for it."""

import warnings
from types import SimpleNamespace

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning

from skeeg.over_sampling._collapse import coverage, diversity, warn_of_collapse


@pytest.fixture
def real(rng):
    return rng.standard_normal((100, 20))


def test_signals_of_the_same_distribution(real, rng):
    fresh = rng.standard_normal((100, 20))
    assert diversity(real, fresh) == pytest.approx(1, abs=0.1)
    assert coverage(real, fresh) > 0.9


def test_a_single_signal(real):
    assert diversity(real, np.repeat(real[:1], 100, axis=0)) == 0
    assert coverage(real, np.repeat(real[:1], 100, axis=0)) < 0.2


def test_copies_of_a_few_signals(real):
    assert diversity(real, np.tile(real[:5], (20, 1))) == 0


def test_signals_that_vary_elsewhere(real, rng):
    far = 10 + rng.standard_normal((100, 20))
    assert diversity(real, far) == pytest.approx(1, abs=0.1)
    assert coverage(real, far) == 0


def test_constant_real_signals_cannot_be_varied_less():
    assert diversity(np.zeros((20, 3)), np.zeros((20, 3))) == 1


def warnings_for(encoded, drawn):
    synthesizer = SimpleNamespace(codes=[0], draw_encoded=lambda codes, random: drawn)
    codes = np.zeros(len(encoded), dtype=int)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warn_of_collapse(synthesizer, encoded, codes, np.array(["seizure"]), random=None)
    return caught


def test_the_warning_names_the_class(real):
    (warning,) = warnings_for(real[:, None], np.zeros((100, 1, 20)))
    assert warning.category is ConvergenceWarning
    assert "class 'seizure' vary too little: their diversity is 0.00" in str(warning.message)


def test_no_warning_for_variety_or_for_a_handful_of_rows(real, rng):
    assert not warnings_for(real[:, None], rng.standard_normal((100, 1, 20)))
    assert not warnings_for(real[:9, None], np.zeros((9, 1, 20)))
