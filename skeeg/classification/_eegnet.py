"""EEGNet as a classifier of scikit-learn."""

from functools import partial
from numbers import Integral, Real

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, _fit_context
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval, StrOptions

from skeeg._failed_fit import undo_on_failure
from skeeg._held_out import hold_out
from skeeg._labels import check_labels
from skeeg._signals import check_signals, split_channels
from skeeg.classification._prediction import NetworkPredictionMixin
from skeeg.classification._training import check_training_support, train_network
from skeeg.classification._validation import check_weights
from skeeg.nn import EEGNet
from skeeg.preprocessing import SignalScaler


class EEGNetClassifier(NetworkPredictionMixin, ClassifierMixin, BaseEstimator):
    """Classify signals with EEGNet, a compact convolutional network.

    The network [1]_ learns filters in space and time, so it needs no features. Signals are scaled
    inside, by an offset and a factor per channel, and may have any unit. Part of the training
    rows, in whole groups, decides when to stop; the weights that were best on it are kept.
    Training needs skorch, which ``pip install skeeg[deep]`` brings along.

    Parameters
    ----------
    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    width : int, default=8
        Number of filters along time.

    n_spatial_filters : int, default=2
        Number of weightings of the channels for each filter along time.

    kernel_size : int, default=64
        Points of the filters along time; half a second of them is what the paper takes. Signals
        that are shorter have shorter filters.

    dropout : float, default=0.25
        Share of the values that are set to zero behind each block in the training. The paper
        takes 0.25 for subjects that were not seen, 0.5 for those that were.

    class_weight : dict, "balanced" or None, default=None
        What an error on each class costs. "balanced" is inversely proportional to the number of
        its rows, None is 1.

    max_iter : int, default=200
        Largest number of passes over the training rows.

    batch_size : int, default=64
        Number of signals in each step.

    learning_rate : float, default=0.001
        Learning rate of Adam.

    validation_fraction : float or None, default=0.2
        Share of every class to keep out of the training, in whole groups where groups are given.
        A class of which nothing can be spared stays in the training. None trains on all rows for
        `max_iter` passes.

    n_iter_no_change : int or None, default=20
        Passes without an improvement by `tol` on the rows kept out, after which the training
        ends. None takes `max_iter` passes and still keeps the best weights.

    tol : float, default=0.001
        What counts as an improvement of the loss, in nats.

    accelerator : {"cpu", "cuda", "gpu", "mps", "auto"}, default="cpu"
        Device to train on. "auto" takes a GPU where there is one. Predictions are made on the
        CPU.

    random_state : int, RandomState instance or None, default=None
        Source of all that is random. With an int the result on the CPU is the same, bit for bit,
        at each call and for any number of threads or processes.

    verbose : bool or int, default=False
        Whether to print the losses of each pass.

    Attributes
    ----------
    classes_ : ndarray of shape (n_classes,)
        The classes, sorted.

    scaler_ : SignalScaler
        What scales signals for the network: an offset and a factor per channel.

    history_ : DataFrame
        For each pass `iteration`, the losses `train_loss` and, where rows were kept out,
        `valid_loss`, in nats, and the `seconds` since the start.

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
    skeeg.nn.EEGNet : The network.
    skeeg.inspection.saliency_map : What in a signal the classifier looks at.
    sklearn.neural_network.MLPClassifier : A network that knows nothing of channels and time.

    Notes
    -----
    Groups are asked for by name: in a pipeline with ``sklearn.set_config(
    enable_metadata_routing=True)``, `fit(X, y, groups=groups)` hands them on to here and to the
    samplers of :mod:`skeeg.over_sampling`. Where groups are given, rows that these append are never
    kept out.

    References
    ----------
    .. [1] V. J. Lawhern et al., "EEGNet: a compact convolutional neural network for EEG-based
       brain-computer interfaces", Journal of Neural Engineering 15, 056013, 2018.
       https://doi.org/10.1088/1741-2552/aace8c

    Examples
    --------
    >>> from sklearn.model_selection import GroupShuffleSplit
    >>> from skeeg.classification import EEGNetClassifier
    >>> from skeeg.datasets import make_seizures
    >>> eeg = make_seizures(n_channels=4, random_state=0)
    >>> split = GroupShuffleSplit(random_state=0).split(eeg.data, groups=eeg.groups)
    >>> train, test = next(split)
    >>> net = EEGNetClassifier(max_iter=20, class_weight="balanced", random_state=0)
    >>> net = net.fit(eeg.data[train], eeg.target[train], groups=eeg.groups[train])
    >>> net.score(eeg.data[test], eeg.target[test]) > 0.8
    True
    >>> net.predict_proba(eeg.data[test]).shape
    (96, 2)
    """

    # Groups are asked for by name, so that pipelines with metadata routing hand them on.
    __metadata_request__fit = {"groups": True}

    _parameter_constraints: dict = {
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "width": [Interval(Integral, 1, None, closed="left")],
        "n_spatial_filters": [Interval(Integral, 1, None, closed="left")],
        "kernel_size": [Interval(Integral, 1, None, closed="left")],
        "dropout": [Interval(Real, 0, 1, closed="left")],
        "class_weight": [dict, StrOptions({"balanced"}), None],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "batch_size": [Interval(Integral, 2, None, closed="left")],
        "learning_rate": [Interval(Real, 0, None, closed="neither")],
        "validation_fraction": [Interval(Real, 0, 1, closed="neither"), None],
        "n_iter_no_change": [Interval(Integral, 1, None, closed="left"), None],
        "tol": [Interval(Real, 0, None, closed="left")],
        "accelerator": [StrOptions({"auto", "cpu", "cuda", "gpu", "mps"})],
        "random_state": ["random_state"],
        "verbose": ["verbose"],
    }

    def __init__(
        self,
        *,
        n_channels=1,
        width=8,
        n_spatial_filters=2,
        kernel_size=64,
        dropout=0.25,
        class_weight=None,
        max_iter=200,
        batch_size=64,
        learning_rate=0.001,
        validation_fraction=0.2,
        n_iter_no_change=20,
        tol=0.001,
        accelerator="cpu",
        random_state=None,
        verbose=False,
    ):
        self.n_channels = n_channels
        self.width = width
        self.n_spatial_filters = n_spatial_filters
        self.kernel_size = kernel_size
        self.dropout = dropout
        self.class_weight = class_weight
        self.max_iter = max_iter
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.tol = tol
        self.accelerator = accelerator
        self.random_state = random_state
        self.verbose = verbose

    @undo_on_failure
    @_fit_context(prefer_skip_nested_validation=True)
    def fit(self, X, y, groups=None):
        """Learn to tell classes apart.

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
            The fitted classifier. A fit that fails or is interrupted leaves it as it was.

        Raises
        ------
        ImportError
            If skorch is not installed.

        ValueError
            If a signal, class, group or parameter is not legal; before any training.

        FloatingPointError
            If the training diverges.
        """
        check_training_support(type(self).__name__, self.accelerator)
        X = check_signals(self, X, reset=True, dtype=[np.float64, np.float32])
        y, codes, classes = check_labels(self, X, y)
        weights = check_weights(self.class_weight, classes, y)
        random = check_random_state(self.random_state)
        held_out = hold_out(self.validation_fraction, codes, groups, random)
        signals = split_channels(X, self.n_channels_)
        scaler = SignalScaler().fit(signals)
        rows = scaler.transform(signals).astype(np.float32, copy=False)
        make_network = self._describe_network(signals, len(classes))
        seed = random.randint(2**31 - 1)
        state, history = train_network(make_network, rows, codes, held_out, weights, self, seed)
        self.classes_, self.scaler_ = classes, scaler
        self._make_network, self._state, self.history_ = make_network, state, history
        self.n_iter_ = len(self.history_)
        return self

    def _describe_network(self, signals, n_classes):
        """Return what makes the network, whatever becomes of the parameters later."""
        return partial(
            EEGNet,
            *signals.shape[1:],
            n_classes,
            width=self.width,
            n_spatial_filters=self.n_spatial_filters,
            kernel_size=self.kernel_size,
            dropout=self.dropout,
        )

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.three_d_array = True
        return tags
