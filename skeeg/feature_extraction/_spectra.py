"""Spectra of the segments of a signal, as Welch's method averages them."""

import numpy as np
from numpy.lib.stride_tricks import as_strided
from scipy.fft import rfft


def hann_spectra(X, length, start, stop):
    """Return the spectra of segments that overlap by half, under a Hann window.

    The mean of each segment is removed. The window is applied as the second difference of the
    spectrum: where only some frequencies are needed, this costs less than to multiply all points.

    Parameters
    ----------
    X : ndarray of shape (..., n_times)
        The signals.

    length : int
        Time points in a segment, from 1 to n_times.

    start, stop : int
        The frequencies, in multiples of the sampling rate over `length`.

    Returns
    -------
    spectra : ndarray of complex of shape (..., n_segments, stop - start)
        Their squared magnitudes, over `3 * length**2`, are one-sided powers in squared units of X.
    """
    spectra = rfft(_view_segments(X, length), axis=-1)
    spectra[..., 0] = 0
    windowed = np.diff(_cut(spectra, start - 1, stop + 1, length), n=2, axis=-1)
    # All other frequencies stand for their mirror image too.
    for k in (0, length // 2):
        if 2 * k % length == 0 and start <= k < stop:
            windowed[..., k - start] *= np.sqrt(0.5)
    return windowed


def _view_segments(X, length):
    hop = length - length // 2
    shape = (*X.shape[:-1], (X.shape[-1] - length) // hop + 1, length)
    strides = (*X.strides[:-1], hop * X.itemsize, X.itemsize)
    return as_strided(X, shape, strides, writeable=False)


def _cut(spectra, start, stop, length):
    """Return some frequencies of the whole spectrum of real signals, which is symmetric."""
    if start >= 0 and stop <= spectra.shape[-1]:
        return spectra[..., start:stop]
    k = np.arange(start, stop) % length
    is_mirrored = k > length // 2
    cut = spectra[..., np.where(is_mirrored, length - k, k)]
    return np.where(is_mirrored, cut.conj(), cut)


def mean_powers(spectra, parts, length):
    """Sum the powers of each part of the frequencies and average them over the segments.

    Parameters
    ----------
    spectra : ndarray of shape (..., n_segments, n_frequencies)
        Made by `hann_spectra`.

    parts : list of slice
        What is summed.

    length : int
        Time points in a segment.

    Returns
    -------
    powers : ndarray of shape (..., n_parts)
        In squared units of X.
    """
    # real and imaginary parts side by side: sums of squares are then quicker
    values = np.ascontiguousarray(spectra).view(spectra.real.dtype)
    cuts = [values[..., 2 * part.start : 2 * part.stop] for part in parts]
    sums = np.stack([np.vecdot(cut, cut) for cut in cuts], axis=-1)
    return sums.sum(axis=-2) / (3 * length**2 * spectra.shape[-2])
