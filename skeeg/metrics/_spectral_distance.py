"""Distance between spectra, whatever the amplitude."""

from numbers import Integral, Real

import numpy as np
from scipy.signal import periodogram
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.metrics._windows import check_windows, split_amplitude

# 70 dB below white noise of the same power: what is weaker counts as silence.
SILENCE = 1e-7


def log_spectra(X, sampling_rate, band):
    """Frequencies in Hz, and the levels in dB of windows of unit root mean square there.

    X has the shape (n_samples, n_channels, n_times), the levels have
    (n_samples, n_channels, n_frequencies). 0 dB is the whole power of a window in 1 Hz.
    """
    wave, _ = split_amplitude(X)
    frequencies, power = periodogram(wave, fs=sampling_rate, window="hann", axis=-1)
    inside = (frequencies >= band[0]) & (frequencies <= band[1])
    if not inside.any():
        raise ValueError(
            f"Windows of {X.shape[-1]} time points at sampling_rate={sampling_rate} Hz have no "
            f"frequency in band={band}; take longer windows or another band."
        )
    white = 2 / sampling_rate
    return frequencies[inside], 10 * np.log10(power[..., inside] + SILENCE * white)


def level_distance(real, synthetic):
    """Root mean square difference of mean levels over channels and frequencies, in dB."""
    difference = real.mean(axis=0) - synthetic.mean(axis=0)
    return float(np.sqrt(np.square(difference).mean()))


def check_band(band):
    """Raise unless the band is two frequencies, the lower one first."""
    in_order = (
        len(band) == 2 and all(isinstance(edge, Real) for edge in band) and 0 <= band[0] < band[1]
    )
    if not in_order:
        raise ValueError(f"band must be two frequencies in Hz, the lower one first; got {band}.")


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
def spectral_distance(X_real, X_synthetic, *, sampling_rate, n_channels=1, band=(1, 60)):
    """Measure in dB how far the mean spectra of real and synthetic windows are apart.

    Every window is reduced to zero mean and unit root mean square, so that only the shape of its
    spectrum counts, and its power density is estimated by a periodogram with a Hann window. The
    distance is the root mean square, over the frequencies of `band` and the channels, of the
    difference between the two means of the densities in dB.

    Parameters
    ----------
    X_real : array-like of shape (n_samples_real, n_channels * n_times) or \
            (n_samples_real, n_channels, n_times)
        Real windows, in any unit; two dimensions are channel-major.

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
        In dB, from 0 (best) upwards. Compare it with the distance between two halves of the real
        windows, split by recording: what real data differ by among themselves.

    Raises
    ------
    ValueError
        If the windows differ in channels or length, or have no frequency in `band`.

    See Also
    --------
    amplitude_distance : The other half of the comparison, amplitudes whatever the spectrum.
    skeeg.plotting.SpectrumDisplay : The spectra that are compared, and the real halves.

    Notes
    -----
    Copies of the real windows have distance 0: a small distance says nothing about novelty.

    Powers more than 70 dB below that of white noise are raised to there. A constant window has no
    spectrum and counts as that silent: a hundredth more of them in one set is about 0.6 dB.

    References
    ----------
    .. [1] P. D. Welch, "The use of fast Fourier transform for the estimation of power spectra",
       IEEE Transactions on Audio and Electroacoustics 15(2), 70-73, 1967.
       https://doi.org/10.1109/TAU.1967.1161901

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import spectral_distance
    >>> eeg = make_seizures(n_recordings=100, random_state=0)
    >>> background, seizures = eeg.data[eeg.target == 0], eeg.data[eeg.target == 1]
    >>> even = eeg.groups[eeg.target == 0] % 2 == 0
    >>> def distance(X_real, X_synthetic):
    ...     rate = eeg.sampling_rate
    ...     return f"{spectral_distance(X_real, X_synthetic, sampling_rate=rate):.1f} dB"
    >>> print(distance(background[even], background[~even]))
    0.5 dB
    >>> print(distance(background, seizures))
    7.4 dB

    Amplitudes do not matter:

    >>> print(distance(seizures, 1e-6 * seizures))
    0.0 dB
    """
    check_band(band)
    real, synthetic = check_windows(X_real, X_synthetic, n_channels)
    _, real = log_spectra(real, sampling_rate, band)
    _, synthetic = log_spectra(synthetic, sampling_rate, band)
    return level_distance(real, synthetic)
