"""Distance between spectra: closed forms, scipy, units and what has no spectrum."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.signal import welch

from skeeg.metrics import spectral_distance

RATE = 100.0


def tones(frequency, n_times=200):
    """Tones of five phases and amplitudes."""
    phase = 2 * np.pi * frequency * np.arange(n_times) / RATE + np.arange(5)[:, None]
    return np.logspace(-2, 2, 5)[:, None] * np.sin(phase)


def mean_level(X, sampling_rate):
    """Mean log-density in dB of standardised windows, 1 to 60 Hz, straight from scipy."""
    X = (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)
    f, power = welch(X, sampling_rate, nperseg=X.shape[1], axis=1)
    return 10 * np.log10(power[:, (f >= 1) & (f <= 60)]).mean(axis=0)


def test_two_pure_tones_differ_by_their_lines():
    # a Hann window spreads a tone over three lines with 1/6, 4/6 and 1/6 of its power
    lines = np.array([1, 4, 1]) / 6
    resolution, silence = RATE / 200, 1e-7 * 2 / RATE
    gaps = 10 * np.log10((lines / resolution + silence) / silence)
    n_frequencies = (50 - 1) / resolution + 1
    expected = np.sqrt(2 * np.square(gaps).sum() / n_frequencies)
    assert spectral_distance(tones(10), tones(30), sampling_rate=RATE) == pytest.approx(expected)
    assert spectral_distance(tones(10), tones(10)[::-1], sampling_rate=RATE) < 1e-3


def test_coloured_noise_agrees_with_scipy(make_signals, rng):
    walks, noise = make_signals(50, 178), rng.standard_normal((60, 178))
    difference = mean_level(walks, 173.61) - mean_level(noise, 173.61)
    expected = np.sqrt(np.mean(difference**2))
    assert spectral_distance(walks, noise, sampling_rate=173.61) == pytest.approx(
        expected, rel=1e-4
    )


def test_bonn_agrees_with_scipy(bonn_halves):
    distances = [spectral_distance(*pair, sampling_rate=173.61) for pair in bonn_halves]
    levels = [[mean_level(X, 173.61) for X in pair] for pair in bonn_halves]
    expected = [np.sqrt(np.mean((a - b) ** 2)) for a, b in levels]
    assert_allclose(distances, expected, atol=1e-3)


@pytest.mark.parametrize("scale", [1e-150, 1e-5, 1.0, 1e150])
def test_amplitude_and_offset_do_not_matter(make_signals, rng, scale):
    X, other = make_signals(20), rng.standard_normal((30, 128))
    moved = scale * (rng.uniform(1, 2, (20, 1)) * X + rng.uniform(-1, 1, (20, 1)))
    expected = spectral_distance(X, other, sampling_rate=RATE)
    assert spectral_distance(moved, other, sampling_rate=RATE) == pytest.approx(expected)
    assert spectral_distance(other, moved, sampling_rate=RATE) == pytest.approx(expected)
    assert spectral_distance(X, moved, sampling_rate=RATE) == pytest.approx(0, abs=1e-6)


def test_is_the_root_mean_square_over_channels(make_signals, rng):
    X, other = make_signals(20, n_channels=2), rng.standard_normal((30, 2, 128))
    each = [spectral_distance(X[:, i], other[:, i], sampling_rate=RATE) for i in (0, 1)]
    expected = pytest.approx(np.sqrt(np.mean(np.square(each))))
    assert spectral_distance(X, other, sampling_rate=RATE) == expected
    flat, other_flat = X.reshape(20, -1), other.reshape(30, -1)
    assert spectral_distance(flat, other_flat, sampling_rate=RATE, n_channels=2) == expected
    assert spectral_distance(flat, other, sampling_rate=RATE, n_channels=2) == expected


def test_only_the_band_counts():
    low = spectral_distance(tones(10), tones(30), sampling_rate=RATE, band=(1, 5))
    assert low == pytest.approx(0, abs=1e-6)
    narrow = spectral_distance(tones(10), tones(30), sampling_rate=RATE, band=(9, 11))
    assert narrow > spectral_distance(tones(10), tones(30), sampling_rate=RATE)


@pytest.mark.parametrize("offset", [0.0, 0.1, -1e6])
def test_constant_windows_are_silent(rng, offset):
    noise, constant = rng.standard_normal((40, 100)), np.full((40, 100), offset)
    assert spectral_distance(constant, constant, sampling_rate=RATE) == 0
    silent = spectral_distance(noise, constant, sampling_rate=RATE)
    assert 60 < silent < 70
    mixed = np.vstack([noise, constant[:10]])
    assert spectral_distance(noise, mixed, sampling_rate=RATE) == pytest.approx(0.2 * silent)


def test_windows_without_a_frequency_in_the_band_are_refused():
    X = np.arange(6.0).reshape(3, 2)
    with pytest.raises(ValueError, match=r"2 time points at sampling_rate=200.*band=\(1, 60\)"):
        spectral_distance(X, X, sampling_rate=200)
    assert spectral_distance(X, X, sampling_rate=100) == 0


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"X_real": np.ones((3, 9))}, r"\(1, 9\) in X_real and \(1, 8\) in X_synthetic"),
        ({"X_synthetic": np.ones((3, 2, 8))}, r"\(1, 8\) in X_real and \(2, 8\) in X_synthetic"),
        ({"X_synthetic": np.full((3, 8), np.nan)}, "X_synthetic contains NaN"),
        ({"X_real": np.ones((0, 8))}, "0 sample"),
        ({"X_real": np.ones(8)}, "Expected 2D array"),
        ({"n_channels": 3}, "n_channels=3 does not divide the 8 columns"),
        ({"sampling_rate": 0}, "'sampling_rate' parameter"),
        ({"band": (60, 1)}, r"band must be two frequencies.*got \(60, 1\)"),
        ({"band": (1,)}, "band must be two frequencies"),
    ],
)
def test_bad_input_is_named(make_signals, broken, message):
    arguments = {"X_real": make_signals(4, 8), "X_synthetic": make_signals(4, 8)}
    with pytest.raises(ValueError, match=message):
        spectral_distance(**{**arguments, "sampling_rate": RATE, **broken})
