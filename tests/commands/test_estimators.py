"""Classifiers by name fit any samples, also those whose rate is low or unknown."""

import numpy as np
import pytest

from skeeg._commands._compare import ESTIMATORS
from skeeg._commands._estimators import CLASSIFIERS, make_estimator
from skeeg._commands._samples import Samples


def samples_of(X, rate=None, names=None):
    n_channels = 1 if X.ndim == 2 else X.shape[1]
    y = np.arange(len(X)) % 2
    return Samples(X, y, None, None, rate, n_channels, names, None, "data")


def test_every_name_that_is_offered_is_there():
    assert tuple(CLASSIFIERS) == ESTIMATORS


@pytest.mark.parametrize("name", ESTIMATORS)
@pytest.mark.parametrize("rate", [None, 25.0, 250.0])
def test_amplitudes_are_told_apart(rng, name, rate):
    X = rng.standard_normal((60, 125)) * np.where(np.arange(60) % 2, 1, 3)[:, None]
    samples = samples_of(X, rate)
    estimator = make_estimator(name, samples).fit(X[:40], samples.y[:40])
    assert estimator.score(X[40:], samples.y[40:]) == 1


def test_rhythms_and_names_of_channels_are_used_where_they_are_known(rng):
    X = rng.standard_normal((4, 2, 500))
    features = make_estimator("linear", samples_of(X, 250.0, ["Fz", "Cz"]))[0].fit(X)
    names = features.get_feature_names_out()
    assert any(name.startswith("Fz__") and "alpha" in name for name in names)
    features = make_estimator("linear", samples_of(X, 25.0))[0].fit(X)
    assert not any("alpha" in name for name in features.get_feature_names_out())


@pytest.mark.parametrize("n_times", [1, 2, 5, 20])
def test_short_rows_are_described_too(rng, n_times):
    X = rng.standard_normal((20, n_times))
    samples = samples_of(X)
    assert make_estimator("forest", samples).fit(X, samples.y).predict(X).shape == (20,)
