"""Signals survive the way into the form of the networks and back."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from skeeg.over_sampling._codec import BlockCodec, SignalCodec, join_blocks, split_blocks


@pytest.fixture
def signals(rng):
    """Walks of very different amplitude and mean per channel."""
    walks = rng.standard_normal((30, 2, 50)).cumsum(axis=-1)
    return walks * np.exp(rng.standard_normal((30, 2, 1))) + [[5.0], [-1000.0]]


@pytest.mark.parametrize("scale", [1e-30, 1e-6, 1.0, 1e28])
def test_decoding_undoes_encoding(signals, scale):
    codec = SignalCodec(signals * scale)
    decoded = codec.decode(codec.encode(signals * scale))
    assert_allclose(decoded, signals * scale, atol=1e-4 * np.abs(signals).max() * scale)


def test_waves_have_zero_mean_and_unit_rms_and_levels_are_standardised(signals):
    encoded = SignalCodec(signals).encode(signals).astype(float)
    assert encoded.shape == (30, 2, 52)
    waves, levels = encoded[..., :-2], encoded[..., -2:]
    assert_allclose(waves.mean(axis=-1), 0, atol=1e-6)
    assert_allclose(np.square(waves).mean(axis=-1), 1, atol=1e-5)
    assert_allclose(levels.mean(axis=0), 0, atol=1e-5)
    assert_allclose(levels.std(axis=0), 1, atol=1e-5)


def test_constant_windows_stay_constant(signals):
    signals[3] = 7.0
    codec = SignalCodec(signals)
    encoded = codec.encode(signals)
    assert np.isfinite(encoded).all()
    assert_allclose(codec.decode(encoded)[3], 7.0, rtol=1e-4)


@pytest.mark.parametrize("constant", [0.0, 3.0])
def test_all_windows_constant(constant):
    signals = np.full((5, 1, 8), constant)
    codec = SignalCodec(signals)
    assert_allclose(codec.decode(codec.encode(signals)), constant)


def test_levels_outside_the_training_data_are_drawn_in(signals):
    codec = SignalCodec(signals)
    encoded = codec.encode(signals)
    encoded[..., -2:] = 1e6
    decoded = codec.decode(encoded)
    assert_allclose(decoded.mean(axis=-1).max(axis=0), signals.mean(axis=-1).max(axis=0), rtol=1e-4)
    assert_allclose(decoded.std(axis=-1).max(axis=0), signals.std(axis=-1).max(axis=0), rtol=1e-4)


def test_small_integers_do_not_overflow():
    signals = np.array([[[-32768, 32767, -32768]], [[0, 1, 2]]], dtype=np.int16)
    codec = SignalCodec(signals)
    assert_allclose(codec.decode(codec.encode(signals)), signals, atol=0.1)


def test_blocks_are_encoded_apart(signals):
    shapes = [(2, 30), (1, 40)]
    codec = BlockCodec(signals.reshape(30, 1, -1), shapes)
    encoded = codec.encode(signals.reshape(30, 1, -1))
    assert encoded.shape == (30, *codec.shape) == (30, 1, 2 * 32 + 42)
    assert encoded.dtype == np.float32
    assert_allclose(
        codec.decode(encoded), signals.reshape(30, 1, -1), atol=1e-4 * np.abs(signals).max()
    )
    assert [block.shape for block in codec.blocks(encoded)] == [(30, 2, 30), (30, 1, 40)]


def test_joined_blocks_are_the_rows_that_were_cut(rng):
    rows = rng.standard_normal((5, 1, 17))
    blocks = split_blocks(rows, [(2, 3), (1, 1), (5, 2)])
    assert [block.shape for block in blocks] == [(5, 2, 3), (5, 1, 1), (5, 5, 2)]
    assert_array_equal(blocks[0][:, 1], rows[:, 0, 3:6])
    assert_array_equal(join_blocks(blocks), rows)
