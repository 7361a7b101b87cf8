"""What simulated signals are made of: noise of given spectra, waxing and waning, and spikes."""

import numpy as np
from scipy.fft import irfft
from scipy.special import ive


def shaped_noise(power, shape, n_times, rng):
    """Gaussian noise of unit variance, its power spread over the Fourier frequencies but zero."""
    power = power * (np.arange(power.shape[-1]) > 0)
    amplitude = np.sqrt(power / power.sum(axis=-1, keepdims=True))
    phasors = rng.standard_normal((*shape, power.shape[-1], 2)).view(complex)[..., 0] / 2
    return irfft(amplitude * phasors, n=n_times, norm="forward")


def resonance(freqs, centre, width):
    """Power of a damped oscillator: a peak at `centre` Hz, half as high `width` Hz beside it."""
    return 1 / (1 + ((freqs - centre) / width) ** 2)


def draw_background(freqs, n_channels, n_times, exponent, rng, *, corner=0.5):
    """1/f noise: half of its power in all channels alike, half in each channel alone."""
    power = np.maximum(freqs, corner) ** -exponent
    noise = shaped_noise(power, (len(exponent), n_channels + 1), n_times, rng)
    return (noise[:, :1] + noise[:, 1:]) / np.sqrt(2)


def draw_rhythm(freqs, centre, width, n_times, rng):
    """Narrow-band noise that waxes and wanes around `centre` Hz."""
    return shaped_noise(resonance(freqs, centre, width), (len(centre), 1), n_times, rng)


def draw_envelope(freqs, median, spread, n_times, rng, *, fastest=0.15):
    """Log-normal amplitude that wanders over seconds: the larger `spread`, the burstier."""
    power = resonance(freqs, 0, fastest) ** 2
    return median * np.exp(spread * shaped_noise(power, (len(median), 1), n_times, rng))


def spike_train(phase, sharpness):
    """Spikes at every full turn of the phase, without their mean: the sharper, the narrower."""
    return np.exp(sharpness * (np.cos(phase) - 1)) - ive(0, sharpness)
