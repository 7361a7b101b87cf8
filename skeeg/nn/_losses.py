"""Losses of the adversarial game, as estimators so that their parameters are tunable in a grid."""

from numbers import Integral, Real

import torch
from sklearn.base import BaseEstimator
from sklearn.utils._param_validation import Interval
from torch.nn.functional import relu, softplus


def _slopes(critic, *batches):
    """Gradients of the scores with respect to each batch, one row per sample, differentiable."""
    batches = [batch.detach().requires_grad_() for batch in batches]
    total = sum(critic(batch).sum() for batch in batches)
    return [slope.flatten(1) for slope in torch.autograd.grad(total, batches, create_graph=True)]


class BaseLoss(BaseEstimator):
    """What the training loop asks of a loss; a loss holds numbers and never steps an optimiser.

    `n_critic` (discriminator steps per generator step), `learning_rate` and `betas` of Adam are
    those of the paper behind the loss.
    """

    n_critic = 1
    learning_rate = 2e-4
    betas = (0.5, 0.999)

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


class LogisticLoss(BaseLoss):
    """Score real against synthetic signals by binary cross-entropy.

    The original game in its non-saturating form: the generator maximises the log-probability that
    its signals are taken for real. Adam's settings are those of DCGAN.

    See Also
    --------
    RelativisticLoss : Scores real and synthetic signals against each other; steadier.

    References
    ----------
    Goodfellow et al., "Generative adversarial nets", NeurIPS 2014.
    Radford, Metz and Chintala, "Unsupervised representation learning with deep convolutional
    generative adversarial networks", ICLR 2016.

    Examples
    --------
    A critic that cannot tell real from synthetic costs log 4.

    >>> import torch
    >>> from skeeg.nn import LogisticLoss
    >>> undecided = lambda x: 0 * x.sum(dim=(1, 2))
    >>> real, fake = torch.ones(2, 8, 1, 16)
    >>> round(LogisticLoss().discriminator_loss(undecided, real, fake).item(), 4)
    1.3863
    """

    _parameter_constraints: dict = {}

    def discriminator_loss(self, critic, real, fake):
        """Return the loss that the discriminator minimises."""
        return softplus(-critic(real)).mean() + softplus(critic(fake)).mean()

    def generator_loss(self, critic, real, fake):
        """Return the loss that the generator minimises."""
        return softplus(-critic(fake)).mean()


class LeastSquaresLoss(BaseLoss):
    """Pull the scores of real signals to 1 and of synthetic signals to 0 by least squares.

    See Also
    --------
    LogisticLoss : The same game by cross-entropy, with vanishing slopes far from the boundary.

    References
    ----------
    Mao et al., "Least squares generative adversarial networks", ICCV 2017.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import LeastSquaresLoss
    >>> undecided = lambda x: 0.5 + 0 * x.sum(dim=(1, 2))
    >>> real, fake = torch.ones(2, 8, 1, 16)
    >>> LeastSquaresLoss().discriminator_loss(undecided, real, fake).item()
    0.25
    """

    _parameter_constraints: dict = {}

    def discriminator_loss(self, critic, real, fake):
        """Return the loss that the discriminator minimises."""
        return ((critic(real) - 1).square().mean() + critic(fake).square().mean()) / 2

    def generator_loss(self, critic, real, fake):
        """Return the loss that the generator minimises."""
        return (critic(fake) - 1).square().mean() / 2


