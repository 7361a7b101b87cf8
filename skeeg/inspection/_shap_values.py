"""Shapley values of the predictions of any classifier, with channels or features as players."""

import warnings
from numbers import Integral

import numpy as np
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval, StrOptions, validate_params

from skeeg.inspection._responses import check_classifier, predict_scores
from skeeg.inspection._signals import check_channel_names, check_signals


def _import_shap(caller):
    try:
        with warnings.catch_warnings():
            # shap calls what matplotlib is about to deprecate
            warnings.simplefilter("ignore", PendingDeprecationWarning)
            import shap
    except ImportError as error:
        raise ImportError(f"{caller} needs shap: pip install skeeg[explain].") from error
    return shap


def _play(shap, estimator, X, background, n_repeats, seed):
    """Return the Shapley values of the channels, and the mean prediction of the background.

    shap sees a table of numbers: the row that each channel of a signal is taken from.
    """
    pool, (n_channels, _) = np.concatenate([X.values, background.values]), X.values.shape[1:]
    numbers = np.arange(len(pool), dtype=float)[:, np.newaxis].repeat(n_channels, axis=1)
    hidden = shap.maskers.Independent(numbers[len(X.values) :], max_samples=len(pool))
    n_evals = n_repeats * (2 * n_channels + 1)

    def predict(table):
        return predict_scores(estimator, X.restore(pool[table.astype(int), range(n_channels)]))

    state = np.random.get_state()  # noqa: NPY002
    try:  # shap draws from the global generator
        if 2**n_channels <= n_evals:
            explainer = shap.explainers.Exact(predict, hidden)
        else:
            explainer = shap.explainers.Permutation(predict, hidden, seed=seed)
        found = explainer(numbers[: len(X.values)], max_evals=n_evals, silent=True)
    finally:
        np.random.set_state(state)  # noqa: NPY002
    return found.values, found.base_values


def _check_game(X, background, n_channels):
    X, background = (
        check_signals(X, n_channels),
        check_signals(background, n_channels, "background"),
    )
    one, other = X.values.shape[1:], background.values.shape[1:]
    if one != other:
        raise ValueError(f"background has signals of shape {other}, but those of X are {one}.")
    return X, background


def _summarise(values):
    """Return one number for each channel: its only point, or else its root mean square."""
    return values[..., 0] if values.shape[-1] == 1 else np.sqrt(np.square(values).mean(axis=-1))


def _extract_features(estimator, X, background):
    """Return the last step of a pipeline, what it sees of X and background, and the names."""
    if not hasattr(estimator, "steps"):
        raise TypeError(f"players='features' are those of a pipeline; got {estimator!r}.")
    *steps, (_, last) = estimator.steps
    names = None
    for _, step in steps:
        if hasattr(step, "transform"):
            X, background = step.transform(X), step.transform(background)
            named = hasattr(step, "get_feature_names_out")
            names = step.get_feature_names_out(names) if named else None
    if np.ndim(X) != 2:
        raise ValueError(
            f"players='features' needs a table before the last step, not an array of shape "
            f"{np.shape(X)}."
        )
    return last, X, background, names


@validate_params(
    {
        "players": [StrOptions({"channels", "features"})],
        "n_repeats": [Interval(Integral, 1, None, closed="left")],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "channel_names": ["array-like", None],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def shap_values(
    estimator,
    X,
    background,
    *,
    players="channels",
    n_repeats=10,
    n_channels=1,
    channel_names=None,
    random_state=None,
):
    """Share each prediction among the channels of the signal, or among its features.

    The Shapley value [1]_ of a channel is what it adds to a prediction, averaged over all orders
    in which channels become known. A channel that is not known yet is that of a row of the
    background; the prediction is averaged over these rows. A channel is one player whatever its
    length, so that many channels stay affordable: a signal costs about
    ``n_repeats * (2 * n_channels + 1) * len(background)`` predictions.

    Parameters
    ----------
    estimator : classifier
        Fitted; any pipeline of scikit-learn or imbalanced-learn. Probabilities are shared, or
        values of the decision function where there are none.

    X : array-like of shape (n_samples, n_channels * n_times) or (n_samples, n_channels, n_times)
        Signals whose predictions to explain; two dimensions are channel-major.

    background : array-like of the shape of X but for the number of rows
        Signals that stand for what is not known, a few dozen of the training set.

    players : {"channels", "features"}, default="channels"
        Among whom to share. Features are the columns that the last step of a pipeline sees.

    n_repeats : int, default=10
        Number of random orders, each taken forwards and backwards. Where trying all coalitions
        costs no more, that is done, and the values are exact.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X. Where X has three dimensions, the number
        comes from X.

    channel_names : array-like of shape (n_channels,), default=None
        Names of the players. None means "ch0", "ch1", ..., and for features those that the
        pipeline gives them.

    random_state : int, RandomState instance or None, default=None
        Source of the orders; an int draws the same at each call.

    Returns
    -------
    explanation : shap.Explanation
        For the plots of shap as well, with

        values : ndarray of shape (n_samples, n_players, n_classes)
            Shares, in the unit of the prediction. A row adds up to the prediction minus
            `base_values`.
        base_values : ndarray of shape (n_samples, n_classes)
            Mean prediction of the background.
        data : ndarray of shape (n_samples, n_players)
            Root mean square of the channels in the unit of X, or values of the features.
        feature_names, output_names : list of str
            Names of the players and of the classes.

    Raises
    ------
    TypeError
        If `estimator` is no classifier, or has neither probabilities nor a decision function.

    ValueError
        If X and background do not fit together, or names do not fit the channels.

    ImportError
        If shap is not installed.

    See Also
    --------
    channel_importance : Averages over the signals of each class.
    saliency_map : Points in time, for networks.

    References
    ----------
    .. [1] S. M. Lundberg, S.-I. Lee, "A unified approach to interpreting model predictions",
       NeurIPS 2017. https://arxiv.org/abs/1705.07874

    Examples
    --------
    Seizures are in the first channel only; the second is noise:

    >>> import numpy as np
    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.pipeline import make_pipeline
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.feature_extraction import RootMeanSquare
    >>> from skeeg.inspection import shap_values
    >>> eeg = make_seizures(random_state=0)
    >>> noise = np.random.default_rng(0).normal(scale=100, size=eeg.data.shape)
    >>> X = np.stack([eeg.data, noise], axis=1)
    >>> pipeline = make_pipeline(RootMeanSquare(), LogisticRegression()).fit(X, eeg.target)
    >>> explanation = shap_values(pipeline, X[::24], background=X[10::24])
    >>> explanation.values.shape
    (20, 2, 2)
    >>> shared = explanation.values.sum(axis=1) + explanation.base_values
    >>> bool(np.allclose(shared, pipeline.predict_proba(X[::24])))
    True
    >>> first, second = abs(explanation.values[..., 1]).mean(axis=0)
    >>> bool(first > 3 * second)
    True
    """
    shap = _import_shap("shap_values")
    check_classifier(estimator)
    if players == "features":
        estimator, X, background, names = _extract_features(estimator, X, background)
        n_channels = X.shape[1]
        channel_names = names if channel_names is None else channel_names
    X, background = _check_game(X, background, n_channels)
    seed = check_random_state(random_state).randint(2**31 - 1)
    values, base_values = _play(shap, estimator, X, background, n_repeats, seed)
    return shap.Explanation(
        values,
        base_values=base_values,
        data=_summarise(X.values),
        feature_names=check_channel_names(channel_names, X.values.shape[1]),
        output_names=[str(label) for label in estimator.classes_],
    )
