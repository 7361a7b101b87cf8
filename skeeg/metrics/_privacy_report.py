"""All figures of novelty, class by class, with what an honest generator would have."""

from functools import partial
from itertools import product
from numbers import Integral

import numpy as np
from sklearn.utils import check_consistent_length, check_random_state
from sklearn.utils._param_validation import HasMethods, Interval, validate_params

from skeeg.metrics._distance_to_closest_record import distance_to_closest_record
from skeeg.metrics._floors import Need, choose_classes, find_few_groups, tabulate
from skeeg.metrics._groups import encode_groups, halve
from skeeg.metrics._membership_auc import measure_membership
from skeeg.metrics._train_synthetic_test_real import check_labels
from skeeg.metrics._windows import check_alike

FEWEST_GROUPS = 2  # for the two halves of an attack
FEWEST_FLOOR_GROUPS = 4  # as half of them take the place of synthetic windows
FIGURES = ["closest_record_share", "membership_auc", "membership_tpr", "group_membership_auc"]


def _list_figures(by_group):
    """Return the figures of one class, not measured yet."""
    return dict.fromkeys(FIGURES if by_group else FIGURES[:-1], np.nan)


def _measure(sets, codes, by_group, features, random):
    """All figures of one class."""
    share = distance_to_closest_record(*sets, random_state=random).share
    attacks = measure_membership(
        sets, codes, by_group=by_group, features=features, random_state=random
    )
    return {"closest_record_share": share, **attacks}


def _measure_both(train, holdout, synthetic, measure, random):
    """All figures of a class, and their floor; real windows come with their groups."""
    windows, codes = holdout
    figures = measure([train[0], windows, synthetic], [train[1], codes])
    if len(np.unique(codes)) < FEWEST_FLOOR_GROUPS:
        return figures, {}
    half = halve(encode_groups(codes, len(codes)), random)
    sets = [train[0], windows[half], windows[~half]]
    return figures, measure(sets, [train[1], codes[half]])


