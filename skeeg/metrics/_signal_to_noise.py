"""How much noise there is beside a signal that is known."""

from numbers import Integral, Real

import numpy as np
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.metrics._windows import check_pairs

CONSTRAINTS = {
    "X_clean": ["array-like"],
    "X_noisy": ["array-like"],
    "n_channels": [Interval(Integral, 1, None, closed="left")],
    "average": ["boolean"],
}


def _decibel(signal, noise, average):
    """Ratio of two amplitudes of shape (n_samples, n_channels); without noise it is infinite."""
    silent = np.argwhere(signal == 0)
    if len(silent):
        sample, channel = silent[0]
        raise ValueError(
            f"X_clean is 0 throughout channel {channel} of sample {sample}: what has no amplitude "
            "has no ratio to noise; remove such signals."
        )
    with np.errstate(divide="ignore"):
        levels = 20 * (np.log10(signal) - np.log10(noise))
    return float(levels.mean()) if average else levels


def _rms(X):
    """Root mean square over time, in units of the peak so that no square leaves the floats."""
    peak = np.abs(X).max(axis=-1)
    unit = np.where(peak > 0, peak, 1.0)
    return np.sqrt(np.square(X / unit[..., np.newaxis]).mean(axis=-1)) * unit


@validate_params(
    {**CONSTRAINTS, "peak": [Interval(Real, 0, None, closed="neither"), None]},
    prefer_skip_nested_validation=True,
)
def psnr(X_clean, X_noisy, *, peak=None, n_channels=1, average=True):
    """Measure the peak signal-to-noise ratio in dB.

    The ratio of the squared peak of a signal to the mean squared error of its noisy, or denoised,
    version [1]_. A tenth of the error is 20 dB more.

    Parameters
    ----------
    X_clean : array-like of shape (n_samples, n_channels * n_times) or \
            (n_samples, n_channels, n_times)
        The signals as they should be, in any unit; two dimensions are channel-major.

    X_noisy : array-like of shape (n_samples, n_channels * n_times) or \
            (n_samples, n_channels, n_times)
        The same signals with noise or after denoising, in the same unit and order.

    peak : float, default=None
        What counts as the peak, in the unit of X. None means the largest absolute value of each
        channel of each clean sample. Packages for images take the width of the range instead.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input. Where it has three dimensions, the
        number comes from there.

    average : bool, default=True
        Whether to return the mean over samples and channels. Otherwise each has its own ratio.

    Returns
    -------
    ratio : float or ndarray of shape (n_samples, n_channels)
        In dB, the higher the better. Infinite where nothing differs.

    Raises
    ------
    ValueError
        If the shapes differ, or a clean signal is 0 throughout, so that it has no peak.

    See Also
    --------
    signal_to_noise : The power of the signal instead of its peak.
    skeeg.preprocessing.WaveletDenoiser : Raises the ratio.

    References
    ----------
    .. [1] Q. Huynh-Thu, M. Ghanbari, "Scope of validity of PSNR in image/video quality
       assessment", Electronics Letters 44(13), 2008. https://doi.org/10.1049/el:20080522

    Examples
    --------
    A peak of 10 and an error of 1 everywhere are a ratio of 20 dB:

    >>> from skeeg.metrics import psnr
    >>> psnr([[10, -5, 0, 5]], [[11, -4, 1, 6]])
    20.0

    Channel by channel, the second with a tenth of the error:

    >>> psnr([[[10, 0], [10, 0]]], [[[11, 1], [10.1, 0.1]]], average=False).round(6)
    array([[20., 40.]])
    """
    clean, noisy = check_pairs(X_clean, X_noisy, n_channels)
    peaks = np.abs(clean).max(axis=-1) if peak is None else np.full(clean.shape[:2], float(peak))
    return _decibel(peaks, _rms(noisy - clean), average)


@validate_params(CONSTRAINTS, prefer_skip_nested_validation=True)
def signal_to_noise(X_clean, X_noisy, *, n_channels=1, average=True):
    """Measure the signal-to-noise ratio in dB.

    The ratio of the mean square of a signal to the mean square of what its noisy, or denoised,
    version differs by. An offset counts as signal: subtract it first where it should not.

    Parameters
    ----------
    X_clean : array-like of shape (n_samples, n_channels * n_times) or \
            (n_samples, n_channels, n_times)
        The signals as they should be, in any unit; two dimensions are channel-major.

    X_noisy : array-like of shape (n_samples, n_channels * n_times) or \
            (n_samples, n_channels, n_times)
        The same signals with noise or after denoising, in the same unit and order. Where the
        noise is known by itself, `X_clean + X_noise`.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input. Where it has three dimensions, the
        number comes from there.

    average : bool, default=True
        Whether to return the mean over samples and channels. Otherwise each has its own ratio.

    Returns
    -------
    ratio : float or ndarray of shape (n_samples, n_channels)
        In dB, the higher the better; 0 is as much noise as signal. Infinite where nothing
        differs.

    Raises
    ------
    ValueError
        If the shapes differ, or a clean signal is 0 throughout.

    See Also
    --------
    psnr : The peak of the signal instead of its power.

    Examples
    --------
    >>> from skeeg.metrics import signal_to_noise
    >>> signal_to_noise([[10, -10, 10, -10]], [[11, -9, 11, -9]])
    20.0
    >>> signal_to_noise([[10, -10], [10, -10]], [[10, -10], [0, 0]], average=False)
    array([[inf],
           [ 0.]])
    """
    clean, noisy = check_pairs(X_clean, X_noisy, n_channels)
    return _decibel(_rms(clean), _rms(noisy - clean), average)
