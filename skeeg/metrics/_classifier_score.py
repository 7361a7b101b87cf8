"""Whether images show one class each, and all of them: the score known for Inception."""

from numbers import Integral

import numpy as np
from scipy.special import rel_entr, softmax
from sklearn.base import clone
from sklearn.utils import check_consistent_length, check_random_state, column_or_1d
from sklearn.utils._param_validation import HasMethods, Interval, validate_params

from skeeg.metrics._image_features import apply_extractor, fit_classifier, make_image_classifier
from skeeg.metrics._images import check_alike, check_images


def _score(probabilities, n_splits, random):
    """Return the mean over splits of exp(E KL(p(class | image) || p(class)))."""
    if len(probabilities) < n_splits:
        raise ValueError(
            f"n_splits={n_splits} is more than the {len(probabilities)} images; each split takes "
            "at least one."
        )
    parts = np.array_split(probabilities[random.permutation(len(probabilities))], n_splits)
    divergences = [rel_entr(part, part.mean(axis=0)).sum(axis=1).mean() for part in parts]
    return float(np.exp(divergences).mean())


@validate_params(
    {
        "images_real": ["array-like"],
        "y_real": ["array-like"],
        "images_synthetic": ["array-like"],
        "classifier": [HasMethods(["fit", "predict_proba"]), None],
        "n_splits": [Interval(Integral, 1, None, closed="left")],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def classifier_score(
    images_real, y_real, images_synthetic, *, classifier=None, n_splits=10, random_state=None
):
    """Score how surely generated images show one class each, and how evenly they show all.

    A classifier learns the real images. The score is `exp(E KL(p(class | image) || p(class)))` of
    what it says of generated ones, averaged over splits that are shuffled first: the formula of the
    Inception Score [1]_ with another classifier. So it is no Inception Score, and compares with
    nothing but scores by the same classifier of the same real images.

    Parameters
    ----------
    images_real : array-like of shape (n_samples_real, height, width) or \
            (n_samples_real, height, width, 3)
        Real images to train the classifier on, uint8.

    y_real : array-like of shape (n_samples_real,)
        Class of each real image, at least two.

    images_synthetic : array-like of shape (n_samples_synthetic, height, width) or \
            (n_samples_synthetic, height, width, 3)
        Generated images of the same size, uint8.

    classifier : estimator, default=None
        It is cloned, fitted on images as they are, and must have `predict_proba`. None is a network
        with one hidden layer, which sees images of at most 32 by 32 pixels.

    n_splits : int, default=10
        Number of splits. Their mean is the less biased downwards, the fewer there are.

    random_state : int, RandomState instance or None, default=None
        Shuffles the images and starts the default classifier.

    Returns
    -------
    score : float
        From 1 (all images look alike, or none like any class) to the number of classes (best).

    Raises
    ------
    ValueError
        If images are not uint8 or not of one size, there are fewer than splits, or labels do not
        fit.

    See Also
    --------
    inception_score : With a network of the user.
    image_frechet_distance : Compares with real images.

    Notes
    -----
    The score never asks whether an image looks real, whether it shows the class it was drawn for,
    or whether it differs from others of its class: a single flawless image of each class, repeated,
    has the best score. Its yardstick are real images that the classifier has not seen.

    References
    ----------
    .. [1] T. Salimans et al., "Improved techniques for training GANs", NeurIPS, 2016.
       https://arxiv.org/abs/1606.03498

    Examples
    --------
    >>> from skeeg.datasets import make_eeg_images
    >>> from skeeg.metrics import classifier_score
    >>> pairs = make_eeg_images(image_size=8, random_state=0)
    >>> half = pairs.groups < 6
    >>> real, other, y = pairs.images[half], pairs.images[~half], pairs.target[half]
    >>> classifier_score(real, y, other, random_state=0) > 8
    True
    >>> classifier_score(real, y, other[:1].repeat(100, axis=0), random_state=0)
    1.0
    """
    real, synthetic = check_alike(images_real, images_synthetic)
    y_real = column_or_1d(y_real)
    check_consistent_length(real, y_real)
    labels = np.unique(y_real)
    if len(labels) < 2:
        raise ValueError(f"y_real has 1 class, {labels.tolist()[0]!r}; a score takes two.")
    random = check_random_state(random_state)
    seed = random.randint(2**31 - 1)
    judge = make_image_classifier(seed) if classifier is None else clone(classifier)
    probabilities = fit_classifier(judge, real, y_real).predict_proba(synthetic)
    return _score(np.asarray(probabilities, dtype=np.float64), n_splits, random)


@validate_params(
    {
        "images": ["array-like"],
        "inception": [callable],
        "n_splits": [Interval(Integral, 1, None, closed="left")],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def inception_score(images, inception, *, n_splits=10, random_state=None):
    """Score images by what Inception sees in them, a network that the user brings.

    The score is `exp(E KL(p(class | image) || p(class)))` over the 1000 classes of ImageNet,
    averaged over splits [1]_, which are shuffled first: images that come sorted by class would
    otherwise be split by class, and score too low. skeeg has no weights of Inception and downloads
    none. With any other network in its place, call the number something else.

    Parameters
    ----------
    images : array-like of shape (n_samples, height, width) or (n_samples, height, width, 3)
        Generated images, uint8.

    inception : callable
        Returns logits of shape (n_samples, n_classes). A module of torch, in evaluation mode, gets
        bytes of shape (n_samples, 3, height, width); any other callable gets the images as they
        are. Resizing and scaling is up to it.

    n_splits : int, default=10
        Number of splits.

    random_state : int, RandomState instance or None, default=None
        Shuffles the images.

    Returns
    -------
    score : float
        From 1 to the number of classes.

    Raises
    ------
    ValueError
        If images are not uint8, there are fewer than splits, or `inception` returns something else
        than finite logits.

    See Also
    --------
    classifier_score : With a classifier of the real images, for images of other things.

    Notes
    -----
    ImageNet has photographs of things. On digits, on characters, or on pictures of 32 pixels, the
    score says little.

    References
    ----------
    .. [1] T. Salimans et al., "Improved techniques for training GANs", NeurIPS, 2016.
       https://arxiv.org/abs/1606.03498

    Examples
    --------
    >>> import numpy as np
    >>> from skeeg.metrics import inception_score
    >>> images = np.arange(100, dtype=np.uint8).reshape(100, 1, 1) % 4
    >>> sure_of_four_classes = lambda images: 100 * np.eye(4)[images[:, 0, 0]]
    >>> inception_score(images, sure_of_four_classes, n_splits=1)
    4.0
    """
    images = check_images(images, "images")
    logits = apply_extractor(inception, images, "inception")
    return _score(softmax(logits, axis=1), n_splits, check_random_state(random_state))
