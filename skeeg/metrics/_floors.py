"""Tables that show each figure beside its floor: the same figure, real against real."""

import warnings
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.model_selection import StratifiedGroupKFold, StratifiedKFold


def halve_classes(y, codes, random):
    """Return which rows belong to a random half of every class, whole groups at a time."""
    # without groups the same, only much quicker
    alone = len(np.unique(codes)) == len(codes)
    splitter = StratifiedKFold if alone else StratifiedGroupKFold
    folds = splitter(2, shuffle=True, random_state=random)
    first, _ = next(folds.split(y, y, None if alone else codes))
    return np.isin(np.arange(len(y)), first)


class Need(NamedTuple):
    """How many windows, and groups of them, a set must have of a class."""

    name: str
    y: np.ndarray
    n_windows: int
    codes: np.ndarray | None = None
    n_groups: int = 0

    def count_groups(self, label):
        """Return how many groups have windows of the class."""
        return len(np.unique(self.codes[self.y == label]))

    def find_lack(self, label):
        """Say what the class lacks, or nothing."""
        n_windows = np.count_nonzero(self.y == label)
        if n_windows < self.n_windows:
            return f"{n_windows} windows in {self.name}, and it takes {self.n_windows}"
        if self.codes is not None and self.count_groups(label) < self.n_groups:
            return f"{self.count_groups(label)} groups in {self.name}, and it takes {self.n_groups}"
        return ""


def choose_classes(labels, needs):
    """Return the classes that can be measured; warn of others, and raise if there is none."""
    lacks = {label: next(filter(None, (n.find_lack(label) for n in needs)), "") for label in labels}
    if all(lacks.values()):
        raise ValueError(f"No class can be measured. Class {labels[0]!r} has {lacks[labels[0]]}.")
    for label, lack in lacks.items():
        if lack:
            warn_of_class(label, f"has {lack}: its figures are NaN")
    return [label for label, lack in lacks.items() if not lack]


def find_few_groups(labels, need, n_groups, figure):
    """Return the classes with too few groups for a figure, and warn of them."""
    counts = {label: need.count_groups(label) for label in labels}
    few = {label: count for label, count in counts.items() if count < n_groups}
    for label, count in few.items():
        lack = f"has {count} groups in {need.name}, and {figure} takes {n_groups}"
        warn_of_class(label, f"{lack}: it is NaN")
    return list(few)


def warn_of_class(label, lack):
    """Warn, at the line that calls the report."""
    # beyond this function, its caller here, the report and what validates its parameters
    warnings.warn(f"Class {label!r} {lack}.", UserWarning, stacklevel=5)


def tabulate(records, better):
    """Average what was measured several times.

    Parameters
    ----------
    records : list of tuple
        Class, dict of figures of the synthetic windows, dict of figures of real ones.

    better : dict of str to str
        Direction of each figure.
    """
    table = pd.DataFrame(
        [
            (label, metric, synthetic[metric], real[metric])
            for label, synthetic, real in records
            for metric in real
        ],
        columns=["class", "metric", "synthetic", "floor"],
    )
    report = table.groupby(["class", "metric"], sort=False).agg(
        synthetic=("synthetic", "mean"), floor=("floor", "mean"), floor_sd=("floor", "std")
    )
    return report.assign(better=report.index.get_level_values("metric").map(better))