@validate_params(
    {
        "X_train": ["array-like"],
        "y_train": ["array-like"],
        "X_holdout": ["array-like"],
        "y_holdout": ["array-like"],
        "X_synthetic": ["array-like"],
        "y_synthetic": ["array-like"],
        "groups_train": ["array-like", None],
        "groups_holdout": ["array-like", None],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "features": [HasMethods(["fit", "transform"]), None],
        "n_repeats": [Interval(Integral, 2, None, closed="left")],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def privacy_report(
    X_train,
    y_train,
    X_holdout,
    y_holdout,
    X_synthetic,
    y_synthetic,
    *,
    groups_train=None,
    groups_holdout=None,
    n_channels=1,
    features=None,
    n_repeats=5,
    random_state=None,
):
    """Measure what synthetic windows betray about the training, beside what honest ones would.

    The figures are the share of :func:`distance_to_closest_record`, :func:`membership_auc` and
    :func:`membership_tpr` at 1 % of false alarms; where groups are given, also the area under the
    curve with whole groups under suspicion. The floor is the same for real windows that have
    nothing to do with the training: one half of the groups of `X_holdout` takes the place of the
    synthetic windows, the other half stays.

    Parameters
    ----------
    X_train : array-like of shape (n_samples_train, n_channels * n_times) or \
            (n_samples_train, n_channels, n_times)
        Real windows that the generator was trained on; two dimensions are channel-major.

    y_train : array-like of shape (n_samples_train,)
        Class of each training window.

    X_holdout : array-like of shape (n_samples_holdout, n_channels * n_times) or \
            (n_samples_holdout, n_channels, n_times)
        Real windows of other subjects or recordings, that it has never seen.

    y_holdout : array-like of shape (n_samples_holdout,)
        Class of each of them.

    X_synthetic : array-like of shape (n_samples_synthetic, n_channels * n_times) or \
            (n_samples_synthetic, n_channels, n_times)
        Synthetic windows.

    y_synthetic : array-like of shape (n_samples_synthetic,)
        Class of each synthetic window. Classes that are not here are left out.

    groups_train : array-like of shape (n_samples_train,), default=None
        Subject or recording of each training window. None takes every window for one.

    groups_holdout : array-like of shape (n_samples_holdout,), default=None
        Subject or recording of each window of `X_holdout`.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input. Where it has three dimensions, the
        number comes from there.

    features : transformer, default=None
        Where attacks measure distances, beside the waveforms; see :func:`membership_auc`.

    n_repeats : int, default=5
        How often all is measured, at least twice; halves and windows are chosen anew.

    random_state : int, RandomState instance or None, default=None
        Chooses halves and windows; an int chooses the same at each call.

    Returns
    -------
    report : DataFrame
        One row for each class and metric, the two levels of the index. `synthetic` and `floor`
        are means, `floor_sd` is the standard deviation of the floor, `better` is `"lower"`
        everywhere: 0.5 is best, 0.01 for `membership_tpr`. What cannot be measured is NaN.

    Raises
    ------
    ValueError
        If windows differ in channels or length, labels or groups do not fit, or no class can be
        measured.

    Warns
    -----
    UserWarning
        If all figures of a class are NaN, as it has fewer than 2 groups in `X_train` or in
        `X_holdout`; or the floor is, with fewer than 4 groups in `X_holdout`.

    See Also
    --------
    fidelity_report : What stands beside it: noise is at its best here.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import privacy_report
    >>> train, holdout = (make_seizures(random_state=seed) for seed in (0, 1))
    >>> report = privacy_report(
    ...     train.data, train.target, holdout.data, holdout.target, 2 * train.data, train.target,
    ...     groups_train=train.groups, groups_holdout=holdout.groups, random_state=4,
    ... )
    >>> report.loc[0, ["synthetic", "floor"]].round(1)
                          synthetic  floor
    metric
    closest_record_share        1.0    0.4
    membership_auc              1.0    0.5
    membership_tpr              1.0    0.0
    group_membership_auc        1.0    0.5
    """
    sets = check_alike(n_channels, X_train=X_train, X_holdout=X_holdout, X_synthetic=X_synthetic)
    y_train, y_synthetic = check_labels(y_train, y_synthetic, "y_train")
    y_holdout, _ = check_labels(y_holdout, y_synthetic, "y_holdout")
    targets, labels = [y_train, y_holdout, y_synthetic], np.unique(y_synthetic).tolist()
    for X, y in zip(sets, targets, strict=True):
        check_consistent_length(X, y)
    codes = [
        encode_groups(groups_train, len(y_train)),
        encode_groups(groups_holdout, len(y_holdout)),
    ]
    needs = [
        Need("X_train", y_train, FEWEST_GROUPS, codes[0], FEWEST_GROUPS),
        Need("X_holdout", y_holdout, FEWEST_GROUPS, codes[1], FEWEST_GROUPS),
    ]
    kept = choose_classes(labels, needs)
    find_few_groups(kept, needs[1], FEWEST_FLOOR_GROUPS, "the floor")
    random = check_random_state(random_state)
    by_group = groups_train is not None and groups_holdout is not None
    measure = partial(_measure, by_group=by_group, features=features, random=random)
    records, blank = [], _list_figures(by_group)
    for label, _ in product(labels, range(n_repeats)):
        pair = {}, {}
        if label in kept:
            train, holdout, synthetic = (X[y == label] for X, y in zip(sets, targets, strict=True))
            of_train, of_holdout = (c[y == label] for c, y in zip(codes, targets[:2], strict=True))
            real = (train, of_train), (holdout, of_holdout)
            pair = _measure_both(*real, synthetic, measure, random)
        records.append((label, *(blank | figures for figures in pair)))
    return tabulate(records, dict.fromkeys(FIGURES, "lower"))
