"""Shapley values of channels: their axioms, and games whose values are known."""

import sys

import numpy as np
import pandas as pd
import pytest
from imblearn.over_sampling import RandomOverSampler
from imblearn.pipeline import make_pipeline
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.svm import SVC

from skeeg.feature_extraction import FourierFeatures, RootMeanSquare
from skeeg.inspection import shap_values
from skeeg.preprocessing import SignalScaler


class Game(ClassifierMixin, BaseEstimator):
    """A decision that is known: a function of the mean of each channel."""

    def __init__(self, value=None):
        self.value = value
        self.classes_ = np.array([0, 1])

    def fit(self, X, y):
        return self

    def predict(self, X):
        return (self.decision_function(X) > 0).astype(int)

    def decision_function(self, X):
        return self.value(np.asarray(X).mean(axis=-1))


@pytest.fixture
def signals(rng):
    """Twelve channels; more than can be tried in all coalitions."""
    return rng.standard_normal((6, 12, 10)), rng.standard_normal((15, 12, 10))


def test_shares_add_up_to_the_prediction(linear, planted):
    X, _ = planted
    explanation = shap_values(linear, X[:8], X[40:], random_state=0)
    assert explanation.values.shape == (8, 4, 3)
    assert_allclose(
        explanation.values.sum(axis=1) + explanation.base_values, linear.predict_proba(X[:8])
    )
    base = linear.predict_proba(X[40:]).mean(axis=0)
    assert_allclose(explanation.base_values, np.tile(base, (8, 1)))


@pytest.mark.parametrize("n_repeats", [1, 5])
def test_many_channels_are_sampled_and_still_add_up(signals, n_repeats):
    X, background = signals
    game = Game(lambda means: np.exp(means).prod(axis=1) + means[:, 0] * means[:, 1])
    explanation = shap_values(game, X, background, n_repeats=n_repeats, random_state=0)
    total = explanation.values.sum(axis=1) + explanation.base_values
    scores = game.decision_function(X)
    assert_allclose(total, np.column_stack([-scores, scores]))


def test_channels_of_a_sum_get_their_own_term(signals):
    """The Shapley value of an addend is itself minus its mean over the background."""
    X, background = signals
    weights = np.arange(12.0)
    explanation = shap_values(Game(lambda means: means @ weights), X, background, random_state=0)
    expected = (X.mean(axis=-1) - background.mean(axis=(0, 2))) * weights
    assert_allclose(explanation.values[..., 1], expected, atol=1e-10)
    assert_allclose(explanation.values[..., 0], -expected, atol=1e-10)


def test_channels_of_a_product_share_it_evenly(rng):
    """Against a background of zeros two factors get one half each, a bystander nothing."""
    X = rng.uniform(1, 2, (5, 3, 4))
    game = Game(lambda means: means[:, 0] * means[:, 2])
    explanation = shap_values(game, X, np.zeros((1, 3, 4)))
    product = game.decision_function(X)
    assert_allclose(explanation.values[..., 1], product[:, None] * [0.5, 0, 0.5], atol=1e-12)


def test_features_are_players_of_the_last_step(linear, planted):
    X, _ = planted
    explanation = shap_values(linear, X[:4], X[40:60], players="features", random_state=0)
    table = linear[:-1].transform(X)
    assert explanation.values.shape == (4, 32, 3)
    assert_allclose(explanation.data, table[:4])
    assert explanation.feature_names == list(linear[0].get_feature_names_out())
    total = explanation.values.sum(axis=1) + explanation.base_values
    assert_allclose(total, linear.predict_proba(X[:4]))


def test_features_of_a_linear_model_have_a_closed_form(planted):
    """In log-odds a coefficient times the distance from the mean of the background."""
    X, y = planted
    last = LogisticRegression()
    pipeline = make_pipeline(RootMeanSquare(), last).fit(X, y == "clap")
    last.predict_proba = property()
    pipeline.steps[-1] = ("last", LogOdds(last).fit(None))
    explanation = shap_values(pipeline, X[:5], X[50:], players="features")
    table = pipeline[0].transform(X)
    expected = last.coef_[0] * (table[:5] - table[50:].mean(axis=0))
    assert_allclose(explanation.values[..., 1], expected)


