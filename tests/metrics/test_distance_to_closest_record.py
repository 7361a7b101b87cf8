"""Distance to the closest record: closed forms, window by window, and copies."""

import numpy as np
import pytest
from sklearn.preprocessing import FunctionTransformer

from skeeg.metrics import distance_to_closest_record


def closest(rows, others):
    """Smallest distance between unit waveforms, per root of their length, window by window."""

    def unit(X):
        return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)

    pairs = unit(rows)[:, np.newaxis] - unit(others)
    return np.sqrt(np.square(pairs).mean(axis=-1)).min(axis=1)


def test_agrees_with_all_pairs(make_signals):
    # not with sdmetrics, which has this share too but needs a package that is not free software
    train, holdout, synthetic = make_signals(9), make_signals(9), make_signals(20)
    to_train, to_holdout = (closest(synthetic, X) for X in (train, holdout))
    expected = np.median(to_train), np.median(to_holdout), np.mean(to_train < to_holdout)
    assert distance_to_closest_record(train, holdout, synthetic) == pytest.approx(expected)


def test_tones_have_their_closed_form():
    phases = np.array([[0.0], [1.0], [0.3]])
    train, holdout, synthetic = np.sin(2 * np.pi * np.arange(100) / 20 + phases)[:, np.newaxis]
    found = distance_to_closest_record(train, holdout, synthetic)
    # unit tones that are apart by an angle differ by its chord
    expected = 2 * np.sin(0.15), 2 * np.sin(0.35), 1.0
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("gain", [1, -2, 1e6])
def test_copies_are_found_at_any_amplitude(make_signals, gain):
    train, holdout = make_signals(20), make_signals(20)
    found = distance_to_closest_record(train, holdout, abs(gain) * train + gain)
    assert found.to_train == pytest.approx(0, abs=1e-6)
    assert found.share == 1
    swapped = distance_to_closest_record(holdout, train, abs(gain) * train + gain)
    assert swapped.share == 0


def test_a_tenth_of_noise_is_a_tenth_away(rng):
    train, holdout = rng.standard_normal((2, 50, 400))
    copies = train + 0.1 * rng.standard_normal(train.shape)
    found = distance_to_closest_record(train, holdout, copies)
    assert found.to_train == pytest.approx(0.1, rel=0.05)
    assert found.share == 1


def test_new_windows_are_as_near_to_either(rng):
    train, holdout, new = rng.standard_normal((3, 500, 40)).cumsum(axis=-1)
    share = distance_to_closest_record(train, holdout, new).share
    assert share == pytest.approx(0.5, abs=0.07)


def test_the_larger_real_set_is_cut(rng):
    train, holdout, new = (rng.standard_normal((n, 20)) for n in (1000, 100, 400))
    share = distance_to_closest_record(train, holdout, new, random_state=0).share
    assert share == pytest.approx(0.5, abs=0.07)
    again = distance_to_closest_record(train, holdout, new, random_state=0).share
    assert share == again


def test_ties_count_half(make_signals):
    X = make_signals(10)
    assert distance_to_closest_record(X, X[::-1], make_signals(7)).share == 0.5


def test_features_of_the_caller_measure_distances(make_signals):
    train, holdout = np.full((4, 8), 1.0), np.full((4, 8), 3.0)
    train[0] = holdout[0] = 0
    synthetic = np.full((5, 8), 2.5)
    mean = FunctionTransformer(lambda X: X.mean(axis=1, keepdims=True))
    found = distance_to_closest_record(train, holdout, synthetic, features=mean)
    sd = train.mean(axis=1).std()
    assert found == pytest.approx((1.5 / sd, 0.5 / sd, 0.0))
