"""Distance between amplitudes, whatever the spectrum."""

from numbers import Integral, Real

import numpy as np
from scipy.stats import wasserstein_distance
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.metrics._windows import RESOLUTION, check_windows, split_amplitude


def _log_sd(sd, other):
    """Decimal logarithm, where constant windows lie six decades below the largest."""
    return np.log10(np.maximum(sd, RESOLUTION * (sd.max() or other.max() or 1.0)))


@validate_params(
    {
        "X_real": ["array-like"],
        "X_synthetic": ["array-like"],
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
    },
    prefer_skip_nested_validation=True,
)
def amplitude_distance(X_real, X_synthetic, *, sampling_rate=None, n_channels=1):
    """Measure in decades how far the amplitudes of real and synthetic windows are apart.

    The amplitude of a window is its standard deviation over time. The distance is the
    Wasserstein-1 distance between the decimal logarithms of the amplitudes, averaged over
    channels: the mean number of decades by which windows would have to be scaled for the two sets
    to agree. Not only the typical amplitude counts but also the rare small and large ones.

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

    Returns
    -------
    distance : float
        In decades, from 0 (best) upwards; 0.3 is a factor of two. Compare it with the distance
        between two halves of the real windows, split by recording: what real data differ by
        among themselves.

    Raises
    ------
    ValueError
        If the windows differ in channels or length.

    See Also
    --------
    spectral_distance : The other half of the comparison, spectra whatever the amplitude.
    scipy.stats.wasserstein_distance : The distance between two sets of numbers.

    Notes
    -----
    Copies of the real windows have distance 0: a small distance says nothing about novelty.

    A constant window has no logarithm. It counts as six decades below the largest of its set: a
    hundredth more of them in one set is about 0.06.

    References
    ----------
    .. [1] A. Ramdas, N. García Trillos and M. Cuturi, "On Wasserstein two-sample testing and
       related families of nonparametric tests", Entropy 19(2), 47, 2017.
       https://doi.org/10.3390/e19020047

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import amplitude_distance
    >>> eeg = make_seizures(n_recordings=100, random_state=0)
    >>> background, seizures = eeg.data[eeg.target == 0], eeg.data[eeg.target == 1]
    >>> even = eeg.groups[eeg.target == 0] % 2 == 0
    >>> print(f"{amplitude_distance(background[even], background[~even]):.2f}")
    0.03
    >>> print(f"{amplitude_distance(background, seizures):.2f}")
    0.53

    Ten times the amplitude is one decade:

    >>> print(f"{amplitude_distance(seizures, 10 * seizures):.2f}")
    1.00
    """
    real, synthetic = check_windows(X_real, X_synthetic, n_channels)
    sds = [split_amplitude(X)[1].T for X in (real, synthetic)]
    distances = [
        wasserstein_distance(_log_sd(ours, theirs), _log_sd(theirs, ours))
        for ours, theirs in zip(*sds, strict=True)
    ]
    return float(np.mean(distances))
