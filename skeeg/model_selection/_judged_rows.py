"""Fidelity and privacy of synthetic rows, of the classes that have enough rows to tell."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from skeeg.metrics import fidelity_report, privacy_report
from skeeg.model_selection._data_checks import identify_rows

# What the reports ask of each class, in rows and in groups.
FIDELITY_NEEDS = {"real": (12, 4), "synthetic": (6, 1)}
PRIVACY_NEEDS = {"training": (2, 2), "held-out": (4, 4), "synthetic": (1, 1)}

NO_HOLDOUT = (
    "There are no held-out real rows. Privacy is not measured, and figures of fidelity are too "
    "good if the rows were made from those that they are compared with."
)


class Findings(NamedTuple):
    """Tables of fidelity and privacy, and what could not be measured, as (class, note)."""

    fidelity: pd.DataFrame
    privacy: pd.DataFrame
    notes: list


class Plan(NamedTuple):
    """How figures are taken: what both reports are told, and how many rows fidelity sees."""

    sampling_rate: float
    band: tuple
    features: object
    max_rows: int | None
    n_repeats: int
    random_state: int


def judge_rows(train, holdout, synthetic, plan):
    """Take all figures of synthetic rows.

    Parameters
    ----------
    train : Data
        What they were made from.

    holdout : Data or None
        Real rows of other groups. Without them, fidelity is that beside the training rows, and
        there are no figures of privacy.

    synthetic : Data
        The rows to judge.

    plan : Plan
        How.

    Returns
    -------
    findings : Findings
        What fails is among the notes.
    """
    notes = []
    beside = train if holdout is None else holdout
    sets = {"real": thin_classes(beside, plan), "synthetic": thin_classes(synthetic, plan)}
    fidelity = _measure("fidelity", sets, FIDELITY_NEEDS, _fidelity, plan, notes)
    if holdout is None:
        notes.append(("", NO_HOLDOUT))
        return Findings(fidelity, empty_table("class", "metric"), notes)
    # not thinned: an attack fails where the row that gives another away is left out
    sets = {"training": train, "held-out": holdout, "synthetic": synthetic}
    privacy = _measure("privacy", sets, PRIVACY_NEEDS, _privacy, plan, notes)
    return Findings(fidelity, privacy, notes)


def _measure(name, sets, needs, report, plan, notes):
    """Return a report on the classes that have what it needs; say what is left out, and why."""
    labels = np.unique(sets["synthetic"].y).tolist()
    lacking = {label: _find_lack(sets, needs, label) for label in labels}
    notes += [(label, f"{name} is not measured: {lack}") for label, lack in lacking.items() if lack]
    kept = [label for label, lack in lacking.items() if not lack]
    if not kept:
        return empty_table("class", "metric")
    chosen = [data.take(np.flatnonzero(np.isin(data.y, kept))) for data in sets.values()]
    try:
        return report(*chosen, plan)
    except ValueError as error:
        notes.append(("", f"{name} is not measured: {error}"))
        return empty_table("class", "metric")


def _find_lack(sets, needs, label):
    """Return what a class lacks in words, or ""."""
    for part, (n_rows, n_groups) in needs.items():
        of_class = sets[part].y == label
        if of_class.sum() < n_rows:
            return f"{of_class.sum()} {part} rows, and it takes {n_rows}."
        groups = sets[part].groups
        n_found = n_groups if groups is None else pd.Series(groups[of_class]).nunique()
        if n_found < n_groups:
            return f"{n_found} groups of {part} rows, and it takes {n_groups}."
    return ""


def _fidelity(real, synthetic, plan):
    return fidelity_report(
        *real[:2],
        *synthetic[:2],
        groups=real.groups,
        sampling_rate=plan.sampling_rate,
        band=plan.band,
        features=plan.features,
        n_repeats=plan.n_repeats,
        random_state=plan.random_state,
    )


def _privacy(train, holdout, synthetic, plan):
    return privacy_report(
        *train[:2],
        *holdout[:2],
        *synthetic[:2],
        groups_train=train.groups,
        groups_holdout=holdout.groups,
        features=plan.features,
        n_repeats=plan.n_repeats,
        random_state=plan.random_state,
    )


def empty_table(*levels):
    """Return a report without rows."""
    index = pd.MultiIndex.from_tuples([], names=levels)
    return pd.DataFrame(columns=["synthetic", "floor", "floor_sd", "better"], index=index)


def thin_classes(data, plan):
    """Return at most so many rows of each class as the plan says, at random."""
    shuffled = np.random.RandomState(plan.random_state).permutation(len(data.y))
    place = pd.Series(data.y[shuffled]).groupby(data.y[shuffled]).cumcount().to_numpy()
    return data.take(np.sort(shuffled[place < (plan.max_rows or len(shuffled))]))


def count_copies(X_train, X_synthetic):
    """Return how many synthetic rows are training rows, bit for bit."""
    codes = identify_rows(X_train, X_synthetic)
    return int(np.isin(codes[len(X_train) :], codes[: len(X_train)]).sum())
