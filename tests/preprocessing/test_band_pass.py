"""The band-pass against the closed form of Butterworth, scipy and MNE."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.signal import butter, sosfiltfilt

from skeeg.preprocessing import BandPassFilter

RATE = 200.0
BANDS = [{"low": 5}, {"high": 30}, {"low": 5, "high": 30}]


def tone(frequency, n_times=4000):
    return np.sin(2 * np.pi * frequency * np.arange(n_times) / RATE + 0.3)[np.newaxis]


def squared_gain(frequency, low, high, order):
    """Of a Butterworth filter after the bilinear transform; of one limit or of both."""
    warp = np.tan(np.pi * np.array([frequency, low or 0, high or 0]) / RATE)
    if low is None:
        detuning = warp[0] / warp[2]
    elif high is None:
        detuning = warp[1] / warp[0]
    else:
        detuning = (warp[0] ** 2 - warp[1] * warp[2]) / (warp[0] * (warp[2] - warp[1]))
    return 1 / (1 + detuning ** (2 * order))


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("order", [1, 4, 20])
@pytest.mark.parametrize("frequency", [2, 5, 10, 30, 60])
def test_a_tone_keeps_its_phase_and_is_scaled_by_the_gain_of_two_passes(band, order, frequency):
    X = tone(frequency)
    cleaned = BandPassFilter(**band, sampling_rate=RATE, order=order).fit_transform(X)
    gain = squared_gain(frequency, band.get("low"), band.get("high"), order)
    inside = slice(1500, 2500)
    assert_allclose(cleaned[:, inside], gain * X[:, inside], atol=1e-6)


@pytest.mark.parametrize("band", BANDS)
@pytest.mark.parametrize("n_times", [28, 300])
def test_is_scipy_with_constant_ends(rng, band, n_times):
    X = rng.standard_normal((5, 3, n_times))
    fitted = BandPassFilter(**band, sampling_rate=RATE).fit(X)
    kind = {1: "lowpass" if "high" in band else "highpass", 2: "bandpass"}[len(band)]
    sos = butter(4, np.squeeze(list(band.values())), kind, fs=RATE, output="sos")
    expected = sosfiltfilt(sos, X, padtype="constant", padlen=3 * (2 * len(sos) + 1))
    assert_allclose(fitted.transform(X), expected, rtol=0, atol=1e-12)
    assert_allclose(fitted.sos_, sos)


def test_agrees_with_mne_away_from_the_ends(rng):
    filter_data = pytest.importorskip("mne.filter").filter_data
    X = rng.standard_normal((4, 6000))
    iir = {"order": 4, "ftype": "butter", "output": "sos"}
    expected = filter_data(
        X, RATE, 5, 30, method="iir", iir_params=iir, phase="zero", verbose="error"
    )
    cleaned = BandPassFilter(low=5, high=30, sampling_rate=RATE).fit_transform(X)
    assert_allclose(cleaned[:, 1000:-1000], expected[:, 1000:-1000], atol=1e-9)


def test_time_reversed_signals_give_time_reversed_results(rng):
    X = rng.standard_normal((3, 5000))
    band = BandPassFilter(low=10, high=40, sampling_rate=RATE)
    forwards, backwards = band.fit_transform(X), band.fit_transform(X[:, ::-1])[:, ::-1]
    assert_allclose(forwards[:, 500:-500], backwards[:, 500:-500], atol=1e-9)


@pytest.mark.parametrize("constant", [1e-6, -3.0, 1e6])
@pytest.mark.parametrize("n_times", [1, 2, 20, 500])
def test_a_constant_passes_below_and_nothing_of_it_above(constant, n_times):
    X = np.full((1, n_times), constant)
    above = BandPassFilter(low=1, sampling_rate=RATE).fit_transform(X)
    below = BandPassFilter(high=1, sampling_rate=RATE).fit_transform(X)
    assert_allclose(above, 0, atol=1e-9 * abs(constant))
    assert_allclose(below, X, rtol=1e-9)


@pytest.mark.parametrize("factor", [1e-12, 1e9])
def test_is_linear(make_signals, factor):
    X, other = make_signals(), make_signals()
    band = BandPassFilter(low=5, high=30, sampling_rate=RATE)
    expected = factor * (band.fit_transform(X) + band.fit_transform(other))
    assert_allclose(band.fit_transform(factor * (X + other)), expected, rtol=1e-6, atol=1e-9)


def test_without_sampling_rate_limits_are_in_cycles_per_time_point(make_signals):
    X = make_signals()
    expected = BandPassFilter(low=5, high=30, sampling_rate=RATE).fit_transform(X)
    cleaned = BandPassFilter(low=5 / RATE, high=30 / RATE).fit_transform(X)
    assert_allclose(cleaned, expected, rtol=1e-9, atol=1e-12)


def test_windows_of_eeg_come_nearer_to_the_filtered_recording_than_with_odd_ends(data_file):
    with np.load(data_file("bonn_eeg/bonn_500x4097_int16.npz")) as file:
        X, rate = file["X"][::5].astype(float), float(file["sfreq"])
    band = BandPassFilter(low=0.5, high=40, sampling_rate=rate)
    whole = band.fit_transform(X)[:, 1500:1678]
    window = band.fit_transform(X[:, 1500:1678])
    odd = sosfiltfilt(band.sos_, X[:, 1500:1678])
    assert np.abs(window - whole).mean() < 0.7 * np.abs(odd - whole).mean()


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({}, "low and high are both None; at least one limit is needed"),
        ({"low": 30, "high": 5}, "low=30 must be below high=5"),
        ({"low": 5, "high": 5}, "low=5 must be below high=5"),
        ({"high": 100}, r"high=100 must be below 100, half the sampling rate; .*=200.0 Hz"),
        ({"low": 150, "high": 120}, "low=150 must be below 100, half the sampling rate"),
        ({"high": 40, "sampling_rate": None}, "high=40 must be below 0.5, .* cycles per time"),
        ({"low": 1e-7, "high": 40}, "rings for more than ten million time points"),
        ({"low": 1e-30}, "rings for more than ten million time points"),
        ({"low": 0}, "The 'low' parameter of BandPassFilter must be"),
        ({"high": -1}, "The 'high' parameter of BandPassFilter must be"),
        ({"high": "40"}, "The 'high' parameter of BandPassFilter must be"),
        ({"low": np.inf}, "The 'low' parameter of BandPassFilter must be"),
        ({"low": np.nan}, "The 'low' parameter of BandPassFilter must be"),
        ({"low": 5, "order": 0}, "The 'order' parameter of BandPassFilter must be"),
        ({"low": 5, "order": 21}, "The 'order' parameter of BandPassFilter must be"),
        ({"low": 5, "order": 2.5}, "The 'order' parameter of BandPassFilter must be"),
        ({"low": 5, "sampling_rate": 0}, "The 'sampling_rate' parameter of BandPassFilter"),
    ],
)
def test_impossible_bands(params, message):
    band = BandPassFilter(**{"sampling_rate": RATE, **params})
    with pytest.raises(ValueError, match=message):
        band.fit(np.zeros((2, 50)))
    assert not hasattr(band, "sos_")
