"""Binned log-power, against scipy and by the place of tones."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.signal import periodogram

from skeeg.feature_extraction import FourierFeatures


def test_one_bin_per_frequency_is_the_periodogram(make_signals):
    X = make_signals()
    _, power = periodogram(X, fs=100, window="hann")
    features = FourierFeatures(n_bins=None, sampling_rate=100).fit_transform(X)
    assert_allclose(features, np.log10(power[:, 1:]))


def test_bins_hold_the_mean_of_their_frequencies(make_signals):
    X = make_signals(n_times=128)
    fine = 10 ** (FourierFeatures(n_bins=None).fit_transform(X))
    coarse = 10 ** (FourierFeatures(n_bins=8).fit_transform(X))
    assert_allclose(coarse, fine.reshape(len(X), 8, 8).mean(axis=-1))


@pytest.mark.parametrize("frequency", [3, 11, 24, 40])
def test_a_tone_lies_in_the_bin_that_names_it(frequency):
    X = np.sin(2 * np.pi * frequency * np.arange(400) / 100)[np.newaxis]
    fourier = FourierFeatures(n_bins=10, sampling_rate=100).fit(X)
    name = fourier.get_feature_names_out()[fourier.transform(X).argmax()]
    low, high = name.removeprefix("ch0__fft_").removesuffix("Hz_log_power").split("-")
    assert float(low) <= frequency <= float(high)


def test_names_without_a_sampling_rate_have_no_unit():
    names = FourierFeatures(n_bins=2).fit(np.zeros((1, 8))).get_feature_names_out()
    assert names.tolist() == ["ch0__fft_0.125-0.25_log_power", "ch0__fft_0.375-0.5_log_power"]


def test_max_frequency_is_the_end_of_the_last_bin():
    fourier = FourierFeatures(n_bins=4, max_frequency=30, sampling_rate=100)
    assert "-30Hz_" in fourier.fit(np.zeros((1, 200))).get_feature_names_out()[-1]


@pytest.mark.parametrize("max_frequency", [0.1, 50.5])
def test_max_frequency_outside_the_spectrum(max_frequency):
    fourier = FourierFeatures(max_frequency=max_frequency, sampling_rate=100)
    with pytest.raises(ValueError, match=r"outside the spectrum of these signals, 0.5 to 50;"):
        fourier.fit(np.zeros((1, 200)))


@pytest.mark.parametrize("scale", [1e-13, 1e6])
def test_a_change_of_unit_shifts_and_an_offset_does_nothing(make_signals, scale):
    X = make_signals()
    expected = FourierFeatures().fit_transform(X)
    assert_allclose(FourierFeatures().fit_transform(scale * X), expected + 2 * np.log10(scale))
    assert_allclose(FourierFeatures().fit_transform(X + 100), expected, rtol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("constant", [0, 0.1, -7e5])
def test_constant_signals_have_one_finite_value(dtype, constant):
    features = FourierFeatures().fit_transform(np.full((1, 178), constant, dtype))
    assert np.isfinite(features).all()
    assert_allclose(features, features[0, 0], rtol=1e-4)


@pytest.mark.parametrize("n_times", [1, 2, 3, 20])
def test_short_signals_have_at_most_one_bin_per_frequency(n_times):
    features = FourierFeatures().fit_transform(np.ones((2, n_times)))
    assert features.shape == (2, max(1, min(16, n_times // 2)))
