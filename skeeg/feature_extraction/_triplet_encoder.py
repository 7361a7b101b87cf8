"""Features that a network learns by drawing signals of one class together."""

from numbers import Integral, Real

import numpy as np
import pandas as pd
from sklearn.base import (
    BaseEstimator,
    ClassNamePrefixFeaturesOutMixin,
    TransformerMixin,
    _fit_context,
)
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.validation import check_is_fitted

from skeeg._default_loss import DefaultLossMixin
from skeeg._failed_fit import undo_on_failure
from skeeg._held_out import hold_out
from skeeg._labels import check_labels
from skeeg._signals import check_signals, split_channels
from skeeg.feature_extraction._encoder_fit import (
    check_settings,
    describe_network,
    scale,
    train_network,
)
from skeeg.preprocessing import SignalScaler


class TripletEncoder(
    DefaultLossMixin, ClassNamePrefixFeaturesOutMixin, TransformerMixin, BaseEstimator
):
    """Learn features in which signals of one class lie together and apart from others.

    A network maps each signal to a point on a sphere and is trained by comparing points: those of a
    class are drawn together, others pushed apart [1]_. The features suit clusters, neighbours and
    generators; they hold what tells the classes apart and little else. Signals are scaled inside,
    by an offset and a factor per channel, and may have any unit. Part of the training rows, in
    whole groups, tells which pass was the best. The losses of skeeg need pytorch-metric-learning,
    which ``pip install skeeg[image]`` brings along.

    Parameters
    ----------
    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    n_components : int, default=128
        Number of features. One alone is -1 or 1.

    architecture : callable, default=None
        Returns the network, a module of torch, for a number of channels, of time points and of
        components. None is :class:`~skeeg.nn.ConvolutionalEncoder`;
        :class:`~skeeg.nn.RecurrentEncoder` is that of EEG2Image [2]_. Other sizes go through
        :func:`functools.partial`.

    loss : callable, default=None
        ``loss(codes, labels)`` returns what to minimise. None is
        :class:`~skeeg.nn.MultiSimilarityLoss`; :class:`~skeeg.nn.TripletLoss` is that of EEG2Image.

    max_iter : int, default=60
        Largest number of passes over the training rows.

    batch_size : int, default=128
        Number of signals in each step, at least two for each class. All classes are equally
        frequent.

    learning_rate : float, default=0.002
        Learning rate of AdamW at the start; it falls linearly to a tenth.

    validation_fraction : float or None, default=0.2
        Share of every class to keep out of the training, in whole groups where groups are given.
        A class of which nothing can be spared stays in the training. None trains on all rows for
        `max_iter` passes.

    n_iter_no_change : int or None, default=20
        Passes without an improvement on the rows kept out, after which the training ends. None
        takes `max_iter` passes and still keeps the best.

    accelerator : {"cpu", "cuda", "gpu", "mps", "auto"}, default="cpu"
        Device to train on. "auto" takes a GPU where there is one. Signals are encoded on the CPU.

    random_state : int, RandomState instance or None, default=None
        Source of all that is random. With an int the result on the CPU is the same, bit for bit,
        at each call and for any number of threads or processes.

    verbose : bool or int, default=False
        Whether to show the progress of the training.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        The classes, sorted.

    scaler_ : SignalScaler
        What scales signals for the network: an offset and a factor per channel.

    history_ : DataFrame
        For each pass `iteration`, the mean loss `train_loss`, how the rows kept out were recognised
        by the mean directions of the classes of the others, `valid_accuracy` and `valid_margin`,
        or NaN where none were, and the `seconds` since the start.

    n_iter_ : int
        Number of passes.

    n_channels_ : int
        Number of channels.

    n_features_in_ : int
        Number of values in a sample, `n_channels_ * n_times`.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.

    See Also
    --------
    skeeg.nn.ConvolutionalEncoder : The network.
    skeeg.metrics.kmeans_accuracy : How far clusters of features are classes.
    skeeg.plotting.EmbeddingDisplay : Draws features in two dimensions.
    skeeg.classification.EEGNetClassifier : Learns classes and no features.

    Notes
    -----
    The pass that is kept is the one that recognises most of the rows kept out, and of several the
    one with the largest margin. Groups are asked for by name: in a pipeline with
    ``sklearn.set_config(enable_metadata_routing=True)``, `fit(X, y, groups=groups)` hands them on
    to here. Rows that a sampler appends are not kept out where groups are given; without groups,
    they are rows like any other.

    References
    ----------
    .. [1] F. Schroff, D. Kalenichenko and J. Philbin, "FaceNet: a unified embedding for face
       recognition and clustering", CVPR, 2015. https://doi.org/10.1109/CVPR.2015.7298682

    .. [2] P. Singh, P. Pandey, K. Miyapuram and S. Raman, "EEG2IMAGE: image reconstruction from EEG
       brain signals", ICASSP, 2023. https://arxiv.org/abs/2302.10121

    Examples
    --------
    >>> from sklearn.pipeline import make_pipeline
    >>> from sklearn.svm import SVC
    >>> from skeeg.datasets import make_eeg_images
    >>> from skeeg.feature_extraction import TripletEncoder
    >>> pairs = make_eeg_images(6, n_classes=3, snr=5.0, random_state=0)
    >>> test = pairs.groups == 5
    >>> encoder = TripletEncoder(n_components=16, max_iter=5, random_state=0)
    >>> model = make_pipeline(encoder, SVC())
    >>> _ = model.fit(
    ...     pairs.data[~test],
    ...     pairs.target[~test],
    ...     tripletencoder__groups=pairs.groups[~test],
    ... )
    >>> model.score(pairs.data[test], pairs.target[test]) > 0.8
    True
    """

    # Groups are asked for by name, so that pipelines with metadata routing hand them on.
    __metadata_request__fit = {"groups": True}

    _parameter_constraints: dict = {
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "n_components": [Interval(Integral, 1, None, closed="left")],
        "architecture": [callable, None],
        "loss": [callable, None],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "batch_size": [Interval(Integral, 4, None, closed="left")],
        "learning_rate": [Interval(Real, 0, None, closed="neither")],
        "validation_fraction": [Interval(Real, 0, 1, closed="neither"), None],
        "n_iter_no_change": [Interval(Integral, 1, None, closed="left"), None],
        "accelerator": [StrOptions({"auto", "cpu", "cuda", "gpu", "mps"})],
        "random_state": ["random_state"],
        "verbose": ["verbose"],
    }

    def __init__(
        self,
        *,
        n_channels=1,
        n_components=128,
        architecture=None,
        loss=None,
        max_iter=60,
        batch_size=128,
        learning_rate=0.002,
        validation_fraction=0.2,
        n_iter_no_change=20,
        accelerator="cpu",
        random_state=None,
        verbose=False,
    ):
        self.n_channels = n_channels
        self.n_components = n_components
        self.architecture = architecture
        self.loss = loss
        self.max_iter = max_iter
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.accelerator = accelerator
        self.random_state = random_state
        self.verbose = verbose

    @property
    def default_loss(self):
        """What `loss=None` stands for; made when asked for, as features alone load no torch."""
        from skeeg.nn import MultiSimilarityLoss

        return MultiSimilarityLoss()

    @undo_on_failure
    @_fit_context(prefer_skip_nested_validation=True)
    def fit(self, X, y, groups=None):
        """Learn features that tell classes apart.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            Signals in any unit; two dimensions are channel-major.

        y : array-like of shape (n_samples,)
            Class of each signal.

        groups : array-like of shape (n_samples,), default=None
            Subject or recording of each signal: rows are kept out of the training group by group.
            None takes every row for a group of its own. Fewer groups than rows are those of the
            first rows; what follows, as a sampler appends it, stays in the training.

        Returns
        -------
        self : object
            The fitted encoder.

        Raises
        ------
        ImportError
            If pytorch-metric-learning is not installed and `loss` is one of skeeg.

        ValueError
            If a signal, class, group or parameter is not legal; before any training.

        FloatingPointError
            If the training diverges.
        """
        X = check_signals(self, X, reset=True, dtype=[np.float64, np.float32])
        _, codes, classes = check_labels(self, X, y)
        check_settings(self, len(classes))
        random = check_random_state(self.random_state)
        held_out = hold_out(self.validation_fraction, codes, groups, random)
        signals = split_channels(X, self.n_channels_)
        scaler = SignalScaler().fit(signals[~held_out])
        rows = scale(scaler, signals)
        make_network = describe_network(self, signals)
        seed = random.randint(2**31 - 1)
        state, history = train_network(self, make_network, rows, codes, held_out, seed)
        self.classes_, self.scaler_ = classes, scaler
        self._make_network, self._state = make_network, state
        self.history_ = pd.DataFrame(history)
        self.n_iter_ = len(history)
        self._n_features_out = self.n_components
        return self

    def transform(self, X):
        """Encode signals.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            Signals, laid out as in `fit`.

        Returns
        -------
        features : ndarray of shape (n_samples, n_components)
            Rows of Euclidean norm 1. They depend neither on the rows beside them nor on the number
            of threads.
        """
        check_is_fitted(self)
        X = check_signals(self, X, reset=False, dtype=[np.float64, np.float32])
        from skeeg.nn._evaluation import evaluate
        from skeeg.nn._parameters import from_numpy

        network = from_numpy(self._make_network, self._state)
        rows = scale(self.scaler_, split_channels(X, self.n_channels_))
        return evaluate(network, rows).astype(X.dtype, copy=False)

    def __sklearn_is_fitted__(self):
        return hasattr(self, "_state")

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        tags.input_tags.three_d_array = True
        tags.transformer_tags.preserves_dtype = ["float64", "float32"]
        return tags
