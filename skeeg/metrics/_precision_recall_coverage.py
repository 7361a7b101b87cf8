"""How much of the synthetic windows is plausible, and how much of the real ones is covered."""

from numbers import Integral, Real
from typing import NamedTuple

import numpy as np
from scipy.spatial.distance import cdist
from sklearn.utils import gen_batches
from sklearn.utils._param_validation import HasMethods, Interval, validate_params

from skeeg.metrics._embedding import embed
from skeeg.metrics._windows import check_windows

BATCH_ROWS = 1024


class PrecisionRecallCoverage(NamedTuple):
    """Four figures, all the better the higher."""

    precision: float
    recall: float
    density: float
    coverage: float


def _measure_reach(table, n_neighbors):
    """Distance of each row to its k-th nearest other row."""
    batches = gen_batches(len(table), BATCH_ROWS)
    # a row is its own nearest
    nearest = [np.partition(cdist(table[b], table), n_neighbors)[:, n_neighbors] for b in batches]
    return np.concatenate(nearest)


def _count_within(rows, centres, reach):
    """Count for each row the centres that reach it, and for each centre the rows it reaches."""
    per_row, per_centre = [], np.zeros(len(centres), dtype=int)
    for batch in gen_batches(len(rows), BATCH_ROWS):
        inside = cdist(rows[batch], centres) < reach
        per_row.append(inside.sum(axis=1))
        per_centre += inside.sum(axis=0)
    return np.concatenate(per_row), per_centre


def _check_counts(real, synthetic, n_neighbors):
    for name, X in (("X_real", real), ("X_synthetic", synthetic)):
        if len(X) <= n_neighbors:
            raise ValueError(
                f"n_neighbors={n_neighbors} takes more than {n_neighbors} windows in each set; "
                f"{name} has {len(X)}."
            )


@validate_params(
    {
        "X_real": ["array-like"],
        "X_synthetic": ["array-like"],
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "features": [HasMethods(["fit", "transform"]), None],
        "n_neighbors": [Interval(Integral, 1, None, closed="left")],
    },
    prefer_skip_nested_validation=True,
)
def precision_recall_coverage(
    X_real, X_synthetic, *, sampling_rate=None, n_channels=1, features=None, n_neighbors=5
):
    """Tell implausible synthetic windows from real windows that are missing.

    The windows are described by features in units of their standard deviation over the real
    windows. Every window has a neighbourhood, which reaches to the nearest others of its own set.
    Four figures count who lies within whose:

    - precision: share of synthetic windows in the neighbourhood of a real one [1]_. Low where
      windows are drawn that do not occur.
    - recall: share of real windows in the neighbourhood of a synthetic one [1]_. Low where
      windows that do occur are never drawn.
    - density: how many real neighbourhoods a synthetic window lies in, over how many are
      expected [2]_. Unlike precision it is not fooled by single real windows that are far off.
    - coverage: share of real windows with a synthetic one in their neighbourhood [2]_. Unlike
      recall it is not fooled by single synthetic windows that are far off.

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

    n_neighbors : int, default=5
        Which of its nearest others a neighbourhood reaches to.

    Returns
    -------
    figures : PrecisionRecallCoverage
        A named tuple of `precision`, `recall`, `density` and `coverage`. All are from 0 to 1, the
        higher the better, but for the density: it may be above 1, which means that synthetic
        windows crowd where real ones are frequent. Coverage is expected to be `1 - 0.5 **
        n_neighbors` for sets of the same size and distribution.

    Raises
    ------
    ValueError
        If the windows differ in channels or length, or a set has no more than `n_neighbors`.

    See Also
    --------
    two_sample_auc : One figure for both faults.
    fidelity_report : All figures, class by class, with their floor.

    Notes
    -----
    Copies of the real windows are at the best of all four: they say nothing about novelty.

    A window that occurs more than `n_neighbors` times in its own set, as in that of a collapsed
    generator, has a neighbourhood of no size, in which nobody lies: not even exact copies of it in
    the other set.

    References
    ----------
    .. [1] T. Kynkäänniemi et al., "Improved precision and recall metric for assessing generative
       models", NeurIPS 32, 2019. https://arxiv.org/abs/1904.06991
    .. [2] M. F. Naeem et al., "Reliable fidelity and diversity metrics for generative models",
       ICML, 2020. https://arxiv.org/abs/2002.09797

    Examples
    --------
    Seizures lie in the wide neighbourhoods of rare background, which precision is fooled by, and
    leave most of it uncovered:

    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import precision_recall_coverage
    >>> eeg = make_seizures(n_recordings=100, random_state=0)
    >>> background, seizures = eeg.data[eeg.target == 0], eeg.data[eeg.target == 1]
    >>> even = eeg.groups[eeg.target == 0] % 2 == 0
    >>> floor = precision_recall_coverage(background[even], background[~even])
    >>> print(f"{floor.precision:.2f} {floor.density:.2f} {floor.coverage:.2f}")
    0.90 0.89 0.95
    >>> figures = precision_recall_coverage(background, seizures)
    >>> print(f"{figures.precision:.2f} {figures.density:.2f} {figures.coverage:.2f}")
    0.91 0.68 0.17
    """
    sets = check_windows(X_real, X_synthetic, n_channels)
    _check_counts(*sets, n_neighbors)
    real, synthetic = embed(sets, features)
    around_synthetic, within_real = _count_within(
        synthetic, real, _measure_reach(real, n_neighbors)
    )
    around_real, _ = _count_within(real, synthetic, _measure_reach(synthetic, n_neighbors))
    return PrecisionRecallCoverage(
        precision=float(np.mean(around_synthetic > 0)),
        recall=float(np.mean(around_real > 0)),
        density=float(np.mean(around_synthetic) / n_neighbors),
        coverage=float(np.mean(within_real > 0)),
    )
