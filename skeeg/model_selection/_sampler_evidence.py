"""Evidence on samplers: each is fitted once, and its rows are judged."""

import time

import numpy as np
import pandas as pd
from sklearn.utils._param_validation import validate_params
from tqdm.auto import tqdm

from skeeg.metrics._spectral_distance import check_band
from skeeg.metrics._windows import check_alike
from skeeg.model_selection._about import describe_evidence
from skeeg.model_selection._data import Data, check_data
from skeeg.model_selection._entrants import name_samplers, seeded
from skeeg.model_selection._evidence import gather
from skeeg.model_selection._fits import keeps_rows, resample
from skeeg.model_selection._folds import make_folds
from skeeg.model_selection._judged_rows import Plan, count_copies, judge_rows, thin_classes
from skeeg.model_selection._synthetic_evidence import FIGURES


def _ask_for_rows(sampler, y):
    """Tell a sampler to make as many rows of each class as there are, if it can be told."""
    if "sampling_strategy" in getattr(sampler, "get_params", dict)():
        wanted = 2 * pd.Series(y).value_counts()
        sampler.set_params(sampling_strategy=wanted.to_dict())
    return sampler


def _make_rows(sampler, train, seed):
    """Fit a sampler; return the rows that it adds, and the seconds."""
    sampler = _ask_for_rows(seeded(sampler, seed), train.y)
    start = time.perf_counter()
    X, y = resample(sampler, train)
    seconds = time.perf_counter() - start
    n_train = len(train.y)
    if len(y) <= n_train or not keeps_rows(X, train):
        raise ValueError(
            "The sampler does not return the training rows and then others, so its rows cannot be "
            "told from them."
        )
    return Data(np.asarray(X)[n_train:], np.asarray(y)[n_train:], None), seconds


def _try(sampler, train, n_channels, seed):
    """Return the rows of a sampler, or None, and what they have cost."""
    costs = {"n_synthetic": 0, "n_copies": 0, "seconds": np.nan, "error": ""}
    try:
        made, seconds = _make_rows(sampler, train, seed)
        made = _view(made, n_channels, name="the rows of the sampler")
    except Exception as error:
        return None, costs | {"error": f"{type(error).__name__}: {error}"}
    n_copies = count_copies(_view(train, n_channels).X, made.X)
    return made, costs | {"n_synthetic": len(made.y), "n_copies": n_copies, "seconds": seconds}


def _view(data, n_channels, name="X"):
    """Return rows of shape (n_samples, n_channels, n_times)."""
    return data._replace(X=check_alike(n_channels, **{name: data.X})[0])


@validate_params(
    {
        "samplers": [dict, list, tuple],
        "cv": ["cv_object"],
        "verbose": ["verbose"],
        **FIGURES,
    },
    prefer_skip_nested_validation=True,
)
def sampler_evidence(
    samplers,
    X,
    y,
    *,
    sampling_rate,
    groups=None,
    cv=2,
    n_channels=1,
    band=(1, 60),
    features=None,
    max_rows=500,
    n_repeats=5,
    random_state=None,
    verbose=False,
):
    """Fit each sampler once, and judge its rows beside real ones that it has not seen.

    The rows are split once, with groups kept together. Each sampler is fitted on the training
    rows and asked for as many rows of each class. Fidelity is measured beside the held-out real
    rows, and privacy with these and the training rows. What a sampler cannot do is recorded, and
    does not end the others. A class with too few rows or groups for a figure is left out of it,
    and named in the notes.

    Parameters
    ----------
    samplers : dict of str to sampler, or list of samplers
        Objects with the method `fit_resample`, of skeeg, imbalanced-learn or anybody else. Those
        of a list are called as their class. A `sampling_strategy` is replaced by one that asks for
        rows of all classes.

    X : {array-like, dataframe} of shape (n_samples, n_channels * n_times) or \
            (n_samples, n_channels, n_times)
        Real signals in any unit; two dimensions are channel-major.

    y : array-like of shape (n_samples,)
        Class of each signal.

    sampling_rate : float
        Time points per second, in Hz.

    groups : array-like of shape (n_samples,), default=None
        Subject or recording of each signal. None takes every row for a group of its own.

    cv : int, splitter or iterable, default=2
        How to split, as in :func:`compare_samplers`; the first split is taken. With 2, one half
        is trained on and the other held out, which leaves most to measure with.

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

    random_state : int, RandomState instance or None, default=None
        Source of the split and of every `random_state` in samplers that is None.

    verbose : bool or int, default=False
        Whether to show a progress bar.

    Returns
    -------
    evidence : Evidence
        Tables of fidelity, privacy and costs, and a page that shows them.

    Raises
    ------
    ValueError
        If the data cannot be split with all classes on both sides, or a name or parameter is not
        legal; before any fit.

    TypeError
        If a sampler has no `fit_resample` or is a class.

    See Also
    --------
    synthetic_evidence : The same for rows that are there already.
    compare_samplers : What synthetic rows are worth to a classifier.

    Examples
    --------
    Windows with a little noise give away which windows they were made from:

    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.model_selection import sampler_evidence
    >>> from skeeg.over_sampling import FourierSurrogateSampler, JitterSampler
    >>> eeg = make_seizures(n_recordings=80, random_state=0)
    >>> evidence = sampler_evidence(
    ...     [FourierSurrogateSampler(), JitterSampler()], eeg.data, eeg.target, groups=eeg.groups,
    ...     sampling_rate=eeg.sampling_rate, n_repeats=2, random_state=0,
    ... )
    >>> auc = evidence.privacy.xs("membership_auc", level="metric")
    >>> auc.loc[(slice(None), 1), ["synthetic", "floor"]].round(1)
                                   synthetic  floor
    sampler                 class
    FourierSurrogateSampler 1            0.6    0.4
    JitterSampler           1            1.0    0.4
    """
    check_band(band)
    data = check_data(X, y, groups)
    named = name_samplers(samplers, reserved=())
    viewed = _view(data, n_channels)
    fold = make_folds(cv, *data, n_repeats=1, random_state=random_state)[0]
    train, holdout = viewed.take(fold.train), viewed.take(fold.test)
    plan = Plan(sampling_rate, band, features, max_rows, n_repeats, fold.seed)
    synthetic, costs, findings = {}, {}, {}
    for name in tqdm(named, desc="Judging samplers", unit="sampler", disable=not verbose):
        made, costs[name] = _try(named[name], data.take(fold.train), n_channels, fold.seed)
        if made is not None:
            findings[name] = judge_rows(train, holdout, made, plan)
            synthetic[name] = thin_classes(made, plan)
    written = {f"sampler {name}": sampler for name, sampler in named.items()}
    return gather(
        findings,
        costs,
        real=thin_classes(holdout, plan),
        synthetic=synthetic,
        sampling_rate=sampling_rate,
        band=band,
        about=describe_evidence(
            train, holdout, plan, {**written, "cv": cv, "random_state": random_state}
        ),
    )
