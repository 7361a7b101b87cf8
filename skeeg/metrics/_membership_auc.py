"""Whether synthetic windows betray which real windows a generator was trained on."""

from functools import partial
from numbers import Integral, Real

import numpy as np
from sklearn.metrics import roc_auc_score, roc_curve
from sklearn.utils._param_validation import HasMethods, Interval, validate_params

from skeeg.metrics._attacks import measure_strongest
from skeeg.metrics._groups import encode_groups
from skeeg.metrics._windows import check_alike

MAX_FPR = 0.01
CONSTRAINTS = {
    "X_train": ["array-like"],
    "X_holdout": ["array-like"],
    "X_synthetic": ["array-like"],
    "groups_train": ["array-like", None],
    "groups_holdout": ["array-like", None],
    "n_channels": [Interval(Integral, 1, None, closed="left")],
    "features": [HasMethods(["fit", "transform"]), None],
    "random_state": ["random_state"],
}


def _check(X_train, X_holdout, X_synthetic, groups_train, groups_holdout, n_channels):
    sets = check_alike(n_channels, X_train=X_train, X_holdout=X_holdout, X_synthetic=X_synthetic)
    codes = [encode_groups(groups_train, len(sets[0])), encode_groups(groups_holdout, len(sets[1]))]
    return sets, codes


def _label(members, others):
    return np.repeat([1, 0], [len(members), len(others)]), np.concatenate([members, others])


def _measure_auc(members, others, *_):
    return roc_auc_score(*_label(members, others))


def _measure_group_auc(codes, members, others, which_members, which_others):
    """Area under the curve of the mean suspicion against each group."""
    mean_members = _average(members, codes[0][which_members])
    return _measure_auc(mean_members, _average(others, codes[1][which_others]))


def _average(suspicion, codes):
    _, codes, counts = np.unique(codes, return_inverse=True, return_counts=True)
    return np.bincount(codes, suspicion) / counts


def _measure_tpr(max_fpr, members, others, *_):
    fpr, tpr, _ = roc_curve(*_label(members, others))
    return tpr[fpr <= max_fpr].max()


def measure_membership(sets, codes, *, by_group, features, random_state):
    """Measure by the same attacks what the two functions below do, and groups where wanted."""
    codes = [encode_groups(groups, len(groups)) for groups in codes]
    measures = {
        "membership_auc": _measure_auc,
        "membership_tpr": partial(_measure_tpr, MAX_FPR),
        **({"group_membership_auc": partial(_measure_group_auc, codes)} if by_group else {}),
    }
    found = measure_strongest([*measures.values()], sets, codes, features, random_state)
    return dict(zip(measures, found, strict=True))


@validate_params({**CONSTRAINTS, "per_group": ["boolean"]}, prefer_skip_nested_validation=True)
def membership_auc(
    X_train,
    X_holdout,
    X_synthetic,
    *,
    groups_train=None,
    groups_holdout=None,
    n_channels=1,
    features=None,
    per_group=False,
    random_state=None,
):
    """Measure how well an attacker tells training windows from others by the synthetic ones.

    The attacker holds the synthetic windows, and suspects a real window in two ways:

    - by distance: the nearer the nearest synthetic window, the more suspicious [1]_;
    - by the ratio of densities: the same over the distance to the nearest of other real windows,
      half of `X_holdout` that is not under suspicion. What is near because it is common is not
      suspicious [2]_.

    Both are tried on waveforms at unit root mean square and on features, on either half of the
    training and the other windows. Each half is measured by the attack that does best on the other
    half, and the mean area under the ROC curve is returned: that of the strongest attack, without
    the optimism of a maximum.

    Parameters
    ----------
    X_train : array-like of shape (n_samples_train, n_channels * n_times) or \
            (n_samples_train, n_channels, n_times)
        Real windows that the generator was trained on; two dimensions are channel-major.

    X_holdout : array-like of shape (n_samples_holdout, n_channels * n_times) or \
            (n_samples_holdout, n_channels, n_times)
        Real windows of other subjects or recordings, that it has never seen.

    X_synthetic : array-like of shape (n_samples_synthetic, n_channels * n_times) or \
            (n_samples_synthetic, n_channels, n_times)
        Synthetic windows.

    groups_train : array-like of shape (n_samples_train,), default=None
        Subject or recording of each training window. None takes every window for one.

    groups_holdout : array-like of shape (n_samples_holdout,), default=None
        Subject or recording of each window of `X_holdout`.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input. Where it has three dimensions, the
        number comes from there.

    features : transformer, default=None
        What turns windows into the table in which attacks measure distances, beside the
        waveforms. It is cloned and fitted on `X_train`, and gets one channel as
        `(n_samples, n_times)`, several as `(n_samples, n_channels, n_times)`. None means
        :class:`~skeeg.feature_extraction.WaveletFeatures`.

    per_group : bool, default=False
        Whether a whole subject or recording is under suspicion, by the mean over its windows,
        instead of a window.

    random_state : int, RandomState instance or None, default=None
        Chooses the halves; an int chooses the same at each call.

    Returns
    -------
    auc : float
        0.5 (best) where nothing is betrayed, 1 where every training window is found out.

    Raises
    ------
    ValueError
        If the windows differ in channels or length, or groups do not fit or are fewer than two.

    See Also
    --------
    membership_tpr : How many are found out without doubt.
    distance_to_closest_record : The other way round, from synthetic windows to real ones.
    privacy_report : All figures, class by class, with their floor.

    Notes
    -----
    Windows of one recording resemble each other. Without groups, the halves of `X_holdout` share
    recordings: other real windows are then near, and a generator looks worse than it is.

    These are simple attacks of someone who has nothing but the synthetic windows. An area of 0.5
    does not prove that there is none better.

    References
    ----------
    .. [1] D. Chen, N. Yu, Y. Zhang and M. Fritz, "GAN-Leaks: a taxonomy of membership inference
       attacks against generative models", ACM CCS, 2020. https://arxiv.org/abs/1909.03935
    .. [2] B. van Breugel, H. Sun, Z. Qian and M. van der Schaar, "Membership inference attacks
       against synthetic data through overfitting detection", AISTATS, 2023.
       https://arxiv.org/abs/2302.12580

    Examples
    --------
    >>> import numpy as np
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import membership_auc
    >>> train, holdout, new = (make_seizures(random_state=seed) for seed in range(3))
    >>> def attack(X_synthetic):
    ...     groups = {"groups_train": train.groups, "groups_holdout": holdout.groups}
    ...     return membership_auc(
    ...         train.data, holdout.data, X_synthetic, **groups, random_state=0
    ...     )
    >>> print(f"{attack(new.data):.1f}")
    0.5
    >>> rng = np.random.default_rng(0)
    >>> noise = 0.1 * train.data.std(axis=1, keepdims=True) * rng.standard_normal((480, 178))
    >>> print(f"{attack(train.data + noise):.1f}")
    1.0
    """
    sets, codes = _check(X_train, X_holdout, X_synthetic, groups_train, groups_holdout, n_channels)
    measure = partial(_measure_group_auc, codes) if per_group else _measure_auc
    return measure_strongest([measure], sets, codes, features, random_state)[0]


