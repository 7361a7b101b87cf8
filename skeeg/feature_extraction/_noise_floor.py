"""The power below which a signal is silent, whatever its unit."""

import numpy as np

# 120 dB, a millionth of the amplitude: what float32 arithmetic leaves of a constant signal is less.
RESOLUTION = 1e-12
# The smallest normal float32, for float64 too: lower than any recorded power in any unit.
TINY = float(np.finfo(np.float32).tiny)


def noise_floor(power):
    """Power 120 dB below that of the whole signal, never 0.

    What is weaker is rounding, which must not look like a feature, and its logarithm is finite.
    """
    return np.maximum(power * RESOLUTION, TINY)
