"""Statistics of wavelet coefficients."""

from functools import partial
from numbers import Integral

import numpy as np
import pywt
from scipy.special import entr
from sklearn.utils._param_validation import Interval, StrOptions

from skeeg._signals import BLOCK_BYTES
from skeeg.feature_extraction._base import BaseSignalFeatures
from skeeg.feature_extraction._moments import centre, energy, line_length, variance
from skeeg.feature_extraction._noise_floor import noise_floor

DEFAULT_LEVEL = 4


def _std(coefficients):
    return np.sqrt(variance(coefficients))


def _mobility(coefficients, floor):
    deviation = energy(centre(coefficients))
    return np.sqrt(energy(np.diff(coefficients, axis=-1)) / np.maximum(deviation, floor))


def _entropy(coefficients, floor):
    total = np.maximum(energy(coefficients), floor)
    return entr(np.square(coefficients) / total[..., np.newaxis]).sum(axis=-1)


def _log(power, floor):
    return np.log10(np.maximum(power, floor))


# What the coefficients of a level are described by.
STATISTICS = {"energy": energy, "std": _std, "line_length": line_length}
# The same with the energy at which a level counts as silent.
FLOORED_STATISTICS = {
    "mobility": _mobility,
    "entropy": _entropy,
    "log_energy": lambda c, floor: _log(energy(c), floor),
    "log_std": lambda c, floor: _log(_std(c) ** 2, floor) / 2,
    "log_line_length": lambda c, floor: _log(line_length(c) ** 2, floor) / 2,
}


class WaveletFeatures(BaseSignalFeatures):
    """Describe each signal by statistics of its wavelet coefficients, level by level.

    A discrete wavelet transform [1]_ splits a signal into octaves: at 100 Hz, detail `d1` holds
    about 25-50 Hz, `d2` 12.5-25 Hz and so on, and the approximation `a` of the last level what
    is below. The default statistics are of similar size in every octave and in any unit, so a
    support vector machine or a linear model needs no scaler behind this step.

    Parameters
    ----------
    wavelet : str, default="db4"
        Name of a discrete wavelet of PyWavelets.

    level : int, default=None
        Number of octaves. None means 4, or the largest level that is useful on short signals
        (:func:`pywt.dwt_max_level`), which is 0 if a signal is shorter than two filters.

    statistics : array-like of str, default=("log_std", "mobility", "entropy")
        What to compute of the coefficients of a level:

        - `"energy"`: sum of squares, in squared units of X;
        - `"std"`: standard deviation, in units of X;
        - `"line_length"`: sum of absolute differences of neighbours [2]_, in units of X;
        - `"log_energy"`, `"log_std"`, `"log_line_length"`: decimal logarithm of these. Scaling
          a signal by `k` adds `log10(k)` (twice that for the energy). Values more than 120 dB
          below the energy of the whole signal are rounding, and are raised to that floor;
        - `"mobility"`: root mean square of the differences of neighbours over the standard
          deviation, after Hjorth [3]_: the speed within the octave, from 0 to 2;
        - `"entropy"`: Shannon entropy, in nats, of the shares of the single coefficients in
          the energy of the level: how evenly it is spread over time.

        The last two do not depend on the unit of X.

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
    FourierFeatures : Power in bins of equal width instead of octaves.
    RootMeanSquare : Amplitude of the whole signal.

    References
    ----------
    .. [1] S. Mallat, "A theory for multiresolution signal decomposition: the wavelet
       representation", IEEE Transactions on Pattern Analysis and Machine Intelligence 11(7),
       1989.
    .. [2] R. Esteller, J. Echauz, T. Tcheng, B. Litt, B. Pless, "Line length: an efficient
       feature for seizure onset detection", IEEE EMBS, 2001.
    .. [3] B. Hjorth, "EEG analysis based on time domain properties", Electroencephalography
       and Clinical Neurophysiology 29(3), 1970.

    Examples
    --------
    Two tones, an octave apart, are told apart by the level that holds them:

    >>> import numpy as np
    >>> from skeeg.feature_extraction import WaveletFeatures
    >>> seconds = np.arange(200) / 100
    >>> X = np.stack([np.sin(2 * np.pi * hertz * seconds) for hertz in (18, 36)])
    >>> features = WaveletFeatures(level=2, statistics=["energy"], channel_names=["Fz"])
    >>> features.fit_transform(X).round()
    array([[  7.,  93.,  11.],
           [  1.,   3., 100.]])
    >>> features.get_feature_names_out()
    array(['Fz__db4_a2_energy', 'Fz__db4_d2_energy', 'Fz__db4_d1_energy'],
          dtype=object)
    """

    _block_bytes = 8 * BLOCK_BYTES
    # every value is part of some coefficients
    _shows_non_finite = True
    _parameter_constraints: dict = {
        **BaseSignalFeatures._parameter_constraints,
        "wavelet": [StrOptions(set(pywt.wavelist(kind="discrete")))],
        "level": [Interval(Integral, 0, None, closed="left"), None],
        "statistics": ["array-like"],
    }

    def __init__(
        self,
        *,
        wavelet="db4",
        level=None,
        statistics=("log_std", "mobility", "entropy"),
        n_channels=1,
        channel_names=None,
    ):
        super().__init__(n_channels=n_channels, channel_names=channel_names)
        self.wavelet = wavelet
        self.level = level
        self.statistics = statistics

    def _extract(self, X):
        level = _resolve_level(self.level, self.wavelet, X.shape[-1])
        functions = _resolve_statistics(self.statistics, X)
        octaves = pywt.wavedec(X, self.wavelet, level=level, axis=-1)
        octave_names = [f"a{level}", *(f"d{i}" for i in range(level, 0, -1))]
        return {
            f"{self.wavelet}_{octave_name}_{name}": function(octave)
            for octave_name, octave in zip(octave_names, octaves, strict=True)
            for name, function in functions.items()
        }


def _resolve_level(level, wavelet, n_times):
    deepest = pywt.dwt_max_level(n_times, wavelet)
    if level is None:
        return min(DEFAULT_LEVEL, deepest)
    if level > deepest:
        raise ValueError(
            f"level={level} is too deep for {n_times} time points; with "
            f"wavelet={wavelet!r} it is at most {deepest}."
        )
    return level


def _resolve_statistics(names, X):
    known = STATISTICS | FLOORED_STATISTICS
    unknown = [name for name in names if name not in known]
    if unknown or len(names) == 0:
        raise ValueError(
            f"statistics must hold at least one of {', '.join(known)}; got {list(names)!r}."
        )
    if not STATISTICS.keys() >= set(names):
        floor = noise_floor(energy(X))
        known |= {name: partial(f, floor=floor) for name, f in FLOORED_STATISTICS.items()}
    return {name: known[name] for name in names}
