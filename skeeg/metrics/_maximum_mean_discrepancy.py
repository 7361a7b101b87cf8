"""Distance between two clouds of features, whatever their shape."""

from numbers import Integral, Real

import numpy as np
from scipy.spatial.distance import pdist
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.utils import gen_batches
from sklearn.utils._param_validation import HasMethods, Interval, validate_params

from skeeg.metrics._embedding import embed
from skeeg.metrics._windows import check_windows

BATCH_ROWS = 1024
MEDIAN_ROWS = 1000


def _sum_kernel(rows, columns, gamma):
    """Sum over all pairs, a batch of rows at a time."""
    batches = gen_batches(len(rows), BATCH_ROWS)
    return sum(rbf_kernel(rows[batch], columns, gamma=gamma).sum() for batch in batches)


def _mean_within(table, gamma):
    """Mean over pairs of different rows; each row with itself has a kernel of 1."""
    n_rows = len(table)
    return (_sum_kernel(table, table, gamma) - n_rows) / (n_rows * (n_rows - 1))


def _resolve_gamma(table):
    """One over the median squared distance between two rows."""
    step = -(-len(table) // MEDIAN_ROWS)
    median = np.median(pdist(table[::step], "sqeuclidean"))
    return 1 / median if median else 1.0


@validate_params(
    {
        "X_real": ["array-like"],
        "X_synthetic": ["array-like"],
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "features": [HasMethods(["fit", "transform"]), None],
        "gamma": [Interval(Real, 0, None, closed="neither"), None],
    },
    prefer_skip_nested_validation=True,
)
def maximum_mean_discrepancy(
    X_real, X_synthetic, *, sampling_rate=None, n_channels=1, features=None, gamma=None
):
    """Measure how much the features of real and synthetic windows differ in distribution.

    The windows are described by features in units of their standard deviation over the real
    windows. With the Gaussian kernel `k(x, y) = exp(-gamma |x - y|**2)`, the squared maximum mean
    discrepancy [1]_ is `E k(r, r') + E k(s, s') - 2 E k(r, s)`
    over pairs of different windows, real `r` and synthetic `s`. It is 0 for equal distributions
    only. Single windows, however far off, weigh little.

    Parameters
    ----------
    X_real : array-like of shape (n_samples_real, n_channels * n_times) or \
            (n_samples_real, n_channels, n_times)
        Real windows, in any unit; two dimensions are channel-major.

    X_synthetic : array-like of shape (n_samples_synthetic, n_channels * n_times) or \
            (n_samples_synthetic, n_channels, n_times)
        Synthetic windows in the same unit, with as many channels and time points.

    sampling_rate : float, default=None
        Not used, present so that all metrics are called alike.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input. Where it has three dimensions, the
        number comes from there.

    features : transformer, default=None
        What turns windows into a table of features. It is cloned and fitted on `X_real`, and gets
        one channel as `(n_samples, n_times)`, several as `(n_samples, n_channels, n_times)`. Wrap
        a fitted encoder into :class:`sklearn.frozen.FrozenEstimator`. None means
        :class:`~skeeg.feature_extraction.WaveletFeatures`: size, speed and evenness of each octave.

    gamma : float, default=None
        Of the kernel, in one over squared standard deviations. None means one over the median
        squared distance between two real windows.

    Returns
    -------
    discrepancy : float
        From 0 (best) to 2. It is unbiased, and so below 0 by chance where the sets are alike.

    Raises
    ------
    ValueError
        If the windows differ in channels or length, or there are fewer than two in a set.

    See Also
    --------
    frechet_distance : Mean and covariance only, with a weight for what is far off.
    two_sample_auc : Differences that have to be learned.

    Notes
    -----
    Copies of the real windows have a discrepancy of about 0: it says nothing about novelty.

    References
    ----------
    .. [1] A. Gretton et al., "A kernel two-sample test", Journal of Machine Learning Research 13,
       723-773, 2012. https://jmlr.org/papers/v13/gretton12a.html

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import maximum_mean_discrepancy
    >>> eeg = make_seizures(n_recordings=100, random_state=0)
    >>> background, seizures = eeg.data[eeg.target == 0], eeg.data[eeg.target == 1]
    >>> even = eeg.groups[eeg.target == 0] % 2 == 0
    >>> print(f"{maximum_mean_discrepancy(background[even], background[~even]):.3f}")
    0.002
    >>> print(f"{maximum_mean_discrepancy(background, seizures):.3f}")
    0.252
    """
    sets = check_windows(X_real, X_synthetic, n_channels)
    if min(map(len, sets)) < 2:
        raise ValueError(
            "Pairs of different windows take at least two of them; got "
            f"{len(sets[0])} in X_real and {len(sets[1])} in X_synthetic."
        )
    real, synthetic = embed(sets, features)
    gamma = gamma or _resolve_gamma(real)
    across = _sum_kernel(real, synthetic, gamma) / (len(real) * len(synthetic))
    return float(_mean_within(real, gamma) + _mean_within(synthetic, gamma) - 2 * across)
