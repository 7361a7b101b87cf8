"""Whether synthetic windows lie nearer to the training windows than they should."""

from numbers import Integral
from typing import NamedTuple

import numpy as np
from sklearn.metrics import pairwise_distances_argmin_min
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import HasMethods, Interval, validate_params

from skeeg.metrics._embedding import embed, flatten_waves
from skeeg.metrics._windows import check_alike


class ClosestRecord(NamedTuple):
    """Median distances to the closest real window of either kind, and the share of nearer ones."""

    to_train: float
    to_holdout: float
    share: float


def measure_closest(rows, others):
    """Distance of each row to the closest of the others."""
    return pairwise_distances_argmin_min(rows, others)[1]


def _draw(X, n_rows, random):
    return X[random.permutation(len(X))[:n_rows]]


@validate_params(
    {
        "X_train": ["array-like"],
        "X_holdout": ["array-like"],
        "X_synthetic": ["array-like"],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "features": [HasMethods(["fit", "transform"]), None],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def distance_to_closest_record(
    X_train, X_holdout, X_synthetic, *, n_channels=1, features=None, random_state=None
):
    """Compare how near synthetic windows come to training windows and to others.

    A generator that has learned what signals look like draws windows as near to those that it was
    trained on as to those that it was not. One that has memorised them comes nearer to the former.
    The larger of the two real sets is cut at random to the size of the smaller.

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

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input. Where it has three dimensions, the
        number comes from there.

    features : transformer, default=None
        Where distances are measured: in what it makes of the windows, standardised on `X_train`,
        on which it is fitted. It gets one channel as `(n_samples, n_times)`, several as
        `(n_samples, n_channels, n_times)`. None means between the waveforms, at zero mean and unit
        root mean square in each channel: a copy is one at any amplitude.

    random_state : int, RandomState instance or None, default=None
        Chooses the windows of the larger real set that stay; an int chooses the same at each call.

    Returns
    -------
    figures : ClosestRecord
        A named tuple of `to_train` and `to_holdout`, the median distances of the synthetic windows
        to the closest real one of either kind, and of `share`, the fraction of synthetic windows
        that lie nearer to training windows: from 0 to 1, 0.5 is best. Ties count half. Distances
        are in units of a waveform's root mean square times the root of the number of its points,
        so that 0.1 is a copy with a tenth of noise; with `features` they are in standard
        deviations.

    Raises
    ------
    ValueError
        If the windows differ in channels or length.

    See Also
    --------
    membership_auc : The other way round, from the real windows to the synthetic ones.
    privacy_report : All figures, class by class, with their floor.

    Notes
    -----
    The share counts synthetic windows, `membership_auc` real ones. Copies of few training windows
    show here, rare copies among many new windows show there. Neither of them clears a
    generator: a copy that is shifted or bent in time is not near its original.

    References
    ----------
    .. [1] M. Platzer and T. Reutterer, "Holdout-based empirical assessment of mixed-type synthetic
       data", Frontiers in Big Data 4, 2021. https://doi.org/10.3389/fdata.2021.679939

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import distance_to_closest_record
    >>> train, holdout, new = (make_seizures(random_state=seed).data for seed in range(3))
    >>> print(f"{distance_to_closest_record(train, holdout, new, random_state=0).share:.1f}")
    0.5
    >>> copies = 2 * train
    >>> print(f"{distance_to_closest_record(train, holdout, copies, random_state=0).share:.1f}")
    1.0
    """
    sets = check_alike(n_channels, X_train=X_train, X_holdout=X_holdout, X_synthetic=X_synthetic)
    if features is None:
        train, holdout, synthetic = (flatten_waves(X) / np.sqrt(X[0].size) for X in sets)
    else:
        train, holdout, synthetic = embed(sets, features)
    random, n_rows = check_random_state(random_state), min(len(train), len(holdout))
    to_train, to_holdout = (
        measure_closest(synthetic, _draw(X, n_rows, random)) for X in (train, holdout)
    )
    share = np.mean(to_train < to_holdout) + np.mean(to_train == to_holdout) / 2
    return ClosestRecord(float(np.median(to_train)), float(np.median(to_holdout)), float(share))
