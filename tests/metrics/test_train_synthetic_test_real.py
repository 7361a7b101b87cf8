"""Train on synthetic, test on real: the estimator and scorer asked for, and labels that matter."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline

from skeeg.datasets import make_seizures
from skeeg.feature_extraction import RootMeanSquare
from skeeg.metrics import train_synthetic_test_real


@pytest.fixture(scope="module")
def eeg():
    """Real windows to test on, and windows to train on with their classes."""
    real, other = (make_seizures(80, 6, 128, random_state=seed) for seed in (0, 1))
    return real.data, real.target, other.data, other.target


def test_more_recordings_are_of_use(eeg):
    assert train_synthetic_test_real(*eeg) > 0.8


def test_wrong_labels_are_of_none(eeg, rng):
    X, y, X_other, y_other = eeg
    shuffled = train_synthetic_test_real(X, y, X_other, rng.permutation(y_other))
    assert shuffled == pytest.approx(0.5, abs=0.1)
    assert train_synthetic_test_real(X, y, X_other, 1 - y_other) < 0.2


@pytest.mark.parametrize("scale", [1e-150, 1e-6, 1e150])
def test_unit_does_not_matter(eeg, scale):
    X, y, X_other, y_other = eeg
    scaled = (scale * X.astype(float), y, scale * X_other.astype(float), y_other)
    assert train_synthetic_test_real(*scaled) == train_synthetic_test_real(*eeg)


def test_trains_the_estimator_on_synthetic_and_scores_it_on_real(eeg):
    X, y, X_other, y_other = eeg
    model = make_pipeline(RootMeanSquare(), LogisticRegression())
    found = train_synthetic_test_real(*eeg, estimator=model, scoring="roc_auc")
    model.fit(X_other, y_other)
    assert found == pytest.approx(roc_auc_score(y, model.decision_function(X)))
    callable_found = train_synthetic_test_real(
        *eeg, estimator=model, scoring=lambda model, X, y: model.score(X, y)
    )
    assert callable_found == model.score(X, y)


def test_labels_may_be_strings(eeg):
    X, y, X_other, y_other = eeg
    names = np.array(["background", "seizure"])
    found = train_synthetic_test_real(X, names[y], X_other, names[y_other])
    assert found == train_synthetic_test_real(*eeg)


def test_several_channels_are_seen_by_an_estimator_as_such(eeg, rng):
    X = rng.standard_normal((40, 3, 50))
    y = np.arange(40) % 2
    X[y == 1, 2] *= 10
    model = make_pipeline(RootMeanSquare(), LogisticRegression())
    assert train_synthetic_test_real(X, y, X, y, estimator=model) == 1
    flat = X.reshape(40, -1)
    assert train_synthetic_test_real(flat, y, flat, y, estimator=model, n_channels=3) == 1


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"y_synthetic": [0, 2] * 6}, r"classes \[2\], y_real does not: it has \[0, 1\]"),
        ({"y_synthetic": [1] * 12}, r"at least two classes.*only \[1\]"),
        ({"y_real": [0, 1]}, "inconsistent numbers of samples"),
        ({"y_real": np.linspace(0, 1, 12)}, "Unknown label type"),
        ({"scoring": "beauty"}, "'scoring' parameter"),
        ({"estimator": 3}, "'estimator' parameter"),
    ],
)
def test_bad_input_is_named(make_signals, broken, message):
    X, y = make_signals(), np.arange(12) % 2
    arguments = {"X_real": X, "y_real": y, "X_synthetic": X, "y_synthetic": y, **broken}
    with pytest.raises(ValueError, match=message):
        train_synthetic_test_real(**arguments)
