"""How much the prediction of each class rests on each channel."""

from dataclasses import dataclass
from functools import partial
from numbers import Integral

import numpy as np
import pandas as pd
from sklearn.metrics import get_scorer, get_scorer_names
from sklearn.utils import _safe_indexing, check_random_state
from sklearn.utils._param_validation import Interval, StrOptions, validate_params

from skeeg.inspection._responses import OneClass, check_classifier, check_labels, predict_scores
from skeeg.inspection._saliency_map import find_network, integrated_gradients, saliency_map
from skeeg.inspection._shap_values import shap_values
from skeeg.inspection._signals import Signals, check_channel_names, check_signals

N_BACKGROUND = 20  # rows that stand for a channel that is not known


@dataclass
class _Task:
    """What to explain: a fitted classifier, signals, their classes, and how much work to do."""

    estimator: object
    signals: Signals
    y: np.ndarray
    classes: np.ndarray
    scoring: object
    n_repeats: int
    max_samples: int
    random: np.random.RandomState

    def draw(self, n_samples):
        """Return some rows at random in the container that was given, and their classes."""
        order = self.random.permutation(len(self.y))
        rank = pd.Series(self.y[order]).groupby(self.y[order]).cumcount()
        rows = np.sort(order[rank < max(1, n_samples // len(self.classes))])
        return _safe_indexing(self.signals.given, rows), self.y[rows]


def _score_classes(task, X):
    """Return the score of each class against the rest."""
    scorer, scores = get_scorer(task.scoring), predict_scores(task.estimator, X)
    scores = scores[:, np.isin(task.estimator.classes_, task.classes)].T
    predicted = task.estimator.predict(X)
    views = [
        OneClass(*pair) for pair in zip(scores, predicted == task.classes[:, None], strict=True)
    ]
    return np.array(
        [scorer(view, X, task.y == label) for view, label in zip(views, task.classes, strict=True)]
    )


def _permutation(task):
    """Return how much the score of each class falls when a channel is that of other rows."""
    signals = task.signals
    n_samples, n_channels, _ = signals.values.shape
    drops = np.empty((n_channels, task.n_repeats, len(task.classes)))
    baseline = _score_classes(task, signals.given)
    for channel in range(n_channels):
        for repeat in range(task.n_repeats):
            exchanged = signals.exchange([channel], task.random.permutation(n_samples))
            drops[channel, repeat] = baseline - _score_classes(task, exchanged)
    return drops.mean(axis=1).T


def _average(amounts, y, classes):
    """Return the mean over the rows of each class."""
    return np.stack([amounts[y == label].mean(axis=0) for label in classes])


def _shap(task):
    """Return the mean absolute Shapley values for the class that a row has."""
    X, y = task.draw(task.max_samples)
    n_channels = task.signals.values.shape[1]
    background, _ = task.draw(N_BACKGROUND)
    explanation = shap_values(
        task.estimator,
        X,
        background,
        n_repeats=task.n_repeats,
        n_channels=n_channels,
        random_state=task.random,
    )
    columns = np.searchsorted(task.estimator.classes_, y)
    return _average(abs(explanation.values[np.arange(len(y)), :, columns]), y, task.classes)


def _share(task, attribute, scale_of):
    """Return the share of each channel in the attributions, summed over time."""
    _, network = find_network(task.estimator, attribute.__name__)
    n_channels = task.signals.values.shape[1]
    if network.n_channels_ != n_channels:
        raise ValueError(
            f"The network sees {network.n_channels_} channels, but X has {n_channels}: a step "
            "before it changes them. Use method='permutation' or 'shap'."
        )
    X, y = task.draw(task.max_samples)
    attributions = abs(attribute(task.estimator, X, y).sum(axis=-1)) * scale_of(network)
    table = _average(attributions, y, task.classes)
    return table / table.sum(axis=1, keepdims=True)


METHODS = {
    "permutation": _permutation,
    "shap": _shap,
    # a gradient by itself depends on the units, which may differ between channels
    "saliency": partial(_share, attribute=saliency_map, scale_of=lambda net: net.scaler_.scale_),
    "integrated_gradients": partial(_share, attribute=integrated_gradients, scale_of=lambda _: 1),
}


@validate_params(
    {
        "method": [StrOptions(set(METHODS))],
        "scoring": [StrOptions(set(get_scorer_names())), callable],
        "n_repeats": [Interval(Integral, 1, None, closed="left")],
        "max_samples": [Interval(Integral, 1, None, closed="left")],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "channel_names": ["array-like", None],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def channel_importance(
    estimator,
    X,
    y,
    *,
    method="permutation",
    scoring="roc_auc",
    n_repeats=5,
    max_samples=200,
    n_channels=1,
    channel_names=None,
    random_state=None,
):
    """Tell how much the prediction of each class rests on each channel.

    Explain with signals that the estimator was not fitted on: on others it shows what has been
    learned by heart. What is important to an estimator need not be what differs in the brain: of
    two channels that say the same, it may use one.

    Parameters
    ----------
    estimator : classifier
        Fitted; any pipeline of scikit-learn or imbalanced-learn. For gradients an
        :class:`~skeeg.classification.EEGNetClassifier`, alone or at the end of a pipeline.

    X : array-like of shape (n_samples, n_channels * n_times) or (n_samples, n_channels, n_times)
        Signals, in any unit; two dimensions are channel-major.

    y : array-like of shape (n_samples,)
        Class of each signal.

    method : {"permutation", "shap", "saliency", "integrated_gradients"}, default="permutation"
        What to measure:

        - `"permutation"`: by how much the score of the class against the rest falls when the
          channel is that of another row [1]_. Near 0, and now and then below, where it does not
          matter;
        - `"shap"`: the mean absolute :func:`Shapley value <shap_values>` of the channel for the
          signals of the class, in the unit of the prediction;
        - `"saliency"`: the share of the channel in the :func:`gradient <saliency_map>` of the
          class for its signals, per standard deviation of the channel. A row adds up to 1;
        - `"integrated_gradients"`: its share in the :func:`integrated gradients
          <integrated_gradients>`, summed over time and without sign. A row adds up to 1.

    scoring : str or callable, default="roc_auc"
        Score of a class against the rest: the name of a scorer of scikit-learn for two classes,
        such as "recall", or one of your own. Only for `method="permutation"`.

    n_repeats : int, default=5
        Number of permutations of each channel; of the orders of `method="shap"`.

    max_samples : int, default=200
        Number of signals to explain, drawn at random, equally many of each class. Permutation
        takes all of them.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X. Where X has three dimensions, the number
        comes from X.

    channel_names : array-like of shape (n_channels,), default=None
        Names of the channels. None means "ch0", "ch1", ...

    random_state : int, RandomState instance or None, default=None
        Source of all that is random; an int gives the same table at each call.

    Returns
    -------
    importance : DataFrame of shape (n_classes, n_channels)
        A row for each class in `y`, a column for each channel.

    Raises
    ------
    TypeError
        If `estimator` is no classifier, or no network where gradients are asked for.

    ValueError
        If signals or classes do not fit the estimator, or `y` has fewer than two classes.

    ImportError
        If shap or captum is needed and not installed.

    See Also
    --------
    skeeg.plotting.AttributionDisplay : Draws the table, as bars or on a head.
    masking_test : Whether the channels that come out are those that the estimator needs.
    shap_values : Single signals.
    saliency_map : Points in time.

    References
    ----------
    .. [1] L. Breiman, "Random forests", Machine Learning 45, 5-32, 2001.
       https://doi.org/10.1023/A:1010933404324

    Examples
    --------
    Seizures are in the first channel only; the second is noise:

    >>> import numpy as np
    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.pipeline import make_pipeline
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.feature_extraction import RootMeanSquare
    >>> from skeeg.inspection import channel_importance
    >>> eeg = make_seizures(random_state=0)
    >>> noise = np.random.default_rng(0).normal(scale=100, size=eeg.data.shape)
    >>> X = np.stack([eeg.data, noise], axis=1)
    >>> pipeline = make_pipeline(RootMeanSquare(), LogisticRegression()).fit(X, eeg.target)
    >>> channel_importance(pipeline, X, eeg.target, random_state=0).round(1)
           ch0  ch1
    class
    0      0.4  0.0
    1      0.4  0.0
    """
    check_classifier(estimator)
    signals = check_signals(X, n_channels)
    n_samples, n_channels, _ = signals.values.shape
    names = check_channel_names(channel_names, n_channels)
    known = estimator.classes_
    codes = check_labels(y, known, n_samples)
    classes = known[np.unique(codes)]
    if len(classes) < 2:
        raise ValueError(f"y has 1 class, {classes.tolist()[0]!r}; importance needs at least 2.")
    random = check_random_state(random_state)
    amount = scoring, n_repeats, max_samples
    table = METHODS[method](_Task(estimator, signals, known[codes], classes, *amount, random))
    return pd.DataFrame(table, pd.Index(classes, name="class"), names)
