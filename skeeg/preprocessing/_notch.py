"""Filters that remove the hum of the mains."""

from math import ceil
from numbers import Real

import numpy as np
from scipy.signal import iirnotch
from sklearn.utils._param_validation import Interval

from skeeg.preprocessing._zero_phase import BaseZeroPhaseFilter


class NotchFilter(BaseZeroPhaseFilter):
    """Remove one frequency, such as the hum of the mains, without delay.

    A second-order notch [1]_ is run over each signal forwards and then backwards, so waves keep
    their place in time. Nothing is left at `frequency`; half the amplitude is left at the edges of
    a band around it that is `frequency / quality` wide.

    Parameters
    ----------
    frequency : float, default=50.0
        What to remove, in Hz where `sampling_rate` is given, in cycles per time point otherwise.
        Below half the sampling rate. The mains have 60 Hz in most of the Americas.

    sampling_rate : float, default=None
        Time points per second, in Hz. None means 1: cycles per time point.

    quality : float, default=30.0
        Ratio of `frequency` to the width of the band that is removed, at least 1. A narrower
        band spares the signal and rings for longer.

    harmonics : bool, default=False
        Whether to remove the multiples of `frequency` below half the sampling rate too, each in a
        band of the same width.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    Attributes
    ----------
    sos_ : ndarray of shape (n_frequencies, 6)
        Second-order sections of one pass, one per frequency.

    n_channels_ : int
        Number of channels.

    n_features_in_ : int
        Number of values in a sample, `n_channels_ * n_times`.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.

    See Also
    --------
    BandPassFilter : Keeps a wide band; with `high` below the mains, a notch is superfluous.
    scipy.signal.iirnotch : A single section.

    Notes
    -----
    The ends are continued as by :class:`BandPassFilter`. A notch takes about
    `1.5 * quality / frequency` seconds (0.9 s with the defaults) to settle, and within that time
    from the ends some of the hum is left. Where there are whole recordings, filter these, and cut
    them by :func:`segment` afterwards.

    References
    ----------
    .. [1] S. J. Orfanidis, "Introduction to Signal Processing", Prentice-Hall, 1996, section 11.3.

    Examples
    --------
    Hum of three times the amplitude of the signal is gone, but for 1 s at the ends:

    >>> import numpy as np
    >>> from skeeg.preprocessing import NotchFilter
    >>> seconds = np.arange(2000) / 250
    >>> alpha = np.sin(2 * np.pi * 10 * seconds)
    >>> X = alpha + 3 * np.cos(2 * np.pi * 50 * seconds)
    >>> cleaned = NotchFilter(frequency=50, sampling_rate=250).fit_transform(X[np.newaxis])
    >>> inside = slice(250, -250)
    >>> round(float(np.abs(cleaned[0] - alpha)[inside].max()), 2)
    0.01
    """

    _parameter_constraints: dict = {
        **BaseZeroPhaseFilter._parameter_constraints,
        "frequency": [Interval(Real, 0, None, closed="neither")],
        "quality": [Interval(Real, 1, None, closed="left")],
        "harmonics": ["boolean"],
    }

    def __init__(
        self,
        *,
        frequency=50.0,
        sampling_rate=None,
        quality=30.0,
        harmonics=False,
        n_channels=1,
    ):
        super().__init__(n_channels=n_channels)
        self.frequency = frequency
        self.sampling_rate = sampling_rate
        self.quality = quality
        self.harmonics = harmonics

    def _design(self):
        self._check_below_nyquist("frequency", self.frequency)
        rate = self.sampling_rate or 1.0
        # rounding may put a multiple that is half the sampling rate on either side of it
        n_below = ceil(rate / 2 / self.frequency * (1 - 1e-9)) - 1
        last = max(1, n_below) if self.harmonics else 1
        sections = [
            np.concatenate(iirnotch(k * self.frequency, k * self.quality, fs=rate))
            for k in range(1, last + 1)
        ]
        return np.array(sections)
