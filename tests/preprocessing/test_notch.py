"""The notch against its closed form and scipy."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import filtfilt, iirnotch, sosfreqz

from skeeg.preprocessing import NotchFilter

RATE = 500.0


def tone(frequency, n_times=20000):
    return np.sin(2 * np.pi * frequency * np.arange(n_times) / RATE + 0.3)[np.newaxis]


@pytest.mark.parametrize("quality", [1, 5, 30])
@pytest.mark.parametrize("frequency", [10, 40, 49, 50, 51, 100, 200])
def test_a_tone_keeps_its_phase_and_is_scaled_by_the_gain_of_two_passes(quality, frequency):
    X = tone(frequency)
    cleaned = NotchFilter(sampling_rate=RATE, quality=quality).fit_transform(X)
    angle, center = 2 * np.pi * np.array([frequency, 50]) / RATE
    # |H|^2 of a notch whose band is as wide as 1 / quality of its center
    beta = np.tan(center / quality / 2)
    detuning = np.square(np.cos(angle) - np.cos(center))
    gain = detuning / (detuning + np.square(beta * np.sin(angle)))
    assert_allclose(cleaned[:, 9000:11000], gain * X[:, 9000:11000], atol=1e-6)


@pytest.mark.parametrize("n_times", [10, 400])
def test_is_scipy_with_constant_ends(rng, n_times):
    X = rng.standard_normal((4, n_times))
    expected = filtfilt(*iirnotch(50, 30, RATE), X, padtype="constant", padlen=9)
    cleaned = NotchFilter(sampling_rate=RATE).fit_transform(X)
    assert_allclose(cleaned, expected, rtol=0, atol=1e-12)


def test_harmonics_end_below_half_the_sampling_rate():
    fitted = NotchFilter(sampling_rate=RATE, harmonics=True).fit(np.zeros((1, 10)))
    multiples = [50, 100, 150, 200]
    gain = sosfreqz(fitted.sos_, [*multiples, 25, 75, 225], fs=RATE)[1]
    assert_allclose(np.abs(gain[:4]), 0, atol=1e-9)
    assert_allclose(np.abs(gain[4:]), 1, atol=0.01)
    assert len(fitted.sos_) == len(multiples)


@pytest.mark.parametrize(
    ("frequency", "rate", "n_below"),
    [(16.7, 100.2, 2), (50.1, 300.6, 2), (50 / 300, None, 2), (0.1, 1.0, 4), (0.7, 4.2, 2)],
)
def test_a_multiple_at_half_the_sampling_rate_is_left_out(frequency, rate, n_below):
    """Rounding may put it on either side."""
    filter_ = NotchFilter(frequency=frequency, sampling_rate=rate, harmonics=True)
    assert len(filter_.fit(np.zeros((1, 10))).sos_) == n_below


def test_bands_of_harmonics_are_equally_wide():
    fitted = NotchFilter(sampling_rate=RATE, quality=10, harmonics=True).fit(np.zeros((1, 10)))
    frequencies = np.linspace(1, 249, 100000)
    gain = np.abs(sosfreqz(fitted.sos_, frequencies, fs=RATE)[1]) ** 2
    for center in (50, 100, 150, 200):
        near = np.abs(frequencies - center) < 10
        width = np.mean(gain[near] < 0.5) * 20
        assert width == pytest.approx(5, rel=0.02)


def test_harmonics_leave_the_alpha_rhythm():
    hum = sum(tone(f) / (f / 50) for f in (50, 150))
    X = tone(10) + 3 * hum
    cleaned = NotchFilter(sampling_rate=RATE, harmonics=True).fit_transform(X)
    assert_allclose(cleaned[:, 2000:-2000], tone(10)[:, 2000:-2000], atol=0.01)


@pytest.mark.parametrize("n_times", [1, 2, 5, 100])
def test_a_constant_stays(n_times):
    X = np.full((2, n_times), 7.0)
    assert_allclose(NotchFilter(sampling_rate=RATE).fit_transform(X), X, rtol=1e-9)


def test_without_sampling_rate_frequency_is_in_cycles_per_time_point(make_signals):
    X = make_signals()
    expected = NotchFilter(sampling_rate=RATE).fit_transform(X)
    assert_array_equal(NotchFilter(frequency=50 / RATE).fit_transform(X), expected)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"sampling_rate": None}, "frequency=50.0 must be below 0.5, .*cycles per time point"),
        ({"sampling_rate": 100}, "frequency=50.0 must be below 50, .*sampling_rate=100 Hz"),
        ({"frequency": 60, "sampling_rate": 90}, "frequency=60 must be below 45"),
        ({"quality": 1e12}, "rings for more than ten million time points"),
        ({"quality": 0.5}, "The 'quality' parameter of NotchFilter must be"),
        ({"quality": None}, "The 'quality' parameter of NotchFilter must be"),
        ({"frequency": 0}, "The 'frequency' parameter of NotchFilter must be"),
        ({"frequency": [50, 100]}, "The 'frequency' parameter of NotchFilter must be"),
        ({"harmonics": 3}, "The 'harmonics' parameter of NotchFilter must be"),
        ({"sampling_rate": -1}, "The 'sampling_rate' parameter of NotchFilter must be"),
    ],
)
def test_impossible_notches(params, message):
    with pytest.raises(ValueError, match=message):
        NotchFilter(**{"sampling_rate": RATE, **params}).fit(np.zeros((2, 50)))
