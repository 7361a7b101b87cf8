"""Synthetic signals are measured against those held out, in decibels."""

import numpy as np
import pytest

from skeeg.over_sampling._codec import SignalCodec
from skeeg.over_sampling._held_out import distance_in_decibels


@pytest.fixture
def coded(rng):
    X = rng.standard_normal((40, 2, 64)) * np.exp(rng.standard_normal((40, 2, 1)))
    codec = SignalCodec(X)
    return codec, codec.encode(X)


def test_nothing_is_as_near_as_the_signals_themselves(coded):
    codec, encoded = coded
    assert distance_in_decibels(codec, encoded, encoded, np.zeros(40)) == pytest.approx(0)


def test_a_tenfold_amplitude_is_twenty_decibels(rng):
    X = rng.standard_normal((40, 1, 64))
    codec = SignalCodec(np.concatenate([X, 10 * X]))
    real, louder = codec.encode(X), codec.encode(10 * X)
    assert distance_in_decibels(codec, real, louder, np.zeros(40)) == pytest.approx(20, abs=0.1)


def test_classes_are_compared_each_with_its_own(coded):
    codec, encoded = coded
    labels = np.arange(40) % 2
    swapped = encoded[np.arange(40) ^ 1]
    assert distance_in_decibels(codec, encoded, swapped, labels) > 0.5
    assert distance_in_decibels(codec, encoded, swapped, 0 * labels) == pytest.approx(0)


@pytest.mark.parametrize("n_times", [1, 2, 3])
def test_short_signals_have_a_distance(rng, n_times):
    X = rng.standard_normal((10, 1, n_times))
    codec = SignalCodec(X)
    encoded = codec.encode(X)
    assert np.isfinite(distance_in_decibels(codec, encoded, encoded[::-1], np.zeros(10)))
