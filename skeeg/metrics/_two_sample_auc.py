"""How well classifiers tell synthetic from real windows."""

from numbers import Integral, Real

import numpy as np
from sklearn.base import clone
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import get_scorer
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import HasMethods, Interval, validate_params
from threadpoolctl import threadpool_limits

from skeeg.feature_extraction import make_signal_features
from skeeg.metrics._embedding import flatten_waves, rescale, to_input
from skeeg.metrics._groups import encode_groups
from skeeg.metrics._windows import check_windows

N_FOLDS = 5


def _resolve_groups(groups, n_real, n_synthetic):
    """Return a group for each of the stacked rows; synthetic ones without are on their own."""
    if groups is None or len(groups) == n_real + n_synthetic:
        return encode_groups(groups, n_real + n_synthetic)
    if len(groups) != n_real:
        raise ValueError(
            f"groups has {len(groups)} entries; expected one for each of the {n_real} windows in "
            f"X_real, or of these and the {n_synthetic} in X_synthetic after them."
        )
    real = encode_groups(groups, n_real)
    return np.concatenate([real, real.max() + 1 + np.arange(n_synthetic)])


class GroupsError(ValueError):
    """Groups cannot be cut into folds that hold both real and synthetic windows."""


def _split(y, codes, random, n_folds=N_FOLDS):
    """Cut whole groups into folds, each with real and synthetic windows."""
    n_groups = [len(np.unique(codes[y == label])) for label in (0, 1)]
    if min(n_groups) < 2:
        raise GroupsError(
            "Cross-validation takes at least two groups of real and of synthetic windows; got "
            f"{n_groups[0]} and {n_groups[1]}."
        )
    folds = StratifiedGroupKFold(min(n_folds, *n_groups), shuffle=True, random_state=random)
    splits = list(folds.split(y, y, codes))
    if any(len(np.unique(y[rows])) < 2 for split in splits for rows in split):
        raise GroupsError(
            "groups cannot be cut into folds that all hold real and synthetic windows: they "
            "are too few, or too different in size."
        )
    return splits


def _halve(y, codes, random):
    """Cut training rows in two, or return None; whole groups unless there are too few of them."""
    try:
        return _split(y, codes, random, n_folds=2)[0]
    except GroupsError:
        alone = np.arange(len(y))
        return _split(y, alone, random, n_folds=2)[0] if min(np.bincount(y)) > 1 else None


def _score(candidate, y, train, test):
    X, classifier = candidate
    fitted = clone(classifier).fit(X[train], y[train])
    return get_scorer("roc_auc")(fitted, X[test], y[test])


def _score_strongest(candidates, y, codes, train, test, random):
    """Score the classifier that is best in one half of the training rows, fitted on the other."""
    halves = _halve(y[train], codes[train], random)
    if halves is None:
        return _score(candidates[0], y, train, test)
    scores = [_score(candidate, y, *(train[rows] for rows in halves)) for candidate in candidates]
    return _score(candidates[int(np.argmax(scores))], y, train, test)


def _describe(windows, features):
    if features is None:
        features, windows = make_signal_features(), rescale(windows)[0]
    # a pipeline also fits what is frozen and so has no fit_transform
    description = make_pipeline(clone(features)).fit(to_input(windows))
    return description.transform(to_input(windows))


def _list_candidates(tables, waves, seed):
    """Pair each classifier with what it sees."""
    boosting = HistGradientBoostingClassifier(
        learning_rate=0.2, max_iter=30, max_leaf_nodes=8, max_bins=32, random_state=seed
    )
    return [
        (tables, make_pipeline(StandardScaler(), LogisticRegression(max_iter=5000))),
        (tables, make_pipeline(StandardScaler(), SVC())),
        (tables, boosting),
        (waves, SVC()),
    ]


