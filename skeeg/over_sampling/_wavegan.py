"""WaveGAN: long kernels and large strides on the raw signal."""

from itertools import pairwise
from math import ceil

import torch
from imblearn.utils import Substitution
from torch import nn
from torch.nn.functional import leaky_relu, pad

from skeeg.nn import (
    LatentCode,
    Modulation,
    PhaseShuffle,
    ProjectionHead,
    SignalHead,
    SpectrumFeatures,
    UpsamplingConv1d,
)
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS

KERNEL, STRIDE, COARSEST, MAX_SHIFT, SLOPE = 25, 4, 16, 2, 0.2


def _plan(n_times, width):
    """Return the coarsest length, at most 16, and the channels of each stage from there on.

    With 16384 points and a width of 64 these are the sizes of the paper.
    """
    n_stages, coarse = 0, n_times
    while coarse > COARSEST:
        n_stages, coarse = n_stages + 1, ceil(coarse / STRIDE)
    return coarse, [width * 2**stage for stage in reversed(range(n_stages))]


class _Generator(nn.Module):
    def __init__(self, n_channels, n_times, n_classes, latent_dim, width):
        super().__init__()
        self.n_times = n_times
        self.coarse, widths = _plan(n_times, width)
        sizes = [*widths, n_channels]
        self.code = LatentCode(n_classes, latent_dim)
        self.start = nn.Linear(self.code.size, sizes[0] * self.coarse)
        self.stages = nn.ModuleList(
            UpsamplingConv1d(*channels, KERNEL, STRIDE) for channels in pairwise(sizes)
        )
        self.modulations = nn.ModuleList(Modulation(self.code.size, size) for size in sizes[1:])
        self.head = SignalHead(self.code.size, n_channels, n_times)

    def forward(self, labels, random):
        code = self.code(labels, random)
        x = self.start(code).unflatten(1, (-1, self.coarse))
        for stage, modulate in zip(self.stages, self.modulations, strict=True):
            x = modulate(stage(leaky_relu(x, SLOPE)), code, random)
        return self.head(x[..., : self.n_times], code, random)


class _Discriminator(nn.Module):
    def __init__(self, n_channels, n_times, n_classes, width):
        super().__init__()
        coarse, widths = _plan(n_times, width)
        sizes = [n_channels, *reversed(widths)]
        self.padding = coarse * STRIDE ** len(widths) - n_times
        self.stages = nn.ModuleList(
            nn.Conv1d(*channels, KERNEL, STRIDE, padding=KERNEL // 2)
            for channels in pairwise(sizes)
        )
        self.shuffle = PhaseShuffle(MAX_SHIFT)
        self.spectrum = SpectrumFeatures(n_channels, n_times)
        self.head = ProjectionHead(sizes[-1] * coarse + self.spectrum.size, n_classes)

    def forward(self, signals, labels, random):
        x = pad(signals[..., :-2], (0, self.padding))
        for depth, stage in enumerate(self.stages):
            x = leaky_relu(stage(self.shuffle(x, random) if depth else x), SLOPE)
        return self.head(torch.cat([x.flatten(1), self.spectrum(signals)], 1), labels)


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class WaveGANSampler(BaseGANSampler):
    """Over-sample classes with signals drawn from a WaveGAN.

    Convolutions with kernels of 25 points and strides of 4 turn random values into signals and
    signals into a score; how many there are, and how wide, follows the length. As in the paper
    [1]_, the discriminator sees its layers shifted by up to two random points. Unlike there, the
    strides of the generator interpolate, amplitude and mean are drawn apart from the waveform,
    noise enters at every stage and once more with a learned spectrum, and the discriminator also
    sees the log-spectrum. Without interpolation, the last noise or the log-spectrum, the spectra of
    small EEG data come out wrong.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    skeeg.nn.WassersteinLoss : The loss of the paper, five times slower than the default.
    imblearn.over_sampling.SMOTE : Interpolates between real signals; much faster.

    References
    ----------
    .. [1] C. Donahue, J. McAuley, M. Puckette, "Adversarial audio synthesis", ICLR 2019.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import WaveGANSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = WaveGANSampler(max_iter=100, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(data.data, data.target)
    >>> X_resampled.shape
    (768, 178)
    >>> sampler.sample(3, label=1, random_state=0).shape
    (3, 178)
    """

    def _make_generator(self, n_channels, n_times, n_classes):
        return _Generator(n_channels, n_times, n_classes, self.latent_dim, self.width)

    def _make_discriminator(self, n_channels, n_times, n_classes):
        return _Discriminator(n_channels, n_times, n_classes, self.width)
