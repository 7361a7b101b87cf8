"""What two channels share in a band of frequencies."""

from numbers import Real

import numpy as np
from sklearn.utils._param_validation import Interval

from skeeg.feature_extraction._bands import resolve_bands, resolve_length, resolve_slices
from skeeg.feature_extraction._base import BaseSignalFeatures
from skeeg.feature_extraction._moments import mean_square
from skeeg.feature_extraction._noise_floor import noise_floor
from skeeg.feature_extraction._pairs import name_pairs, upper_triangle
from skeeg.feature_extraction._spectra import hann_spectra

DEFAULT_SEGMENTS = 4


class Coherence(BaseSignalFeatures):
    """Describe each pair of channels by the coherence of their rhythms in named bands.

    The squared magnitude of the cross-spectrum of two channels, over the product of their
    spectra of power, is 1 where one channel is the other through a linear filter, and near 0
    where they have nothing in common [1]_. All three are averages over segments that overlap by
    half, after Welch; the feature is the mean over the frequencies of a band. Channels that have
    nothing in common still reach about one over the number of segments: more and shorter segments
    lower this bias, fewer and longer ones tell frequencies apart. What all electrodes share, a
    reference or volume conduction, is coherent too.

    The features do not depend on the unit of X. One channel has no pairs, and the table no
    columns. Powers more than 120 dB below the mean square of a channel are rounding, and are
    raised to that floor: a silent channel is coherent with nothing.

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
        otherwise; there must be at least two segments. None means a quarter of the signal, but
        no more than two periods of the lowest edge above 0, 4 s with the default bands.

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
    ChannelCovariance : What two channels share at all frequencies together.
    BandPower : The power of each channel in a band.
    scipy.signal.coherence : Coherence of each frequency.

    References
    ----------
    .. [1] P. L. Nunez et al., "EEG coherency I: statistics, reference electrode, volume
       conduction, Laplacians, cortical imaging, and interpretation at multiple scales",
       Electroencephalography and Clinical Neurophysiology 103(5), 1997.

    Examples
    --------
    Two of three channels share a rhythm of 10 Hz, with a delay:

    >>> import numpy as np
    >>> from skeeg.feature_extraction import Coherence
    >>> X = np.random.default_rng(0).normal(size=(1, 3, 2000))
    >>> rhythm = 2 * np.sin(2 * np.pi * 10 * np.arange(2010) / 100)
    >>> X[0, 0] += rhythm[10:]
    >>> X[0, 1] += rhythm[:-10]
    >>> coherence = Coherence(
    ...     bands={"alpha": (9, 11), "beta": (13, 30)},
    ...     sampling_rate=100,
    ...     segment_length=1,
    ...     channel_names=["Fz", "Cz", "Pz"],
    ... )
    >>> coherence.set_output(transform="pandas").fit_transform(X).round(1).T
                              0
    Fz-Cz__coherence_alpha  0.9
    Fz-Cz__coherence_beta   0.0
    Fz-Pz__coherence_alpha  0.0
    Fz-Pz__coherence_beta   0.0
    Cz-Pz__coherence_alpha  0.0
    Cz-Pz__coherence_beta   0.0
    """

    _parameter_constraints: dict = {
        **BaseSignalFeatures._parameter_constraints,
        "bands": [dict, None],
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
        "segment_length": [Interval(Real, 0, None, closed="neither"), None],
    }

    def __init__(
        self,
        *,
        bands=None,
        sampling_rate=None,
        segment_length=None,
        n_channels=1,
        channel_names=None,
    ):
        super().__init__(n_channels=n_channels, channel_names=channel_names)
        self.bands = bands
        self.sampling_rate = sampling_rate
        self.segment_length = segment_length

    def _resolve_places(self, channels):
        return name_pairs(channels)

    def _extract(self, X):
        rate = self.sampling_rate or 1.0
        bands = resolve_bands(self.bands, rate)
        length = self._resolve_length(bands, rate, X.shape[-1])
        slices = resolve_slices(bands, rate, length)
        stop = max(part.stop for part in slices.values())
        spectra = hann_spectra(X, length, 0, stop).swapaxes(1, -1)
        floor = noise_floor(mean_square(X)) * 3 * length**2
        squared = upper_triangle(_squared_coherence(spectra, floor[:, np.newaxis]))
        return {f"coherence_{name}": squared[:, part].mean(axis=1) for name, part in slices.items()}

    def _resolve_length(self, bands, rate, n_times):
        length = resolve_length(self.segment_length, bands, rate, n_times)
        if self.segment_length is None:
            return min(length, max(1, n_times // DEFAULT_SEGMENTS))
        if self.n_channels_ > 1 and n_times < 2 * length - length // 2:
            raise ValueError(
                f"segment_length={self.segment_length} is {length} time points, of which "
                f"{n_times} hold one segment only; coherence needs two at least."
            )
        return length


def _squared_coherence(spectra, floor):
    """Compare all channels with each other.

    Parameters
    ----------
    spectra : ndarray of shape (n_samples, n_frequencies, n_segments, n_channels)

    floor : ndarray of shape (n_samples, 1, n_channels)
        Power at which a channel counts as silent.

    Returns
    -------
    squared : ndarray of shape (n_samples, n_frequencies, n_channels, n_channels)
    """
    cross = spectra.swapaxes(-1, -2).conj() @ spectra / spectra.shape[-2]
    amplitude = np.sqrt(np.maximum(np.diagonal(cross, axis1=-2, axis2=-1).real, floor))
    shares = np.abs(cross) / amplitude[..., np.newaxis] / amplitude[..., np.newaxis, :]
    return np.square(shares)
