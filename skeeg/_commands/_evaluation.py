"""Samplers scored on the same folds, and how sure their scores are."""

from typing import Any, NamedTuple

import numpy as np
from imblearn.pipeline import Pipeline
from scipy.stats import t
from sklearn.model_selection import cross_validate
from sklearn.svm import SVC

from skeeg.feature_extraction import WaveletFeatures

METRICS = {"balanced accuracy": "balanced_accuracy", "ROC AUC": "roc_auc"}


class Evaluation(NamedTuple):
    """Scores of each metric, one for each fold; seconds over all folds; the first sampler."""

    scores: dict
    seconds: float
    sampler: Any


def evaluate(sampler, eeg, folds):
    """Refit sampler, features and classifier in each training fold, and score on its test fold."""
    model = Pipeline([("sampler", sampler), ("features", WaveletFeatures()), ("svm", SVC())])
    # One fold at a time: the networks use two cores by themselves.
    results = cross_validate(
        model,
        eeg.data,
        eeg.target,
        cv=folds,
        scoring=list(METRICS.values()),
        return_estimator=True,
        error_score="raise",
    )
    return Evaluation(
        scores={name: results[f"test_{scorer}"] for name, scorer in METRICS.items()},
        seconds=(results["fit_time"] + results["score_time"]).sum(),
        sampler=results["estimator"][0]["sampler"],
    )


def interval(scores):
    """Mean and half-width of the 95 % interval over folds, corrected for what folds share.

    The training folds overlap, so their scores vary less than those of independent trials; the
    t interval is widened as Nadeau and Bengio (2003) say.
    """
    n_folds = len(scores)
    deviation = np.std(scores, ddof=1) * np.sqrt(1 / n_folds + 1 / (n_folds - 1))
    return np.mean(scores), t.ppf(0.975, n_folds - 1) * deviation
