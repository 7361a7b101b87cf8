"""One fit after another, each with the rows that a sampler adds, scored on real rows alone."""

import time
from functools import partial
from importlib.metadata import version
from numbers import Integral
from pickle import PicklingError
from typing import NamedTuple

import joblib
import numpy as np
import pandas as pd
from sklearn import config_context
from sklearn.metrics import check_scoring
from sklearn.utils import get_tags
from sklearn.utils.metadata_routing import get_routing_for_object
from sklearn.utils.parallel import Parallel, delayed
from tqdm.auto import tqdm

from skeeg.model_selection._entrants import NONE, seeded

LIBRARIES = "skeeg", "scikit-learn", "imbalanced-learn", "numpy", "scipy", "torch"


class Recipe(NamedTuple):
    """What decides a score, besides the data."""

    sampler: object
    estimator: object
    scoring: object
    train: np.ndarray
    test: np.ndarray
    seed: int


class Job(NamedTuple):
    """The columns of the table that say what is to be measured, and the recipe."""

    labels: dict
    recipe: Recipe


def measure(recipe, data, fingerprint):
    """Fit on training rows and what the sampler adds to them; score on test rows.

    Parameters
    ----------
    recipe : Recipe
        What to do.

    data : Data
        All rows.

    fingerprint : str
        By what a memory knows the data and the libraries.

    Returns
    -------
    figures : dict
        The score, the seconds of the fit of sampler and estimator, and how many rows were added.
    """
    sampler, estimator = (seeded(obj, recipe.seed) for obj in (recipe.sampler, recipe.estimator))
    train, test = data.take(recipe.train), data.take(recipe.test)
    start = time.perf_counter()
    X, y = (train.X, train.y) if sampler is None else resample(sampler, train)
    groups = train.groups
    if groups is not None and sampler is not None and _asks_for_groups(estimator, "fit"):
        groups = _find_groups(sampler, X, train)
    _call_with_groups(estimator, "fit", X, y, groups)
    seconds = time.perf_counter() - start
    score = check_scoring(estimator, recipe.scoring)(estimator, test.X, test.y)
    return {"score": float(score), "seconds": seconds, "n_synthetic": len(y) - len(train.y)}


def resample(sampler, train):
    """Return training rows with synthetic ones; flat in between for what takes flat rows only."""
    X, shape = train.X, np.shape(train.X)
    flat = len(shape) == 3 and _takes_flat_rows_only(sampler)
    if flat:
        X = np.reshape(X, (shape[0], -1))
    X, y = _call_with_groups(sampler, "fit_resample", X, train.y, train.groups)
    return (np.reshape(X, (-1, *shape[1:])), y) if flat else (X, y)


def keeps_rows(X, train):
    """Return whether rows that a sampler returns begin with those that it was given."""
    return np.array_equal(np.asarray(X[: len(train.y)]), np.asarray(train.X))


def _find_groups(sampler, X, train):
    """Return the groups of the rows of a sampler, or of the first ones where others follow."""
    if keeps_rows(X, train):
        return train.groups
    if len(getattr(sampler, "sample_indices_", ())) == len(X):
        return train.groups[sampler.sample_indices_]
    raise ValueError(
        f"{type(sampler).__name__} returns other rows than it was given and has no "
        "sample_indices_, so that the groups are lost that the estimator asks for."
    )


def _takes_flat_rows_only(sampler):
    tagged = hasattr(sampler, "__sklearn_tags__")
    return tagged and not get_tags(sampler).input_tags.three_d_array


def _call_with_groups(obj, method, X, y, groups):
    """Call a method, with the groups of the real rows where it asks for them."""
    if groups is None or not _asks_for_groups(obj, method):
        return getattr(obj, method)(X, y)
    with config_context(enable_metadata_routing=True):
        return getattr(obj, method)(X, y, groups=groups)


def _asks_for_groups(obj, method):
    try:
        return bool(get_routing_for_object(obj).consumes(method, ["groups"]))
    except NotImplementedError:  # ensembles that hand nothing on
        return False


def _run(job, data, measure):
    """Return a row of the table; what fails is recorded, unless it fails without any sampler."""
    figures = {"score": np.nan, "seconds": np.nan, "n_synthetic": pd.NA, "error": ""}
    if job.recipe.estimator is None:
        return job.labels | figures | {"error": "The estimator has no parameter class_weight."}
    try:
        figures |= measure(job.recipe, data)
    except Exception as error:
        if job.labels["sampler"] == NONE:
            raise
        figures["error"] = f"{type(error).__name__}: {error}"
    return job.labels | figures


def check_memory(memory, random_state):
    """Raise if a memory could never be of use."""
    if memory is not None and not isinstance(random_state, Integral):
        raise ValueError(
            f"memory takes an int as random_state; got {random_state!r}, with which no fit is "
            "ever repeated."
        )


def _hash(jobs, data):
    """Return by what a memory knows data and libraries; raise if it could not know a job."""
    try:
        joblib.hash([job.recipe for job in jobs])
        return joblib.hash((data, [version(name) for name in LIBRARIES]))
    except (PicklingError, TypeError) as error:
        raise ValueError(
            f"memory takes samplers, estimators and data that can be pickled: {error}"
        ) from error


def _remember(memory, jobs, data):
    """Return the function `measure`, with what it has found before if there is a memory."""
    if memory is None:
        return partial(measure, fingerprint=None)
    memory = memory if hasattr(memory, "cache") else joblib.Memory(memory, verbose=0)
    return partial(memory.cache(measure, ignore=["data"]), fingerprint=_hash(jobs, data))


def run_jobs(jobs, data, *, memory, n_jobs, verbose):
    """Run all jobs and return the table, one row for each.

    Parameters
    ----------
    jobs : list of Job
        What to do, in this order.

    data : Data
        All rows.

    memory : None, path or object with the method `cache`
        Keeps figures as soon as they are there; failures are not kept.

    n_jobs : int or None
        Number of jobs at the same time.

    verbose : bool or int
        Whether to show a progress bar.

    Returns
    -------
    table : DataFrame
        In the order of the jobs.

    Raises
    ------
    ValueError
        If a memory is asked to know what cannot be pickled.
    """
    remembered = _remember(memory, jobs, data)
    rows = Parallel(n_jobs=n_jobs, return_as="generator")(
        delayed(_run)(job, data, remembered) for job in jobs
    )
    bar = tqdm(rows, desc="Comparing samplers", total=len(jobs), unit="fit", disable=not verbose)
    return pd.DataFrame(list(bar)).astype({"n_synthetic": "Int64"})
