"""Evidence on rows that are there already, whatever has made them."""

from numbers import Integral, Real

import numpy as np
from sklearn.utils import check_consistent_length
from sklearn.utils._param_validation import HasMethods, Interval, validate_params

from skeeg.metrics._spectral_distance import check_band
from skeeg.metrics._train_synthetic_test_real import check_labels
from skeeg.metrics._windows import check_alike
from skeeg.model_selection._about import describe_evidence, describe_shape
from skeeg.model_selection._data import Data, check_data
from skeeg.model_selection._evidence import gather
from skeeg.model_selection._folds import draw_seeds
from skeeg.model_selection._judged_rows import Plan, count_copies, judge_rows, thin_classes

FIGURES = {  # parameters of the figures, which both kinds of evidence take
    "sampling_rate": [Interval(Real, 0, None, closed="neither")],
    "groups": ["array-like", None],
    "n_channels": [Interval(Integral, 1, None, closed="left")],
    "band": [tuple, list],
    "features": [HasMethods(["fit", "transform"]), None],
    "max_rows": [Interval(Integral, 12, None, closed="left"), None],
    "n_repeats": [Interval(Integral, 2, None, closed="left")],
    "random_state": ["random_state"],
}


@validate_params(
    {
        "X_synthetic": ["array-like"],
        "X_holdout": ["array-like", None],
        "y_holdout": ["array-like", None],
        "groups_holdout": ["array-like", None],
        "name": [str],
        **FIGURES,
    },
    prefer_skip_nested_validation=True,
)
def synthetic_evidence(
    X,
    y,
    X_synthetic,
    y_synthetic,
    *,
    sampling_rate,
    groups=None,
    X_holdout=None,
    y_holdout=None,
    groups_holdout=None,
    n_channels=1,
    band=(1, 60),
    features=None,
    max_rows=500,
    n_repeats=5,
    name="synthetic rows",
    random_state=None,
):
    """Judge synthetic rows, whatever tool they come from.

    Fidelity is measured beside held-out real rows, and privacy with these and the training rows.
    A class with too few rows or groups for a figure is left out of it, and named in the notes.

    Parameters
    ----------
    X : {array-like, dataframe} of shape (n_samples, n_channels * n_times) or \
            (n_samples, n_channels, n_times)
        Real signals that the synthetic ones were made from, in any unit; two dimensions are
        channel-major.

    y : array-like of shape (n_samples,)
        Class of each of them.

    X_synthetic : {array-like, dataframe} of shape (n_samples_synthetic, n_channels * n_times) or \
            (n_samples_synthetic, n_channels, n_times)
        Synthetic signals in the same unit.

    y_synthetic : array-like of shape (n_samples_synthetic,)
        Class of each of them.

    sampling_rate : float
        Time points per second, in Hz.

    groups : array-like of shape (n_samples,), default=None
        Subject or recording of each real signal. None takes every row for a group of its own.

    X_holdout : {array-like, dataframe} of shape (n_samples_holdout, n_channels * n_times) or \
            (n_samples_holdout, n_channels, n_times), default=None
        Real signals of other subjects or recordings, which nothing was made from. None measures
        fidelity beside `X`, which flatters, and no privacy.

    y_holdout : array-like of shape (n_samples_holdout,), default=None
        Class of each of them.

    groups_holdout : array-like of shape (n_samples_holdout,), default=None
        Subject or recording of each of them. None takes every row for a group of its own.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input.

    band : tuple of (float, float), default=(1, 60)
        Lowest and highest frequency that count in spectra and coherence, in Hz.

    features : transformer, default=None
        Where windows are compared; see :func:`skeeg.metrics.fidelity_report`.

    max_rows : int or None, default=500
        Rows of each class and kind that fidelity is measured on and that are shown, drawn at
        random. None takes all. Privacy is measured on all rows in any case.

    n_repeats : int, default=5
        How often real rows are halved for the floors, at least twice.

    name : str, default="synthetic rows"
        What the rows are to be called.

    random_state : int, RandomState instance or None, default=None
        Source of all that is random.

    Returns
    -------
    evidence : Evidence
        Tables of fidelity, privacy and copies, and a page that shows them.

    Raises
    ------
    ValueError
        If signals differ in channels or length, labels or groups do not fit, a group is in `X` and
        in `X_holdout`, or a parameter is not legal.

    See Also
    --------
    sampler_evidence : The same for samplers, which are fitted first.
    compare_samplers : What synthetic rows are worth to a classifier.

    Examples
    --------
    Copies are faithful, and betray the training:

    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.model_selection import synthetic_evidence
    >>> train, holdout = (make_seizures(random_state=seed) for seed in (0, 1))
    >>> evidence = synthetic_evidence(
    ...     train.data, train.target, train.data, train.target, groups=train.groups,
    ...     X_holdout=holdout.data, y_holdout=holdout.target,
    ...     groups_holdout=holdout.groups + 1000, sampling_rate=train.sampling_rate,
    ...     n_repeats=2, random_state=0,
    ... )
    >>> int(evidence.costs["n_copies"].sum())
    480
    >>> evidence.privacy.loc[("synthetic rows", 0), ["synthetic", "floor"]].round(1)
                          synthetic  floor
    metric
    closest_record_share        1.0    0.4
    membership_auc              1.0    0.5
    membership_tpr              1.0    0.0
    group_membership_auc        1.0    0.5
    """
    check_band(band)
    train, holdout = _check_real(X, y, groups, X_holdout, y_holdout, groups_holdout)
    y_synthetic = check_labels(train.y, y_synthetic)[1]
    check_consistent_length(X_synthetic, y_synthetic)
    synthetic = Data(np.asarray(X_synthetic), y_synthetic, None)
    train, holdout, synthetic = _view_alike(n_channels, train, holdout, synthetic)
    seed = draw_seeds(random_state, 1)[0]
    plan = Plan(sampling_rate, band, features, max_rows, n_repeats, seed)
    costs = {
        "n_synthetic": len(synthetic.y),
        "n_copies": count_copies(train.X, synthetic.X),
        "seconds": np.nan,
        "error": "",
    }
    return gather(
        {name: judge_rows(train, holdout, synthetic, plan)},
        {name: costs},
        real=thin_classes(train if holdout is None else holdout, plan),
        synthetic={name: thin_classes(synthetic, plan)},
        sampling_rate=sampling_rate,
        band=band,
        about=describe_evidence(
            train,
            holdout,
            plan,
            {"synthetic signals": describe_shape(synthetic.X), "random_state": random_state},
        ),
    )


