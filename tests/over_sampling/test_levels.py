"""Waveform, amplitude and mean of a signal."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from skeeg.over_sampling._levels import split_levels


@pytest.mark.parametrize("dtype", ["float32", "float64", "int16", "bool"])
def test_the_parts_make_the_signal(rng, dtype):
    X = (10 * rng.standard_normal((5, 3, 20)) > rng.integers(-9, 9)).astype(dtype)
    waves, amplitudes, means = split_levels(X)
    assert_allclose(waves * amplitudes[..., None] + means[..., None], X, atol=1e-12)
    assert_allclose(waves.mean(axis=-1), 0, atol=1e-12)
    assert_allclose(np.square(waves).mean(axis=-1), 1)


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e300])
def test_units_do_not_matter(rng, scale):
    X = rng.standard_normal((5, 1, 20))
    waves, amplitudes, means = split_levels(X)
    scaled_waves, scaled_amplitudes, scaled_means = split_levels(X * scale)
    assert_allclose(scaled_waves, waves, rtol=1e-9)
    assert_allclose(scaled_amplitudes / scale, amplitudes)
    assert_allclose(scaled_means / scale, means)


@pytest.mark.parametrize("value", [0.0, 0.1, -1e30])
def test_a_constant_has_no_waveform(value):
    waves, amplitudes, means = split_levels(np.full((2, 1, 7), value))
    assert not waves.any()
    assert not amplitudes.any()
    assert_array_equal(means, np.full((2, 1), value))
