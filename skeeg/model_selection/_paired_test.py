"""What paired differences of scores say when the training sets of the folds overlap."""

from typing import NamedTuple

import numpy as np
from scipy.stats import t


class PairedTest(NamedTuple):
    """Mean difference, its interval, and the p-value of no difference."""

    mean: float
    low: float
    high: float
    p: float


def corrected_t_test(differences, test_share, confidence):
    """Test whether the mean of paired differences is 0, as Nadeau and Bengio correct it.

    The variance of the mean is that of the differences times ``1 / n + n_test / n_train``: scores
    of overlapping training sets vary less than those of independent ones.

    Parameters
    ----------
    differences : array-like of shape (n_folds,)
        Over all repeats; NaN where there is no pair.

    test_share : float
        Test rows per training row.

    confidence : float
        Of the interval, between 0 and 1.

    Returns
    -------
    result : PairedTest
        With NaN for what fewer than two differences do not tell.
    """
    differences = np.asarray(differences, dtype=float)
    differences = differences[~np.isnan(differences)]
    n = len(differences)
    if n < 2:
        mean = differences[0] if n else np.nan
        return PairedTest(mean, np.nan, np.nan, np.nan)
    mean = differences.mean()
    error = np.sqrt((1 / n + test_share) * differences.var(ddof=1))
    if error == 0:  # no fold differs from another
        return PairedTest(mean, mean, mean, float(mean == 0))
    half_width = t.ppf((1 + confidence) / 2, n - 1) * error
    p = 2 * t.sf(abs(mean) / error, n - 1)
    return PairedTest(mean, mean - half_width, mean + half_width, p)


def count_differences_needed(differences, test_share, significance, most=500):
    """Return how many differences would tell their mean from 0, if it and the spread stay.

    Parameters
    ----------
    differences : array-like of shape (n_folds,)
        NaN where there is no pair.

    test_share : float
        Test rows per training row.

    significance : float
        What the p-value of :func:`corrected_t_test` is to fall below.

    most : int, default=500
        How many are tried.

    Returns
    -------
    n : int or None
        None where no number would do, as more folds of the same rows bring no new ones.
    """
    differences = np.asarray(differences, dtype=float)
    differences = differences[~np.isnan(differences)]
    if len(differences) < 2 or np.ptp(differences) == 0 or differences.mean() == 0:
        return None
    n = np.arange(2, most + 1)
    error = np.sqrt(1 / n + test_share) * differences.std(ddof=1)
    enough = n[2 * t.sf(abs(differences.mean()) / error, n - 1) < significance]
    return int(enough[0]) if len(enough) else None