@validate_params(
    {**CONSTRAINTS, "max_fpr": [Interval(Real, 0, 1, closed="left")]},
    prefer_skip_nested_validation=True,
)
def membership_tpr(
    X_train,
    X_holdout,
    X_synthetic,
    *,
    groups_train=None,
    groups_holdout=None,
    n_channels=1,
    features=None,
    max_fpr=MAX_FPR,
    random_state=None,
):
    """Measure how many training windows an attacker finds out who must not be wrong often.

    The attacks are those of :func:`membership_auc`. A generator that betrays a few of its training
    windows for certain, and nothing of the others, has an area under the curve of about 0.5 and
    is found out by this figure [1]_.

    Parameters
    ----------
    X_train : array-like of shape (n_samples_train, n_channels * n_times) or \
            (n_samples_train, n_channels, n_times)
        Real windows that the generator was trained on; two dimensions are channel-major.

    X_holdout : array-like of shape (n_samples_holdout, n_channels * n_times) or \
            (n_samples_holdout, n_channels, n_times)
        Real windows of other subjects or recordings, that it has never seen.

    X_synthetic : array-like of shape (n_samples_synthetic, n_channels * n_times) or \
            (n_samples_synthetic, n_channels, n_times)
        Synthetic windows.

    groups_train : array-like of shape (n_samples_train,), default=None
        Subject or recording of each training window. None takes every window for one.

    groups_holdout : array-like of shape (n_samples_holdout,), default=None
        Subject or recording of each window of `X_holdout`.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input. Where it has three dimensions, the
        number comes from there.

    features : transformer, default=None
        What turns windows into the table in which attacks measure distances, beside the
        waveforms. It is cloned and fitted on `X_train`, and gets one channel as
        `(n_samples, n_times)`, several as `(n_samples, n_channels, n_times)`. None means
        :class:`~skeeg.feature_extraction.WaveletFeatures`.

    max_fpr : float, default=0.01
        Share of other windows that may be taken for training windows.

    random_state : int, RandomState instance or None, default=None
        Chooses the halves; an int chooses the same at each call.

    Returns
    -------
    tpr : float
        Share of the training windows that are found out, from 0 to 1. `max_fpr` is what guessing
        finds, the best; with less than `1 / max_fpr` windows in half of `X_holdout` it varies much.

    Raises
    ------
    ValueError
        If the windows differ in channels or length, or groups do not fit or are fewer than two.

    See Also
    --------
    membership_auc : How well all windows are told apart.

    References
    ----------
    .. [1] N. Carlini et al., "Membership inference attacks from first principles", IEEE Symposium
       on Security and Privacy, 2022. https://arxiv.org/abs/2112.03570

    Examples
    --------
    Every tenth window is copied, the others are new:

    >>> import numpy as np
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import membership_auc, membership_tpr
    >>> train, holdout, new = (make_seizures(random_state=seed) for seed in range(3))
    >>> X_synthetic = np.concatenate([train.data[::10], new.data])
    >>> groups = {"groups_train": train.groups, "groups_holdout": holdout.groups}
    >>> for figure in (membership_auc, membership_tpr):
    ...     found = figure(train.data, holdout.data, X_synthetic, **groups, random_state=0)
    ...     print(f"{found:.2f}")
    0.53
    0.11
    """
    sets, codes = _check(X_train, X_holdout, X_synthetic, groups_train, groups_holdout, n_channels)
    measure = partial(_measure_tpr, max_fpr)
    return measure_strongest([measure], sets, codes, features, random_state)[0]
