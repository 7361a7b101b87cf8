"""Losses of the adversarial game, as estimators so that their parameters are tunable in a grid."""

from abc import ABCMeta, abstractmethod

from sklearn.base import BaseEstimator
from torch.nn.functional import relu


class BaseLoss(BaseEstimator, metaclass=ABCMeta):
    """What the training loop asks of a loss; a loss holds numbers and never steps an optimiser.

    A subclass writes the two losses. It also sets what the paper behind it fixes: the numbers below
    are class attributes to override, those of DCGAN [1]_ where a subclass is silent.

    Attributes
    ----------
    n_critic : int
        Discriminator steps for each step of the generator.

    learning_rate : float
        Adam's learning rate at the start, where a sampler sets no other.

    betas : tuple of float
        Adam's decay rates.

    See Also
    --------
    RelativisticLoss : The default of the samplers.

    References
    ----------
    .. [1] A. Radford, L. Metz, S. Chintala, "Unsupervised representation learning with deep
       convolutional generative adversarial networks", ICLR, 2016.

    Examples
    --------
    A new loss is two methods, here least squares around 0:

    >>> import torch
    >>> from skeeg.nn import BaseLoss
    >>> class PearsonLoss(BaseLoss):
    ...     def discriminator_loss(self, critic, real, fake):
    ...         return (critic(real) - 1).square().mean() + (critic(fake) + 1).square().mean()
    ...     def generator_loss(self, critic, real, fake):
    ...         return critic(fake).square().mean()
    >>> undecided = lambda x: 0 * x.sum(dim=(1, 2))
    >>> real, fake = torch.ones(2, 8, 1, 16)
    >>> PearsonLoss().discriminator_loss(undecided, real, fake).item()
    2.0
    """

    n_critic = 1
    learning_rate = 2e-4
    betas = (0.5, 0.999)
    _parameter_constraints: dict = {}

    @abstractmethod
    def discriminator_loss(self, critic, real, fake):
        """Return the loss that the discriminator minimises.

        Parameters
        ----------
        critic : callable
            Returns a score for each row of a batch like `real`; higher is more real.

        real : torch.Tensor of shape (n_samples, ...)
            Real signals.

        fake : torch.Tensor of shape (n_samples, ...)
            Synthetic signals, row by row of the same classes as `real`.

        Returns
        -------
        loss : torch.Tensor of shape ()
            Differentiable with respect to the parameters of the critic.
        """

    @abstractmethod
    def generator_loss(self, critic, real, fake):
        """Return the loss that the generator minimises.

        Parameters
        ----------
        critic : callable
            Returns a score for each row of a batch like `real`; higher is more real.

        real : torch.Tensor of shape (n_samples, ...)
            Real signals.

        fake : torch.Tensor of shape (n_samples, ...)
            Synthetic signals, row by row of the same classes as `real`.

        Returns
        -------
        loss : torch.Tensor of shape ()
            Differentiable with respect to `fake`.
        """

    def at(self, progress):
        """Return the loss to use when the fraction `progress` of the training is done.

        Parameters
        ----------
        progress : float
            From 0 to 1.

        Returns
        -------
        loss : BaseLoss
            Itself where nothing changes over the training.
        """
        return self


class LeastSquaresLoss(BaseLoss):
    """Pull the scores of real signals to 1 and of synthetic signals to 0 by least squares.

    Signals far on the right side of the boundary are still pulled towards it [1]_.

    See Also
    --------
    LogisticLoss : The same game by cross-entropy, and slopes that are punished.

    References
    ----------
    .. [1] X. Mao et al., "Least squares generative adversarial networks", ICCV, 2017.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import LeastSquaresLoss
    >>> undecided = lambda x: 0.5 + 0 * x.sum(dim=(1, 2))
    >>> real, fake = torch.ones(2, 8, 1, 16)
    >>> LeastSquaresLoss().discriminator_loss(undecided, real, fake).item()
    0.25
    """

    def discriminator_loss(self, critic, real, fake):
        """Return half the mean squared distances of real scores from 1 and synthetic from 0."""
        return ((critic(real) - 1).square().mean() + critic(fake).square().mean()) / 2

    def generator_loss(self, critic, real, fake):
        """Return half the mean squared distance of synthetic scores from 1."""
        return (critic(fake) - 1).square().mean() / 2


class HingeLoss(BaseLoss):
    """Ask of the scores only a margin: at least 1 for real and at most -1 for synthetic signals.

    The discriminator ignores signals beyond the margin [1]_. Adam's settings are those of [2]_.

    See Also
    --------
    WassersteinLoss : The same generator loss, with a smooth critic instead of a margin.

    References
    ----------
    .. [1] J. H. Lim, J. C. Ye, "Geometric GAN", arXiv:1705.02894, 2017.
    .. [2] T. Miyato et al., "Spectral normalization for generative adversarial networks", ICLR,
       2018.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import HingeLoss
    >>> undecided = lambda x: 0 * x.sum(dim=(1, 2))
    >>> real, fake = torch.ones(2, 8, 1, 16)
    >>> HingeLoss().discriminator_loss(undecided, real, fake).item()
    2.0
    """

    betas = (0.0, 0.9)

    def discriminator_loss(self, critic, real, fake):
        """Return by how much real scores stay below 1 and synthetic scores above -1."""
        return relu(1 - critic(real)).mean() + relu(1 + critic(fake)).mean()

    def generator_loss(self, critic, real, fake):
        """Return the negative mean of synthetic scores."""
        return -critic(fake).mean()
