"""What was measured on what, and how: all that a reader needs to judge it and to repeat it."""

import platform
from datetime import UTC, datetime
from importlib.metadata import version
from numbers import Integral
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator

from skeeg.model_selection._data import join
from skeeg.model_selection._data_checks import check_leakage
from skeeg.model_selection._fits import LIBRARIES


class About(NamedTuple):
    """Data and settings of an evaluation.

    Attributes
    ----------
    classes : DataFrame
        One row for each class: the number of rows, and of groups where there are any.

    checks : DataFrame
        One row for each check of the data: its name, its `state` ("fine", "mind" or "fault") and
        the `finding`, a sentence.

    settings : dict of str to str
        What was done, by name.
    """

    classes: pd.DataFrame
    checks: pd.DataFrame
    settings: dict


def count_classes(y, groups, **parts):
    """Return the number of rows and of groups of each class, also in parts of the rows.

    Parameters
    ----------
    y, groups : ndarray of shape (n_samples,)
        Classes, and groups or None.

    **parts : ndarray
        Rows of each part, by its name.
    """
    whole = {"": np.arange(len(y)), **{f"{name} ": rows for name, rows in parts.items()}}
    counts = {}
    for name, rows in whole.items():
        counts[f"{name}rows"] = pd.Series(y[rows]).value_counts()
        if groups is not None:
            counts[f"{name}groups"] = pd.Series(groups[rows]).groupby(y[rows]).nunique()
    table = pd.DataFrame(counts).fillna(0).astype(int).sort_index()
    return table.rename_axis("class")


def describe_shape(X, n_channels=None):
    """Write how many signals of which size there are."""
    shape = np.shape(X)
    if len(shape) == 2 and n_channels is None:
        return f"{shape[0]} rows of {shape[1]} values"
    n_channels = shape[1] if len(shape) == 3 else n_channels
    n_times = int(np.prod(shape[1:])) // n_channels
    channels = "1 channel" if n_channels == 1 else f"{n_channels} channels"
    return f"{shape[0]} rows of {channels} with {n_times} time points"


def describe_object(obj):
    """Write an object so that it can be typed again; scikit-learn shortens long ones."""
    if isinstance(obj, BaseEstimator):
        return obj.__repr__(N_CHAR_MAX=10**6)
    return obj if isinstance(obj, str) else repr(obj)


def describe_settings(settings):
    """Write settings, and the versions of what took part."""
    if not isinstance(settings["random_state"], Integral):
        settings = settings | {"random_state": f"{settings['random_state']}: cannot be repeated"}
    versions = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return {
        **{name: describe_object(value) for name, value in settings.items()},
        "versions": f"{versions}, Python {platform.python_version()}, {platform.platform()}",
        "written": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }


def describe_comparison(samplers, estimator, data, folds, settings):
    """Return the data and settings of a comparison."""
    unit = "row" if data.groups is None else "group"
    apart = f"In {len(folds)} splits no {unit} is both trained on and tested on."
    first = folds[0]
    return About(
        classes=count_classes(data.y, data.groups),
        checks=check_leakage(*data, apart),
        settings=describe_settings(
            {
                "signals": describe_shape(data.X),
                **{f"sampler {name}": sampler for name, sampler in samplers.items()},
                "classifier": estimator,
                "splits": f"{len(folds)} in all",
                "first split": f"{len(first.train)} rows to train on, {len(first.test)} to test on",
                **settings,
            }
        ),
    )


def describe_evidence(train, holdout, plan, settings):
    """Return the data and settings of evidence; there may be no held-out rows."""
    parts = {"training": train} if holdout is None else {"training": train, "held-out": holdout}
    real = join(*parts.values())
    ends = np.cumsum([len(data.y) for data in parts.values()])
    rows = np.split(np.arange(ends[-1]), ends[:-1])
    apart = "" if holdout is None else "No group is both in the training and held out."
    return About(
        classes=count_classes(real.y, real.groups, **dict(zip(parts, rows, strict=True))),
        checks=check_leakage(*real, apart),
        settings=describe_settings(
            {
                "real signals": describe_shape(real.X),
                "sampling rate": f"{plan.sampling_rate:g} Hz",
                "band": f"{plan.band[0]:g} to {plan.band[1]:g} Hz",
                "features": plan.features,
                "rows of a class for fidelity": plan.max_rows or "all",
                "halvings for each floor": plan.n_repeats,
                **settings,
            }
        ),
    )
