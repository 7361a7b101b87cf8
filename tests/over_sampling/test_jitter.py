"""What is particular to jitter."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from skeeg.over_sampling import JitterSampler

LOUDNESS = np.array([1e-5, 1.0, 1e3])


@pytest.fixture
def window(rng):
    """Three channels of 400 points whose standard deviations are far apart."""
    waves = rng.standard_normal((3, 400))
    return waves / waves.std(axis=1, keepdims=True) * LOUDNESS[:, None] + 7 * LOUDNESS[:, None]


@pytest.fixture
def draw(window):
    def draw(**params):
        X = np.repeat(window[None], 4, axis=0)
        return JitterSampler(**params).fit(X, [0, 0, 1, 1]).sample(300, random_state=0)

    return draw


@pytest.mark.parametrize("sigma", [0.01, 0.05, 2.0])
def test_noise_is_a_fraction_of_the_deviation_and_white(draw, window, sigma):
    noise = (draw(sigma=sigma) - window) / LOUDNESS[:, None]
    assert_allclose(noise.std(axis=(0, 2)), sigma, rtol=0.02)
    assert np.abs(np.mean(noise[..., 1:] * noise[..., :-1])) < 0.02 * sigma**2
    assert np.abs(np.mean(noise[:, 0] * noise[:, 1])) < 0.02 * sigma**2


def test_scaling_is_common_to_the_channels_and_leaves_the_mean(draw, window):
    drawn = draw(sigma=0, scaling_sigma=0.3)
    factors = drawn.std(axis=-1) / window.std(axis=-1)
    assert_allclose(factors, np.repeat(factors[:, :1], 3, axis=1))
    assert_allclose(np.log(factors[:, 0]).std(), 0.3, rtol=0.15)
    assert abs(np.log(factors[:, 0]).mean()) < 0.06
    assert_allclose(drawn.mean(axis=-1), np.broadcast_to(window.mean(axis=-1), (300, 3)))


def test_without_noise_rows_are_copies(draw, window):
    drawn = draw(sigma=0)
    assert_allclose(drawn, np.broadcast_to(window, drawn.shape))


@pytest.mark.parametrize("params", [{"sigma": -0.1}, {"scaling_sigma": -1}, {"sigma": "5 %"}])
def test_bad_parameters(params):
    (name,) = params
    with pytest.raises(ValueError, match=f"'{name}' parameter of JitterSampler must be a float"):
        JitterSampler(**params).fit(np.eye(4), [0, 0, 1, 1])