def _check_real(X, y, groups, X_holdout, y_holdout, groups_holdout):
    """Validate training rows and held-out ones, which may be None."""
    train = check_data(X, y, groups)
    if X_holdout is None:
        return train, None
    if y_holdout is None:
        raise ValueError("y_holdout is missing; X_holdout needs the class of each row.")
    holdout = check_data(X_holdout, y_holdout, groups_holdout)
    if groups is not None and groups_holdout is not None:
        shared = np.intersect1d(train.groups, holdout.groups)
        if len(shared):
            raise ValueError(
                f"The group {shared[0]} is in groups and in groups_holdout ({len(shared)} of them "
                "in all). Held-out rows must be of other groups; if these are, name them otherwise."
            )
    return train, holdout


def _view_alike(n_channels, train, holdout, synthetic):
    """Return all sets with signals of shape (n_samples, n_channels, n_times)."""
    sets = {"X": train, "X_holdout": holdout, "X_synthetic": synthetic}
    sets = {name: data for name, data in sets.items() if data is not None}
    views = check_alike(n_channels, **{name: data.X for name, data in sets.items()})
    viewed = [data._replace(X=X) for data, X in zip(sets.values(), views, strict=True)]
    return viewed if holdout is not None else [viewed[0], None, viewed[1]]
