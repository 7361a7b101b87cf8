"""Hjorth's parameters, against antropy, mne-features and closed forms."""

import antropy
import numpy as np
import pytest
from numpy.testing import assert_allclose

from skeeg.feature_extraction import HjorthParameters


def test_equals_antropy(make_signals):
    X = make_signals(n_channels=2)
    found = HjorthParameters().fit_transform(X).reshape(len(X), 2, 3)
    assert_allclose(found[..., 0], X.var(axis=-1))
    assert_allclose(np.moveaxis(found[..., 1:], -1, 0), antropy.hjorth_params(X, axis=-1))


@pytest.mark.filterwarnings("ignore")
def test_mobility_agrees_with_mne_features(make_signals):
    univariate = pytest.importorskip("mne_features.univariate")
    X = make_signals(n_times=1000)
    # it puts a 0 before the signal
    padded = np.insert(X, 0, 0, axis=-1)
    found = HjorthParameters().fit_transform(padded)[:, 1]
    assert_allclose(found, univariate.compute_hjorth_mobility(X), rtol=2e-3)


@pytest.mark.parametrize("frequency", [0.01, 0.05, 0.1])
def test_a_sine_has_its_frequency_as_mobility_and_a_complexity_of_one(frequency):
    X = 3 * np.sin(2 * np.pi * frequency * np.arange(10000))[np.newaxis]
    activity, mobility, complexity = HjorthParameters().fit_transform(X)[0]
    assert_allclose(activity, 4.5, rtol=1e-3)
    assert_allclose(mobility, 2 * np.sin(np.pi * frequency), rtol=1e-3)
    assert_allclose(complexity, 1, rtol=1e-3)


def test_white_noise_has_the_mobility_of_independent_values(rng):
    _, mobility, complexity = HjorthParameters().fit_transform(rng.normal(size=(50, 5000))).T
    assert_allclose(mobility.mean(), np.sqrt(2), rtol=1e-2)
    assert_allclose(complexity.mean(), np.sqrt(6 / 2) / np.sqrt(2), rtol=1e-2)


@pytest.mark.parametrize("scale", [1e-13, 1e6])
def test_only_activity_depends_on_the_unit(make_signals, scale):
    X = make_signals()
    expected = HjorthParameters().fit_transform(X) * [scale**2, 1, 1]
    assert_allclose(HjorthParameters().fit_transform(scale * X), expected)


@pytest.mark.parametrize("n_times", [1, 2, 3, 178])
@pytest.mark.parametrize("constant", [0, 0.1, -7e5])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_constant_signals_stand_still(n_times, constant, dtype):
    found = HjorthParameters().fit_transform(np.full((1, n_times), constant, dtype))
    assert_allclose(found, np.zeros((1, 3)), atol=1e-6 * max(1, constant**2))
