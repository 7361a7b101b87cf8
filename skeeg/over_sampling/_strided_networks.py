"""Two mirror-image networks of strided convolutions, which differ between GANs in their stride."""

from itertools import pairwise
from math import ceil

import torch
from torch import nn
from torch.nn.functional import leaky_relu, pad

from skeeg.nn import (
    LatentCode,
    Modulation,
    ProjectionHead,
    SignalHead,
    SpectrumFeatures,
    UpsamplingConv1d,
)

KERNEL, COARSEST, SLOPE = 9, 32, 0.2


def plan(n_times, width, stride):
    """Return the coarsest length, at most 32, and the channels of each stage from there on.

    The coarsest stage has twice the channels of the others.
    """
    n_stages, coarse = 0, n_times
    while coarse > COARSEST:
        n_stages, coarse = n_stages + 1, ceil(coarse / stride)
    return coarse, [width * (1 if stage else 2) for stage in range(n_stages)]


class StridedGenerator(nn.Module):
    """Draw a coarse signal of many channels and lengthen it stage by stage.

    Parameters
    ----------
    n_channels, n_times : int
        Size of the signals.

    n_classes : int
        Number of classes.

    latent_dim : int
        Number of random values of each signal.

    width : int
        Channels of a stage.

    stride : int
        How many times longer a stage makes its signals.
    """

    def __init__(self, n_channels, n_times, n_classes, latent_dim, width, stride):
        super().__init__()
        self.n_times = n_times
        self.coarse, widths = plan(n_times, width, stride)
        sizes = [*widths, n_channels]
        self.code = LatentCode(n_classes, latent_dim)
        self.start = nn.Linear(self.code.size, sizes[0] * self.coarse)
        self.modulations = nn.ModuleList(Modulation(self.code.size, size) for size in widths)
        self.stages = nn.ModuleList(
            UpsamplingConv1d(*channels, KERNEL, stride) for channels in pairwise(sizes)
        )
        self.head = SignalHead(self.code.size, n_channels, n_times)

    def forward(self, labels, random):
        """Draw an encoded signal for each label."""
        code = self.code(labels, random)
        x = self.start(code).unflatten(1, (-1, self.coarse))
        for modulate, stage in zip(self.modulations, self.stages, strict=True):
            x = stage(leaky_relu(modulate(x, code, random), SLOPE))
        return self.head(x[..., : self.n_times], code, random)


class StridedDiscriminator(nn.Module):
    """Shorten signals stage by stage and score what is left, beside their log-spectra.

    Parameters
    ----------
    n_channels, n_times : int
        Size of the signals.

    n_classes : int
        Number of classes.

    width : int
        Channels of a stage.

    stride : int
        How many times shorter a stage makes its signals.
    """

    def __init__(self, n_channels, n_times, n_classes, width, stride):
        super().__init__()
        coarse, widths = plan(n_times, width, stride)
        sizes = [n_channels, *reversed(widths)]
        self.padding = coarse * stride ** len(widths) - n_times
        self.stages = nn.ModuleList(
            nn.Conv1d(*channels, KERNEL, stride, padding=KERNEL // 2)
            for channels in pairwise(sizes)
        )
        self.spectrum = SpectrumFeatures(n_channels, n_times)
        self.head = ProjectionHead(sizes[-1] * coarse + self.spectrum.size, n_classes)

    def forward(self, signals, labels, random):
        """Score each encoded signal as one of its class; `random` is not needed."""
        x = pad(signals[..., :-2], (0, self.padding))
        for stage in self.stages:
            x = leaky_relu(stage(x), SLOPE)
        return self.head(torch.cat([x.flatten(1), self.spectrum(signals)], 1), labels)
