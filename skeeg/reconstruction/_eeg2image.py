"""Images drawn from signals: an encoder, and a GAN that its features condition."""

from sklearn.base import BaseEstimator, _fit_context, clone
from sklearn.metrics import accuracy_score
from sklearn.svm import SVC
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import HasMethods
from sklearn.utils.metadata_routing import UNUSED
from sklearn.utils.validation import _num_samples, check_is_fitted

from skeeg._failed_fit import undo_on_failure
from skeeg._held_out import check_groups
from skeeg._labels import check_labels
from skeeg.feature_extraction import TripletEncoder
from skeeg.reconstruction._drawing import draw_seed
from skeeg.reconstruction._group_names import name_groups
from skeeg.reconstruction._image_gan import ImageGAN
from skeeg.reconstruction._images import check_images, resize

DEFAULTS = {"encoder": TripletEncoder, "generator": ImageGAN, "judge": SVC}


def _seed(part, random):
    """Give a part, and what is in it, random states where they have none."""
    names = [name for name in part.get_params() if name.split("__")[-1] == "random_state"]
    unset = [name for name in sorted(names) if part.get_params()[name] is None]
    return part.set_params(**{name: draw_seed(random) for name in unset})


def _to_table(images):
    """Return the pixels of each image in a row, from 0 to 1."""
    return images.reshape(len(images), -1) / 255


