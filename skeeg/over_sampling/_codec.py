"""The form in which networks see signals: waveform, amplitude and offset apart."""

import numpy as np

from skeeg._signals import iter_blocks

N_LEVELS = 2  # log-amplitude and offset, behind the waveform of every channel
FLOAT_BYTES = 8


def _split(X):
    """Return the waveform at unit root mean square, the amplitude and the mean of each channel."""
    # Squares of very small or large values leave the range of floats, so peaks come first.
    X = X.astype(np.float64)
    peak = np.abs(X).max(axis=-1, keepdims=True)
    scaled = X / np.where(peak > 0, peak, 1.0)
    offset = scaled.mean(axis=-1, keepdims=True)
    rest = scaled - offset
    rms = np.sqrt(np.square(rest).mean(axis=-1, keepdims=True))
    # What rounding leaves of a constant window is no waveform.
    rms[rms < 1e-7] = 0.0
    wave = np.divide(rest, rms, out=np.zeros_like(rest), where=rms > 0)
    return wave, (rms * peak)[..., 0], (offset * peak)[..., 0]


class SignalCodec:
    """Split signals into a unit-RMS waveform and two levels, and put them together again.

    The amplitudes of biosignals span orders of magnitude, and a network that has to hit shape and
    amplitude at once gets both wrong. Encoded, `(n_samples, n_channels, n_times)` becomes
    `(n_samples, n_channels, n_times + 2)`: the waveform with zero mean and unit root mean square,
    then the standardised logarithm of the amplitude and the standardised mean. No unit is assumed.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_channels, n_times)
        Training signals, from which the scales are learned.
    """

    def __init__(self, X):
        self.shape = X.shape[1], X.shape[2] + N_LEVELS
        parts = [_split(X[rows])[1:] for rows in iter_blocks(X, FLOAT_BYTES)]
        amplitude, offset = map(np.concatenate, zip(*parts, strict=True))
        # A constant window has no logarithm; the quietest of the others stands in, and where there
        # is none, in a dead channel, the smallest number there is.
        quietest = np.where(amplitude > 0, amplitude, np.inf).min(axis=0)
        self.floor = np.where(np.isfinite(quietest), quietest, np.finfo(float).tiny)
        levels = self._levels(amplitude, offset)
        self.centre, self.spread = levels.mean(axis=0), levels.std(axis=0)
        self.spread[self.spread == 0] = 1.0
        levels = (levels - self.centre) / self.spread
        self.lowest, self.highest = levels.min(axis=0), levels.max(axis=0)

    def _levels(self, amplitude, offset):
        return np.stack([np.log(np.maximum(amplitude, self.floor)), offset], axis=-1)

    def encode(self, X):
        """Return signals as networks see them, float32."""
        encoded = np.empty((len(X), *self.shape), dtype=np.float32)
        for rows in iter_blocks(X, FLOAT_BYTES):
            wave, amplitude, offset = _split(X[rows])
            encoded[rows, :, :-N_LEVELS] = wave
            encoded[rows, :, -N_LEVELS:] = (
                self._levels(amplitude, offset) - self.centre
            ) / self.spread
        return encoded

    def decode(self, encoded):
        """Return signals in the unit of the training data, with levels no further than there."""
        wave, levels = np.split(encoded.astype(np.float64), [-N_LEVELS], axis=-1)
        levels = np.clip(levels, self.lowest, self.highest) * self.spread + self.centre
        log_amplitude, offset = np.moveaxis(levels, -1, 0)[..., None]
        return wave * np.exp(log_amplitude) + offset
