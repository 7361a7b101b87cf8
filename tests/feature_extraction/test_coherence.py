"""Coherence of pairs, against scipy and where it must be 1 and 0."""

from itertools import combinations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.signal import coherence

from skeeg.feature_extraction import Coherence

BANDS = {"low": (1, 12), "high": (12, 50)}


@pytest.mark.parametrize("segment_length", [0.4, 0.51, 1])
def test_is_the_mean_of_the_coherence_of_scipy(make_signals, segment_length):
    X = make_signals(n_channels=3, n_times=300)
    length = round(100 * segment_length)
    expected = []
    for first, second in combinations(range(3), 2):
        frequencies, shared = coherence(X[:, first], X[:, second], fs=100, nperseg=length)
        low = (frequencies >= 1) & (frequencies < 12)
        expected += [shared[:, low].mean(axis=1), shared[:, frequencies >= 12].mean(axis=1)]
    extractor = Coherence(bands=BANDS, sampling_rate=100, segment_length=segment_length)
    assert_allclose(extractor.fit_transform(X), np.transpose(expected), rtol=1e-8)


def test_names_say_which_channels_and_which_band(make_signals):
    extractor = Coherence(sampling_rate=100, channel_names=["Fz", "Cz", "Pz"])
    names = extractor.fit(make_signals(n_channels=3, n_times=800)).get_feature_names_out()
    assert names[2] == "Fz-Cz__coherence_alpha"
    assert names[-1] == "Cz-Pz__coherence_gamma"
    assert len(names) == 3 * 5


def test_a_scaled_copy_is_coherent_and_noise_is_not(rng):
    X = rng.normal(size=(20, 3, 4000))
    X[:, 1] = -5 * X[:, 0] + 2
    copy, *others = (
        Coherence(bands=BANDS, sampling_rate=100, segment_length=1).fit_transform(X).T[::2]
    )
    assert_allclose(copy, 1)
    # one over the number of segments
    assert_allclose(np.mean(others), 1 / 79, rtol=0.3)


@pytest.mark.parametrize("scale", [1e-13, 1e6])
def test_does_not_depend_on_unit_or_offset(make_signals, scale):
    X = make_signals(n_channels=2, n_times=400)
    extractor = Coherence(bands=BANDS, sampling_rate=100)
    assert_allclose(extractor.fit_transform(scale * (X + 9)), extractor.fit_transform(X))


def test_default_segments_are_a_quarter_of_the_signal_or_two_periods(make_signals):
    for n_times, seconds in [(200, 0.5), (4000, 2)]:
        X = make_signals(n_channels=2, n_times=n_times)
        extractor = Coherence(bands=BANDS, sampling_rate=100)
        expected = extractor.set_params(segment_length=seconds).fit_transform(X)
        assert_allclose(extractor.set_params(segment_length=None).fit_transform(X), expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("constant", [0, 0.1, -7e5])
def test_silent_channels_are_coherent_with_nothing(make_signals, dtype, constant):
    X = make_signals(n_channels=2, n_times=400, dtype=dtype)
    X[:, 0] = constant
    X[0] = constant
    found = Coherence(bands=BANDS, sampling_rate=100).fit_transform(X)
    assert_allclose(found, 0, atol=0.05)


def test_one_channel_has_no_pairs(make_signals):
    assert Coherence(bands=BANDS, sampling_rate=100).fit_transform(make_signals()).shape == (12, 0)


def test_one_segment_is_not_enough(make_signals):
    message = r"segment_length=1 is 100 time points, of which 149 hold one segment only"
    with pytest.raises(ValueError, match=message):
        Coherence(sampling_rate=100, segment_length=1).fit(make_signals(n_channels=2, n_times=149))


def test_bands_that_segments_cannot_resolve_are_named(make_signals):
    with pytest.raises(ValueError, match=r"Band 'delta', 0.5 to 4, is empty: segments of 20 "):
        Coherence(sampling_rate=100).fit(make_signals(n_channels=2, n_times=80))