class EEG2Image(BaseEstimator):
    """Draw the image that somebody saw, or imagined, from the signal recorded meanwhile.

    An encoder turns signals into feature vectors, and a GAN turns these into images [1]_. Where
    signals and images have no more in common than a class, images show what the class looks like
    and not what was seen.

    Parameters
    ----------
    encoder : transformer, default=None
        Turns signals into features: any transformer, or pipeline, with `fit(X, y)` and
        `transform`. None is :class:`~skeeg.feature_extraction.TripletEncoder` with its defaults.

    generator : ImageGAN, default=None
        Draws images from features. Its parameter `pairing` tells what a signal knows of its image.
        None is :class:`ImageGAN` with its defaults.

    judge : classifier, default=None
        Says which class an image shows, in `score`; it is fitted on the rows of pixels, from 0 to
        1, of real images. None is :class:`~sklearn.svm.SVC`.

    random_state : int, RandomState instance or None, default=None
        Seeds the three parts, wherever they have a `random_state` of None.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        The classes, sorted.

    encoder_ : transformer
        The fitted encoder.

    generator_ : ImageGAN
        The fitted generator.

    judge_ : classifier
        The fitted judge.

    n_features_in_ : int
        Number of values in a signal, as the encoder counts them.

    See Also
    --------
    ImageGAN : The generator alone, for features that are there already.
    skeeg.feature_extraction.TripletEncoder : The encoder of [1]_.
    skeeg.plotting.ImageGridDisplay : Shows real, drawn and nearest images.

    Notes
    -----
    A search over parameters splits what `fit` gets first and second, here signals and images.
    Classes and groups follow by name, where metadata routing is on, as `labels` and `groups`::

        sklearn.set_config(enable_metadata_routing=True)
        search = GridSearchCV(EEG2Image(), {"generator__mode_seeking": [0, 0.1]}, cv=GroupKFold())
        search.fit(X, images, labels=y, groups=groups)

    References
    ----------
    .. [1] P. Singh, P. Pandey, K. Miyapuram, S. Raman, "EEG2IMAGE: image reconstruction from EEG
       brain signals", ICASSP, 2023.

    Examples
    --------
    >>> from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
    >>> from sklearn.pipeline import make_pipeline
    >>> from skeeg.datasets import make_eeg_images
    >>> from skeeg.preprocessing import FlattenChannels
    >>> from skeeg.reconstruction import EEG2Image, ImageGAN
    >>> pairs = make_eeg_images(n_classes=2, random_state=0)
    >>> known = pairs.groups < 9
    >>> encoder = make_pipeline(FlattenChannels(), LinearDiscriminantAnalysis())
    >>> model = EEG2Image(encoder=encoder, generator=ImageGAN(max_iter=60, width=8), random_state=0)
    >>> model = model.fit(pairs.data[known], pairs.images[known], pairs.target[known])
    >>> model.predict(pairs.data[~known]).shape
    (60, 16, 16)
    >>> model.score(pairs.data[~known], pairs.images[~known], pairs.target[~known]) > 0.8
    True
    """

    # Classes are no parameter that scikit-learn hands on, so they have another name there.
    __metadata_request__fit = {"images": UNUSED, "y": "labels", "groups": True}
    __metadata_request__score = {"images": UNUSED, "y": "labels"}

    _parameter_constraints: dict = {
        "encoder": [HasMethods(["fit", "transform"]), None],
        "generator": [ImageGAN, None],
        "judge": [HasMethods(["fit", "predict"]), None],
        "random_state": ["random_state"],
    }

    def __init__(self, *, encoder=None, generator=None, judge=None, random_state=None):
        self.encoder = encoder
        self.generator = generator
        self.judge = judge
        self.random_state = random_state

    def set_params(self, **params):
        """Set parameters; those of a part, `generator__max_iter`, also where the part is None.

        Parameters
        ----------
        **params : dict
            Names and values. What belongs to a part and finds none is set on a default one, so
            that a grid can reach it.

        Returns
        -------
        self : object
            The estimator.
        """
        for name, make in DEFAULTS.items():
            for_part = any(key.startswith(f"{name}__") for key in params)
            if for_part and params.get(name, getattr(self, name)) is None:
                params = {**params, name: make()}
        return super().set_params(**params)

    @undo_on_failure
    @_fit_context(prefer_skip_nested_validation=False)
    def fit(self, X, images, y, groups=None):
        """Learn to encode signals and to draw images.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels, n_times) or whatever the encoder takes
            Signals.

        images : array-like of shape (n_samples, size, size) or (n_samples, size, size, 3)
            Image of each signal: integers from 0 to 255, or floats from 0 to 1.

        y : array-like of shape (n_samples,)
            Class of each signal, and of its image.

        groups : array-like of shape (n_samples,), default=None
            Subject or recording of each signal, for an encoder, or steps of a pipeline, that take
            groups.

        Returns
        -------
        self : object
            The fitted estimator.

        Raises
        ------
        ImportError
            If the encoder is the default one and pytorch-metric-learning is not installed.

        ValueError
            If a signal, image, class or parameter is not legal; before any training.

        FloatingPointError
            If the training of the generator diverges.
        """
        y, _, classes = check_labels(self, X, y)
        check_groups(groups, n_samples=len(y))
        encoder, generator, judge = self._make_parts()
        images = generator._check_images(images, n_samples=len(y))
        features = encoder.fit(X, y, **name_groups(encoder, groups)).transform(X)
        generator.fit(features, images, y)
        judge.fit(_to_table(images), y)
        self.classes_ = classes
        self.encoder_, self.generator_, self.judge_ = encoder, generator, judge
        return self

    def _make_parts(self):
        random = check_random_state(self.random_state)
        given = {name: getattr(self, name) for name in DEFAULTS}
        parts = [DEFAULTS[name]() if part is None else clone(part) for name, part in given.items()]
        return [_seed(part, random) for part in parts]

    def predict(self, X):
        """Draw the most typical image for each signal.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels, n_times) or whatever the encoder takes
            Signals.

        Returns
        -------
        images : ndarray of uint8, shape (n_samples, size, size) or (n_samples, size, size, 3)
            An image for each signal; a function of the signal alone.
        """
        check_is_fitted(self)
        return self.generator_.predict(self.encoder_.transform(X))

    def sample(self, X, n_per_signal=1, random_state=None):
        """Draw several images for each signal, from random values.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels, n_times) or whatever the encoder takes
            Signals.

        n_per_signal : int, default=1
            Number of images for each signal.

        random_state : int, RandomState instance or None, default=None
            Source of the random values; an int gives the same images at each call.

        Returns
        -------
        images : ndarray of uint8, shape (n_samples, n_per_signal, size, size) or \
                (n_samples, n_per_signal, size, size, 3)
            Images for each signal.
        """
        check_is_fitted(self)
        return self.generator_.sample(self.encoder_.transform(X), n_per_signal, random_state)

    def score(self, X, images, y=None):
        """Return the share of signals whose predicted image shows their class.

        The judge, a classifier of real images, says what an image shows. It says nothing of how
        real images look or how they vary, and it cannot be more right than it is on real images.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels, n_times) or whatever the encoder takes
            Signals, of subjects that are not in the training.

        images : array-like of shape (n_samples, size, size) or (n_samples, size, size, 3)
            Image of each signal.

        y : array-like of shape (n_samples,), default=None
            Class of each signal. None is what the judge sees in its real image.

        Returns
        -------
        score : float
            From 0 to 1; one over the number of classes is chance, where these are equally frequent.

        Raises
        ------
        ValueError
            If there is not one image for each signal, or some are RGB where those of `fit` were
            grey, or the reverse. Their size does not matter.
        """
        check_is_fitted(self)
        images = check_images(images, n_samples=_num_samples(X))
        self._check_colours(images)
        drawn = self.predict(X)
        if y is None:
            y = self.judge_.predict(_to_table(resize(images, drawn.shape[1])))
        return accuracy_score(y, self.judge_.predict(_to_table(drawn)))

    def _check_colours(self, images):
        expected = self.generator_.image_shape_[2:]
        if images.shape[3:] != expected:
            given, known = (
                "RGB" if colours else "grey" for colours in (images.shape[3:], expected)
            )
            raise ValueError(
                f"images are {given}, and those that the model was fitted on are {known}."
            )

    @property
    def n_features_in_(self):
        """Number of values in a signal, as the encoder counts them."""
        return self.encoder_.n_features_in_
