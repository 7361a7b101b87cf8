"""Power in bins of the spectrum."""

from itertools import pairwise
from numbers import Integral, Real

import numpy as np
from sklearn.utils._param_validation import Interval

from skeeg._signals import BLOCK_BYTES
from skeeg.feature_extraction._base import BaseSignalFeatures
from skeeg.feature_extraction._moments import mean_square
from skeeg.feature_extraction._noise_floor import noise_floor
from skeeg.feature_extraction._spectra import hann_spectra, mean_powers


class FourierFeatures(BaseSignalFeatures):
    """Describe each signal by its log-power in equal bins of the spectrum.

    The mean is removed, a Hann window [1]_ applied and the power density averaged over each bin;
    the feature is its decimal logarithm. 0 Hz belongs to no bin. Scaling a signal by `k` adds
    `2 * log10(k)` to every feature. Values more than 120 dB below the mean square of the signal
    are rounding, and are raised to that floor.

    Parameters
    ----------
    n_bins : int, default=16
        Number of bins, each with an equal number of frequencies, give or take one. Short
        signals have fewer: at most one per frequency. None means one per frequency.

    max_frequency : float, default=None
        Upper end of the last bin, in Hz where `sampling_rate` is given, in cycles per time
        point otherwise. None means half the sampling rate.

    sampling_rate : float, default=None
        Time points per second, in Hz. Powers are then in squared units of X per Hz, and the
        names of the features in Hz. None means 1: cycles per time point.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    channel_names : array-like of shape (n_channels,), default=None
        Names of the channels, used in the names of the features. None means "ch0", "ch1", ...

    Attributes
    ----------
    n_channels_ : int
        Number of channels.

    n_features_in_ : int
        Number of values in a sample, `n_channels_ * n_times`.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.

    See Also
    --------
    WaveletFeatures : Octaves instead of bins of equal width.
    scipy.signal.periodogram : The power density before it is averaged.

    References
    ----------
    .. [1] F. J. Harris, "On the use of windows for harmonic analysis with the discrete Fourier
       transform", Proceedings of the IEEE 66(1), 1978.

    Examples
    --------
    A rhythm of 10 Hz stands out in its bin:

    >>> import numpy as np
    >>> from skeeg.feature_extraction import FourierFeatures
    >>> X = np.sin(2 * np.pi * 10 * np.arange(200) / 100)[np.newaxis]
    >>> fourier = FourierFeatures(n_bins=3, max_frequency=30, sampling_rate=100)
    >>> fourier.set_output(transform="pandas").fit_transform(X).round(1).T
                                     0
    ch0__fft_0.5-10Hz_log_power   -1.4
    ch0__fft_10.5-20Hz_log_power  -2.1
    ch0__fft_20.5-30Hz_log_power -14.3
    """

    _block_bytes = 2 * BLOCK_BYTES
    # the floor is not finite either
    _shows_non_finite = True
    _parameter_constraints: dict = {
        **BaseSignalFeatures._parameter_constraints,
        "n_bins": [Interval(Integral, 1, None, closed="left"), None],
        "max_frequency": [Interval(Real, 0, None, closed="neither"), None],
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
    }

    def __init__(
        self,
        *,
        n_bins=16,
        max_frequency=None,
        sampling_rate=None,
        n_channels=1,
        channel_names=None,
    ):
        super().__init__(n_channels=n_channels, channel_names=channel_names)
        self.n_bins = n_bins
        self.max_frequency = max_frequency
        self.sampling_rate = sampling_rate

    def _extract(self, X):
        rate, n_times = self.sampling_rate or 1.0, X.shape[-1]
        frequencies = np.fft.rfftfreq(n_times, 1 / rate)
        edges = _resolve_edges(frequencies, self.n_bins, self.max_frequency)
        spectra = hann_spectra(X, n_times, edges[0], edges[-1])
        bins = [slice(*ends) for ends in pairwise(edges - edges[0])]
        density = mean_powers(spectra, bins, n_times) / np.diff(edges) * n_times / rate
        power = np.maximum(density, noise_floor(mean_square(X) / rate)[..., np.newaxis])
        unit = "Hz" if self.sampling_rate else ""
        return {
            f"fft_{frequencies[start]:.6g}-{frequencies[stop - 1]:.6g}{unit}_log_power": feature
            for (start, stop), feature in zip(
                pairwise(edges), np.moveaxis(np.log10(power), -1, 0), strict=True
            )
        }


def _resolve_edges(frequencies, n_bins, max_frequency):
    """Cut the frequencies above 0 into bins; 0 stays if it is the only one."""
    first = min(1, len(frequencies) - 1)
    last = len(frequencies)
    if max_frequency is not None:
        _check_max_frequency(max_frequency, frequencies[first], frequencies[-1])
        last = np.searchsorted(frequencies, max_frequency, side="right")
    return np.linspace(first, last, min(n_bins or last, last - first) + 1).astype(int)


def _check_max_frequency(max_frequency, lowest, highest):
    if not lowest <= max_frequency <= highest:
        raise ValueError(
            f"max_frequency={max_frequency} is outside the spectrum of these signals, "
            f"{lowest:.6g} to {highest:.6g}; without sampling_rate it is in cycles per time point."
        )
