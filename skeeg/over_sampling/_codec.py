"""The form in which networks see signals: waveform, amplitude and offset apart."""

from math import prod

import numpy as np

from skeeg._signals import iter_blocks
from skeeg.over_sampling._levels import split_levels

N_LEVELS = 2  # log-amplitude and offset, behind the waveform of every channel
FLOAT_BYTES = 8


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
        parts = [split_levels(X[rows])[1:] for rows in iter_blocks(X, FLOAT_BYTES)]
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
            wave, amplitude, offset = split_levels(X[rows])
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

    def blocks(self, encoded):
        """Return decoded signals, those that share a time axis together: here all there are."""
        return [self.decode(encoded)]


class BlockCodec:
    """Encode blocks of columns that have channels, time points and units of their own.

    Encoded, rows have the shape `(1, n_values)`: one block after the other as `SignalCodec` encodes
    it, channel-major.

    Parameters
    ----------
    X : ndarray of shape (n_samples, ...)
        Training rows, from which the scales are learned; how their values are laid out within a
        sample is kept.

    shapes : sequence of tuple of int
        Number of channels and of time points of each block, in the order of the columns.
    """

    def __init__(self, X, shapes):
        self.layout, self.shapes = X.shape[1:], list(shapes)
        self.codecs = [SignalCodec(block) for block in split_blocks(X, self.shapes)]
        self.shape = 1, sum(prod(codec.shape) for codec in self.codecs)

    def encode(self, X):
        """Return rows as networks see them, float32."""
        blocks = zip(self.codecs, split_blocks(X, self.shapes), strict=True)
        return join_blocks([codec.encode(block) for codec, block in blocks])

    def decode(self, encoded):
        """Return rows in the units of the training data."""
        return join_blocks(self.blocks(encoded)).reshape(len(encoded), *self.layout)

    def blocks(self, encoded):
        """Return the decoded signals of each block."""
        parts = split_blocks(encoded, [codec.shape for codec in self.codecs])
        return [codec.decode(part) for codec, part in zip(self.codecs, parts, strict=True)]


def split_blocks(rows, shapes):
    """Cut flat rows into the signals of each block, `(n_samples, n_channels, n_times)`."""
    ends = np.cumsum([prod(shape) for shape in shapes])
    blocks = np.split(rows.reshape(len(rows), ends[-1]), ends[:-1], axis=1)
    return [block.reshape(len(rows), *shape) for block, shape in zip(blocks, shapes, strict=True)]


def join_blocks(blocks):
    """Undo `split_blocks`, with one channel of all columns."""
    flat = [block.reshape(len(block), 1, prod(block.shape[1:])) for block in blocks]
    return np.concatenate(flat, axis=-1)
