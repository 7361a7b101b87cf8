"""Magnitudes against numpy, and what they do not depend on."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import special_ortho_group

from skeeg.preprocessing import VectorMagnitude


@pytest.mark.parametrize("n_channels", [1, 2, 3, 19])
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int16])
def test_is_the_norm_over_channels(rng, n_channels, dtype):
    X = rng.normal(0, 100, (20, n_channels, 50)).astype(dtype)
    expected = np.linalg.norm(X.astype(float), axis=1, keepdims=True)
    rtol = 1e-6 if dtype == np.float32 else 1e-12
    assert_allclose(VectorMagnitude().fit_transform(X), expected, rtol=rtol)


def test_dimensions_stay_as_many(rng):
    X = rng.standard_normal((4, 3, 10))
    stacked = VectorMagnitude().fit_transform(X)
    flat = VectorMagnitude(n_channels=3).fit_transform(X.reshape(4, 30))
    assert stacked.shape == (4, 1, 10)
    assert flat.shape == (4, 10)
    assert_array_equal(stacked[:, 0], flat)


def test_one_channel_gives_absolute_values():
    assert_array_equal(VectorMagnitude().fit_transform([[-1.0, 0.0, 2.0]]), [[1, 0, 2]])


def test_how_the_sensor_is_worn_does_not_matter(rng):
    X = rng.standard_normal((5, 3, 40))
    turned = special_ortho_group.rvs(3, random_state=0) @ X
    magnitude = VectorMagnitude()
    assert_allclose(magnitude.fit_transform(turned), magnitude.fit_transform(X), rtol=1e-12)


@pytest.mark.parametrize(("dtype", "unit"), [(np.float64, 1e-300), (np.float64, 1e300)])
@pytest.mark.parametrize("n_channels", [2, 3])
def test_squares_may_leave_the_range_of_floats(dtype, unit, n_channels):
    X = np.full((1, n_channels, 4), unit, dtype)
    assert_allclose(VectorMagnitude().fit_transform(X), unit * np.sqrt(n_channels))


def test_names_count_the_time_points(rng):
    fitted = VectorMagnitude(n_channels=3).fit(rng.standard_normal((2, 6)))
    assert fitted.get_feature_names_out().tolist() == ["vectormagnitude0", "vectormagnitude1"]


def test_channels_that_do_not_divide_the_columns():
    with pytest.raises(ValueError, match="n_channels=3 does not divide the 10 columns of X"):
        VectorMagnitude(n_channels=3).fit(np.ones((2, 10)))


@pytest.mark.parametrize("n_channels", [0, 1.5, "3", None])
def test_impossible_numbers_of_channels(n_channels):
    with pytest.raises(ValueError, match="The 'n_channels' parameter of VectorMagnitude must be"):
        VectorMagnitude(n_channels=n_channels).fit(np.ones((2, 6)))
