"""Masking what was planted costs the score, masking anything else costs nothing."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LinearRegression
from sklearn.metrics import balanced_accuracy_score
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC

from skeeg.feature_extraction import RootMeanSquare
from skeeg.inspection import channel_importance, masking_test

TRUE = [1.0, 0.0, 1.1, 0.0]  # channels 2 and 0 are planted


def test_the_planted_channels_fall_below_random_ones(linear, planted):
    scores = masking_test(linear, *planted, TRUE, random_state=0)
    assert (scores["score"] <= scores["random_mean"]).all()
    assert scores["score"][2] < 0.45  # of three classes nothing is known any more
    assert scores["random_mean"][2] > scores["score"][2] + 0.15


def test_channels_that_do_not_matter_cost_nothing(linear, planted):
    scores = masking_test(linear, *planted, [0, 1, 0, 1], random_state=0)
    assert_allclose(scores["score"][:3], scores["score"][0], atol=0.05)
    assert scores["score"][2] > scores["random_high"][2] - 0.05


def test_none_masked_is_the_score_and_all_masked_is_chance(linear, planted):
    X, y = planted
    scores = masking_test(linear, X, y, TRUE, random_state=0)
    assert scores.index.tolist() == [0, 1, 2, 3, 4]
    assert scores.index.name == "n_masked"
    assert_allclose(scores.loc[0], balanced_accuracy_score(y, linear.predict(X)))
    assert scores.loc[4, "score"] == scores.loc[4, "random_mean"]
    assert scores.loc[4, "score"] == pytest.approx(1 / 3, abs=0.05)
    assert (scores["random_low"] <= scores["random_high"]).all()


def test_a_table_of_classes_counts_by_its_mean(linear, planted):
    table = channel_importance(linear, *planted, random_state=0)
    expected = masking_test(linear, *planted, table.mean(), random_state=0)
    assert_array_equal(masking_test(linear, *planted, table, random_state=0), expected)


@pytest.mark.parametrize("scoring", ["roc_auc_ovr", "neg_log_loss"])
def test_any_scorer_can_judge(linear, planted, scoring):
    scores = masking_test(linear, *planted, TRUE, scoring=scoring, random_state=0)
    assert scores["score"][2] < scores["random_low"][0]


def test_flat_signals_and_frames_give_the_same_scores(make_planted, planted):
    X, y = make_planted(0)
    pipeline = make_pipeline(RootMeanSquare(n_channels=4), SVC())
    expected = masking_test(pipeline.fit(X, y), *planted, TRUE, random_state=0)
    frame = pd.DataFrame(X.reshape(len(X), -1)).add_prefix("x")
    pipeline.fit(frame, y)
    X, y = planted
    frame = pd.DataFrame(X.reshape(len(X), -1), columns=frame.columns)
    found = masking_test(pipeline, frame, y, TRUE, n_channels=4, random_state=0)
    pd.testing.assert_frame_equal(found, expected)


def test_one_seed_gives_the_same_scores_and_input_stays_as_it_was(linear, planted):
    X, y = planted
    before = X.copy()
    first, second = (masking_test(linear, X, y, TRUE, random_state=0) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    assert_array_equal(X, before)


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda X, y: (X, y, [1, 2, 3]), {}, r"importance has the shape \(3,\)"),
        (lambda X, y: (X, y, np.ones((2, 5))), {}, "expected one number for each of the 4"),
        (lambda X, y: (X, y, [1, np.nan, 0, 0]), {}, "importance must be finite"),
        (lambda X, y: (X, y, list("abcd")), {}, "could not convert string to float"),
        (lambda X, y: (X, y[1:], TRUE), {}, "inconsistent numbers of samples"),
        (lambda X, y: (X, np.full(len(y), "jump"), TRUE), {}, "the class 'jump'"),
        (lambda X, y: (X[:, :3], y, TRUE[:3]), {}, "expected .n_samples, 4, n_times"),
        (lambda X, y: (X, y, TRUE), {"scoring": "nice"}, "'scoring' parameter"),
        (lambda X, y: (X, y, TRUE), {"n_repeats": 1}, "'n_repeats' parameter"),
    ],
)
def test_bad_input_is_named(linear, planted, change, options, message):
    with pytest.raises(ValueError, match=message):
        masking_test(linear, *change(*planted), **options)


def test_what_cannot_be_tested_is_named(planted):
    with pytest.raises(TypeError, match="must be a classifier"):
        masking_test(LinearRegression(), *planted, TRUE)
    with pytest.raises(NotFittedError):
        masking_test(SVC(), *planted, TRUE)
