"""What in a signal the scores of a network rest on: its gradient, plain or along a path."""

from numbers import Integral

import numpy as np
import torch
from sklearn.utils import gen_batches
from sklearn.utils._param_validation import Interval, validate_params
from sklearn.utils.validation import check_is_fitted

from skeeg._signals import check_signals, split_channels
from skeeg.classification import EEGNetClassifier
from skeeg.inspection._responses import check_labels

BATCH = 64  # rows that are explained at once


def find_network(estimator, caller):
    """Return the steps before the network, and the network."""
    estimator = getattr(estimator, "best_estimator_", estimator)
    *steps, (_, network) = getattr(estimator, "steps", [("", estimator)])
    if not isinstance(network, EEGNetClassifier):
        raise TypeError(
            f"{caller} needs the gradient of an EEGNetClassifier, alone or at the end of a "
            f"pipeline; got {network!r}. For others there are method='permutation' and 'shap'."
        )
    check_is_fitted(network)
    return [step for _, step in steps if hasattr(step, "transform")], network


def _see(estimator, X, y, caller):
    """Return the network, the signals that it sees, and the code of the class to explain."""
    steps, network = find_network(estimator, caller)
    for step in steps:
        X = step.transform(X)
    X = check_signals(network, X, reset=False, dtype=[np.float64, np.float32])
    y = network.predict(X) if y is None else y
    codes = check_labels(y, network.classes_, len(X))
    return network, split_channels(X, network.n_channels_), codes


def _import_captum(caller):
    try:
        from captum import attr
    except ImportError as error:
        raise ImportError(f"{caller} needs captum: pip install skeeg[explain].") from error
    return attr


def _attribute(attribute, signals, codes, **options):
    """Attribute the logit of a class of each signal, in batches."""
    attributions = np.empty_like(signals)
    for rows in gen_batches(len(signals), BATCH):
        inputs = torch.tensor(signals[rows], dtype=torch.float64).requires_grad_()
        found = attribute(inputs, target=torch.tensor(codes[rows]), **options)
        attributions[rows] = found.detach().numpy()
    return attributions


@validate_params({"y": ["array-like", None]}, prefer_skip_nested_validation=True)
def saliency_map(estimator, X, y=None):
    """Tell how much each point of a signal could change the score of a class.

    The saliency [1]_ of a point is the absolute gradient of the logit of the class with respect to
    it. It says where the network is sensitive, not what made the score high: for that there is
    :func:`integrated_gradients`.

    Parameters
    ----------
    estimator : EEGNetClassifier or pipeline that ends with one
        Fitted. In a pipeline the signals that the network sees are explained, behind all
        transformers.

    X : array-like of shape (n_samples, n_channels * n_times) or (n_samples, n_channels, n_times)
        Signals, as `estimator.predict` takes them.

    y : array-like of shape (n_samples,), default=None
        Class to explain of each signal. None takes what the network predicts.

    Returns
    -------
    saliency : ndarray of shape (n_samples, n_channels, n_times)
        In logits per unit of X, not negative.

    Raises
    ------
    TypeError
        If there is no network at the end.

    ValueError
        If signals do not fit the network, or it does not know a class.

    ImportError
        If captum is not installed.

    See Also
    --------
    integrated_gradients : What made the score what it is.
    channel_importance : Averages over signals and time.

    References
    ----------
    .. [1] K. Simonyan, A. Vedaldi, A. Zisserman, "Deep inside convolutional networks: visualising
       image classification models and saliency maps", ICLR workshop, 2014.
       https://arxiv.org/abs/1312.6034

    Examples
    --------
    Seizures are in the first channel only; the second is noise:

    >>> import numpy as np
    >>> from skeeg.classification import EEGNetClassifier
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.inspection import saliency_map
    >>> eeg = make_seizures(random_state=0)
    >>> noise = np.random.default_rng(0).normal(scale=100, size=eeg.data.shape)
    >>> X = np.stack([eeg.data, noise], axis=1)
    >>> net = EEGNetClassifier(max_iter=5, learning_rate=0.01, random_state=0).fit(X, eeg.target)
    >>> saliency = saliency_map(net, X[:20])
    >>> saliency.shape
    (20, 2, 178)
    >>> first, second = saliency.mean(axis=(0, 2))
    >>> bool(first > second)
    True
    """
    attr = _import_captum("saliency_map")
    network, signals, codes = _see(estimator, X, y, "saliency_map")
    return _attribute(attr.Saliency(network.to_module()).attribute, signals, codes)


@validate_params(
    {"y": ["array-like", None], "n_steps": [Interval(Integral, 1, None, closed="left")]},
    prefer_skip_nested_validation=True,
)
def integrated_gradients(estimator, X, y=None, *, n_steps=50):
    """Share the score of a class among the points of a signal.

    The gradient is averaged on the straight path from a baseline to the signal and multiplied by
    their difference [1]_. All points of a signal together make up what its logit is above that of
    the baseline: a flat signal in which every channel has its mean over the training set.

    Parameters
    ----------
    estimator : EEGNetClassifier or pipeline that ends with one
        Fitted. In a pipeline the signals that the network sees are explained, behind all
        transformers.

    X : array-like of shape (n_samples, n_channels * n_times) or (n_samples, n_channels, n_times)
        Signals, as `estimator.predict` takes them.

    y : array-like of shape (n_samples,), default=None
        Class to explain of each signal. None takes what the network predicts.

    n_steps : int, default=50
        Number of points on the path.

    Returns
    -------
    attributions : ndarray of shape (n_samples, n_channels, n_times)
        In logits. Positive where the signal speaks for the class.

    Raises
    ------
    TypeError
        If there is no network at the end.

    ValueError
        If signals do not fit the network, or it does not know a class.

    ImportError
        If captum is not installed.

    See Also
    --------
    saliency_map : Where the network is sensitive.
    channel_importance : Averages over signals and time.

    References
    ----------
    .. [1] M. Sundararajan, A. Taly, Q. Yan, "Axiomatic attribution for deep networks", ICML 2017.
       https://arxiv.org/abs/1703.01365

    Examples
    --------
    >>> import numpy as np
    >>> from skeeg.classification import EEGNetClassifier
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.inspection import integrated_gradients
    >>> eeg = make_seizures(n_channels=2, random_state=0)
    >>> net = EEGNetClassifier(max_iter=5, random_state=0).fit(eeg.data, eeg.target)
    >>> attributions = integrated_gradients(net, eeg.data[:20], np.ones(20, dtype=int))
    >>> attributions.shape
    (20, 2, 178)
    """
    attr = _import_captum("integrated_gradients")
    network, signals, codes = _see(estimator, X, y, "integrated_gradients")
    offset = torch.tensor(network.scaler_.offset_)[None, :, None]
    path = attr.IntegratedGradients(network.to_module())
    options = {"baselines": offset.expand(1, *signals.shape[1:]), "n_steps": n_steps}
    return _attribute(path.attribute, signals, codes, **options, internal_batch_size=BATCH)
