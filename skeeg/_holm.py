"""P-values of several tests at once."""

import numpy as np


def adjust_by_holm(p_values):
    """Return p-values that hold for all of a family; NaN stay what they are and do not count."""
    p_values = np.asarray(p_values, dtype=float)
    order = np.argsort(p_values)[: np.count_nonzero(~np.isnan(p_values))]
    factors = np.arange(len(order), 0, -1)
    adjusted = np.full_like(p_values, np.nan)
    adjusted[order] = np.maximum.accumulate(factors * p_values[order]).clip(max=1)
    return adjusted
