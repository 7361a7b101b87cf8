"""Filters that keep a band of frequencies."""

from numbers import Integral, Real

from scipy.signal import butter
from sklearn.utils._param_validation import Interval

from skeeg.preprocessing._zero_phase import BaseZeroPhaseFilter


class BandPassFilter(BaseZeroPhaseFilter):
    """Keep the frequencies between two limits, without delay.

    A Butterworth filter in second-order sections is run over each signal forwards and then
    backwards [1]_. So waves keep their place in time, and the gain is that of one pass, squared:
    at the limits it is 1/2 (-6 dB). Each output depends on later time points too, which rules it
    out for detection while the recording goes on.

    Parameters
    ----------
    low : float, default=None
        Lower limit, in Hz where `sampling_rate` is given, in cycles per time point otherwise.
        None makes a low-pass filter, which keeps the mean and slow drifts.

    high : float, default=None
        Upper limit, below half the sampling rate. None makes a high-pass filter. At least one of
        the two limits is needed.

    sampling_rate : float, default=None
        Time points per second, in Hz. None means 1: cycles per time point.

    order : int, default=4
        Order of the Butterworth filter of one pass, at most 20. Each limit gets slopes that, over
        both passes, fall by `12 * order` dB per octave far from it.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    Attributes
    ----------
    sos_ : ndarray of shape (n_sections, 6)
        Second-order sections of one pass, as in :func:`scipy.signal.butter`.

    n_channels_ : int
        Number of channels.

    n_features_in_ : int
        Number of values in a sample, `n_channels_ * n_times`.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.

    See Also
    --------
    NotchFilter : Removes a narrow band instead of keeping a wide one.
    scipy.signal.sosfiltfilt : Both passes.

    Notes
    -----
    Before the first pass, each signal is continued at both ends by its outermost value, for
    `3 * (2 * n_sections + 1)` time points but at most `n_times - 1`. On EEG this comes nearer to
    the filtered recording than the mirror image turned upside down, which is the default of scipy.
    No way of continuing knows what came before: near its ends, for about a period of `low`, a
    window is a guess. Where there are whole recordings, filter these, and cut them by
    :func:`segment` afterwards.

    References
    ----------
    .. [1] A. Widmann, E. Schröger, B. Maess, "Digital filter design for electrophysiological data
       - a practical approach", Journal of Neuroscience Methods 250, 2015.
       https://doi.org/10.1016/j.jneumeth.2014.08.002

    Examples
    --------
    A rhythm of 10 Hz is left of a sum with a slow drift and a fast tone:

    >>> import numpy as np
    >>> from skeeg.preprocessing import BandPassFilter
    >>> seconds = np.arange(1000) / 250
    >>> rhythm = np.sin(2 * np.pi * 10 * seconds)
    >>> X = rhythm + 5 * seconds + np.sin(2 * np.pi * 60 * seconds)
    >>> band = BandPassFilter(low=5, high=20, sampling_rate=250)
    >>> cleaned = band.fit_transform(X[np.newaxis])
    >>> inside = slice(100, 900)
    >>> round(float(np.abs(cleaned[0] - rhythm)[inside].max()), 2)
    0.01
    """

    _parameter_constraints: dict = {
        **BaseZeroPhaseFilter._parameter_constraints,
        "low": [Interval(Real, 0, None, closed="neither"), None],
        "high": [Interval(Real, 0, None, closed="neither"), None],
        "order": [Interval(Integral, 1, 20, closed="both")],
    }

    def __init__(self, *, low=None, high=None, sampling_rate=None, order=4, n_channels=1):
        super().__init__(n_channels=n_channels)
        self.low = low
        self.high = high
        self.sampling_rate = sampling_rate
        self.order = order

    def _design(self):
        self._check_limits()
        rate = self.sampling_rate or 1.0
        if self.low is None:
            return butter(self.order, self.high, "lowpass", fs=rate, output="sos")
        if self.high is None:
            return butter(self.order, self.low, "highpass", fs=rate, output="sos")
        return butter(self.order, [self.low, self.high], "bandpass", fs=rate, output="sos")

    def _check_limits(self):
        if self.low is None and self.high is None:
            raise ValueError("low and high are both None; at least one limit is needed.")
        for name, limit in {"low": self.low, "high": self.high}.items():
            if limit is not None:
                self._check_below_nyquist(name, limit)
        if None not in (self.low, self.high) and self.low >= self.high:
            raise ValueError(f"low={self.low} must be below high={self.high}.")
