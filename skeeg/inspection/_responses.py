"""What a fitted classifier says, a column for each class."""

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, is_classifier
from sklearn.utils.validation import check_consistent_length, check_is_fitted, column_or_1d


def check_classifier(estimator):
    """Raise unless the estimator is a fitted classifier."""
    if not (hasattr(estimator, "__sklearn_tags__") and is_classifier(estimator)):
        raise TypeError(
            f"estimator must be a classifier, or a pipeline that ends with one; got {estimator!r}."
        )
    check_is_fitted(estimator)


def check_labels(y, classes, n_samples):
    """Return the code of each label; all of them are classes of the estimator."""
    y = column_or_1d(y)
    check_consistent_length(np.empty(n_samples), y)
    unknown = [label for label in np.unique(y).tolist() if label not in classes.tolist()]
    if unknown:
        raise ValueError(
            f"y has the class {unknown[0]!r}, which the estimator does not know; its classes are "
            f"{classes.tolist()}."
        )
    return np.searchsorted(classes, y)


def predict_scores(estimator, X):
    """Return probabilities, or values of the decision function, of shape (n_samples, n_classes).

    The decision function of two classes becomes its negative and itself.
    """
    if hasattr(estimator, "predict_proba"):
        return estimator.predict_proba(X)
    if not hasattr(estimator, "decision_function"):
        name = type(estimator).__name__
        raise TypeError(f"{name} has neither predict_proba nor decision_function.")
    scores = estimator.decision_function(X)
    if scores.ndim == 1:
        return np.column_stack([-scores, scores])
    if scores.shape[1] != len(estimator.classes_):
        raise ValueError(
            f"decision_function returns {scores.shape[1]} columns for "
            f"{len(estimator.classes_)} classes; use decision_function_shape='ovr'."
        )
    return scores


class OneClass(ClassifierMixin, BaseEstimator):
    """One class against the rest, as a classifier whose predictions have been made already.

    Any scorer of scikit-learn can judge it, whatever signals it is handed.

    Parameters
    ----------
    scores : ndarray of shape (n_samples,)
        Score of the class.

    predicted : ndarray of bool, shape (n_samples,)
        Whether the class was predicted.
    """

    def __init__(self, scores, predicted):
        self.scores = scores
        self.predicted = predicted
        self.classes_ = np.array([False, True])

    def predict(self, X):
        """Return the predictions that have been made."""
        return self.predicted

    def decision_function(self, X):
        """Return the scores that have been given."""
        return self.scores

    def predict_proba(self, X):
        """Return the scores as probabilities, which they are if the classifier has any."""
        return np.column_stack([1 - self.scores, self.scores])
