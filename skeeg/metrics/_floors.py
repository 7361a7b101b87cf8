"""Tables that show each figure beside its floor: the same figure, real against real."""

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


def check_classes(name, y, labels, fewest_windows, codes=None, fewest_groups=0):
    """Raise unless a set has enough windows, and groups of them, of each class."""
    for label in labels:
        of_class = y == label
        if of_class.sum() < fewest_windows:
            raise ValueError(
                f"A report needs {fewest_windows} windows of each class in {name}; class {label!r} "
                f"has {of_class.sum()}. Leave out such a class."
            )
        if codes is not None and len(np.unique(codes[of_class])) < fewest_groups:
            raise ValueError(
                f"A report needs {fewest_groups} groups of each class in {name}; class {label!r} "
                f"has {len(np.unique(codes[of_class]))}. Leave out such a class."
            )


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
