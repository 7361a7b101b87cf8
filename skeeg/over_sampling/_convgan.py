"""Short convolutions that refine a dense layer, against convolutions of several lengths."""

from itertools import pairwise
from math import ceil, prod

import torch
from imblearn.utils import Substitution
from torch import nn
from torch.nn.functional import leaky_relu

from skeeg.nn import (
    InceptionBlock,
    LatentCode,
    Modulation,
    ProjectionHead,
    SignalHead,
    SpectrumFeatures,
)
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS
from skeeg.over_sampling._whitening import WhiteningCodec

KERNEL, STRIDES, N_BRANCHES, SLOPE = 5, (4, 2, 2), 4, 0.2


class _Generator(nn.Module):
    def __init__(self, n_channels, n_times, n_classes, latent_dim, width):
        super().__init__()
        self.n_channels = n_channels
        sizes = [n_channels, width, ceil(width / 2), n_channels]
        self.code = LatentCode(n_classes, latent_dim)
        self.start = nn.Linear(self.code.size, n_channels * n_times)
        # With a stride of 1 a transposed convolution is a convolution.
        self.stages = nn.ModuleList(
            nn.Conv1d(*channels, KERNEL, padding=KERNEL // 2) for channels in pairwise(sizes)
        )
        self.modulations = nn.ModuleList(Modulation(self.code.size, size) for size in sizes[1:])
        self.head = SignalHead(self.code.size, n_channels, n_times)

    def forward(self, labels, random):
        code = self.code(labels, random)
        x = self.start(code).unflatten(1, (self.n_channels, -1))
        for stage, modulate in zip(self.stages, self.modulations, strict=True):
            x = modulate(stage(leaky_relu(x, SLOPE)), code, random)
        return self.head(x, code, random)


class _Discriminator(nn.Module):
    def __init__(self, n_channels, n_times, n_classes, width):
        super().__init__()
        n_filters = ceil(width / 2 / N_BRANCHES)
        sizes = [n_channels, *[N_BRANCHES * n_filters] * (len(STRIDES) - 1)]
        pairs = zip(sizes, STRIDES, strict=True)
        blocks = [InceptionBlock(size, n_filters, stride=stride) for size, stride in pairs]
        self.blocks = nn.Sequential(*blocks)
        self.spectrum = SpectrumFeatures(n_channels, n_times)
        n_left = ceil(n_times / prod(STRIDES)) * self.blocks[-1].size
        self.head = ProjectionHead(n_left + self.spectrum.size, n_classes)

    def forward(self, signals, labels, random):
        x = self.blocks(signals[..., :-2]).flatten(1)
        return self.head(torch.cat([x, self.spectrum(signals)], 1), labels)


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class ConvGANSampler(BaseGANSampler):
    """Over-sample classes with signals drawn from a GAN of short convolutions.

    Made for movements, the magnitude of what an accelerometer at the wrist measures: a dense layer
    draws all points of a signal, which three convolutions with kernels of five points refine. The
    discriminator is an InceptionTime [1]_: three blocks with kernels of several lengths side by
    side, so that a jerk and a rhythm are both within reach. Nothing is normalised over the batch;
    signals are scaled by what was learned of the training data, and back by the same. As in
    :class:`GANSampler`, amplitude and mean are drawn apart from the waveform, both networks see
    signals whose mean spectrum has been made flat, noise with a learned spectrum is added, and the
    discriminator also sees the log-spectrum. The dense layer grows with the length: for signals of
    thousands of points take :class:`WaveGANSampler`.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    GANSampler : Dense layers alone, several times faster.
    WaveGANSampler : Strided convolutions in both networks.
    skeeg.nn.InceptionBlock : What the discriminator is made of.

    References
    ----------
    .. [1] H. Ismail Fawaz et al., "InceptionTime: finding AlexNet for time series classification",
       Data Mining and Knowledge Discovery 34, 1936-1962, 2020.

    Examples
    --------
    >>> from skeeg.datasets import make_movements
    >>> from skeeg.over_sampling import ConvGANSampler
    >>> data = make_movements(n_subjects=10, random_state=0)
    >>> sampler = ConvGANSampler(width=8, max_iter=30, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(data.data, data.target)
    >>> X_resampled.shape
    (480, 125)
    >>> sampler.sample(3, label=3, random_state=0).shape
    (3, 125)
    """

    def _make_codec(self, signals):
        return WhiteningCodec(signals)

    def _make_generator(self, n_channels, n_times, n_classes):
        return _Generator(n_channels, n_times, n_classes, self.latent_dim, self.width)

    def _make_discriminator(self, n_channels, n_times, n_classes):
        return _Discriminator(n_channels, n_times, n_classes, self.width)
