"""Progressive growing: coarse signals first, finer ones faded in."""

from itertools import pairwise
from math import ceil

import torch
from imblearn.utils import Substitution
from torch import nn
from torch.nn.functional import avg_pool1d, leaky_relu, pad

from skeeg.nn import (
    LatentCode,
    Modulation,
    ProjectionHead,
    SignalHead,
    SpectrumFeatures,
    UpsamplingConv1d,
)
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS

KERNEL, STRIDE, COARSEST, GROWTH, SLOPE = 9, 2, 16, 0.5, 0.2


def _plan(n_times, width):
    """Return the coarsest length, at most 16, and the channels of each stage from there on.

    Twice the channels at a quarter of the length: all stages cost about the same.
    """
    n_stages, coarse = 1, ceil(n_times / STRIDE)
    while coarse > COARSEST:
        n_stages, coarse = n_stages + 1, ceil(coarse / STRIDE)
    return coarse, [width * 2 ** (stage // 2) for stage in reversed(range(n_stages))]


def _grown(progress, n_stages):
    """Return how many stages take part; a fraction is the share of the one that is faded in.

    The first half of the training is divided among all stages but the first; each waits for half
    of its time and is faded in over the other half.
    """
    position = 1 + min(progress / GROWTH, 1.0) * (n_stages - 1)
    whole = int(position)
    return whole + max(0.0, 2 * (position - whole) - 1)


class _Generator(nn.Module):
    def __init__(self, n_channels, n_times, n_classes, latent_dim, width):
        super().__init__()
        self.progress, self.n_times = 1.0, n_times
        self.coarse, sizes = _plan(n_times, width)
        self.code = LatentCode(n_classes, latent_dim)
        self.start = nn.Linear(self.code.size, sizes[0] * self.coarse)
        self.stages = nn.ModuleList(
            UpsamplingConv1d(*channels, KERNEL, STRIDE) for channels in pairwise(sizes)
        )
        self.modulations = nn.ModuleList(Modulation(self.code.size, size) for size in sizes[1:])
        self.to_wave = nn.ModuleList(
            UpsamplingConv1d(size, n_channels, KERNEL, STRIDE ** (len(sizes) - stage))
            for stage, size in enumerate(sizes)
        )
        self.head = SignalHead(self.code.size, n_channels, n_times)

    def forward(self, labels, random):
        code = self.code(labels, random)
        grown = _grown(self.progress, len(self.to_wave))
        last, fade = ceil(grown) - 1, grown % 1
        x = coarser = leaky_relu(self.start(code).unflatten(1, (-1, self.coarse)), SLOPE)
        for stage, modulate in zip(self.stages[:last], self.modulations[:last], strict=True):
            x, coarser = leaky_relu(modulate(stage(x), code, random), SLOPE), x
        wave = self.to_wave[last](x)
        if fade:
            wave = torch.lerp(self.to_wave[last - 1](coarser), wave, fade)
        return self.head(wave[..., : self.n_times], code, random)


class _Discriminator(nn.Module):
    def __init__(self, n_channels, n_times, n_classes, width):
        super().__init__()
        self.progress = 1.0
        coarse, widths = _plan(n_times, width)
        sizes = widths[::-1]
        self.padding = coarse * STRIDE ** len(sizes) - n_times
        self.from_wave = nn.ModuleList(
            nn.Conv1d(n_channels, size, KERNEL, STRIDE, padding=KERNEL // 2) for size in sizes
        )
        self.stages = nn.ModuleList(
            nn.Conv1d(*channels, KERNEL, STRIDE, padding=KERNEL // 2)
            for channels in pairwise(sizes)
        )
        self.spectrum = SpectrumFeatures(n_channels, n_times)
        self.head = ProjectionHead(sizes[-1] * coarse + self.spectrum.size, n_classes)

    def forward(self, signals, labels, random):
        grown = _grown(self.progress, len(self.from_wave))
        first, fade = len(self.from_wave) - ceil(grown), grown % 1
        wave = avg_pool1d(pad(signals[..., :-2], (0, self.padding)), STRIDE**first)
        x = self._enter(wave, first, fade)
        for stage in self.stages[first + bool(fade) :]:
            x = leaky_relu(stage(x), SLOPE)
        return self.head(torch.cat([x.flatten(1), self.spectrum(signals)], 1), labels)

    def _enter(self, wave, first, fade):
        """Return the features of a wave before its first stage, or its second during a fade."""
        if not fade:
            return leaky_relu(self.from_wave[first](wave), SLOPE)
        coarser = avg_pool1d(wave, STRIDE)
        wave = torch.lerp(coarser.repeat_interleave(STRIDE, -1), wave, fade)
        x = leaky_relu(self.from_wave[first](wave), SLOPE)
        x = leaky_relu(self.stages[first](x), SLOPE)
        return torch.lerp(leaky_relu(self.from_wave[first + 1](coarser), SLOPE), x, fade)


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class ProgressiveGANSampler(BaseGANSampler):
    """Over-sample classes with signals of a GAN that grows from coarse to fine.

    Training starts with signals of at most 32 points. Layers for twice as many are faded in one
    after the other, and by half of `max_iter` the networks have their full length [1]_, as in a
    GAN of the same kind for EEG [2]_. The slow parts of a signal stand before the fast ones are
    learned, and what has not entered yet costs nothing. The discriminator sees real and synthetic
    waveforms averaged down to the resolution of the moment. Unlike in the papers, amplitude, mean
    and the full log-spectrum are learned from the start, the last by noise of that spectrum, which
    stands in for all detail that the waveform still lacks.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    WaveGANSampler : Has its full length from the start.
    AttentionGANSampler : Joins distant points of a signal.

    References
    ----------
    .. [1] T. Karras, T. Aila, S. Laine, J. Lehtinen, "Progressive growing of GANs for improved
       quality, stability, and variation", ICLR 2018.
    .. [2] K. G. Hartmann, R. T. Schirrmeister, T. Ball, "EEG-GAN: generative adversarial networks
       for electroencephalographic (EEG) brain signals", arXiv:1806.01875, 2018.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import ProgressiveGANSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = ProgressiveGANSampler(width=16, max_iter=60, random_state=0)
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
