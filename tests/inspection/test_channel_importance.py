"""Every explanation names the channels that were planted, and no channel without cause."""

import sys

import numpy as np
import pandas as pd
import pytest
from imblearn.over_sampling import RandomOverSampler
from imblearn.pipeline import make_pipeline
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.dummy import DummyClassifier
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import recall_score, roc_auc_score
from sklearn.model_selection import GridSearchCV
from sklearn.svm import SVC, LinearSVC

from skeeg.classification import EEGNetClassifier
from skeeg.feature_extraction import RootMeanSquare
from skeeg.inspection import channel_importance
from skeeg.preprocessing import FlattenChannels, VectorMagnitude

MODEL_AGNOSTIC = ["permutation", "shap"]
GRADIENTS = ["saliency", "integrated_gradients"]
QUICK = {"n_repeats": 2, "max_samples": 30, "random_state": 0}


@pytest.mark.parametrize("method", MODEL_AGNOSTIC + GRADIENTS)
def test_planted_channels_of_a_network_come_first(net, planted, method, names_what_was_planted):
    table = channel_importance(net, *planted, method=method, **QUICK)
    assert names_what_was_planted(table)
    assert table.index.tolist() == ["clap", "rest", "walk"]
    assert table.index.name == "class"


@pytest.mark.parametrize("method", MODEL_AGNOSTIC)
@pytest.mark.parametrize("seed", range(3))
def test_planted_channels_of_features_come_first(
    method, seed, make_planted, make_linear, names_what_was_planted
):
    pipeline = make_linear().fit(*make_planted(seed))
    table = channel_importance(pipeline, *make_planted(seed + 50, 90), method=method, **QUICK)
    assert names_what_was_planted(table)


@pytest.mark.parametrize("method", GRADIENTS)
def test_shares_of_a_class_add_up_to_one(net, planted, method):
    table = channel_importance(net, *planted, method=method, **QUICK)
    assert_allclose(table.sum(axis=1), 1)
    assert (table >= 0).all(axis=None)


@pytest.mark.parametrize("method", MODEL_AGNOSTIC)
def test_channels_do_not_stand_out_when_labels_were_shuffled(
    rng, method, make_planted, make_linear
):
    """The first channel of a class is a planted one no more often than chance has it."""
    found = []
    for seed in range(6):
        X, y = make_planted(seed)
        pipeline = make_linear().fit(X, rng.permutation(y))
        table = channel_importance(pipeline, *make_planted(seed + 50, 90), method=method, **QUICK)
        found += [table.loc["clap"].argmax() == 2, table.loc["walk"].argmax() == 0]
    assert np.mean(found) < 0.7  # with true labels 1, by chance 0.25


def test_permutation_is_the_fall_of_the_score(linear, planted):
    """Of a channel that alone decides, nothing is left: the score falls to that of chance."""
    X, y = planted
    X = X[:, [2]]
    pipeline = make_pipeline(RootMeanSquare(), LogisticRegression()).fit(X, y)
    p = pipeline.predict_proba(X)
    for name, score in (("roc_auc", roc_auc_score), ("recall", recall_score)):
        table = channel_importance(pipeline, X, y, scoring=name, n_repeats=50, random_state=0)
        said = p[:, 0] if name == "roc_auc" else pipeline.predict(X) == "clap"
        before = score(y == "clap", said)
        chance = 0.5 if name == "roc_auc" else np.mean(pipeline.predict(X) == "clap")
        assert table.loc["clap", "ch0"] == pytest.approx(before - chance, abs=0.04)


def test_a_channel_that_is_not_used_has_no_importance(planted):
    X, y = planted
    pipeline = make_pipeline(RootMeanSquare(), LogisticRegression()).fit(X, y)
    pipeline[-1].coef_[:, 1] = 0
    for method in MODEL_AGNOSTIC:
        table = channel_importance(pipeline, X, y, method=method, **QUICK)
        assert_allclose(table["ch1"], 0, atol=1e-12)


def test_any_scorer_can_judge(linear, planted, names_what_was_planted):
    def lift(estimator, X, y):
        return estimator.decision_function(X)[y].mean() - estimator.decision_function(X)[~y].mean()

    for scoring in ("average_precision", "f1", "balanced_accuracy", "neg_log_loss", lift):
        table = channel_importance(linear, *planted, scoring=scoring, **QUICK)
        assert names_what_was_planted(table)


