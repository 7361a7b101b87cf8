"""Distances between sets of images: closed forms, floors, and extractors of the user."""

import sys

import numpy as np
import pytest
import torch
from scipy.linalg import sqrtm

from skeeg.datasets import make_eeg_images
from skeeg.metrics import image_frechet_distance, image_kernel_distance

DISTANCES = pytest.mark.parametrize("distance", [image_frechet_distance, image_kernel_distance])


def corners(images):
    """Four pixels as features, from 0 to 1."""
    return images[:, [0, 0, -1, -1], [0, -1, 0, -1]].reshape(len(images), -1) / 255


@pytest.fixture
def images(rng):
    real = rng.integers(0, 256, (60, 5, 4)).astype(np.uint8)
    return real, (rng.integers(0, 256, (40, 5, 4)) // 2).astype(np.uint8)


@pytest.fixture(scope="module")
def digits():
    pairs = make_eeg_images(12, 3, image_size=8, random_state=0)
    half = pairs.groups < 6
    return pairs.images[half], pairs.images[~half], pairs.target[half]


def test_frechet_is_that_of_normal_distributions(images):
    first, second = map(corners, images)
    covariances = np.cov(first.T), np.cov(second.T)
    root = sqrtm(covariances[0] @ covariances[1]).real
    expected = np.square(first.mean(axis=0) - second.mean(axis=0)).sum()
    expected += np.trace(sum(covariances) - 2 * root)
    assert image_frechet_distance(*images, extractor=corners) == pytest.approx(expected)


def test_the_kernel_distance_is_the_unbiased_one_of_the_cubic_kernel(images):
    real, synthetic = images[0][:40], images[1]
    x, y = corners(real), corners(synthetic)

    def kernel(a, b):
        return (a @ b.T / 4 + 1) ** 3

    def off_diagonal(k):
        return (k.sum() - np.trace(k)) / (40 * 39)

    expected = off_diagonal(kernel(x, x)) + off_diagonal(kernel(y, y)) - 2 * kernel(x, y).mean()
    assert image_kernel_distance(real, synthetic, extractor=corners) == pytest.approx(expected)


def test_copies_are_at_no_frechet_distance(images):
    real, _ = images
    assert image_frechet_distance(real, real[::-1], extractor=corners) == pytest.approx(0, abs=1e-6)


def test_the_kernel_distance_has_no_bias(rng):
    def draw():
        return rng.integers(0, 256, (20, 2, 2)).astype(np.uint8)

    found = [image_kernel_distance(draw(), draw(), extractor=corners) for _ in range(60)]
    assert abs(np.mean(found)) < 2.5 * np.std(found) / np.sqrt(60)


@DISTANCES
def test_more_noise_is_farther_away(distance, digits, rng):
    real, other, y = digits
    noise = rng.integers(0, 256, other.shape)
    found = [
        distance(real, ((1 - a) * other + a * noise).astype(np.uint8), y_real=y, random_state=0)
        for a in (0, 0.3, 0.8)
    ]
    assert found[0] < found[1] < found[2]


@DISTANCES
def test_classes_that_are_missing_show(distance, digits):
    real, other, y = digits
    few = other[np.isin(make_eeg_images(12, 3, image_size=8, random_state=0).target[180:], [0, 1])]
    floor = distance(real, other, y_real=y, random_state=0)
    assert distance(real, few, y_real=y, random_state=0) > 3 * abs(floor)


@DISTANCES
@pytest.mark.parametrize("colours", [(), (3,)])
def test_a_network_gets_bytes_with_colours_first(distance, rng, colours):
    seen = []

    class Network(torch.nn.Module):
        def forward(self, x):
            seen.append(x)
            return x.float().mean((2, 3))

    real, synthetic = rng.integers(0, 256, (2, 70, 5, 4, *colours)).astype(np.uint8)
    before = torch.get_rng_state()
    found = distance(real, synthetic, extractor=Network().eval(), random_state=0)
    assert seen[0].dtype == torch.uint8
    assert seen[0].shape[1:] == (3, 5, 4)

    def means(images):
        table = images.mean(axis=(1, 2)).reshape(len(images), -1)
        return np.broadcast_to(table, (len(table), 3))

    expected = distance(real, synthetic, extractor=means, random_state=0)
    assert found == pytest.approx(expected, rel=1e-3, abs=1e-3)
    assert torch.equal(torch.get_rng_state(), before)


@DISTANCES
def test_large_images_in_colour_are_described(distance, rng):
    y = np.arange(20) % 2
    real = (rng.integers(0, 100, (20, 70, 65, 3)) + 100 * y[:, None, None, None]).astype(np.uint8)
    found = [distance(real, other, y_real=y, random_state=0) for other in (real, real // 2)]
    assert found[0] < found[1]


@DISTANCES
def test_a_seed_gives_the_same(distance, digits):
    real, other, y = digits
    first, again = (distance(real, other[:50], y_real=y, random_state=3) for _ in range(2))
    assert first == again


@DISTANCES
@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda r, s: {"images_real": r / 255}, "images_real is float64"),
        (lambda r, s: {"images_synthetic": s[:, 1:]}, "of one size"),
        (lambda r, s: {"images_synthetic": s[:1]}, "images_synthetic holds 1 image"),
        (lambda r, s: {"extractor": None}, "y_real is needed"),
        (lambda r, s: {"extractor": None, "y_real": [0] * 60}, "two classes of two real images"),
        (lambda r, s: {"extractor": None, "y_real": [0] * 59 + [1]}, r"\{0: 59, 1: 1\}"),
        (lambda r, s: {"extractor": None, "y_real": [0, 1]}, "inconsistent numbers"),
        (lambda r, s: {"extractor": lambda images: images}, r"extractor returned .*\(60, 5, 4\)"),
        (lambda r, s: {"extractor": lambda i: corners(i) * np.nan}, "extractor returned"),
        (lambda r, s: {"extractor": "inception"}, "'extractor' parameter of image_"),
    ],
)
def test_bad_input_is_named(distance, images, spoil, message):
    real, synthetic = images
    arguments = {"images_real": real, "images_synthetic": synthetic, "extractor": corners}
    with pytest.raises(ValueError, match=message):
        distance(**(arguments | spoil(real, synthetic)))


@DISTANCES
def test_the_extra_is_named_where_it_is_missing(distance, images, monkeypatch):
    monkeypatch.setitem(sys.modules, "torchmetrics", None)
    with pytest.raises(ImportError, match=r"image_.* needs torchmetrics: pip install skeeg\[image"):
        distance(*images, extractor=corners)
