"""The three parameters of Hjorth."""

import numpy as np

from skeeg.feature_extraction._base import BaseSignalFeatures
from skeeg.feature_extraction._moments import mean_square, variance
from skeeg.feature_extraction._noise_floor import noise_floor


class HjorthParameters(BaseSignalFeatures):
    """Describe each signal by its activity, mobility and complexity, after Hjorth.

    Activity is the variance, in squared units of X. Mobility is the standard deviation of the
    differences of neighbours over that of the signal: the mean frequency, in radians per time
    point where it is low. Complexity is the mobility of the differences over that of the signal:
    1 for a sine wave, more the further a signal is from one [1]_. The last two do not depend on
    the unit of X. Variances more than 120 dB below the mean square of the signal are rounding,
    and are raised to that floor before they divide; a constant has a mobility and a complexity
    of about 0.

    Parameters
    ----------
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
    TimeFeatures : Other numbers that describe a waveform.
    BandPower : Power by frequency.

    References
    ----------
    .. [1] B. Hjorth, "EEG analysis based on time domain properties", Electroencephalography
       and Clinical Neurophysiology 29(3), 1970.

    Examples
    --------
    >>> import numpy as np
    >>> from skeeg.feature_extraction import HjorthParameters
    >>> X = 2 * np.sin(0.1 * np.pi * np.arange(1000))[np.newaxis]
    >>> HjorthParameters().set_output(transform="pandas").fit_transform(X).round(2).T
                               0
    ch0__hjorth_activity    2.00
    ch0__hjorth_mobility    0.31
    ch0__hjorth_complexity  1.00
    """

    def _extract(self, X):
        floor = noise_floor(mean_square(X))
        speed = np.diff(X, axis=-1)
        activity, of_speed, of_change = (variance(part) for part in (X, speed, np.diff(speed)))
        mobility = np.sqrt(of_speed / np.maximum(activity, floor))
        mobility_of_speed = np.sqrt(of_change / np.maximum(of_speed, floor))
        return {
            "hjorth_activity": activity,
            "hjorth_mobility": mobility,
            "hjorth_complexity": _divide(mobility_of_speed, mobility),
        }


def _divide(numerator, denominator):
    """Divide, where nothing over nothing is nothing."""
    return np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator > 0)
