"""The form in which networks see signals whose high frequencies are weak: with a flat spectrum."""

import numpy as np
from scipy.fft import dct, idct

from skeeg._signals import iter_blocks
from skeeg.over_sampling._codec import FLOAT_BYTES, N_LEVELS, SignalCodec
from skeeg.over_sampling._levels import split_levels

# Share of the strongest power below which nothing is lifted: what a filter left is no signal.
FLOOR = 1e-4


def _reweight(waves, gain):
    """Multiply the cosine transform, whose ends do not wrap around; return unit-RMS waveforms."""
    return split_levels(idct(dct(waves, norm="ortho") * gain, norm="ortho"))[0]


class WhiteningCodec(SignalCodec):
    """Encode signals as `SignalCodec` does, but with waveforms whose mean spectrum is flat.

    The power of biosignals falls by orders of magnitude from low to high frequencies, while a
    generator starts from noise that has all alike, and a discriminator that pays for its slope
    learns the strong ones first. Divided by the root of the mean power in the training data,
    frequency by frequency, all count the same.

    Parameters
    ----------
    X : ndarray of shape (n_samples, n_channels, n_times)
        Training signals, from which the scales and the spectrum of each channel are learned.
    """

    def __init__(self, X):
        super().__init__(X)
        total = sum(
            np.square(dct(split_levels(X[rows])[0], norm="ortho")).sum(axis=0)
            for rows in iter_blocks(X, FLOAT_BYTES)
        )
        power = total / len(X)
        strongest = power.max(axis=-1, keepdims=True)
        self.gain = (power + np.where(strongest > 0, FLOOR * strongest, 1.0)) ** -0.5

    def encode(self, X):
        """Return signals as networks see them, float32."""
        encoded = super().encode(X)
        for rows in iter_blocks(X, FLOAT_BYTES):
            waves = encoded[rows, :, :-N_LEVELS]
            waves[:] = _reweight(waves.astype(np.float64), self.gain)
        return encoded

    def decode(self, encoded):
        """Return signals in the unit of the training data, with levels no further than there."""
        waves, levels = np.split(encoded.astype(np.float64), [-N_LEVELS], axis=-1)
        return super().decode(np.concatenate([_reweight(waves, 1 / self.gain), levels], axis=-1))
