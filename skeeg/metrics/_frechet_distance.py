"""Distance between two clouds of features, taken for normal ones."""

from numbers import Integral, Real

import numpy as np
from sklearn.utils._param_validation import HasMethods, Interval, validate_params

from skeeg.metrics._embedding import embed
from skeeg.metrics._windows import check_windows


def _summarise(table):
    """Return the mean and a triangular root of the covariance, R with R'R the covariance."""
    mean = table.mean(axis=0)
    return mean, np.linalg.qr((table - mean) / np.sqrt(len(table) - 1), mode="r")


@validate_params(
    {
        "X_real": ["array-like"],
        "X_synthetic": ["array-like"],
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "features": [HasMethods(["fit", "transform"]), None],
    },
    prefer_skip_nested_validation=True,
)
def frechet_distance(X_real, X_synthetic, *, sampling_rate=None, n_channels=1, features=None):
    """Measure how far mean and covariance of the features of real and synthetic windows are apart.

    The windows are described by features in units of their standard deviation over the real
    windows. The distance is the squared Fréchet distance between the normal distributions that
    have the mean `m` and the covariance `C` of either set [1]_,
    `|m_r - m_s|**2 + tr(C_r + C_s - 2 (C_r C_s)**(1/2))`,
    as the Fréchet inception distance does for images [2]_. A few windows that are far off weigh
    more here than in any other figure.

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

    Returns
    -------
    distance : float
        From 0 (best) upwards, in squared standard deviations summed over features. It is biased
        upwards, the more the fewer windows there are: compare it with the distance between real
        sets of the same size.

    Raises
    ------
    ValueError
        If the windows differ in channels or length, or there are fewer than two in a set.

    See Also
    --------
    maximum_mean_discrepancy : Differences of any kind, not only of mean and covariance.
    fidelity_report : All figures, class by class, with their floor.

    Notes
    -----
    Copies of the real windows have distance 0: a small distance says nothing about novelty.

    References
    ----------
    .. [1] D. C. Dowson and B. V. Landau, "The Fréchet distance between multivariate normal
       distributions", Journal of Multivariate Analysis 12(3), 1982.
       https://doi.org/10.1016/0047-259X(82)90077-X
    .. [2] M. Heusel et al., "GANs trained by a two time-scale update rule converge to a local
       Nash equilibrium", NeurIPS 30, 2017. https://arxiv.org/abs/1706.08500

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import frechet_distance
    >>> eeg = make_seizures(n_recordings=100, random_state=0)
    >>> background, seizures = eeg.data[eeg.target == 0], eeg.data[eeg.target == 1]
    >>> even = eeg.groups[eeg.target == 0] % 2 == 0
    >>> print(f"{frechet_distance(background[even], background[~even]):.1f}")
    0.4
    >>> print(f"{frechet_distance(background, seizures):.1f}")
    24.6
    """
    sets = check_windows(X_real, X_synthetic, n_channels)
    if min(map(len, sets)) < 2:
        raise ValueError(
            "A covariance takes at least two windows; got "
            f"{len(sets[0])} in X_real and {len(sets[1])} in X_synthetic."
        )
    (mean, root), (other_mean, other_root) = map(_summarise, embed(sets, features))
    # the singular values of the product are those of the square root of C_r C_s
    overlap = np.linalg.norm(root @ other_root.T, "nuc")
    spread = np.square(root).sum() + np.square(other_root).sum() - 2 * overlap
    return float(np.square(mean - other_mean).sum() + max(spread, 0.0))
