"""Self-attention at the coarse stages, short convolutions at all of them."""

from itertools import pairwise
from math import ceil

import torch
from imblearn.utils import Substitution
from torch import nn
from torch.nn.functional import leaky_relu, pad

from skeeg.nn import (
    LatentCode,
    Modulation,
    ProjectionHead,
    SelfAttention,
    SignalHead,
    SpectrumFeatures,
    UpsamplingConv1d,
)
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS

KERNEL, STRIDE, COARSEST, N_ATTENDING, SLOPE = 9, 4, 16, 2, 0.2


def _plan(n_times, width):
    """Return the lengths, from at most 16 points on, and the channels of all stages."""
    lengths = [ceil(n_times / STRIDE)]
    while lengths[0] > COARSEST:
        lengths.insert(0, ceil(lengths[0] / STRIDE))
    lengths = [lengths[0] * STRIDE**stage for stage in range(len(lengths))]
    return lengths, [width * 2**stage for stage in reversed(range(len(lengths)))]


def _attend(lengths, widths):
    """Return what follows each stage: attention where signals are short, or else nothing."""
    return nn.ModuleList(
        SelfAttention(width, n_times) if stage < N_ATTENDING else nn.Identity()
        for stage, (n_times, width) in enumerate(zip(lengths, widths, strict=True))
    )


class _Generator(nn.Module):
    def __init__(self, n_channels, n_times, n_classes, latent_dim, width):
        super().__init__()
        self.n_times = n_times
        lengths, widths = _plan(n_times, width)
        sizes = [*widths, n_channels]
        self.code = LatentCode(n_classes, latent_dim)
        self.start = nn.Sequential(
            nn.Linear(self.code.size, widths[0] * lengths[0]),
            nn.Unflatten(1, (widths[0], lengths[0])),
        )
        self.attend = _attend(lengths, widths)
        self.stages = nn.ModuleList(
            UpsamplingConv1d(*channels, KERNEL, STRIDE) for channels in pairwise(sizes)
        )
        self.modulations = nn.ModuleList(Modulation(self.code.size, size) for size in sizes[1:])
        self.head = SignalHead(self.code.size, n_channels, n_times)

    def forward(self, labels, random):
        code = self.code(labels, random)
        x = self.start(code)
        for attend, stage, modulate in zip(self.attend, self.stages, self.modulations, strict=True):
            x = modulate(stage(attend(leaky_relu(x, SLOPE))), code, random)
        return self.head(x[..., : self.n_times], code, random)


class _Discriminator(nn.Module):
    def __init__(self, n_channels, n_times, n_classes, width):
        super().__init__()
        lengths, widths = (sizes[::-1] for sizes in _plan(n_times, width))
        self.padding = lengths[0] * STRIDE - n_times
        self.stages = nn.ModuleList(
            nn.Conv1d(*channels, KERNEL, STRIDE, padding=KERNEL // 2)
            for channels in pairwise([n_channels, *widths])
        )
        self.attend = _attend(lengths[::-1], widths[::-1])[::-1]
        self.spectrum = SpectrumFeatures(n_channels, n_times)
        self.head = ProjectionHead(widths[-1] * lengths[-1] + self.spectrum.size, n_classes)

    def forward(self, signals, labels, random):
        x = pad(signals[..., :-2], (0, self.padding))
        for stage, attend in zip(self.stages, self.attend, strict=True):
            x = attend(leaky_relu(stage(x), SLOPE))
        return self.head(torch.cat([x.flatten(1), self.spectrum(signals)], 1), labels)


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class AttentionGANSampler(BaseGANSampler):
    """Over-sample classes with signals of a GAN whose networks attend to the whole signal.

    At the two coarsest stages of generator and discriminator, of at most 16 and 64 points, each
    point looks at all others [1]_, so that distant parts of a signal can agree, wherever they lie:
    a discharge and its echo, a beat and the next one. There signals are short, and attention, whose
    cost grows with the square of the length, is cheap. What is local is left to convolutions with
    kernels of 9 points and strides of 4. As in :class:`WaveGANSampler`, the generator interpolates
    and takes noise at every stage and with a learned spectrum, amplitude and mean are drawn apart
    from the waveform, and the discriminator also sees the log-spectrum.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    WaveGANSampler : Long kernels instead of attention.
    ProgressiveGANSampler : Learns coarse signals first.
    skeeg.nn.SelfAttention : The layer.

    References
    ----------
    .. [1] H. Zhang, I. Goodfellow, D. Metaxas, A. Odena, "Self-attention generative adversarial
       networks", ICML 2019.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import AttentionGANSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = AttentionGANSampler(width=16, max_iter=60, random_state=0)
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
