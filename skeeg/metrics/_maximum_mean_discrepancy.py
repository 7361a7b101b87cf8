"""Distance between two clouds of waveforms, whatever their shape."""

from numbers import Integral, Real

import numpy as np
from scipy.spatial.distance import pdist
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.utils import gen_batches
from sklearn.utils._param_validation import HasMethods, Interval, validate_params

from skeeg.metrics._embedding import embed, flatten_waves
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
    """Measure how much the waveforms of real and synthetic windows differ in distribution.

    Windows are compared point by point, at zero mean and unit root mean square in each channel.
    With the Gaussian kernel `k(x, y) = exp(-gamma |x - y|**2)`, the squared maximum mean
    discrepancy [1]_ is `E k(r, r') + E k(s, s') - 2 E k(r, s)` over pairs of different windows,
    real `r` and synthetic `s`. It is 0 for equal distributions only. What it finds is what windows
    have at the same place: a fixed pattern, windows that begin alike or fade out. All of them
    count, so that it finds what is too faint to be seen in any single one.

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
        What turns windows into a table of features to be compared instead, in units of their
        standard deviation over the real windows. It is cloned and fitted on `X_real`, and gets one
        channel as `(n_samples, n_times)`, several as `(n_samples, n_channels, n_times)`. None
        means the waveforms.

    gamma : float, default=None
        Of the kernel, in one over squared distance. None means one over the median squared
        distance between two real windows.

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
    frechet_distance : What windows are like, wherever in the window.
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
    A faint pattern, the same in all windows, is far above what two sets of recordings differ by:

    >>> import numpy as np
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import maximum_mean_discrepancy
    >>> eeg, other = (make_seizures(n_recordings=100, random_state=seed) for seed in (0, 1))
    >>> print(f"{maximum_mean_discrepancy(eeg.data, other.data):.4f}")
    0.0001
    >>> pattern = 0.2 * np.sin(np.arange(178))
    >>> synthetic = other.data + pattern * other.data.std(axis=1, keepdims=True)
    >>> print(f"{maximum_mean_discrepancy(eeg.data, synthetic):.4f}")
    0.0076
    """
    sets = check_windows(X_real, X_synthetic, n_channels)
    if min(map(len, sets)) < 2:
        raise ValueError(
            "Pairs of different windows take at least two of them; got "
            f"{len(sets[0])} in X_real and {len(sets[1])} in X_synthetic."
        )
    real, synthetic = map(flatten_waves, sets) if features is None else embed(sets, features)
    gamma = gamma or _resolve_gamma(real)
    across = _sum_kernel(real, synthetic, gamma) / (len(real) * len(synthetic))
    return float(_mean_within(real, gamma) + _mean_within(synthetic, gamma) - 2 * across)