class HingeLoss(BaseLoss):
    """Ask of the scores only a margin: at least 1 for real and at most -1 for synthetic signals.

    See Also
    --------
    WassersteinLoss : The same generator loss, with a smooth critic instead of a margin.

    References
    ----------
    Lim and Ye, "Geometric GAN", arXiv:1705.02894, 2017.
    Miyato et al., "Spectral normalization for generative adversarial networks", ICLR 2018.

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
    _parameter_constraints: dict = {}

    def discriminator_loss(self, critic, real, fake):
        """Return the loss that the discriminator minimises."""
        return relu(1 - critic(real)).mean() + relu(1 + critic(fake)).mean()

    def generator_loss(self, critic, real, fake):
        """Return the loss that the generator minimises."""
        return -critic(fake).mean()


class WassersteinLoss(BaseLoss):
    """Estimate the earth mover's distance with a critic whose slope is pulled to 1.

    Parameters
    ----------
    penalty : float, default=10.0
        Weight of the squared distance of the critic's slope from 1, at points between real and
        synthetic signals.

    n_critic : int, default=5
        Steps of the critic for each step of the generator.

    See Also
    --------
    RelativisticLoss : As steady with one critic step.

    References
    ----------
    Gulrajani et al., "Improved training of Wasserstein GANs", NeurIPS 2017.

    Examples
    --------
    A critic of slope 1 goes unpunished: what is left is the difference of the mean scores.

    >>> import torch
    >>> from skeeg.nn import WassersteinLoss
    >>> mean_shift = lambda x: x.sum(dim=(1, 2)) / 4
    >>> real, fake = torch.ones(8, 1, 16), torch.zeros(8, 1, 16)
    >>> WassersteinLoss().discriminator_loss(mean_shift, real, fake).item()
    -4.0
    """

    learning_rate = 1e-4
    betas = (0.5, 0.9)
    _parameter_constraints: dict = {
        "penalty": [Interval(Real, 0, None, closed="left")],
        "n_critic": [Interval(Integral, 1, None, closed="left")],
    }

    def __init__(self, *, penalty=10.0, n_critic=5):
        self.penalty = penalty
        self.n_critic = n_critic

    def discriminator_loss(self, critic, real, fake):
        """Return the loss that the discriminator minimises."""
        # Rows come in random order, so evenly spaced weights are a stratified uniform draw.
        share = (torch.arange(len(real), device=real.device) + 0.5) / len(real)
        between = torch.lerp(fake, real, share.to(real.dtype).view(-1, 1, 1))
        (slopes,) = _slopes(critic, between)
        excess = slopes.norm(dim=1) - 1
        return critic(fake).mean() - critic(real).mean() + self.penalty * excess.square().mean()

    def generator_loss(self, critic, real, fake):
        """Return the loss that the generator minimises."""
        return -critic(fake).mean()


class RelativisticLoss(BaseLoss):
    """Score each real signal against a synthetic one, with R1 and R2 gradient penalties.

    The discriminator learns that a real signal is more real than the synthetic signal of the same
    row; the penalties on the squared slopes at real (R1) and synthetic (R2) signals make the game
    converge. The penalty falls geometrically over the training.

    Parameters
    ----------
    penalty : float, default=0.5
        Weight of the squared slopes at the start.

    final_penalty : float, default=0.1
        Weight at the end as a fraction of `penalty`.

    See Also
    --------
    LogisticLoss : Scores every signal alone.

    References
    ----------
    Jolicoeur-Martineau, "The relativistic discriminator", ICLR 2019.
    Huang et al., "The GAN is dead; long live the GAN! A modern baseline GAN", NeurIPS 2024.

    Examples
    --------
    A critic that cannot tell real from synthetic costs log 2.

    >>> import torch
    >>> from skeeg.nn import RelativisticLoss
    >>> undecided = lambda x: 0 * x.sum(dim=(1, 2))
    >>> real, fake = torch.ones(2, 8, 1, 16)
    >>> round(RelativisticLoss().discriminator_loss(undecided, real, fake).item(), 4)
    0.6931
    """

    learning_rate = 1e-3
    betas = (0.0, 0.99)
    _parameter_constraints: dict = {
        "penalty": [Interval(Real, 0, None, closed="left")],
        "final_penalty": [Interval(Real, 0, 1, closed="right")],
    }

    def __init__(self, *, penalty=0.5, final_penalty=0.1):
        self.penalty = penalty
        self.final_penalty = final_penalty

    def at(self, progress):
        """Return the loss with the penalty that belongs to the fraction `progress` done.

        Parameters
        ----------
        progress : float
            From 0 to 1.

        Returns
        -------
        loss : RelativisticLoss
            The same loss with a smaller penalty.
        """
        return RelativisticLoss(penalty=self.penalty * self.final_penalty**progress)

    def discriminator_loss(self, critic, real, fake):
        """Return the loss that the discriminator minimises."""
        real, fake = real.detach().requires_grad_(), fake.detach().requires_grad_()
        on_real, on_fake = critic(real), critic(fake)
        slopes = torch.autograd.grad(on_real.sum() + on_fake.sum(), [real, fake], create_graph=True)
        steepness = sum(slope.flatten(1).square().sum(1).mean() for slope in slopes)
        return softplus(on_fake - on_real).mean() + self.penalty / 2 * steepness

    def generator_loss(self, critic, real, fake):
        """Return the loss that the generator minimises."""
        with torch.no_grad():
            on_real = critic(real)
        return softplus(on_real - critic(fake)).mean()