class LogOdds(ClassifierMixin, BaseEstimator):
    """The decision function of a classifier, and nothing else of it."""

    def __init__(self, classifier):
        self.classifier = classifier

    def fit(self, X, y=None):
        self.classes_ = self.classifier.classes_
        return self

    def predict(self, X):
        return self.classifier.predict(X)

    def decision_function(self, X):
        return self.classifier.decision_function(X)


def test_samplers_and_frames_are_no_trouble(planted):
    X, y = planted
    steps = (
        SignalScaler(),
        RandomOverSampler(random_state=0),
        FourierFeatures(n_bins=3, n_channels=4),
    )
    pipeline = make_pipeline(*steps, LogisticRegression())
    frame = pd.DataFrame(X.reshape(len(X), -1)).add_prefix("x")
    pipeline.set_params(signalscaler__n_channels=4).set_output(transform="pandas")
    pipeline.fit(frame, y)
    for players, n_players in (("channels", 4), ("features", 12)):
        explanation = shap_values(
            pipeline, frame[:3], frame[50:60], players=players, n_channels=4, random_state=0
        )
        assert explanation.values.shape == (3, n_players, 3)
        total = explanation.values.sum(axis=1) + explanation.base_values
        assert_allclose(total, pipeline.predict_proba(frame[:3]))


def test_an_explanation_says_what_it_explains(linear, planted):
    X, _ = planted
    names = ["F3", "Fz", "F4", "Cz"]
    explanation = shap_values(linear, X[:3], X[40:50], channel_names=names)
    assert explanation.feature_names == names
    assert explanation.output_names == ["clap", "rest", "walk"]
    assert_allclose(explanation.data, np.sqrt((X[:3] ** 2).mean(axis=-1)))


def test_flat_and_three_dimensional_signals_give_the_same_bits(make_planted):
    X, y = make_planted(0)
    flat = X.reshape(len(X), -1)
    one, other = (make_pipeline(RootMeanSquare(n_channels=4), SVC()) for _ in range(2))
    expected = shap_values(one.fit(X, y), X[:4], X[50:60], random_state=0)
    found = shap_values(other.fit(flat, y), flat[:4], flat[50:60], n_channels=4, random_state=0)
    assert_array_equal(found.values, expected.values)


def test_one_seed_gives_the_same_values_and_no_global_state_is_touched(signals):
    X, background = signals
    game = Game(lambda means: np.exp(means).prod(axis=1))
    numpy_state = np.random.get_state
    before = numpy_state()[1]
    values = [shap_values(game, X, background, random_state=seed).values for seed in (0, 0, 1)]
    assert_array_equal(values[0], values[1])
    assert not np.array_equal(values[0], values[2])
    assert_array_equal(numpy_state()[1], before)


@pytest.mark.parametrize(
    ("change", "options", "error", "message"),
    [
        (lambda X: (X, X[:, :3]), {}, ValueError, r"background has signals of shape \(3, 64\)"),
        (lambda X: (X, X[:0]), {}, ValueError, "0 sample"),
        (lambda X: (X, X * np.nan), {}, ValueError, "Input background contains NaN"),
        (lambda X: (X[:, :3], X[:, :3]), {}, ValueError, "expected .n_samples, 4, n_times"),
        (lambda X: (X, X), {"channel_names": ["Fz"]}, ValueError, "channel_names has 1 names"),
        (lambda X: (X, X), {"players": "trees"}, ValueError, "'players' parameter"),
        (lambda X: (X, X), {"n_repeats": 0}, ValueError, "'n_repeats' parameter"),
    ],
)
def test_bad_input_is_named(linear, planted, change, options, error, message):
    with pytest.raises(error, match=message):
        shap_values(linear, *change(planted[0][:5]), **options)


def test_what_cannot_be_explained_is_named(net, planted):
    X, y = planted
    with pytest.raises(TypeError, match="must be a classifier"):
        shap_values(LinearRegression(), X, X)
    with pytest.raises(NotFittedError):
        shap_values(make_pipeline(RootMeanSquare(), SVC()), X, X)
    with pytest.raises(TypeError, match="players='features' are those of a pipeline"):
        shap_values(net, X, X, players="features")
    with pytest.raises(ValueError, match="needs a table before the last step"):
        shap_values(make_pipeline(SignalScaler(), net).fit(X, y), X, X, players="features")


def test_a_missing_library_is_named_with_its_extra(linear, planted, monkeypatch):
    monkeypatch.setitem(sys.modules, "shap", None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[explain\]"):
        shap_values(linear, planted[0], planted[0])
