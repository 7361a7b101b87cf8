"""Two mirror-image networks of strided convolutions, and how long their stages are."""

from itertools import pairwise
from math import ceil

import torch
from torch import nn
from torch.nn.functional import leaky_relu, pad

from skeeg.nn._conditioning import SLOPE, LatentCode, Modulation, ProjectionHead
from skeeg.nn._encoded_signals import N_LEVELS, SignalHead, SpectrumFeatures
from skeeg.nn._time_axis import UpsamplingConv1d


def stage_lengths(n_times, stride, coarsest):
    """Return how many points signals have before each of the stages that lengthen them.

    Parameters
    ----------
    n_times : int
        Length of the signals.

    stride : int
        How many times longer a stage makes its signals.

    coarsest : int
        Most points of the shortest.

    Returns
    -------
    lengths : list of int
        From the shortest on, at least one; from the longest a stage makes `n_times` points or a
        few more.

    See Also
    --------
    StridedGenerator : Has such stages.

    Examples
    --------
    >>> from skeeg.nn import stage_lengths
    >>> stage_lengths(n_times=178, stride=4, coarsest=16)
    [12, 48]
    """
    n_stages, shortest = 1, ceil(n_times / stride)
    while shortest > coarsest:
        n_stages, shortest = n_stages + 1, ceil(shortest / stride)
    return [shortest * stride**stage for stage in range(n_stages)]


class StridedGenerator(nn.Module):
    """Draw a short signal of many channels and lengthen it stage by stage.

    Each stage is modulated by the code, passes a leaky rectifier, `between`, which a subclass may
    fill, and a convolution that interpolates. What comes out gets amplitude, mean and stationary
    noise from a :class:`SignalHead`.

    Parameters
    ----------
    n_channels : int
        Channels of the signals.

    n_times : int
        Time points of the signals.

    n_classes : int
        Number of classes.

    latent_dim : int
        Number of random values of each signal.

    widths : sequence of int
        Channels of each stage, from the shortest on.

    kernel_size : int
        Points of a kernel; odd, or else signals shift by half a point.

    stride : int
        How many times longer a stage makes its signals; even, for the same reason.

    See Also
    --------
    StridedDiscriminator : The mirror image.
    stage_lengths : Tells how many stages a length needs.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import StridedGenerator
    >>> draw = StridedGenerator(1, 178, n_classes=2, latent_dim=10, widths=[16, 8],
    ...                         kernel_size=9, stride=4)
    >>> draw(torch.tensor([0, 1, 1]), torch.Generator()).shape
    torch.Size([3, 1, 180])
    """

    def __init__(self, n_channels, n_times, n_classes, latent_dim, widths, *, kernel_size, stride):
        super().__init__()
        self.n_times, self.coarse = n_times, ceil(n_times / stride ** len(widths))
        sizes = [*widths, n_channels]
        self.code = LatentCode(n_classes, latent_dim)
        self.start = nn.Linear(self.code.size, sizes[0] * self.coarse)
        self.modulations = nn.ModuleList(Modulation(self.code.size, size) for size in widths)
        self.stages = nn.ModuleList(
            UpsamplingConv1d(*channels, kernel_size, stride) for channels in pairwise(sizes)
        )
        self.head = SignalHead(self.code.size, n_channels, n_times)

    def forward(self, labels, random):
        """Draw an encoded signal for each label.

        Parameters
        ----------
        labels : torch.Tensor of int, shape (n_samples,)
            Class of each signal.

        random : torch.Generator
            Source of all that is random.

        Returns
        -------
        signals : torch.Tensor of shape (n_samples, n_channels, n_times + 2)
            Encoded signals.
        """
        code = self.code(labels, random)
        x = self.start(code).unflatten(1, (-1, self.coarse))
        layers = zip(self.modulations, self.stages, strict=True)
        for number, (modulate, stage) in enumerate(layers):
            x = leaky_relu(modulate(x, code, random), SLOPE)
            x = stage(self.between(number, x, random))
        return self.head(x[..., : self.n_times], code, random)

    def between(self, number, x, random):
        """Do nothing; a subclass may change what a stage is about to lengthen.

        Parameters
        ----------
        number : int
            Which stage, from 0 on.

        x : torch.Tensor of shape (n_samples, width, n_points)
            Signals, modulated and rectified.

        random : torch.Generator
            Source of all that is random.

        Returns
        -------
        y : torch.Tensor of shape (n_samples, width, n_points)
            What the stage is to lengthen.
        """
        return x


class StridedDiscriminator(nn.Module):
    """Shorten signals stage by stage and score what is left, beside their log-spectra.

    Each stage is a convolution and a leaky rectifier; `between`, which a subclass may fill, stands
    behind it.

    Parameters
    ----------
    n_channels : int
        Channels of the signals.

    n_times : int
        Time points of the signals.

    n_classes : int
        Number of classes.

    widths : sequence of int
        Channels that each stage makes, from the longest on: those of the generator reversed.

    kernel_size : int
        Points of a kernel; odd.

    stride : int
        How many times shorter a stage makes its signals.

    See Also
    --------
    StridedGenerator : The mirror image.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import StridedDiscriminator
    >>> score = StridedDiscriminator(1, 178, n_classes=2, widths=[8, 16], kernel_size=9, stride=4)
    >>> score(torch.zeros(3, 1, 180), torch.tensor([0, 1, 1]), torch.Generator()).shape
    torch.Size([3])
    """

    def __init__(self, n_channels, n_times, n_classes, widths, *, kernel_size, stride):
        super().__init__()
        coarse, sizes = ceil(n_times / stride ** len(widths)), [n_channels, *widths]
        self.padding = coarse * stride ** len(widths) - n_times
        self.stages = nn.ModuleList(
            nn.Conv1d(*channels, kernel_size, stride, padding=kernel_size // 2)
            for channels in pairwise(sizes)
        )
        self.spectrum = SpectrumFeatures(n_channels, n_times)
        self.head = ProjectionHead(sizes[-1] * coarse + self.spectrum.size, n_classes)

    def forward(self, signals, labels, random):
        """Score each encoded signal as one of its class.

        Parameters
        ----------
        signals : torch.Tensor of shape (n_samples, n_channels, n_times + 2)
            Encoded signals.

        labels : torch.Tensor of int, shape (n_samples,)
            Class that each claims.

        random : torch.Generator
            Source of all that is random.

        Returns
        -------
        scores : torch.Tensor of shape (n_samples,)
            Higher is more real.
        """
        x = pad(signals[..., :-N_LEVELS], (0, self.padding))
        for number, stage in enumerate(self.stages):
            x = self.between(number, leaky_relu(stage(x), SLOPE), random)
        return self.head(torch.cat([x.flatten(1), self.spectrum(signals)], 1), labels)

    def between(self, number, x, random):
        """Do nothing; a subclass may change what a stage has left.

        Parameters
        ----------
        number : int
            Which stage, from 0 on.

        x : torch.Tensor of shape (n_samples, width, n_points)
            Signals, shortened and rectified.

        random : torch.Generator
            Source of all that is random.

        Returns
        -------
        y : torch.Tensor of shape (n_samples, width, n_points)
            What the next stage is to see.
        """
        return x
