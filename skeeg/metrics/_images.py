"""Checks of images: bytes, of one size."""

import numpy as np


def check_images(images, name):
    """Return images of shape (n_samples, height, width) or (n_samples, height, width, 3), uint8."""
    images = np.asarray(images)
    fits = images.ndim == 3 or (images.ndim == 4 and images.shape[-1] == 3)
    if images.dtype != np.uint8 or not fits or not images.size:
        raise ValueError(
            f"{name} is {images.dtype} of shape {images.shape}; images are uint8, from 0 to 255, "
            "of shape (n_samples, height, width) or (n_samples, height, width, 3), none of them 0."
        )
    return images


def check_alike(images_real, images_synthetic):
    """Return both sets of images; raise unless they are of one size."""
    real = check_images(images_real, "images_real")
    synthetic = check_images(images_synthetic, "images_synthetic")
    if real.shape[1:] != synthetic.shape[1:]:
        raise ValueError(
            f"images_synthetic are of shape {synthetic.shape[1:]}, images_real of "
            f"{real.shape[1:]}; both must be of one size and have as many colours."
        )
    return real, synthetic
