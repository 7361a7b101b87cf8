"""Power in named bands of frequencies."""

from numbers import Real

import numpy as np
from sklearn.utils._param_validation import Interval

from skeeg._signals import BLOCK_BYTES
from skeeg.feature_extraction._bands import resolve_bands, resolve_length, resolve_slices
from skeeg.feature_extraction._base import BaseSignalFeatures
from skeeg.feature_extraction._moments import mean_square
from skeeg.feature_extraction._noise_floor import noise_floor
from skeeg.feature_extraction._spectra import hann_spectra, mean_powers


class BandPower(BaseSignalFeatures):
    """Describe each signal by its power in named bands of frequencies, after Welch.

    The signal is cut into segments that overlap by half; each is centred and has a Hann window
    applied, and the spectra of power are averaged [1]_. The power of a band is the sum over its
    frequencies, the lower edge included and the upper edge not: neighbours share nothing, and
    bands that cover the whole spectrum sum to the power of the segments. Powers more than 120 dB
    below the mean square of the signal are rounding, and are raised to that floor.

    Parameters
    ----------
    bands : dict of str to tuple of (float, float), default=None
        Names and edges, in Hz where `sampling_rate` is given, in cycles per time point otherwise.
        An upper edge at half the sampling rate is part of its band. None means the rhythms of
        EEG: delta 0.5 to 4 Hz, theta to 8 Hz, alpha to 13 Hz, beta to 30 Hz, gamma to 45 Hz.

    sampling_rate : float, default=None
        Time points per second, in Hz. None means 1, for which `bands` must be given.

    segment_length : float, default=None
        Duration of a segment, in seconds where `sampling_rate` is given, in time points
        otherwise. Frequencies are told apart by its inverse. None means two periods of the
        lowest edge above 0, 4 s with the default bands, or the whole signal if that is shorter.

    relative : bool, default=False
        Whether powers are divided by the power from the lowest edge of all bands to the highest.

    log : bool, default=True
        Whether to return the decimal logarithm. Scaling a signal by `k` then adds
        `2 * log10(k)` to an absolute power.

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
    FourierFeatures : Bins of equal width instead of bands with names.
    Coherence : What two channels share in a band.
    scipy.signal.welch : The power density before it is summed.

    References
    ----------
    .. [1] P. D. Welch, "The use of fast Fourier transform for the estimation of power spectra",
       IEEE Transactions on Audio and Electroacoustics 15(2), 1967.

    Examples
    --------
    A rhythm of 10 Hz and 20 µV has a power of 200 µV², all of it in the alpha band:

    >>> import numpy as np
    >>> from skeeg.feature_extraction import BandPower
    >>> X = 20 * np.sin(2 * np.pi * 10 * np.arange(1000) / 250)[np.newaxis]
    >>> power = BandPower(sampling_rate=250, log=False, channel_names=["Oz"])
    >>> power.set_output(transform="pandas").fit_transform(X).round(1).T
                              0
    Oz__welch_delta_power   0.0
    Oz__welch_theta_power   0.0
    Oz__welch_alpha_power 200.0
    Oz__welch_beta_power    0.0
    Oz__welch_gamma_power   0.0
    """

    _block_bytes = 12 * BLOCK_BYTES
    # the floor is not finite either
    _shows_non_finite = True
    _parameter_constraints: dict = {
        **BaseSignalFeatures._parameter_constraints,
        "bands": [dict, None],
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
        "segment_length": [Interval(Real, 0, None, closed="neither"), None],
        "relative": ["boolean"],
        "log": ["boolean"],
    }

    def __init__(
        self,
        *,
        bands=None,
        sampling_rate=None,
        segment_length=None,
        relative=False,
        log=True,
        n_channels=1,
        channel_names=None,
    ):
        super().__init__(n_channels=n_channels, channel_names=channel_names)
        self.bands = bands
        self.sampling_rate = sampling_rate
        self.segment_length = segment_length
        self.relative = relative
        self.log = log

    def _extract(self, X):
        rate = self.sampling_rate or 1.0
        bands = resolve_bands(self.bands, rate)
        length = resolve_length(self.segment_length, bands, rate, X.shape[-1])
        slices = resolve_slices(bands, rate, length)
        start, stop = min(s.start for s in slices.values()), max(s.stop for s in slices.values())
        spectra = hann_spectra(X, length, start, stop)
        parts = [slice(s.start - start, s.stop - start) for s in slices.values()]
        powers = mean_powers(spectra, parts, length)
        powers = np.maximum(powers, noise_floor(mean_square(X))[..., np.newaxis])
        if self.relative:
            total = mean_powers(spectra, [slice(0, stop - start)], length)
            powers /= np.maximum(total, powers.max(axis=-1, keepdims=True))
        if self.log:
            powers = np.log10(powers)
        statistic = f"{'log_' * self.log}{'relative_' * self.relative}power"
        return {f"welch_{name}_{statistic}": powers[..., i] for i, name in enumerate(slices)}
