"""Power in bands, against scipy's Welch and by the place and the power of tones."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.signal import welch

from skeeg.feature_extraction import BandPower

BANDS = {"low": (1, 12), "middle": (12, 30.5), "high": (30.5, 50)}


def tone(frequency, amplitude=1, seconds=4, rate=100):
    return amplitude * np.sin(2 * np.pi * frequency * np.arange(seconds * rate) / rate)[np.newaxis]


def powers(X, **params):
    return BandPower(sampling_rate=100, log=False, **params).fit_transform(X)


@pytest.mark.parametrize("n_times", [250, 251])
@pytest.mark.parametrize("segment_length", [0.5, 0.51, 1, 1.24, 2.5])
def test_sums_the_density_of_welch(make_signals, n_times, segment_length):
    X = make_signals(n_times=n_times, n_channels=2)
    length = round(100 * segment_length)
    frequencies, density = welch(X, fs=100, nperseg=length)
    expected = [
        density[..., (low <= frequencies) & ((frequencies < high) | (high == 50))].sum(axis=-1)
        * (frequencies[1] - frequencies[0])
        for low, high in BANDS.values()
    ]
    found = powers(X, bands=BANDS, segment_length=segment_length)
    assert_allclose(found, np.stack(expected, axis=-1).reshape(len(X), -1), rtol=1e-9)


@pytest.mark.parametrize("length", [3, 4, 5, 8, 9])
def test_every_frequency_of_short_segments_is_that_of_welch(make_signals, length):
    X = make_signals(n_times=40) + 3
    frequencies, density = welch(X, nperseg=length)
    edges = [*(frequencies[1:] - 0.01), 0.5]
    bands = {str(i): (edges[i], edges[i + 1]) for i in range(len(edges) - 1)}
    found = BandPower(bands=bands, segment_length=length, log=False).fit_transform(X)
    assert_allclose(found, density[:, 1:] / length, rtol=1e-9)


@pytest.mark.parametrize("amplitude", [1e-5, 20])
def test_the_power_of_a_tone_is_half_its_squared_amplitude(amplitude):
    found = powers(tone(20, amplitude), bands=BANDS, segment_length=2)
    assert_allclose(found, [[0, amplitude**2 / 2, 0]], atol=1e-9 * amplitude**2)


def test_one_band_over_everything_holds_the_variance(rng):
    X = rng.normal(3, 2, (200, 4000))
    found = powers(X, bands={"all": (0, 50)}, segment_length=1)
    assert_allclose(found.mean(), X.var(), rtol=0.02)


@pytest.mark.parametrize(
    ("frequency", "name"), [(2, "delta"), (6, "theta"), (8, "alpha"), (25, "beta"), (40, "gamma")]
)
def test_default_bands_are_the_rhythms_of_eeg(frequency, name):
    extractor = BandPower(sampling_rate=100).fit(tone(frequency))
    names = extractor.get_feature_names_out()
    assert names[extractor.transform(tone(frequency)).argmax()] == f"ch0__welch_{name}_log_power"
    assert len(names) == 5


def test_segments_are_two_periods_of_the_lowest_edge(make_signals):
    X = make_signals(n_times=1000)
    expected = powers(X, segment_length=4)
    assert_allclose(powers(X), expected, rtol=0)
    assert_allclose(powers(X[:, :300]), powers(X[:, :300], segment_length=3), rtol=0)


def test_relative_powers_are_shares_of_what_the_bands_span(make_signals):
    X = make_signals(n_times=400)
    assert_allclose(powers(X, bands=BANDS, relative=True).sum(axis=1), 1)
    absolute = powers(X, bands={"a": (2, 5), "b": (10, 20), "span": (2, 20)})
    relative = powers(X, bands={"a": (2, 5), "b": (10, 20)}, relative=True)
    assert_allclose(relative, absolute[:, :2] / absolute[:, 2:])


@pytest.mark.parametrize("relative", [False, True])
def test_logarithms_are_those_of_the_powers(make_signals, relative):
    X = make_signals(n_times=400)
    found = BandPower(sampling_rate=100, relative=relative).fit_transform(X)
    assert_allclose(10**found, powers(X, relative=relative))


@pytest.mark.parametrize("scale", [1e-13, 1e6])
def test_a_change_of_unit_shifts_and_an_offset_does_nothing(make_signals, scale):
    X = make_signals(n_times=400)
    extractor = BandPower(sampling_rate=100)
    expected = extractor.fit_transform(X) + 2 * np.log10(scale)
    assert_allclose(extractor.fit_transform(scale * (X + 100)), expected, rtol=1e-6)


def test_single_precision_is_near_double_precision(make_signals):
    X = make_signals(n_times=1000) + 100
    extractor = BandPower(sampling_rate=100)
    expected = extractor.fit_transform(X)
    assert_allclose(extractor.fit_transform(X.astype(np.float32)), expected, atol=1e-3)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("constant", [0, 0.1, -7e5])
@pytest.mark.parametrize("relative", [False, True])
def test_constant_signals_have_one_finite_value(dtype, constant, relative):
    X = np.full((1, 400), constant, dtype)
    found = BandPower(sampling_rate=100, relative=relative).fit_transform(X)
    assert np.isfinite(found).all()
    assert_allclose(found, found[0, 0], rtol=1e-4)


def test_values_behind_the_last_segment_must_be_finite_too(make_signals):
    X = make_signals(n_samples=3, n_times=390)
    extractor = BandPower(sampling_rate=100, segment_length=2).fit(X)
    X[1, -1] = np.nan
    with pytest.raises(ValueError, match=r"NaN or infinity: nan in sample 1, channel ch0, .* 389"):
        extractor.transform(X)


@pytest.mark.parametrize(
    ("bands", "message"),
    [
        ({}, "bands is empty"),
        ({"alpha": (8, 60)}, "Band 'alpha' reaches 60, above half the sampling rate, 50"),
        ({"alpha": (13, 8)}, "Band 'alpha' goes from 13 to 8; expected 0 <= low < high"),
        ({"alpha": (8, 8)}, "Band 'alpha' goes from 8 to 8"),
        ({"alpha": (-1, 8)}, "Band 'alpha' goes from -1 to 8"),
        ({"alpha": (np.nan, 8)}, "Band 'alpha' goes from nan to 8"),
        ({"all": (1, 40), "fine": (8.1, 8.2)}, "Band 'fine', 8.1 to 8.2, is empty: .* by 0.5 only"),
        ({"alpha": 8}, "Band 'alpha' must be a pair of numbers, low and high; got 8"),
        ({"alpha": (8, 10, 13)}, r"Band 'alpha' must be a pair .* got \(8, 10, 13\)"),
        ({"alpha": ("8", "13")}, "Band 'alpha' must be a pair of numbers"),
    ],
)
def test_impossible_bands_are_named(bands, message):
    with pytest.raises(ValueError, match=message):
        BandPower(bands=bands, sampling_rate=100).fit(np.zeros((1, 200)))


@pytest.mark.parametrize("segment_length", [2.01, 0.001])
def test_impossible_segments_are_named(segment_length):
    message = f"segment_length={segment_length} is .* time points .* the signals have 200"
    with pytest.raises(ValueError, match=message):
        BandPower(sampling_rate=100, segment_length=segment_length).fit(np.zeros((1, 200)))


def test_bands_of_eeg_need_a_sampling_rate():
    with pytest.raises(ValueError, match=r"Band 'delta' reaches 4, .* Without sampling_rate"):
        BandPower().fit(np.zeros((1, 200)))
