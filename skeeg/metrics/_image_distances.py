"""Distances between sets of images, as those known for the network Inception."""

import numpy as np
from sklearn.model_selection import StratifiedKFold
from sklearn.utils import check_consistent_length, check_random_state, column_or_1d
from sklearn.utils._param_validation import validate_params

from skeeg.metrics._image_features import (
    apply_extractor,
    fit_classifier,
    hidden_features,
    make_image_classifier,
)
from skeeg.metrics._images import check_alike

CONSTRAINTS = {
    "images_real": ["array-like"],
    "images_synthetic": ["array-like"],
    "y_real": ["array-like", None],
    "extractor": [callable, None],
    "random_state": ["random_state"],
}


def _check_torchmetrics(caller):
    try:
        import torchmetrics  # noqa: F401
    except ImportError as error:
        raise ImportError(f"{caller} needs torchmetrics: pip install skeeg[image].") from error


def _check_halves(real, y_real):
    """Return the labels; raise unless half of the images can train a classifier."""
    if y_real is None:
        raise ValueError("Without an extractor, y_real is needed to train a classifier.")
    y_real = column_or_1d(y_real)
    check_consistent_length(real, y_real)
    labels, counts = np.unique(y_real, return_counts=True)
    if len(labels) < 2 or counts.min() < 2:
        raise ValueError(
            "A classifier takes two classes of two real images each; y_real has "
            f"{dict(zip(labels.tolist(), counts.tolist(), strict=True))}."
        )
    return y_real


def _describe(real, synthetic, y_real, extractor, random):
    """Yield tables of features of real and of synthetic images.

    Without an extractor, each half of the real images is described by a classifier of the other:
    images that it was trained on look different to it from all others.
    """
    if extractor is not None:
        yield tuple(apply_extractor(extractor, images, "extractor") for images in (real, synthetic))
        return
    y_real = _check_halves(real, y_real)
    halves = StratifiedKFold(2, shuffle=True, random_state=random)
    for train, rest in halves.split(y_real, y_real):
        classifier = make_image_classifier(random.randint(2**31 - 1))
        fit_classifier(classifier, real[train], y_real[train])
        yield tuple(hidden_features(classifier, images) for images in (real[rest], synthetic))


def _check(images_real, images_synthetic, caller):
    real, synthetic = check_alike(images_real, images_synthetic)
    for name, images in (("images_real", real), ("images_synthetic", synthetic)):
        if len(images) < 2:
            raise ValueError(f"{name} holds 1 image; a distribution takes at least two.")
    _check_torchmetrics(caller)
    return real, synthetic


@validate_params(CONSTRAINTS, prefer_skip_nested_validation=True)
def image_frechet_distance(
    images_real, images_synthetic, *, y_real=None, extractor=None, random_state=None
):
    """Measure how far mean and covariance of features of real and generated images are apart.

    With the features of Inception as `extractor`, this is the Fréchet inception distance, FID [1]_.
    Without an extractor, the features are the hidden layer of a classifier of the real images: two
    are trained on a half of them each, and describe the other half; the two distances are averaged.
    The number then compares with others on the same real images and with nothing else. It is
    computed by torchmetrics, which ``pip install skeeg[image]`` brings along.

    Parameters
    ----------
    images_real : array-like of shape (n_samples_real, height, width) or \
            (n_samples_real, height, width, 3)
        Real images, uint8.

    images_synthetic : array-like of shape (n_samples_synthetic, height, width) or \
            (n_samples_synthetic, height, width, 3)
        Generated images of the same size, uint8.

    y_real : array-like of shape (n_samples_real,), default=None
        Class of each real image, needed where `extractor` is None.

    extractor : callable, default=None
        What describes images. A module of torch, in evaluation mode, gets bytes of shape
        (n_samples, 3, height, width); any other callable gets uint8 images as they are. Either
        returns an array of shape (n_samples, n_features).

    random_state : int, RandomState instance or None, default=None
        Halves the real images and starts the classifiers.

    Returns
    -------
    distance : float
        From 0 (best) upwards. It is biased upwards, the more the fewer images there are: compare it
        with the distance between real sets of the same size.

    Raises
    ------
    ImportError
        If torchmetrics is not installed.

    ValueError
        If images are not uint8 or not of one size, there are fewer than two, or labels do not fit.

    See Also
    --------
    image_kernel_distance : Without that bias.
    classifier_score : Whether images show one class each, and all of them.
    frechet_distance : The same for signals.

    Notes
    -----
    Copies of the real images have distance 0 with an extractor: a small distance says nothing about
    novelty.

    References
    ----------
    .. [1] M. Heusel et al., "GANs trained by a two time-scale update rule converge to a local Nash
       equilibrium", NeurIPS, 2017. https://arxiv.org/abs/1706.08500

    Examples
    --------
    >>> from skeeg.datasets import make_eeg_images
    >>> from skeeg.metrics import image_frechet_distance
    >>> pairs = make_eeg_images(image_size=8, random_state=0)
    >>> half = pairs.groups < 6
    >>> real, other, y = pairs.images[half], pairs.images[~half], pairs.target[half]
    >>> floor = image_frechet_distance(real, other, y_real=y, random_state=0)
    >>> image_frechet_distance(real, 255 - other, y_real=y, random_state=0) > 10 * floor
    True
    """
    real, synthetic = _check(images_real, images_synthetic, "image_frechet_distance")
    from skeeg.nn._image_distances import frechet

    random = check_random_state(random_state)
    tables = _describe(real, synthetic, y_real, extractor, random)
    return float(np.mean([frechet(*pair) for pair in tables]))