@pytest.mark.parametrize("method", MODEL_AGNOSTIC + GRADIENTS)
def test_flat_and_three_dimensional_signals_give_the_same_bits(planted, method, make_planted):
    X, y = make_planted(0)
    flat = EEGNetClassifier(n_channels=4, max_iter=2, random_state=0).fit(X.reshape(len(X), -1), y)
    deep = EEGNetClassifier(max_iter=2, random_state=0).fit(X, y)
    X, y = planted
    expected = channel_importance(deep, X, y, method=method, **QUICK)
    found = channel_importance(flat, X.reshape(len(X), -1), y, method=method, n_channels=4, **QUICK)
    assert_array_equal(found, expected)


@pytest.mark.parametrize("method", MODEL_AGNOSTIC)
def test_data_frames_stay_what_they_are(planted, method, names_what_was_planted):
    """An estimator that knows the names of columns would warn of an array."""
    X, y = planted
    X = pd.DataFrame(X.reshape(len(X), -1)).add_prefix("x")
    pipeline = make_pipeline(RootMeanSquare(n_channels=4), LogisticRegression()).fit(X, y)
    table = channel_importance(pipeline, X, pd.Series(y), method=method, n_channels=4, **QUICK)
    assert names_what_was_planted(table)


@pytest.mark.parametrize("method", MODEL_AGNOSTIC)
@pytest.mark.parametrize("last", [LinearSVC(C=0.1), SVC(C=1.0)])
def test_a_decision_function_will_do(method, last, make_planted, names_what_was_planted):
    X, y = make_planted(0)
    table = channel_importance(
        make_pipeline(RootMeanSquare(), last).fit(X, y),
        *make_planted(50, 90),
        method=method,
        **QUICK,
    )
    assert names_what_was_planted(table)


@pytest.mark.parametrize("method", MODEL_AGNOSTIC)
def test_two_classes_are_explained_alike(method, make_planted):
    X, y = make_planted(0)
    X, y = X[y != "walk"], y[y != "walk"]
    pipeline = make_pipeline(RootMeanSquare(), SVC()).fit(X, y)
    table = channel_importance(pipeline, X, y, method=method, n_repeats=20, random_state=0)
    assert table.idxmax(axis=1).tolist() == ["ch2", "ch2"]
    assert table["ch2"].iloc[0] == pytest.approx(table["ch2"].iloc[1], rel=0.2)


def test_a_pipeline_of_imbalanced_learn_is_explained(planted, make_planted, names_what_was_planted):
    X, y = make_planted(0)
    pipeline = make_pipeline(
        FlattenChannels(), RandomOverSampler(random_state=0), RootMeanSquare(n_channels=4), SVC()
    ).fit(X[:200], y[:200])
    assert names_what_was_planted(channel_importance(pipeline, *planted, **QUICK))


def test_networks_are_found_in_pipelines_and_searches(
    planted, make_planted, names_what_was_planted
):
    settings = {"learning_rate": 0.02, "max_iter": 10, "batch_size": 32, "random_state": 0}
    net = EEGNetClassifier(n_channels=4, **settings)
    pipeline = make_pipeline(FlattenChannels(), RandomOverSampler(random_state=0), net)
    search = GridSearchCV(pipeline, {"eegnetclassifier__width": [8]}, cv=2).fit(*make_planted(0))
    for method in GRADIENTS:
        table = channel_importance(search, *planted, method=method, **QUICK)
        assert names_what_was_planted(table)


def test_units_of_channels_do_not_matter_to_shares(net, planted, make_planted):
    """Another unit of one channel changes its gradient, but not its share."""
    X, y = make_planted(0)
    factors = np.array([1.0, 2.0**-20, 1.0, 2.0**10])[:, np.newaxis]
    params = net.get_params()
    other = EEGNetClassifier(**params).fit(X * factors, y)
    for method in GRADIENTS:
        expected = channel_importance(net, *planted, method=method, **QUICK)
        found = channel_importance(other, planted[0] * factors, planted[1], method=method, **QUICK)
        assert_allclose(found, expected, rtol=1e-4)


def test_classes_that_have_no_signals_have_no_row(linear, planted, names_what_was_planted):
    X, y = planted
    table = channel_importance(linear, X[y != "rest"], y[y != "rest"], **QUICK)
    assert table.index.tolist() == ["clap", "walk"]
    assert names_what_was_planted(table)


def test_channels_have_the_names_they_are_given(linear, planted):
    table = channel_importance(linear, *planted, channel_names=["F3", "Fz", "F4", "Cz"], **QUICK)
    assert table.columns.tolist() == ["F3", "Fz", "F4", "Cz"]


