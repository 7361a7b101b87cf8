"""Images as users have them, and as networks see them."""

import numpy as np
import torch
from torch.nn.functional import interpolate

SMALLEST, LARGEST = 8, 128
LEGAL_SIZES = [coarsest * 2**n for n in range(1, 6) for coarsest in range(4, 8)]
LEGAL_SIZES = [size for size in LEGAL_SIZES if size <= LARGEST]


def check_images(images, n_samples):
    """Return images as bytes; raise where they are something else, or not one for each signal.

    Parameters
    ----------
    images : array-like of shape (n_samples, size, size) or (n_samples, size, size, 3)
        Integers from 0 to 255, or floats from 0 to 1.

    n_samples : int
        Number of signals.

    Returns
    -------
    images : ndarray of uint8, of the same shape
        Grey levels or colours.
    """
    images = np.asarray(images)
    grey_or_colour = images.ndim == 3 or (images.ndim == 4 and images.shape[3] == 3)
    if not grey_or_colour or 0 in images.shape[1:]:
        raise ValueError(
            f"images has the shape {images.shape}; expected (n_samples, size, size) for grey "
            "images or (n_samples, size, size, 3) for RGB."
        )
    if images.shape[1] != images.shape[2]:
        raise ValueError(
            f"images are {images.shape[1]} by {images.shape[2]} pixels; they must be square: crop "
            "them, or put a margin around."
        )
    if len(images) != n_samples:
        raise ValueError(
            f"X has {n_samples} signals and images has {len(images)} images; each signal needs one."
        )
    return _to_bytes(images)


def _to_bytes(images):
    if images.dtype.kind not in "iuf":
        raise ValueError(f"images has the dtype {images.dtype}; expected uint8.")
    largest = 1 if images.dtype.kind == "f" else 255
    legal = (images >= 0) & (images <= largest)
    if not legal.all():
        place = tuple(int(i) for i in np.argwhere(~legal)[0])
        raise ValueError(
            f"images contains {images[place]} at {place}; "
            f"{'floats' if largest == 1 else 'integers'} must be from 0 to {largest}."
        )
    return np.round(images * 255).astype(np.uint8) if largest == 1 else images.astype(np.uint8)


def check_image_size(image_size, given):
    """Return the size that images are drawn in; raise where there are no networks for it."""
    size = given if image_size is None else image_size
    if size not in LEGAL_SIZES:
        name = f"images are {size} pixels wide" if image_size is None else f"image_size={size}"
        raise ValueError(
            f"{name}, and networks draw 4, 5, 6 or 7 times a power of two. Set image_size to one "
            f"of {LEGAL_SIZES}: images are resized to it."
        )
    return size


def encode(images):
    """Turn bytes into what networks see: (n_samples, n_colours, size, size) from -1 to 1."""
    images = images[:, np.newaxis] if images.ndim == 3 else np.moveaxis(images, 3, 1)
    return np.ascontiguousarray(images, dtype=np.float32) / 127.5 - 1


def decode(encoded):
    """Turn what networks draw into bytes."""
    images = np.round((encoded + 1) * 127.5).astype(np.uint8)
    return images[:, 0] if images.shape[1] == 1 else np.moveaxis(images, 1, 3)


def resize(images, size):
    """Return bytes in another size, interpolated linearly and without aliases."""
    if images.shape[1] == size:
        return images
    encoded = interpolate(
        torch.from_numpy(encode(images)), (size, size), mode="bilinear", antialias=True
    )
    return decode(encoded.numpy())
