"""A signal taken apart: waveform, amplitude and mean."""

import numpy as np

RESOLUTION = 1e-7  # of the largest value; what rounding leaves of a constant is no waveform


def split_levels(X):
    """Return the waveform at unit root mean square, the amplitude and the mean of each channel.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_channels, n_times)
        Signals of any type and in any unit.

    Returns
    -------
    waves : ndarray of shape (n_samples, n_channels, n_times)
        Waveforms of zero mean and unit root mean square; 0 where a signal is constant.

    amplitudes, means : ndarray of shape (n_samples, n_channels)
        In the unit of X; the signal is `waves * amplitudes[..., None] + means[..., None]`.
    """
    # Squares of very small or large values leave the range of floats, so peaks come first.
    X = X.astype(np.float64)
    peak = np.abs(X).max(axis=-1, keepdims=True)
    scaled = X / np.where(peak > 0, peak, 1.0)
    offset = scaled.mean(axis=-1, keepdims=True)
    rest = scaled - offset
    rms = np.sqrt(np.square(rest).mean(axis=-1, keepdims=True))
    rms[rms < RESOLUTION] = 0.0
    waves = np.divide(rest, rms, out=np.zeros_like(rest), where=rms > 0)
    return waves, (rms * peak)[..., 0], (offset * peak)[..., 0]