@pytest.mark.parametrize("method", MODEL_AGNOSTIC + GRADIENTS)
def test_one_seed_gives_the_same_table_and_input_stays_as_it_was(net, planted, method):
    X, y = planted
    before = X.copy()
    tables = [channel_importance(net, X, y, method=method, **QUICK) for _ in range(2)]
    assert_array_equal(*tables)
    assert_array_equal(X, before)


@pytest.mark.parametrize(
    ("change", "options", "error", "message"),
    [
        (lambda X, y: (X[:, :3], y), {}, ValueError, "expected .n_samples, 4, n_times"),
        (lambda X, y: (X[:, :, :60], y), {}, ValueError, "features"),
        (lambda X, y: (X, y[1:]), {}, ValueError, "inconsistent numbers of samples"),
        (lambda X, y: (X, np.where(y == "rest", "jump", y)), {}, ValueError, "the class 'jump'"),
        (lambda X, y: (X, np.full(len(y), "rest")), {}, ValueError, "y has 1 class, 'rest'"),
        (lambda X, y: (X[:1], y[:1]), {}, ValueError, "y has 1 class"),
        (lambda X, y: (X[:0], y[:0]), {}, ValueError, "0 sample"),
        (lambda X, y: (X * np.nan, y), {}, ValueError, "Input X contains NaN"),
        (lambda X, y: (X[None], y), {}, ValueError, "X has 4 dimensions"),
        (lambda X, y: (X.reshape(90, -1), y), {"n_channels": 5}, ValueError, "does not divide"),
        (lambda X, y: (X, y), {"channel_names": ["Fz"]}, ValueError, "channel_names has 1 names"),
        (lambda X, y: (X, y), {"channel_names": list("aabc")}, ValueError, "'a' more than once"),
        (lambda X, y: (X, y), {"method": "lime"}, ValueError, "'method' parameter"),
        (lambda X, y: (X, y), {"scoring": "nice"}, ValueError, "'scoring' parameter"),
        (lambda X, y: (X, y), {"n_repeats": 0}, ValueError, "'n_repeats' parameter"),
        (lambda X, y: (X, y), {"max_samples": 0}, ValueError, "'max_samples' parameter"),
        (
            lambda X, y: (X, y),
            {"method": "saliency"},
            TypeError,
            "EEGNetClassifier.*got LogisticRegression",
        ),
        (lambda X, y: (X, y), {"method": "integrated_gradients"}, TypeError, "gradient of an EEG"),
    ],
)
def test_bad_input_is_named(linear, planted, change, options, error, message):
    with pytest.raises(error, match=message):
        channel_importance(linear, *change(*planted), **{**QUICK, **options})


@pytest.mark.parametrize(
    ("estimator", "error", "message"),
    [
        (make_pipeline(RootMeanSquare(), SVC()), NotFittedError, "not fitted"),
        (EEGNetClassifier(), NotFittedError, "not fitted"),
        (LinearRegression(), TypeError, "must be a classifier"),
        (RootMeanSquare(), TypeError, "must be a classifier"),
        ("svm", TypeError, "must be a classifier"),
    ],
)
def test_what_cannot_be_explained_is_named(planted, estimator, error, message):
    for method in MODEL_AGNOSTIC + GRADIENTS:
        with pytest.raises(error, match=message):
            channel_importance(estimator, *planted, method=method)


def test_a_classifier_that_only_predicts_is_refused(planted):
    class Mute(DummyClassifier):
        predict_proba = property()

    with pytest.raises(TypeError, match="Mute has neither predict_proba nor decision_function"):
        channel_importance(Mute().fit(*planted), *planted)


def test_pairs_of_classes_are_no_scores(planted):
    pipeline = make_pipeline(RootMeanSquare(), SVC(decision_function_shape="ovo", C=0.1))
    X, y = planted
    y = np.where(np.arange(len(y)) % 4, y, "jump")
    with pytest.raises(ValueError, match="decision_function_shape='ovr'"):
        channel_importance(pipeline.fit(X, y), X, y)


def test_a_network_behind_a_change_of_channels_has_no_shares(planted):
    X, y = planted
    net = EEGNetClassifier(max_iter=1, random_state=0)
    pipeline = make_pipeline(VectorMagnitude(n_channels=4), net).fit(X, y)
    with pytest.raises(ValueError, match="sees 1 channels, but X has 4"):
        channel_importance(pipeline, X, y, method="saliency")
    assert channel_importance(pipeline, X, y, **QUICK).shape == (3, 4)


@pytest.mark.parametrize(("library", "method"), [("shap", "shap"), ("captum", "saliency")])
def test_a_missing_library_is_named_with_its_extra(net, planted, monkeypatch, library, method):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[explain\]"):
        channel_importance(net, *planted, method=method)
