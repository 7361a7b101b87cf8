"""What images are described by: a classifier of real images, or what the user brings."""

import sys
import warnings
from math import ceil

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

LARGEST = 32  # pixels of a side that a classifier sees
N_HIDDEN = 64


def _shrink(images):
    """Average blocks of pixels, so that no side is longer than 32; from 0 to 1, one row each."""
    block = ceil(max(images.shape[1:3]) / LARGEST)
    height, width = (max(1, size // block) for size in images.shape[1:3])
    cut = images[:, : height * block, : width * block] / 255
    blocks = cut.reshape(len(images), height, -1, width, cut.shape[2] // width, *images.shape[3:])
    return blocks.mean(axis=(2, 4)).reshape(len(images), -1)


def make_image_classifier(seed):
    """Return an untrained classifier of images: a network with one hidden layer."""
    network = MLPClassifier((N_HIDDEN,), max_iter=300, random_state=seed)
    return make_pipeline(FunctionTransformer(_shrink), network)


def fit_classifier(classifier, images, y):
    """Fit a classifier; that it could go on learning is no reason to worry."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return classifier.fit(images, y)


def hidden_features(classifier, images):
    """Return the hidden layer of a fitted classifier of :func:`make_image_classifier`."""
    shrink, network = (step for _, step in classifier.steps)
    return np.maximum(shrink.transform(images) @ network.coefs_[0] + network.intercepts_[0], 0)


def apply_extractor(extractor, images, name):
    """Return what a network of torch or any function says of images, one row each."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(extractor, torch.nn.Module):
        from skeeg.nn._image_distances import apply_network

        table = apply_network(extractor, images)
    else:
        table = extractor(images)
        if torch is not None and isinstance(table, torch.Tensor):
            table = table.detach().cpu().double()  # of the user's device and precision
        table = np.asarray(table, dtype=np.float64)
    if table.ndim != 2 or len(table) != len(images) or not np.isfinite(table).all():
        raise ValueError(
            f"{name} returned an array of shape {table.shape} for {len(images)} images; expected "
            "finite numbers, one row for each image."
        )
    return table
