"""What is particular to warps."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from skeeg.over_sampling import WarpSampler
from skeeg.over_sampling._warp import _monotone_paths, _read_at, _smooth_factors


@pytest.mark.parametrize("n_times", [1, 2, 3, 178])
@pytest.mark.parametrize("sigma", [0.0, 0.2, 5.0])
@pytest.mark.parametrize("n_knots", [1, 4, 40])
def test_time_runs_forwards_from_the_first_to_the_last_point(rng, n_times, sigma, n_knots):
    paths = _monotone_paths(_smooth_factors(50, n_times, sigma, n_knots, rng))
    assert paths.shape == (50, n_times)
    assert (np.diff(paths) >= 0).all()
    assert (paths[:, 0] == 0).all()
    assert_allclose(paths[:, -1], n_times - 1)
    if sigma == 0:
        assert_allclose(paths, np.tile(np.arange(n_times), (50, 1)))


def test_factors_have_the_spread_of_their_knots_and_are_smooth(rng):
    factors = np.log(_smooth_factors(4000, 101, 0.2, 4, rng))
    at_knots = factors[:, ::20]
    assert_allclose(at_knots.std(axis=0), 0.2, rtol=0.05)
    assert np.abs(np.corrcoef(at_knots.T) - np.eye(6)).max() < 0.06
    assert factors.std() < 0.2
    assert np.abs(np.diff(factors, n=2, axis=1)).max() < 0.02


def test_reading_is_that_of_numpy(rng):
    waves = rng.standard_normal((5, 2, 30))
    paths = rng.uniform(0, 29, (5, 30))
    expected = [
        [np.interp(path, np.arange(30), channel) for channel in wave]
        for wave, path in zip(waves, paths, strict=True)
    ]
    assert_allclose(_read_at(waves, paths), expected)


@pytest.fixture
def draw():
    """Return a function that draws warps of a ramp, and of its square as a second channel."""
    ramp = np.linspace(-1, 1, 60)
    X = np.tile([ramp, ramp**2], (4, 1, 1))

    def draw(**params):
        return X[0], WarpSampler(**params).fit(X, [0, 0, 1, 1]).sample(200, random_state=0)

    return draw


def test_values_stay_within_the_window_and_the_order_of_events_stays(draw):
    (ramp, _), drawn = draw(magnitude_sigma=0)
    assert (np.diff(drawn[:, 0]) > 0).all()
    assert_allclose(drawn[:, 0, 0], ramp[0])
    assert_allclose(drawn[:, 0, -1], ramp[-1])
    assert np.abs(drawn[:, 0] - ramp).max() > 0.1


def test_channels_are_warped_alike(draw):
    _, drawn = draw(magnitude_sigma=0)
    assert_allclose(drawn[:, 1], drawn[:, 0] ** 2, atol=1e-3)
    window, drawn = draw(time_sigma=0)
    means = window.mean(axis=-1, keepdims=True)
    gains = (drawn - means) / (window - means)
    assert_allclose(gains[:, 0], gains[:, 1])
    assert gains.min() > 0
    assert gains.std() > 0.1


def test_without_sigmas_rows_are_copies(draw):
    window, drawn = draw(time_sigma=0, magnitude_sigma=0)
    assert_allclose(drawn, np.broadcast_to(window, drawn.shape), atol=1e-12)


@pytest.mark.parametrize("params", [{"time_sigma": -1}, {"magnitude_sigma": "big"}, {"n_knots": 0}])
def test_bad_parameters(params):
    (name,) = params
    with pytest.raises(ValueError, match=f"'{name}' parameter of WarpSampler must be"):
        WarpSampler(**params).fit(np.eye(4), [0, 0, 1, 1])