@validate_params(CONSTRAINTS, prefer_skip_nested_validation=True)
def image_kernel_distance(
    images_real, images_synthetic, *, y_real=None, extractor=None, random_state=None
):
    """Measure any difference between features of real and generated images, without bias.

    The squared maximum mean discrepancy with the kernel `(x @ y / n_features + 1)**3`. With the
    features of Inception as `extractor`, this is the kernel inception distance, KID [1]_. Without
    an extractor, the features are those of :func:`image_frechet_distance`. It is computed by
    torchmetrics, which ``pip install skeeg[image]`` brings along.

    Parameters
    ----------
    images_real : array-like of shape (n_samples_real, height, width) or \
            (n_samples_real, height, width, 3)
        Real images, uint8.

    images_synthetic : array-like of shape (n_samples_synthetic, height, width) or \
            (n_samples_synthetic, height, width, 3)
        Generated images of the same size, uint8.

    y_real : array-like of shape (n_samples_real,), default=None
        Class of each real image, needed where `extractor` is None.

    extractor : callable, default=None
        What describes images, as in :func:`image_frechet_distance`.

    random_state : int, RandomState instance or None, default=None
        Halves the real images, starts the classifiers, and chooses 20 subsets of equal size, of at
        most 1000 images, over which the discrepancy is averaged.

    Returns
    -------
    distance : float
        Around 0 (best) for images of one distribution, be they few or many; it may be below 0.

    Raises
    ------
    ImportError
        If torchmetrics is not installed.

    ValueError
        If images are not uint8 or not of one size, there are fewer than two, or labels do not fit.

    See Also
    --------
    image_frechet_distance : Only of mean and covariance.
    maximum_mean_discrepancy : For signals.

    References
    ----------
    .. [1] M. Bińkowski, D. J. Sutherland, M. Arbel and A. Gretton, "Demystifying MMD GANs", ICLR,
       2018. https://arxiv.org/abs/1801.01401

    Examples
    --------
    >>> from skeeg.datasets import make_eeg_images
    >>> from skeeg.metrics import image_kernel_distance
    >>> pairs = make_eeg_images(image_size=8, random_state=0)
    >>> half = pairs.groups < 6
    >>> real, other, y = pairs.images[half], pairs.images[~half], pairs.target[half]
    >>> floor = image_kernel_distance(real, other, y_real=y, random_state=0)
    >>> image_kernel_distance(real, 255 - other, y_real=y, random_state=0) > 10 * abs(floor)
    True
    """
    real, synthetic = _check(images_real, images_synthetic, "image_kernel_distance")
    from skeeg.nn._image_distances import kernel_discrepancy

    random = check_random_state(random_state)
    tables = _describe(real, synthetic, y_real, extractor, random)
    return float(np.mean([kernel_discrepancy(*pair, random) for pair in tables]))
