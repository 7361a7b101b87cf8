"""What every metric asks of the windows that it compares."""

import numpy as np
from sklearn.utils import check_array

from skeeg._signals import split_channels

# Variation below a millionth of the largest value is rounding: such a window is constant.
RESOLUTION = 1e-6


def check_windows(X_real, X_synthetic, n_channels):
    """Validate two sets of windows and view both as (n_samples, n_channels, n_times)."""
    return check_alike(n_channels, X_real=X_real, X_synthetic=X_synthetic)


def check_alike(n_channels, **sets):
    """Validate sets of windows by name and view each as (n_samples, n_channels, n_times)."""
    windows = {name: _to_windows(X, n_channels, name) for name, X in sets.items()}
    (first, expected), *others = [(name, X.shape[1:]) for name, X in windows.items()]
    for name, shape in others:
        if shape != expected:
            raise ValueError(
                "Windows must have the same channels and length; got (n_channels, n_times) = "
                f"{expected} in {first} and {shape} in {name}."
            )
    return list(windows.values())


def check_pairs(X_clean, X_noisy, n_channels):
    """Validate signals and their noisy versions, viewed as (n_samples, n_channels, n_times)."""
    clean = _to_windows(X_clean, n_channels, "X_clean")
    noisy = _to_windows(X_noisy, n_channels, "X_noisy")
    if clean.shape != noisy.shape:
        raise ValueError(
            "Signals must be paired; got (n_samples, n_channels, n_times) = "
            f"{clean.shape} in X_clean and {noisy.shape} in X_noisy."
        )
    return clean, noisy


def _to_windows(X, n_channels, name):
    X = check_array(X, allow_nd=True, dtype=np.float64, input_name=name)
    return split_channels(X, X.shape[1] if X.ndim == 3 else n_channels)


def split_amplitude(X):
    """Split windows into waveforms of zero mean and unit root mean square, and their sd.

    The waveform and the sd of a constant window are 0.
    """
    peak = np.abs(X).max(axis=-1, keepdims=True)
    unit = np.where(peak > 0, peak, 1.0)
    # In units of the peak, squares stay in the range of floats.
    wave = X / unit
    wave -= wave.mean(axis=-1, keepdims=True)
    rms = np.sqrt(np.square(wave).mean(axis=-1, keepdims=True))
    rms[rms < RESOLUTION] = 0
    wave = np.divide(wave, rms, out=np.zeros_like(wave), where=rms > 0)
    return wave, (rms * unit)[..., 0]
