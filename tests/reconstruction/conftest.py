"""Bars that lie or stand: the smallest images with something to see."""

import numpy as np
import pytest

from skeeg.reconstruction import ImageGAN

TINY = {"max_iter": 3, "batch_size": 8, "width": 2, "latent_dim": 3, "random_state": 0}


@pytest.fixture
def make_bars(rng):
    """Return a factory of images of 8 by 8 pixels with a bar, their classes and features."""

    def make(n_samples=40, n_colours=1):
        lies = np.arange(n_samples) % 2 == 0
        images = np.zeros((n_samples, 8, 8), dtype=np.uint8)
        for image, place in zip(images, rng.integers(1, 6, n_samples), strict=True):
            image[place : place + 2] = 255
        images[~lies] = images[~lies].swapaxes(1, 2)
        if n_colours == 3:
            images = np.stack([images, images // 2, 255 - images], axis=3)
        features = rng.normal(np.where(lies, 3, -3)[:, np.newaxis], 1, (n_samples, 2))
        return features, images, np.where(lies, "lies", "stands")

    return make


@pytest.fixture
def make_gan():
    """Return a factory of GANs that train in no time."""
    return lambda **params: ImageGAN(**{**TINY, **params})
