"""Images are checked before any work, and come back from what networks see as they were."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from skeeg.reconstruction._images import (
    LEGAL_SIZES,
    check_image_size,
    check_images,
    decode,
    encode,
    resize,
)


@pytest.fixture(params=[(5, 8, 8), (5, 8, 8, 3)], ids=["grey", "RGB"])
def images(request, rng):
    return rng.integers(0, 256, request.param).astype(np.uint8)


def test_encoding_is_undone_by_decoding(images):
    encoded = encode(images)
    assert encoded.dtype == np.float32
    assert encoded.shape == (5, 1 if images.ndim == 3 else 3, 8, 8)
    assert_array_equal(decode(encoded), images)


def test_black_is_minus_one_and_white_is_one():
    encoded = encode(np.array([[[0, 255]]], dtype=np.uint8))
    assert_allclose(encoded.ravel(), [-1, 1])


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.uint16, np.float32, np.float64])
def test_bytes_whole_numbers_and_fractions_mean_the_same(images, dtype):
    given = images / 255 if np.dtype(dtype).kind == "f" else images
    checked = check_images(given.astype(dtype), n_samples=5)
    assert checked.dtype == np.uint8
    assert_array_equal(checked, images)


def test_lists_are_images_too(images):
    assert_array_equal(check_images(images.tolist(), n_samples=5), images)


@pytest.mark.parametrize("size", [4, 16, 20])
def test_flat_images_stay_flat_in_any_size(size):
    flat = np.full((2, 8, 8, 3), [10, 100, 250], dtype=np.uint8)
    assert_array_equal(resize(flat, size), np.full((2, size, size, 3), [10, 100, 250]))


def test_a_smaller_image_holds_the_means_of_blocks_in_its_inside():
    """Linear interpolation without aliases is a weighted mean: exact for a ramp."""
    ramp = np.broadcast_to(np.arange(0, 128, 4, dtype=np.uint8), (1, 32, 32))
    blocks = ramp.reshape(1, 8, 4, 8, 4).mean(axis=(2, 4))
    assert_allclose(resize(ramp, 8)[:, :, 1:-1], blocks[:, :, 1:-1], atol=1)


def test_legal_sizes_are_their_own_and_others_are_refused():
    for size in range(8, 129):
        if size in LEGAL_SIZES:
            assert check_image_size(None, given=size) == size
            assert check_image_size(size, given=99) == size
        else:
            with pytest.raises(ValueError, match=f"image_size={size}, and networks draw 4, 5, 6"):
                check_image_size(size, given=16)
            with pytest.raises(ValueError, match=f"images are {size} pixels wide"):
                check_image_size(None, given=size)
    assert len(LEGAL_SIZES) == 17


def with_value(value, dtype):
    images = np.zeros((5, 8, 8), dtype=dtype)
    images[3, 1, 2] = value
    return images


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (with_value(1.5, float), r"contains 1.5 at \(3, 1, 2\); floats must be from 0 to 1"),
        (with_value(-0.1, np.float32), r"contains -0.1.* at \(3, 1, 2\)"),
        (with_value(np.nan, float), "contains nan"),
        (with_value(np.inf, float), "contains inf"),
        (with_value(256, int), r"contains 256 at \(3, 1, 2\); integers must be from 0 to 255"),
        (with_value(-1, np.int8), "contains -1"),
        (np.zeros((5, 8, 9)), "8 by 9 pixels; they must be square"),
        (np.zeros((4, 8, 8)), "X has 5 signals and images has 4 images"),
        (np.zeros((5, 64)), r"shape \(5, 64\); expected \(n_samples, size, size\)"),
        (np.zeros((5, 8, 8, 1)), r"shape \(5, 8, 8, 1\)"),
        (np.zeros((5, 3, 8, 8)), r"shape \(5, 3, 8, 8\)"),
        (np.zeros((5, 0, 0)), r"shape \(5, 0, 0\)"),
        (np.zeros((5, 8, 8), dtype=bool), "dtype bool"),
        (np.full((5, 8, 8), "black"), "dtype <U5"),
        (np.zeros((5, 8, 8), dtype=complex), "dtype complex128"),
        (None, r"shape \(\)"),
    ],
)
def test_what_is_no_image_is_named(bad, message):
    with pytest.raises(ValueError, match=message):
        check_images(bad, n_samples=5)
