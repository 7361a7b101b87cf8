"""Images drawn from feature vectors by a generative adversarial network."""

from numbers import Integral, Real
from os import PathLike

import numpy as np
from sklearn.base import BaseEstimator, _fit_context
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.validation import validate_data

from skeeg._default_loss import DefaultLossMixin
from skeeg._failed_fit import undo_on_failure
from skeeg._labels import check_labels
from skeeg.nn import BaseLoss, RelativisticLoss
from skeeg.nn._checkpoint import check_folder
from skeeg.reconstruction._drawing import ImageDrawingMixin, to_conditions
from skeeg.reconstruction._game import play_game
from skeeg.reconstruction._images import (
    LARGEST,
    SMALLEST,
    check_image_size,
    check_images,
    encode,
    resize,
)


class ImageGAN(DefaultLossMixin, ImageDrawingMixin, BaseEstimator):
    """Draw images from feature vectors with a generative adversarial network.

    The generator turns features and random values into an image; the discriminator learns to tell
    whether an image is real and belongs to its features. Few images suffice: what it sees is
    changed at random, the more so the more surely it wins.

    Parameters
    ----------
    image_size : int, default=None
        Height and width of the images that are drawn: 8 to 128 pixels, 4, 5, 6 or 7 times a power
        of two. Others are resized for the training. None is the size of the images given.

    pairing : {"class", "one-to-one"}, default="class"
        What features and images in the same row have to do with each other. "class": both are of
        the same class, and no more; in the training, features meet any image of their class.
        "one-to-one": the features are those of a signal that this very image has evoked.

    latent_dim : int, default=32
        Number of random values from which an image is drawn.

    width : int, default=16
        Number of channels in the layers of full size; smaller layers have up to 8 times as many.

    loss : loss of :mod:`skeeg.nn`, default=None
        What the two networks minimise. None is the best that was measured, see `default_loss`.

    mode_seeking : float, default=0.0
        Weight of a penalty on images that hardly change when only the random values do [1]_. With
        the default loss they change enough without it; with others, 0.1 is a start.

    augmentation : float or "adaptive", default="adaptive"
        Probability that colours, place and a square of an image are changed before the
        discriminator sees it [2]_. "adaptive" raises it from 0 while real images are told from
        drawn ones too surely [3]_; 0 turns it off.

    projection : bool, default=True
        Whether the discriminator compares features with an image by an inner product [4]_, or else
        by a layer that sees both.

    max_iter : int, default=500
        Number of steps of the generator.

    batch_size : int, default=64
        Number of real images in each step, the same of every class.

    learning_rate : float, default=0.003
        Learning rate of Adam at the start; it falls to a tenth. None is that of the loss.

    checkpoint : str or path, default=None
        Folder to keep a training in, every 50 iterations. One that is cut off, repeated with the
        same data, parameters and int `random_state`, goes on there, to the same result.

    accelerator : {"cpu", "cuda", "gpu", "mps", "auto"}, default="cpu"
        Device to train on. "auto" takes a GPU where there is one. Images are drawn on the CPU.

    devices : int, list of int or "auto", default=1
        Number of devices, or which. Each computes its share of every batch.

    precision : {"32-true", "bf16-mixed"}, default="32-true"
        Numbers that the networks are trained with. "bf16-mixed" is quicker where the hardware has
        16-bit floats.

    random_state : int, RandomState instance or None, default=None
        Source of all that is random in the training. With an int the result is the same, bit for
        bit, at each call and for any number of threads or processes.

    verbose : bool or int, default=False
        Whether to show a progress bar with both losses.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        The classes, sorted; only where `fit` was given any.

    image_shape_ : tuple of int
        Shape of the images that are drawn: `(size, size)`, or `(size, size, 3)` for RGB.

    offset_ : ndarray of shape (n_features,)
        Mean of each feature, which is subtracted, in the unit of X.

    scale_ : float
        Root mean square of what is left, by which all features are divided.

    history_ : DataFrame
        For each iteration both losses, the learning rate, the penalty of the loss if it has one,
        and the seconds since the start.

    n_iter_ : int
        Number of steps of the generator.

    n_features_in_ : int
        Number of features.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.

    See Also
    --------
    EEG2Image : Joins it to an encoder of signals.
    skeeg.nn.ImageGenerator : The network that draws.
    skeeg.nn.ImageDiscriminator : The network that judges.

    Notes
    -----
    All features are divided by the same number, so that their ratios stay as they are, as features
    of an encoder should. Put a :class:`~sklearn.preprocessing.StandardScaler` in front of features
    with different units.

    References
    ----------
    .. [1] Q. Mao et al., "Mode seeking generative adversarial networks for diverse image
       synthesis", CVPR, 2019.
    .. [2] S. Zhao et al., "Differentiable augmentation for data-efficient GAN training", NeurIPS,
       2020.
    .. [3] T. Karras et al., "Training generative adversarial networks with limited data", NeurIPS,
       2020.
    .. [4] T. Miyato, M. Koyama, "cGANs with projection discriminator", ICLR, 2018.

    Examples
    --------
    Digits, drawn from what tells them apart linearly:

    >>> from sklearn.datasets import load_digits
    >>> from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    >>> from skeeg.reconstruction import ImageGAN
    >>> digits = load_digits(n_class=3)
    >>> features = LinearDiscriminantAnalysis().fit_transform(digits.data, digits.target)
    >>> gan = ImageGAN(max_iter=20, width=4, random_state=0)
    >>> gan = gan.fit(features, digits.images / 16, digits.target)
    >>> gan.predict(features[:5]).shape
    (5, 8, 8)
    >>> gan.sample(features[:5], n_per_signal=4, random_state=0).shape
    (5, 4, 8, 8)
    """

    default_loss = RelativisticLoss(penalty=0.1)

    _parameter_constraints: dict = {
        "image_size": [Interval(Integral, SMALLEST, LARGEST, closed="both"), None],
        "pairing": [StrOptions({"class", "one-to-one"})],
        "latent_dim": [Interval(Integral, 1, None, closed="left")],
        "width": [Interval(Integral, 1, None, closed="left")],
        "loss": [BaseLoss, None],
        "mode_seeking": [Interval(Real, 0, None, closed="left")],
        "augmentation": [Interval(Real, 0, 1, closed="both"), StrOptions({"adaptive"})],
        "projection": ["boolean"],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "batch_size": [Interval(Integral, 2, None, closed="left")],
        "learning_rate": [Interval(Real, 0, None, closed="neither"), None],
        "checkpoint": [str, PathLike, None],
        "accelerator": [StrOptions({"auto", "cpu", "cuda", "gpu", "mps"})],
        "devices": [Interval(Integral, 1, None, closed="left"), list, StrOptions({"auto"})],
        "precision": [StrOptions({"32-true", "bf16-mixed"})],
        "random_state": ["random_state"],
        "verbose": ["verbose"],
    }

    def __init__(
        self,
        *,
        image_size=None,
        pairing="class",
        latent_dim=32,
        width=16,
        loss=None,
        mode_seeking=0.0,
        augmentation="adaptive",
        projection=True,
        max_iter=500,
        batch_size=64,
        learning_rate=0.003,
        checkpoint=None,
        accelerator="cpu",
        devices=1,
        precision="32-true",
        random_state=None,
        verbose=False,
    ):
        self.image_size = image_size
        self.pairing = pairing
        self.latent_dim = latent_dim
        self.width = width
        self.loss = loss
        self.mode_seeking = mode_seeking
        self.augmentation = augmentation
        self.projection = projection
        self.max_iter = max_iter
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.checkpoint = checkpoint
        self.accelerator = accelerator
        self.devices = devices
        self.precision = precision
        self.random_state = random_state
        self.verbose = verbose

    @undo_on_failure
    @_fit_context(prefer_skip_nested_validation=True)
    def fit(self, X, images, y=None):
        """Learn to draw images.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Features, in any unit.

        images : array-like of shape (n_samples, size, size) or (n_samples, size, size, 3)
            Image of each row of X: integers from 0 to 255, or floats from 0 to 1.

        y : array-like of shape (n_samples,), default=None
            Class of each row. All classes are equally frequent in a batch. None, for one-to-one
            pairs alone, takes all rows for one class.

        Returns
        -------
        self : object
            The fitted GAN.

        Raises
        ------
        ValueError
            If a feature, image, class or parameter is not legal; before any training.

        FloatingPointError
            If the training diverges.
        """
        X, images, codes, classes = self._check_pairs(X, images, y)
        offset = X.mean(axis=0, dtype=np.float64)  # squares in the unit of X may be too small
        scale = float(np.sqrt(np.mean((X - offset) ** 2))) or 1.0
        conditions = to_conditions(X, offset, scale)
        game = play_game(self, encode(images), codes, conditions)
        self.classes_ = classes
        if classes is None:
            del self.classes_
        self.image_shape_, self.offset_, self.scale_ = images.shape[1:], offset, scale
        self._make_generator, self._state, self.history_ = game
        self.n_iter_ = len(self.history_)
        return self

    def _check_pairs(self, X, images, y):
        """Return features, images in the size of the networks, codes of the classes, and these."""
        X = validate_data(self, X, dtype=[np.float64, np.float32], ensure_min_samples=2)
        images = self._check_images(images, n_samples=len(X))
        if y is None and self.pairing == "one-to-one":
            return X, images, np.zeros(len(X), dtype=int), None
        _, codes, classes = check_labels(self, X, y)
        return X, images, codes, classes

    def _check_images(self, images, n_samples):
        """Return images in the size of the networks; raise if they or a parameter are not legal."""
        self._validate_params()
        if self.loss is not None:
            self.loss._validate_params()
        check_folder(self.checkpoint)
        images = check_images(images, n_samples)
        return resize(images, check_image_size(self.image_size, images.shape[1]))

    def __sklearn_is_fitted__(self):
        return hasattr(self, "_state")
