"""Two mirror-image networks that grow from coarse to fine while they are trained."""

from itertools import pairwise
from math import ceil

import torch
from torch import nn
from torch.nn.functional import avg_pool1d, leaky_relu, pad

from skeeg.nn._conditioning import SLOPE, LatentCode, Modulation, ProjectionHead
from skeeg.nn._encoded_signals import N_LEVELS, SignalHead, SpectrumFeatures
from skeeg.nn._time_axis import UpsamplingConv1d

GROWTH = 0.5


def _grown(progress, n_stages):
    """Return how many stages take part; a fraction is the share of the one that is faded in.

    The first half of the training is divided among all stages but the first; each waits for half
    of its time and is faded in over the other half.
    """
    position = 1 + min(progress / GROWTH, 1.0) * (n_stages - 1)
    whole = int(position)
    return whole + max(0.0, 2 * (position - whole) - 1)


class GrowingGenerator(nn.Module):
    """Draw coarse signals first; stages that make them finer are faded in one after the other [1]_.

    By half of the training all stages take part. Until then, a waveform is made of what the last of
    them leaves. Amplitude, mean and stationary noise, which stands in for the detail that is still
    missing, come from a :class:`SignalHead` from the start.

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
        Channels of each stage, from the coarsest on.

    kernel_size : int
        Points of a kernel; odd, or else signals shift by half a point.

    stride : int
        How many times longer a stage makes its signals; even, for the same reason.

    Attributes
    ----------
    progress : float
        The fraction of the training that is done; 1 at first, for drawing.

    See Also
    --------
    GrowingDiscriminator : The mirror image, which grows at the same time.
    StridedGenerator : Has its full length from the start.

    References
    ----------
    .. [1] T. Karras, T. Aila, S. Laine, J. Lehtinen, "Progressive growing of GANs for improved
       quality, stability, and variation", ICLR, 2018.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import GrowingGenerator
    >>> draw = GrowingGenerator(1, 50, n_classes=2, latent_dim=10, widths=[16, 8],
    ...                         kernel_size=9, stride=2)
    >>> draw.progress = 0.2
    >>> draw(torch.tensor([0, 1, 1]), torch.Generator()).shape
    torch.Size([3, 1, 52])
    """

    def __init__(self, n_channels, n_times, n_classes, latent_dim, widths, *, kernel_size, stride):
        super().__init__()
        self.progress, self.n_times = 1.0, n_times
        self.coarse = ceil(n_times / stride ** len(widths))
        self.code = LatentCode(n_classes, latent_dim)
        self.start = nn.Linear(self.code.size, widths[0] * self.coarse)
        self.stages = nn.ModuleList(
            UpsamplingConv1d(*channels, kernel_size, stride) for channels in pairwise(widths)
        )
        self.modulations = nn.ModuleList(Modulation(self.code.size, size) for size in widths[1:])
        self.to_wave = nn.ModuleList(
            UpsamplingConv1d(size, n_channels, kernel_size, stride ** (len(widths) - stage))
            for stage, size in enumerate(widths)
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
            Encoded signals, smooth while stages are missing but for the stationary noise.
        """
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


class GrowingDiscriminator(nn.Module):
    """Score signals averaged down to the resolution of the moment, beside their log-spectra.

    Parameters
    ----------
    n_channels : int
        Channels of the signals.

    n_times : int
        Time points of the signals.

    n_classes : int
        Number of classes.

    widths : sequence of int
        Channels of each stage, from the finest on: those of the generator reversed.

    kernel_size : int
        Points of a kernel; odd.

    stride : int
        How many times shorter a stage makes its signals.

    Attributes
    ----------
    progress : float
        The fraction of the training that is done; 1 at first.

    See Also
    --------
    GrowingGenerator : The mirror image, which grows at the same time.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import GrowingDiscriminator
    >>> score = GrowingDiscriminator(1, 50, n_classes=2, widths=[8, 16], kernel_size=9, stride=2)
    >>> score.progress = 0.2
    >>> score(torch.zeros(3, 1, 52), torch.tensor([0, 1, 1]), torch.Generator()).shape
    torch.Size([3])
    """

    def __init__(self, n_channels, n_times, n_classes, widths, *, kernel_size, stride):
        super().__init__()
        self.progress, self.stride = 1.0, stride
        coarse = ceil(n_times / stride ** len(widths))
        self.padding = coarse * stride ** len(widths) - n_times
        shape = {"kernel_size": kernel_size, "stride": stride, "padding": kernel_size // 2}
        self.from_wave = nn.ModuleList(nn.Conv1d(n_channels, size, **shape) for size in widths)
        self.stages = nn.ModuleList(nn.Conv1d(*channels, **shape) for channels in pairwise(widths))
        self.spectrum = SpectrumFeatures(n_channels, n_times)
        self.head = ProjectionHead(widths[-1] * coarse + self.spectrum.size, n_classes)

    def forward(self, signals, labels, random):
        """Score each encoded signal as one of its class; `random` is not needed.

        Parameters
        ----------
        signals : torch.Tensor of shape (n_samples, n_channels, n_times + 2)
            Encoded signals.

        labels : torch.Tensor of int, shape (n_samples,)
            Class that each claims.

        random : torch.Generator
            Not used.

        Returns
        -------
        scores : torch.Tensor of shape (n_samples,)
            Higher is more real.
        """
        grown = _grown(self.progress, len(self.from_wave))
        first, fade = len(self.from_wave) - ceil(grown), grown % 1
        wave = avg_pool1d(pad(signals[..., :-N_LEVELS], (0, self.padding)), self.stride**first)
        x = self._enter(wave, first, fade)
        for stage in self.stages[first + bool(fade) :]:
            x = leaky_relu(stage(x), SLOPE)
        return self.head(torch.cat([x.flatten(1), self.spectrum(signals)], 1), labels)

    def _enter(self, wave, first, fade):
        """Return the features of a wave before its first stage, or its second during a fade."""
        if not fade:
            return leaky_relu(self.from_wave[first](wave), SLOPE)
        coarser = avg_pool1d(wave, self.stride)
        wave = torch.lerp(coarser.repeat_interleave(self.stride, -1), wave, fade)
        x = leaky_relu(self.from_wave[first](wave), SLOPE)
        x = leaky_relu(self.stages[first](x), SLOPE)
        return torch.lerp(leaky_relu(self.from_wave[first + 1](coarser), SLOPE), x, fade)
