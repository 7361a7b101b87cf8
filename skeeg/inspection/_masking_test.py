"""Whether the channels that an explanation names are those that a classifier needs."""

from numbers import Integral

import numpy as np
import pandas as pd
from sklearn.metrics import check_scoring, get_scorer_names
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval, StrOptions, validate_params

from skeeg.inspection._responses import check_classifier, check_labels
from skeeg.inspection._signals import check_signals


def _rank(importance, n_channels):
    """Return the channels from the most important on."""
    importance = np.asarray(importance, dtype=float)
    if importance.ndim == 2:
        importance = importance.mean(axis=0)
    if importance.shape != (n_channels,):
        raise ValueError(
            f"importance has the shape {importance.shape}; expected one number for each of the "
            f"{n_channels} channels of X, or a table of classes and channels."
        )
    if not np.isfinite(importance).all():
        raise ValueError("importance must be finite.")
    return np.argsort(-importance, kind="stable")


@validate_params(
    {
        "importance": ["array-like"],
        "scoring": [StrOptions(set(get_scorer_names())), callable],
        "n_repeats": [Interval(Integral, 2, None, closed="left")],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def masking_test(
    estimator,
    X,
    y,
    importance,
    *,
    scoring="balanced_accuracy",
    n_repeats=20,
    n_channels=1,
    random_state=None,
):
    """Mask the most important channels and score again, beside as many random channels.

    An explanation is faithful if masking what it names costs more than masking anything else: if
    `score` falls below the interval of random channels. Masked channels are those of another row,
    drawn at random, the same one for all channels masked; unlike zeros, such signals look like
    those that the estimator was fitted on.

    Parameters
    ----------
    estimator : classifier
        Fitted; any pipeline of scikit-learn or imbalanced-learn.

    X : array-like of shape (n_samples, n_channels * n_times) or (n_samples, n_channels, n_times)
        Signals that neither the estimator nor the importance was made of; two dimensions are
        channel-major.

    y : array-like of shape (n_samples,)
        Class of each signal.

    importance : DataFrame or array-like of shape (n_classes, n_channels) or (n_channels,)
        Importance of the channels, as of :func:`channel_importance`; the mean over classes counts.

    scoring : str or callable, default="balanced_accuracy"
        Name of a scorer of scikit-learn, or one of your own; higher is better.

    n_repeats : int, default=20
        Number of times that other rows and random channels are drawn.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X. Where X has three dimensions, the number
        comes from X.

    random_state : int, RandomState instance or None, default=None
        Source of all that is random; an int draws the same at each call.

    Returns
    -------
    scores : DataFrame
        Indexed by `n_masked`, from 0 to the number of channels, with the columns

        score : float
            Mean score with that many of the most important channels masked.
        random_mean : float
            Mean score with as many random channels masked.
        random_low, random_high : float
            The middle 90 % of these.

    Raises
    ------
    TypeError
        If `estimator` is no classifier.

    ValueError
        If importance does not fit the channels, or signals or classes do not fit the estimator.

    See Also
    --------
    channel_importance : Explanations to be tested.

    References
    ----------
    .. [1] W. Samek et al., "Evaluating the visualization of what a deep neural network has
       learned", IEEE Transactions on Neural Networks and Learning Systems 28(11), 2660-2673,
       2017. https://doi.org/10.1109/TNNLS.2016.2599820

    Examples
    --------
    Seizures are in the first channel only; the second is noise:

    >>> import numpy as np
    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.pipeline import make_pipeline
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.feature_extraction import RootMeanSquare
    >>> from skeeg.inspection import masking_test
    >>> eeg = make_seizures(random_state=0)
    >>> noise = np.random.default_rng(0).normal(scale=100, size=eeg.data.shape)
    >>> X = np.stack([eeg.data, noise], axis=1)
    >>> pipeline = make_pipeline(RootMeanSquare(), LogisticRegression()).fit(X, eeg.target)
    >>> scores = masking_test(pipeline, X, eeg.target, [1, 0], random_state=0)
    >>> scores.round(1)
              score  random_mean  random_low  random_high
    n_masked
    0           0.8          0.8         0.8          0.8
    1           0.5          0.7         0.5          0.8
    2           0.5          0.5         0.5          0.5
    """
    check_classifier(estimator)
    X = check_signals(X, n_channels)
    n_samples, n_channels, _ = X.values.shape
    check_labels(y, estimator.classes_, n_samples)
    ranking = _rank(importance, n_channels)
    scorer, random = check_scoring(estimator, scoring), check_random_state(random_state)
    scores = np.empty((n_repeats, n_channels + 1, 2))
    for repeat in scores:
        order, others = random.permutation(n_samples), random.permutation(n_channels)
        for n_masked in range(n_channels + 1):
            for column, channels in enumerate((ranking, others)):
                masked = X.exchange(channels[:n_masked], order)
                repeat[n_masked, column] = scorer(estimator, masked, y)
    return _tabulate(*np.moveaxis(scores, -1, 0))


def _tabulate(scores, random_scores):
    low, high = np.quantile(random_scores, [0.05, 0.95], axis=0)
    columns = {
        "score": scores.mean(axis=0),
        "random_mean": random_scores.mean(axis=0),
        "random_low": low,
        "random_high": high,
    }
    return pd.DataFrame(columns, pd.RangeIndex(len(low), name="n_masked"))
