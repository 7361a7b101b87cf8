"""Layers that know the class of a signal, or the code drawn for it."""

import torch
from torch import nn
from torch.nn.functional import leaky_relu

SLOPE = 0.2
LABEL_SIZE = 32
HEAD_SIZE = 128


class LatentCode(nn.Module):
    """Join fresh normal noise to a learned code of the class.

    Parameters
    ----------
    n_classes : int
        Number of classes.

    latent_dim : int
        Number of random values of each sample.

    Attributes
    ----------
    size : int
        Length of a code: 32 learned values and the random ones.

    See Also
    --------
    Modulation : Lets the code act on the channels of a layer.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import LatentCode
    >>> code = LatentCode(n_classes=2, latent_dim=100)
    >>> code(torch.tensor([0, 1, 1]), torch.Generator()).shape
    torch.Size([3, 132])
    """

    def __init__(self, n_classes, latent_dim):
        super().__init__()
        self.latent_dim, self.size = latent_dim, latent_dim + LABEL_SIZE
        self.label = nn.Embedding(n_classes, LABEL_SIZE)

    def forward(self, labels, random):
        """Draw a code for each label.

        Parameters
        ----------
        labels : torch.Tensor of int, shape (n_samples,)
            Class of each sample.

        random : torch.Generator
            Source of the noise.

        Returns
        -------
        code : torch.Tensor of shape (n_samples, size)
            The noise, then the code of the class.
        """
        label = self.label(labels)
        latent = torch.randn(len(labels), self.latent_dim, generator=random, device=label.device)
        return torch.cat([latent, label], 1)


class Modulation(nn.Module):
    """Scale and shift each channel by the code, and add noise of a level that the code sets.

    Scaling and shifting is a feature-wise linear modulation [1]_. The noise is the same in all
    channels, each of which takes it at a level of its own [2]_.

    Parameters
    ----------
    code_size : int
        Length of a code.

    n_channels : int
        Channels of the signals.

    See Also
    --------
    LatentCode : Draws codes.

    References
    ----------
    .. [1] E. Perez et al., "FiLM: visual reasoning with a general conditioning layer", AAAI, 2018.
    .. [2] T. Karras, S. Laine, T. Aila, "A style-based generator architecture for generative
       adversarial networks", CVPR, 2019.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import Modulation
    >>> modulate = Modulation(code_size=132, n_channels=8)
    >>> modulate(torch.zeros(3, 8, 50), torch.zeros(3, 132), torch.Generator()).shape
    torch.Size([3, 8, 50])
    """

    def __init__(self, code_size, n_channels):
        super().__init__()
        self.affine = nn.Linear(code_size, 3 * n_channels)

    def forward(self, x, code, random):
        """Return the signals modulated.

        Parameters
        ----------
        x : torch.Tensor of shape (n_samples, n_channels, n_times)
            Signals.

        code : torch.Tensor of shape (n_samples, code_size)
            Code of each sample.

        random : torch.Generator
            Source of the noise.

        Returns
        -------
        y : torch.Tensor of shape (n_samples, n_channels, n_times)
            Signals scaled, shifted and with noise.
        """
        scale, shift, level = self.affine(code).unsqueeze(-1).chunk(3, dim=1)
        noise = torch.randn(len(x), 1, x.shape[-1], generator=random, device=x.device)
        return x * (1 + scale) + shift + level * noise


class ProjectionHead(nn.Module):
    """Score features, and how well they fit the class, as a projection discriminator does.

    The fit is the inner product of the features, mixed by one layer, with a learned code of the
    class [1]_.

    Parameters
    ----------
    n_features : int
        Number of features.

    n_classes : int
        Number of classes.

    See Also
    --------
    SpectrumFeatures : Features to score beside those of convolutions.

    References
    ----------
    .. [1] T. Miyato, M. Koyama, "cGANs with projection discriminator", ICLR, 2018.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import ProjectionHead
    >>> score = ProjectionHead(n_features=64, n_classes=2)
    >>> score(torch.zeros(3, 64), torch.tensor([0, 1, 1])).shape
    torch.Size([3])
    """

    def __init__(self, n_features, n_classes):
        super().__init__()
        self.join = nn.Linear(n_features, HEAD_SIZE)
        self.score = nn.Linear(HEAD_SIZE, 1)
        self.label = nn.Embedding(n_classes, HEAD_SIZE)

    def forward(self, features, labels):
        """Score each sample.

        Parameters
        ----------
        features : torch.Tensor of shape (n_samples, n_features)
            Features.

        labels : torch.Tensor of int, shape (n_samples,)
            Class that each sample claims.

        Returns
        -------
        scores : torch.Tensor of shape (n_samples,)
            Higher is more real.
        """
        joined = leaky_relu(self.join(features), SLOPE)
        fit = (joined * self.label(labels)).sum(1) / HEAD_SIZE**0.5
        return self.score(joined).squeeze(1) + fit
