"""Scores of the demo: from real test rows only, with an interval that scipy agrees with."""

import numpy as np
import pytest
from imblearn import FunctionSampler
from scipy.stats import ttest_1samp
from sklearn.metrics import balanced_accuracy_score

from skeeg._commands._evaluation import evaluate, interval
from skeeg.datasets import make_seizures


@pytest.fixture(scope="module")
def eeg():
    return make_seizures(random_state=0)


def test_samplers_see_training_rows_and_tests_are_left_alone(eeg):
    seen = []

    def double(X, y):
        seen.append(X)
        return np.vstack([X, X]), np.concatenate([y, y])

    folds = [(np.arange(0, 480, 2), np.arange(1, 480, 2)), (np.arange(300), np.arange(300, 480))]
    evaluation = evaluate(FunctionSampler(func=double), eeg, folds)
    assert [len(X) for X in seen] == [240, 300]
    for X, (train, _) in zip(seen, folds, strict=True):
        assert np.array_equal(X, eeg.data[train])
    assert {len(scores) for scores in evaluation.scores.values()} == {2}


def test_a_classifier_that_knows_one_class_scores_a_half(eeg):
    def forget(X, y):
        return np.vstack([X[y == 0], X[y == 0][:1]]), [*y[y == 0], 1]

    folds = [(np.arange(0, 480, 2), np.arange(1, 480, 2))] * 2
    scores = evaluate(FunctionSampler(func=forget), eeg, folds).scores["balanced accuracy"]
    expected = balanced_accuracy_score(eeg.target[1::2], np.zeros(240))
    assert scores == pytest.approx(expected)


@pytest.mark.parametrize("n_folds", [2, 5, 10])
def test_the_interval_is_that_of_scipy_but_wider(rng, n_folds):
    scores = rng.uniform(0.5, 1, n_folds)
    low, high = ttest_1samp(scores, 0).confidence_interval(0.95)
    mean, half_width = interval(scores)
    assert mean == pytest.approx((low + high) / 2)
    # A test fold is 1 / (n_folds - 1) of its training fold.
    assert half_width == pytest.approx((high - low) / 2 * np.sqrt(1 + n_folds / (n_folds - 1)))