@validate_params(
    {
        "X_real": ["array-like"],
        "X_synthetic": ["array-like"],
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "groups": ["array-like", None],
        "features": [HasMethods(["fit", "transform"]), None],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def two_sample_auc(
    X_real,
    X_synthetic,
    *,
    sampling_rate=None,
    groups=None,
    n_channels=1,
    features=None,
    random_state=None,
):
    """Measure how well classifiers tell synthetic from real windows that they have not seen.

    Logistic regression, a support vector machine and gradient boosting see features of the
    windows, and a second support vector machine sees the waveforms at unit root mean square. Each
    fold is scored by the classifier that does best in one half of the other folds, fitted on the
    other half, and the mean area under the ROC curve is returned: that of the strongest
    classifier, chosen without a look at what it is scored on [1]_.

    Parameters
    ----------
    X_real : array-like of shape (n_samples_real, n_channels * n_times) or \
            (n_samples_real, n_channels, n_times)
        Real windows, in any unit; two dimensions are channel-major.

    X_synthetic : array-like of shape (n_samples_synthetic, n_channels * n_times) or \
            (n_samples_synthetic, n_channels, n_times)
        Synthetic windows in the same unit, with as many channels and time points.

    sampling_rate : float, default=None
        Not used, present so that all metrics are called alike.

    groups : array-like of shape (n_samples_real,) or (n_samples_real + n_samples_synthetic,), \
            default=None
        Subject or recording of each real window, or of each real and then each synthetic one. A
        group is never on both sides of a fold. Where the other folds hold too few groups, the
        choice of the classifier cuts these by windows; the score does not. Synthetic windows
        without a group, and all windows with None, are groups of their own; windows of one
        recording then recognise each other, and real sets that are alike are told apart.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input. Where it has three dimensions, the
        number comes from there.

    features : transformer, default=None
        What turns windows into a table of features. It is cloned and fitted on all windows, and
        gets one channel as `(n_samples, n_times)`, several as `(n_samples, n_channels, n_times)`.
        None means :func:`~skeeg.feature_extraction.make_signal_features`.

    random_state : int, RandomState instance or None, default=None
        Chooses the folds; an int chooses the same at each call.

    Returns
    -------
    auc : float
        0.5 (best) where nothing gives the synthetic windows away, 1 where everything does. Below
        0.5 where synthetic windows are near copies of real ones, so that a classifier takes the
        original for a copy: see `membership_auc`.

    Raises
    ------
    ValueError
        If the windows differ in channels or length, `groups` fits neither of the two lengths, or
        there are too few groups to cross-validate.

    See Also
    --------
    train_synthetic_test_real : What the windows are good for, instead of whether they are real.
    membership_auc : How well it is told which real windows the generator was trained on.
    fidelity_report : All figures, class by class, with their floor.

    Notes
    -----
    The time grows with the square of the number of windows: 2000 of each take some ten seconds.
    A random part of them is enough where there are more.

    References
    ----------
    .. [1] D. Lopez-Paz and M. Oquab, "Revisiting classifier two-sample tests", ICLR, 2017.
       https://arxiv.org/abs/1610.06545

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import two_sample_auc
    >>> eeg = make_seizures(n_recordings=150, n_windows=4, random_state=0)
    >>> X, groups = eeg.data[eeg.target == 0], eeg.groups[eeg.target == 0]
    >>> half = groups < 75
    >>> both = [*groups[half], *groups[~half]]
    >>> print(f"{two_sample_auc(X[half], X[~half], groups=both, random_state=0):.1f}")
    0.5
    >>> louder = 2 * X[~half]
    >>> print(f"{two_sample_auc(X[half], louder, groups=both, random_state=0):.1f}")
    0.8
    """
    real, synthetic = check_windows(X_real, X_synthetic, n_channels)
    codes = _resolve_groups(groups, len(real), len(synthetic))
    y = np.repeat([0, 1], [len(real), len(synthetic)])
    random = check_random_state(random_state)
    splits, seed = _split(y, codes, random), random.randint(2**31 - 1)
    stacked = np.concatenate([real, synthetic])
    with threadpool_limits(1):  # with so few rows, threads mostly wait for each other
        candidates = _list_candidates(_describe(stacked, features), flatten_waves(stacked), seed)
        scores = [_score_strongest(candidates, y, codes, *split, random) for split in splits]
    return float(np.mean(scores))
