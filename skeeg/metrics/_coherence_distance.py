"""Distance between the ways in which channels go together."""

from itertools import combinations
from numbers import Integral, Real

import numpy as np
from scipy.fft import rfft, rfftfreq
from scipy.signal.windows import hann
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.metrics._spectral_distance import check_band
from skeeg.metrics._windows import check_windows, split_amplitude


def _measure_coherency(X, inside):
    """Complex coherency of shape (n_pairs, n_frequencies), averaged over windows."""
    waves = split_amplitude(X)[0] * hann(X.shape[-1], sym=False)
    spectra = rfft(waves, axis=-1)[..., inside]
    power = np.square(np.abs(spectra)).sum(axis=0)
    pairs = combinations(range(X.shape[1]), 2)
    return np.stack([_cohere(spectra[:, i], spectra[:, j], power[i] * power[j]) for i, j in pairs])


def _cohere(one, other, power):
    cross = (one * other.conj()).sum(axis=0)
    return np.divide(cross, np.sqrt(power), out=np.zeros_like(cross), where=power > 0)


@validate_params(
    {
        "X_real": ["array-like"],
        "X_synthetic": ["array-like"],
        "sampling_rate": [Interval(Real, 0, None, closed="neither")],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "band": [tuple, list],
    },
    prefer_skip_nested_validation=True,
)
def coherence_distance(X_real, X_synthetic, *, sampling_rate, n_channels=1, band=(1, 60)):
    """Measure how differently the channels of real and synthetic windows go together.

    The coherency of two channels at a frequency is the correlation of their spectra `S` over the
    windows, `sum(S_i conj(S_j)) / sqrt(sum(|S_i|**2) sum(|S_j|**2))`, a complex number: its size
    is the square root of the coherence [1]_, its angle the lag. Windows
    are reduced to zero mean and unit root mean square in each channel, and get a Hann window. The
    distance is the root mean square of the difference of the two over pairs of channels and the
    frequencies of `band`.

    Parameters
    ----------
    X_real : array-like of shape (n_samples_real, n_channels * n_times) or \
            (n_samples_real, n_channels, n_times)
        Real windows of at least two channels; two dimensions are channel-major.

    X_synthetic : array-like of shape (n_samples_synthetic, n_channels * n_times) or \
            (n_samples_synthetic, n_channels, n_times)
        Synthetic windows, with as many channels and time points.

    sampling_rate : float
        Time points per second, in Hz.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input. Where it has three dimensions, the
        number comes from there.

    band : tuple of (float, float), default=(1, 60)
        Lowest and highest frequency that count, in Hz. What lies above half the sampling rate
        does not exist, and is no error.

    Returns
    -------
    distance : float
        From 0 (best) to 2. The fewer windows, the larger by chance: compare it with the distance
        between real sets of the same size.

    Raises
    ------
    ValueError
        If the windows differ in channels or length, have only one channel, or have no frequency
        in `band`.

    See Also
    --------
    spectral_distance : Each channel by itself.

    Notes
    -----
    Copies of the real windows have distance 0: a small distance says nothing about novelty.

    References
    ----------
    .. [1] G. Nolte et al., "Identifying true brain interaction from EEG data using the imaginary
       part of coherency", Clinical Neurophysiology 115(10), 2004.
       https://doi.org/10.1016/j.clinph.2004.04.029

    Examples
    --------
    Channels that are drawn independently of each other have the right spectra, but no coherence:

    >>> import numpy as np
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import coherence_distance, spectral_distance
    >>> eeg, other = (make_seizures(60, n_channels=3, random_state=seed) for seed in (0, 1))
    >>> rate = eeg.sampling_rate
    >>> print(f"{coherence_distance(eeg.data, other.data, sampling_rate=rate):.2f}")
    0.05
    >>> rng = np.random.default_rng(0)
    >>> mixed = rng.permuted(other.data.reshape(-1, 3, 178), axis=0)
    >>> print(f"{coherence_distance(eeg.data, mixed, sampling_rate=rate):.2f}")
    0.69
    """
    check_band(band)
    real, synthetic = check_windows(X_real, X_synthetic, n_channels)
    if real.shape[1] < 2:
        raise ValueError(
            "Coherence takes at least two channels, X_real has one; flat windows of several "
            "channels need n_channels."
        )
    frequencies = rfftfreq(real.shape[-1], 1 / sampling_rate)
    inside = (frequencies >= band[0]) & (frequencies <= band[1])
    if not inside.any():
        raise ValueError(
            f"Windows of {real.shape[-1]} time points at sampling_rate={sampling_rate} Hz have no "
            f"frequency in band={band}; take longer windows or another band."
        )
    difference = _measure_coherency(real, inside) - _measure_coherency(synthetic, inside)
    return float(np.sqrt(np.square(np.abs(difference)).mean()))
