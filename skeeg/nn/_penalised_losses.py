"""Losses that punish the slope of the critic."""

import copy
from numbers import Integral, Real

import torch
from sklearn.utils._param_validation import Interval
from torch.nn.functional import softplus

from skeeg.nn._losses import BaseLoss


def _slopes(scores, batches):
    """Gradients of the scores with respect to each batch, one row per sample, differentiable."""
    slopes = torch.autograd.grad(scores.sum(), batches, create_graph=True)
    return [slope.flatten(1) for slope in slopes]


def _fade(loss, progress):
    """Copy a loss, of a subclass as well, with the penalty of the fraction `progress` done."""
    faded = copy.copy(loss)
    faded.penalty = loss.penalty * loss.final_penalty**progress
    return faded


class LogisticLoss(BaseLoss):
    """Score real against synthetic signals by binary cross-entropy, with an R1 gradient penalty.

    The original game in its non-saturating form [1]_: the generator maximises the log-probability
    that its signals are taken for real. The penalty on the squared slopes at real signals makes the
    game converge where it would otherwise circle [2]_. It falls geometrically over the training.

    Parameters
    ----------
    penalty : float, default=1.0
        Weight of the squared slopes at the start. 0 is the game of [1]_, at half the cost; it wants
        a smaller learning rate, 2e-4 where [3]_ is followed.

    final_penalty : float, default=0.1
        Weight at the end as a fraction of `penalty`.

    See Also
    --------
    RelativisticLoss : Scores real and synthetic signals against each other; steadier.

    References
    ----------
    .. [1] I. Goodfellow et al., "Generative adversarial nets", NeurIPS, 2014.
    .. [2] L. Mescheder, A. Geiger, S. Nowozin, "Which training methods for GANs do actually
       converge?", ICML, 2018.
    .. [3] A. Radford, L. Metz, S. Chintala, "Unsupervised representation learning with deep
       convolutional generative adversarial networks", ICLR, 2016.

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

    learning_rate = 1e-3
    betas = (0.0, 0.99)
    _parameter_constraints: dict = {
        "penalty": [Interval(Real, 0, None, closed="left")],
        "final_penalty": [Interval(Real, 0, 1, closed="right")],
    }

    def __init__(self, *, penalty=1.0, final_penalty=0.1):
        self.penalty = penalty
        self.final_penalty = final_penalty

    def at(self, progress):
        """Return the loss with the penalty that belongs to the fraction `progress` done."""
        return _fade(self, progress)

    def discriminator_loss(self, critic, real, fake):
        """Return the cross-entropy of real scores against "real" and synthetic against "fake"."""
        real = real.detach().requires_grad_()
        on_real = critic(real)
        value = softplus(-on_real).mean() + softplus(critic(fake)).mean()
        if self.penalty:  # a derivative of a derivative costs as much as all the rest
            (slopes,) = _slopes(on_real, [real])
            value = value + self.penalty / 2 * slopes.square().sum(1).mean()
        return value

    def generator_loss(self, critic, real, fake):
        """Return the cross-entropy of synthetic scores against "real"."""
        return softplus(-critic(fake)).mean()


class WassersteinLoss(BaseLoss):
    """Estimate the earth mover's distance with a critic whose slope is pulled to 1.

    The slope is punished at points between real and synthetic signals [1]_. Adam's betas are those
    of the paper; its learning rate is ten times as high, for trainings a hundred times as short.

    Parameters
    ----------
    penalty : float, default=10.0
        Weight of the squared distance of the critic's slope from 1.

    n_critic : int, default=5
        Steps of the critic for each step of the generator.

    See Also
    --------
    RelativisticLoss : As steady with one critic step.

    References
    ----------
    .. [1] I. Gulrajani et al., "Improved training of Wasserstein GANs", NeurIPS, 2017.

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

    learning_rate = 1e-3
    betas = (0.0, 0.9)
    _parameter_constraints: dict = {
        "penalty": [Interval(Real, 0, None, closed="left")],
        "n_critic": [Interval(Integral, 1, None, closed="left")],
    }

    def __init__(self, *, penalty=10.0, n_critic=5):
        self.penalty = penalty
        self.n_critic = n_critic

    def discriminator_loss(self, critic, real, fake):
        """Return the mean synthetic minus the mean real score, plus the gradient penalty."""
        # Rows come in random order, so evenly spaced weights are a stratified uniform draw.
        share = (torch.arange(len(real), device=real.device) + 0.5) / len(real)
        share = share.to(real.dtype).view(-1, *[1] * (real.ndim - 1))
        between = torch.lerp(fake, real, share).detach().requires_grad_()
        (slopes,) = _slopes(critic(between), [between])
        excess = slopes.norm(dim=1) - 1
        return critic(fake).mean() - critic(real).mean() + self.penalty * excess.square().mean()

    def generator_loss(self, critic, real, fake):
        """Return the negative mean of synthetic scores."""
        return -critic(fake).mean()


class RelativisticLoss(BaseLoss):
    """Score each real signal against a synthetic one, with R1 and R2 gradient penalties.

    The discriminator learns that a real signal is more real than the synthetic signal of the same
    row [1]_; the penalties on the squared slopes at real (R1) and synthetic (R2) signals make the
    game converge [2]_. The penalty falls geometrically over the training.

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
    .. [1] A. Jolicoeur-Martineau, "The relativistic discriminator: a key element missing from
       standard GAN", ICLR, 2019.
    .. [2] N. Huang et al., "The GAN is dead; long live the GAN! A modern GAN baseline", NeurIPS,
       2024.

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
        """Return the loss with the penalty that belongs to the fraction `progress` done."""
        return _fade(self, progress)

    def discriminator_loss(self, critic, real, fake):
        """Return the cross-entropy of real minus synthetic scores, plus both penalties."""
        real, fake = real.detach().requires_grad_(), fake.detach().requires_grad_()
        on_real, on_fake = critic(real), critic(fake)
        slopes = _slopes(on_real + on_fake, [real, fake])
        steepness = sum(slope.square().sum(1).mean() for slope in slopes)
        return softplus(on_fake - on_real).mean() + self.penalty / 2 * steepness

    def generator_loss(self, critic, real, fake):
        """Return the cross-entropy of synthetic minus real scores."""
        with torch.no_grad():
            on_real = critic(real)
        return softplus(on_real - critic(fake)).mean()
