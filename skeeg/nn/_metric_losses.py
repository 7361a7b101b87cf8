"""Losses that draw signals of one class together and push those of others away."""

from numbers import Real

from sklearn.base import BaseEstimator
from sklearn.utils._param_validation import Interval, StrOptions

PAIRS = "multisimilarity"


def _import_library(caller):
    """Return the losses and miners of pytorch-metric-learning."""
    try:
        from pytorch_metric_learning import losses, miners
    except ImportError as error:
        raise ImportError(
            f"{caller} needs pytorch-metric-learning: pip install skeeg[image]."
        ) from error
    return losses, miners


class TripletLoss(BaseEstimator):
    """Ask that a signal be nearer to one of its class than to one of another, by a margin.

    The loss is the mean of `relu(d(anchor, positive) - d(anchor, negative) + margin)` over those
    triplets of a batch that `mining` chooses and whose term is above 0; `d` is the Euclidean
    distance. It has no value of its own: as triplets that are easy are left out, it need not fall
    while codes get better. Triplets are mined by pytorch-metric-learning, which ``pip install
    skeeg[image]`` brings along.

    Parameters
    ----------
    margin : float, default=0.2
        By how much negatives are to be farther away, from 0 to 2, the diameter of the sphere.

    mining : {"semihard", "hard", "all", "multisimilarity"}, default="semihard"
        Which triplets to learn from: those whose negative is farther away than the positive, but
        by less than the margin [1]_; those whose negative is nearer; both; or those of positives
        that are farther away than the nearest negative, or nearly so, and of negatives that are
        nearer than the farthest positive, or nearly so [2]_.

    See Also
    --------
    MultiSimilarityLoss : Weighs pairs in place of triplets.
    skeeg.feature_extraction.TripletEncoder : Trains with it.

    References
    ----------
    .. [1] F. Schroff, D. Kalenichenko and J. Philbin, "FaceNet: a unified embedding for face
       recognition and clustering", CVPR, 2015. https://doi.org/10.1109/CVPR.2015.7298682

    .. [2] X. Wang et al., "Multi-similarity loss with general pair weighting for deep metric
       learning", CVPR, 2019. https://doi.org/10.1109/CVPR.2019.00516

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import TripletLoss
    >>> codes = torch.tensor([[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]])
    >>> TripletLoss(mining="all")(codes, torch.tensor([0, 0, 1])).item()
    0.2...
    """

    _parameter_constraints: dict = {
        "margin": [Interval(Real, 0, 2, closed="right")],
        "mining": [StrOptions({"semihard", "hard", "all", PAIRS})],
    }

    def __init__(self, *, margin=0.2, mining="semihard"):
        self.margin = margin
        self.mining = mining

    def __call__(self, codes, labels):
        """Return the loss of a batch.

        Parameters
        ----------
        codes : torch.Tensor of shape (n_samples, n_components)
            Codes of Euclidean norm 1.

        labels : torch.Tensor of int, shape (n_samples,)
            Class of each.

        Returns
        -------
        loss : torch.Tensor of shape ()
            Differentiable with respect to the codes; 0 where no triplet is left.

        Raises
        ------
        ImportError
            If pytorch-metric-learning is not installed.
        """
        losses, miners = _import_library(type(self).__name__)
        if self.mining == PAIRS:
            mine = miners.MultiSimilarityMiner()
        else:
            mine = miners.TripletMarginMiner(self.margin, self.mining)
        return losses.TripletMarginLoss(self.margin)(codes, labels, mine(codes, labels))


class MultiSimilarityLoss(BaseEstimator):
    """Weigh each pair by how hard it is, in itself and beside the other pairs of a signal.

    `S` is the cosine of the angle between codes, `P` those positives of a signal that are less
    similar than its most similar negative, `N` those negatives that are more similar than its least
    similar positive, either by no less than `-epsilon`. The loss is the mean over signals of [1]_
    `log(1 + sum_P exp(-alpha (S - base))) / alpha + log(1 + sum_N exp(beta (S - base))) / beta`.
    Pairs are mined by pytorch-metric-learning, which ``pip install skeeg[image]`` brings along.

    Parameters
    ----------
    alpha : float, default=2.0
        How much harder positives outweigh easier ones.

    beta : float, default=10.0
        How much harder negatives outweigh easier ones. The paper takes 50; signals that are buried
        in noise then all get the same code.

    base : float, default=0.5
        Cosine that positives should exceed and negatives stay below.

    epsilon : float, default=0.1
        How much easier a pair may be than the hardest of the other kind, and still count.

    See Also
    --------
    TripletLoss : Learns from triplets in place of pairs.
    skeeg.feature_extraction.TripletEncoder : Trains with it.

    References
    ----------
    .. [1] X. Wang et al., "Multi-similarity loss with general pair weighting for deep metric
       learning", CVPR, 2019. https://doi.org/10.1109/CVPR.2019.00516

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import MultiSimilarityLoss
    >>> labels = torch.tensor([0, 0, 1, 1])
    >>> apart = torch.tensor([[1.0, 0.0], [1.0, 0.0], [-1.0, 0.0], [-1.0, 0.0]])
    >>> loss = MultiSimilarityLoss()
    >>> bool(loss(apart, labels) < loss(apart.roll(1, 0), labels))
    True
    """

    _parameter_constraints: dict = {
        "alpha": [Interval(Real, 0, None, closed="neither")],
        "beta": [Interval(Real, 0, None, closed="neither")],
        "base": [Interval(Real, -1, 1, closed="both")],
        "epsilon": [Interval(Real, 0, None, closed="left")],
    }

    def __init__(self, *, alpha=2.0, beta=10.0, base=0.5, epsilon=0.1):
        self.alpha = alpha
        self.beta = beta
        self.base = base
        self.epsilon = epsilon

    def __call__(self, codes, labels):
        """Return the loss of a batch.

        Parameters
        ----------
        codes : torch.Tensor of shape (n_samples, n_components)
            Codes of Euclidean norm 1.

        labels : torch.Tensor of int, shape (n_samples,)
            Class of each.

        Returns
        -------
        loss : torch.Tensor of shape ()
            Differentiable with respect to the codes.

        Raises
        ------
        ImportError
            If pytorch-metric-learning is not installed.
        """
        losses, miners = _import_library(type(self).__name__)
        mine = miners.MultiSimilarityMiner(self.epsilon)
        loss = losses.MultiSimilarityLoss(self.alpha, self.beta, self.base)
        return loss(codes, labels, mine(codes, labels))
