"""The original GAN: dense layers on the raw signal."""

from itertools import pairwise

import torch
from imblearn.utils import Substitution
from torch import nn
from torch.nn.functional import leaky_relu

from skeeg.nn import LatentCode, LogisticLoss, ProjectionHead, SignalHead, SpectrumFeatures
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS
from skeeg.over_sampling._whitening import WhiteningCodec

UNITS, SLOPE = 8, 0.2


def _dense(*sizes):
    return nn.ModuleList(nn.Linear(*pair) for pair in pairwise(sizes))


class _Generator(nn.Module):
    def __init__(self, n_channels, n_times, n_classes, latent_dim, width):
        super().__init__()
        self.n_channels = n_channels
        self.code = LatentCode(n_classes, latent_dim)
        hidden = UNITS * width
        self.layers = _dense(self.code.size, hidden, hidden)
        self.wave = nn.Linear(hidden, n_channels * n_times)
        self.head = SignalHead(self.code.size, n_channels, n_times)

    def forward(self, labels, random):
        x = code = self.code(labels, random)
        for layer in self.layers:
            x = leaky_relu(layer(x), SLOPE)
        return self.head(self.wave(x).unflatten(1, (self.n_channels, -1)), code, random)


class _Discriminator(nn.Module):
    def __init__(self, n_channels, n_times, n_classes, width):
        super().__init__()
        hidden = UNITS * width
        self.layers = _dense(n_channels * n_times, hidden, hidden)
        self.spectrum = SpectrumFeatures(n_channels, n_times)
        self.head = ProjectionHead(hidden + self.spectrum.size, n_classes)

    def forward(self, signals, labels, random):
        x = signals[..., :-2].flatten(1)
        for layer in self.layers:
            x = leaky_relu(layer(x), SLOPE)
        return self.head(torch.cat([x, self.spectrum(signals)], 1), labels)


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class GANSampler(BaseGANSampler):
    """Over-sample classes with signals drawn from a GAN of dense layers.

    The original generative adversarial network [1]_: two dense layers of eight times `width` units
    turn random values into a signal, two more turn a signal into a score, and cross-entropy is the
    loss. Unlike there, the discriminator is punished for steep slopes, without which the game need
    not settle, and also sees the log-spectrum; both see signals whose mean spectrum has been made
    flat; amplitude and mean are drawn apart from the waveform, and noise with a learned spectrum is
    added to it. Its steps are the cheapest of all GANs here. Nothing ties a point to its
    neighbours, so that long signals make large layers.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    ConvGANSampler : Refines what a dense layer draws by convolutions.
    WaveGANSampler : Strided convolutions, for signals of thousands of points.
    skeeg.nn.LogisticLoss : The loss; without its penalty it is that of the paper.

    References
    ----------
    .. [1] I. Goodfellow et al., "Generative adversarial nets", NeurIPS, 2014.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import GANSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = GANSampler(max_iter=100, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(data.data, data.target)
    >>> X_resampled.shape
    (768, 178)
    >>> sampler.sample(3, label=1, random_state=0).shape
    (3, 178)
    """

    default_loss = LogisticLoss()

    def _make_codec(self, signals):
        return WhiteningCodec(signals)

    def _make_generator(self, n_channels, n_times, n_classes):
        return _Generator(n_channels, n_times, n_classes, self.latent_dim, self.width)

    def _make_discriminator(self, n_channels, n_times, n_classes):
        return _Discriminator(n_channels, n_times, n_classes, self.width)
