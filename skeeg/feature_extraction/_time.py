"""What a waveform says without a transform."""

import numpy as np

from skeeg.feature_extraction._base import BaseSignalFeatures
from skeeg.feature_extraction._moments import energy, kurtosis, line_length, skewness, variance
from skeeg.feature_extraction._root_mean_square import root_mean_square
from skeeg.feature_extraction._zero_crossing_rate import zero_crossing_rate

FEATURES = {
    "mean": lambda X: X.mean(axis=-1),
    "variance": variance,
    "zero_crossing_rate": zero_crossing_rate,
    "energy": energy,
    "rms": root_mean_square,
    "range": lambda X: np.ptp(X, axis=-1),
    "line_length": line_length,
    "skewness": skewness,
    "kurtosis": kurtosis,
}
# They read each value once and make no arrays of the size of X.
STREAMED = {"energy", "rms"}


class TimeFeatures(BaseSignalFeatures):
    """Describe each signal by numbers that need no transform.

    Parameters
    ----------
    features : array-like of str, default=("mean", "variance", "zero_crossing_rate", "energy", \
"rms", "range", "line_length", "skewness", "kurtosis")
        What to compute of a signal:

        - `"mean"`: the offset, in units of X;
        - `"variance"`: mean square of what is left without the mean, in squared units of X;
        - `"zero_crossing_rate"`: share of the steps that change the sign, without a unit; see
          :class:`ZeroCrossingRate`;
        - `"energy"`: sum of squares, in squared units of X;
        - `"rms"`: root mean square, in units of X;
        - `"range"`: largest value less smallest value, in units of X;
        - `"line_length"`: sum of absolute differences of neighbours [1]_, in units of X;
        - `"skewness"`: third moment of the standardised values, 0 if they are symmetric;
        - `"kurtosis"`: fourth moment of the standardised values less 3, 0 if they are normal.

        The mean belongs to the signal: all but the variance, the line length and the last two
        see an offset. A constant has a skewness of 0 and a kurtosis of -3.

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
    HjorthParameters : Size, speed and irregularity in three numbers.
    WaveletFeatures : Size and speed of each octave.

    References
    ----------
    .. [1] R. Esteller, J. Echauz, T. Tcheng, B. Litt, B. Pless, "Line length: an efficient
       feature for seizure onset detection", IEEE EMBS, 2001.

    Examples
    --------
    >>> from skeeg.feature_extraction import TimeFeatures
    >>> X = [[3, -1, 3, -1, 3, -1, 3, -1]]
    >>> time = TimeFeatures(features=["mean", "variance", "range", "line_length"])
    >>> time.set_output(transform="pandas").fit_transform(X)
       ch0__mean  ch0__variance  ch0__range  ch0__line_length
    0        1.0            4.0         4.0              28.0
    """

    _parameter_constraints: dict = {
        **BaseSignalFeatures._parameter_constraints,
        "features": ["array-like"],
    }

    def __init__(
        self,
        *,
        features=(
            "mean",
            "variance",
            "zero_crossing_rate",
            "energy",
            "rms",
            "range",
            "line_length",
            "skewness",
            "kurtosis",
        ),
        n_channels=1,
        channel_names=None,
    ):
        super().__init__(n_channels=n_channels, channel_names=channel_names)
        self.features = features

    @property
    def _streams(self):
        return set(self.features) <= STREAMED

    @property
    def _shows_non_finite(self):
        return self._streams

    def _extract(self, X):
        unknown = [name for name in self.features if name not in FEATURES]
        if unknown or len(self.features) == 0:
            raise ValueError(
                f"features must hold at least one of {', '.join(FEATURES)}; "
                f"got {list(self.features)!r}."
            )
        return {name: FEATURES[name](X) for name in self.features}
