"""Waveforms with a flat spectrum, and the way back."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.signal import butter, sosfiltfilt

from skeeg.over_sampling._codec import SignalCodec
from skeeg.over_sampling._whitening import WhiteningCodec


@pytest.fixture
def walks(rng):
    """Random walks, whose power falls with the square of the frequency."""
    return rng.standard_normal((400, 2, 64)).cumsum(axis=-1) * [[1e-5], [30.0]]


@pytest.mark.parametrize("scale", [1e-30, 1.0, 1e28])
def test_decoding_undoes_encoding(walks, scale):
    codec = WhiteningCodec(walks * scale)
    decoded = codec.decode(codec.encode(walks * scale))
    peaks = np.abs(walks * scale).max(axis=-1, keepdims=True)
    assert_allclose(decoded / peaks, walks * scale / peaks, atol=1e-4)


def test_the_mean_spectrum_is_flat_in_every_channel(walks):
    def spread(codec):
        window = np.hanning(64)
        waves = codec.encode(walks)[..., :-2]
        levels = 10 * np.log10(np.square(np.abs(np.fft.rfft(waves * window))).mean(axis=0))
        return np.ptp(levels[:, 2:-1], axis=-1)

    assert (spread(SignalCodec(walks)) > 15).all()
    assert (spread(WhiteningCodec(walks)) < 3).all()


def test_levels_stay_and_waves_have_zero_mean_and_unit_rms(walks):
    plain, encoded = SignalCodec(walks).encode(walks), WhiteningCodec(walks).encode(walks)
    assert encoded.dtype == np.float32
    assert encoded.shape == plain.shape
    assert_allclose(encoded[..., -2:], plain[..., -2:])
    waves = encoded[..., :-2].astype(float)
    assert_allclose(waves.mean(axis=-1), 0, atol=1e-6)
    assert_allclose(np.square(waves).mean(axis=-1), 1, atol=1e-5)


def test_what_a_filter_took_out_is_not_lifted(rng):
    low_pass = butter(8, 0.3, output="sos")
    filtered = sosfiltfilt(low_pass, rng.standard_normal((200, 1, 128)), axis=-1)
    waves = WhiteningCodec(filtered).encode(filtered)[..., :-2]
    power = np.square(np.abs(np.fft.rfft(waves * np.hanning(128)))).mean(axis=(0, 1))
    assert power[40:].mean() < power[4:16].mean() / 20


@pytest.mark.parametrize("n_times", [1, 2, 8])
def test_constant_windows_and_dead_channels_stay_constant(rng, n_times):
    X = rng.standard_normal((10, 2, n_times))
    X[3], X[:, 1] = 7.0, -2.0
    codec = WhiteningCodec(X)
    encoded = codec.encode(X)
    assert np.isfinite(encoded).all()
    decoded = codec.decode(encoded)
    assert_allclose(decoded[3, 0], 7.0, rtol=1e-4)
    assert_allclose(decoded[:, 1], -2.0, rtol=1e-4)
