"""Distance between coherencies: closed forms, scipy, and what it does not see."""

import numpy as np
import pytest
from scipy.signal import csd

from skeeg.metrics import coherence_distance, spectral_distance

RATE = 100.0


@pytest.fixture
def noise(rng):
    return rng.standard_normal((200, 1, 128))


def distance(real, synthetic, **options):
    return coherence_distance(real, synthetic, sampling_rate=RATE, **options)


def test_opposite_channels_are_2_apart(noise):
    alike, opposite = np.concatenate([noise, noise], 1), np.concatenate([noise, -noise], 1)
    assert distance(alike, opposite) == pytest.approx(2)
    assert distance(alike, 3 * alike[::-1]) == pytest.approx(0, abs=1e-9)


def test_independent_channels_are_1_from_equal_ones(noise, rng):
    alike = np.concatenate([noise, noise], 1)
    independent = rng.standard_normal(alike.shape)
    assert distance(alike, independent) == pytest.approx(1, abs=0.03)


def test_a_lag_turns_the_coherency(noise):
    lag = 3
    late = np.concatenate([noise, np.roll(noise, lag, axis=-1)], 1)
    angles = 2 * np.pi * lag * np.fft.rfftfreq(128)
    inside = (np.fft.rfftfreq(128, 1 / RATE) >= 1) & (np.fft.rfftfreq(128, 1 / RATE) <= 60)
    expected = np.sqrt(np.square(np.abs(1 - np.exp(1j * angles[inside]))).mean())
    # a window in the wrong place costs some coherence
    found = distance(np.concatenate([noise, noise], 1), late)
    assert found == pytest.approx(expected, rel=0.05)
    assert spectral_distance(late[:, :1], late[:, 1:], sampling_rate=RATE) < 0.2


def test_agrees_with_scipy(make_signals, rng):
    def coherency(X):
        waves = X - X.mean(axis=-1, keepdims=True)
        one, other = np.moveaxis(waves / waves.std(axis=-1, keepdims=True), 1, 0).reshape(2, -1)
        options = {"fs": RATE, "nperseg": 128, "noverlap": 0}
        frequencies, cross = csd(one, other, **options)
        power = [csd(x, x, **options)[1].real for x in (one, other)]
        return (cross / np.sqrt(power[0] * power[1]))[(frequencies >= 4) & (frequencies <= 30)]

    real = make_signals(30, 128, 2)
    other = real + rng.standard_normal(real.shape) + real[:, ::-1]
    expected = np.sqrt(np.square(np.abs(coherency(real) - coherency(other))).mean())
    assert distance(real, other, band=(4, 30)) == pytest.approx(expected)


def test_pairs_of_channels_are_averaged(make_signals):
    real, other = make_signals(30, 64, 3), make_signals(30, 64, 3)
    pairs = [[0, 1], [0, 2], [1, 2]]
    each = [distance(real[:, pair], other[:, pair]) for pair in pairs]
    assert distance(real, other) == pytest.approx(np.sqrt(np.mean(np.square(each))))


@pytest.mark.parametrize("scale", [1e-150, 1e-5, 1e150])
def test_amplitude_and_offset_do_not_matter(make_signals, rng, scale):
    real, other = make_signals(20, 64, 2), rng.standard_normal((20, 2, 64))
    moved = scale * (rng.uniform(1, 2, (20, 2, 1)) * other + 5)
    assert distance(real, moved) == pytest.approx(distance(real, other))


def test_a_constant_channel_has_no_coherence(noise):
    constant = np.concatenate([noise, np.ones_like(noise)], 1)
    assert distance(constant, constant) == 0
    assert distance(np.concatenate([noise, noise], 1), constant) == pytest.approx(1)


def test_one_channel_is_refused(make_signals):
    with pytest.raises(ValueError, match="at least two channels, X_real has one"):
        distance(make_signals(5, 64), make_signals(5, 64))


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"band": (60, 1)}, r"band must be two frequencies.*got \(60, 1\)"),
        ({"band": (0.1, 0.2)}, r"64 time points at sampling_rate=100.0.*band=\(0.1, 0.2\)"),
        ({"sampling_rate": 0}, "'sampling_rate' parameter"),
    ],
)
def test_bad_input_is_named(make_signals, broken, message):
    X = make_signals(5, 64, 2)
    with pytest.raises(ValueError, match=message):
        coherence_distance(X, X, **{"sampling_rate": RATE, **broken})
