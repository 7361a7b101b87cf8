"""Two networks for blocks of signals that have channels, lengths and rates of their own."""

from math import prod

import torch
from torch import nn
from torch.nn.functional import adaptive_avg_pool1d, interpolate, leaky_relu

from skeeg.nn._conditioning import SLOPE, LatentCode, Modulation, ProjectionHead
from skeeg.nn._encoded_signals import N_LEVELS, SignalHead, SpectrumFeatures
from skeeg.nn._short_time import ModulatedNoise, ShortTimeSpectrum

KERNEL, N_LAYERS, N_SOURCES = 5, 2, 4
FEWEST, MOST = 8, 16


def _n_points(shapes):
    """Return how many points the common grid has: those of the slowest block, within bounds."""
    lengths = [n_times for _, n_times in shapes]
    return min(max(lengths), max(FEWEST, min(MOST, *lengths)))


class _BlockGenerator(nn.Module):
    """Turn the common time course into the signals of one block."""

    def __init__(self, size, code_size, n_channels, n_times):
        super().__init__()
        self.n_times = n_times
        self.wave = nn.Conv1d(size, n_channels, 1)
        self.log_level = nn.Conv1d(size, N_SOURCES, 1)
        self.noise = ModulatedNoise(code_size, n_channels, n_times, N_SOURCES)
        self.head = SignalHead(code_size, n_channels, n_times)

    def forward(self, course, code, random):
        wave = interpolate(self.wave(course), self.n_times, mode="linear")
        noise = self.noise(self.log_level(course), code, random)
        return self.head(wave + noise, code, random)


class JointGenerator(nn.Module):
    """Draw blocks of signals that one time course steers.

    The course has a few points, spread over the time that all blocks share. It gives the slow waves
    of each block, and the levels at which noises of learned spectra wax and wane in it.

    Parameters
    ----------
    shapes : sequence of tuple of int
        Number of channels and of time points of each block.

    n_classes : int
        Number of classes.

    latent_dim : int
        Number of random values of each sample.

    width : int
        Half the number of channels of the course.

    See Also
    --------
    JointDiscriminator : The counterpart.
    ModulatedNoise : What is fast in a block.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import JointGenerator
    >>> draw = JointGenerator([(2, 50), (1, 10)], n_classes=2, latent_dim=10, width=8)
    >>> draw(torch.tensor([0, 1, 1]), torch.Generator()).shape
    torch.Size([3, 1, 116])
    """

    def __init__(self, shapes, n_classes, latent_dim, width):
        super().__init__()
        self.n_points, size = _n_points(shapes), 2 * width
        self.code = LatentCode(n_classes, latent_dim)
        self.start = nn.Linear(self.code.size, size * self.n_points)
        self.layers = nn.ModuleList(
            nn.Conv1d(size, size, KERNEL, padding="same") for _ in range(N_LAYERS)
        )
        self.modulations = nn.ModuleList(Modulation(self.code.size, size) for _ in range(N_LAYERS))
        code_size = self.code.size + size
        self.blocks = nn.ModuleList(_BlockGenerator(size, code_size, *shape) for shape in shapes)

    def forward(self, labels, random):
        """Draw all blocks for each label.

        Parameters
        ----------
        labels : torch.Tensor of int, shape (n_samples,)
            Class of each sample.

        random : torch.Generator
            Source of all that is random.

        Returns
        -------
        rows : torch.Tensor of shape (n_samples, 1, n_values)
            Encoded signals of one block after the other, each `n_channels * (n_times + 2)` values,
            channel-major.
        """
        code = self.code(labels, random)
        x = self.start(code).unflatten(1, (-1, self.n_points))
        for layer, modulate in zip(self.layers, self.modulations, strict=True):
            x = leaky_relu(modulate(layer(x), code, random), SLOPE)
        # The levels of a window follow from what happens in it.
        code = torch.cat([code, x.mean(-1)], 1)
        encoded = [block(x, code, random).flatten(1) for block in self.blocks]
        return torch.cat(encoded, 1).unsqueeze(1)


class _BlockDiscriminator(nn.Module):
    """Describe one block on the common grid: its course, its spectra and its levels."""

    def __init__(self, n_points, n_features, n_channels, n_times):
        super().__init__()
        self.spectrum = ShortTimeSpectrum(n_times, n_points)
        n_described = n_channels * (1 + self.spectrum.size + N_LEVELS)
        self.mix = nn.Conv1d(n_described, n_features, KERNEL, padding="same")

    def forward(self, signals):
        wave, levels = signals[..., :-N_LEVELS], signals[..., -N_LEVELS:].flatten(1)
        n_points = self.spectrum.n_frames
        course = adaptive_avg_pool1d(wave, n_points)
        levels = levels.unsqueeze(-1).expand(-1, -1, n_points)
        return self.mix(torch.cat([course, self.spectrum(wave), levels], 1))


class JointDiscriminator(nn.Module):
    """Score blocks of signals by what happens in them at the same time.

    The slow waves of all blocks and their spectra are seen around the same few points, so that the
    rhythms of one which do not fit the waves of another are noticed.

    Parameters
    ----------
    shapes : sequence of tuple of int
        Number of channels and of time points of each block.

    n_classes : int
        Number of classes.

    width : int
        Number of features of each block at each point.

    See Also
    --------
    JointGenerator : The counterpart.
    ShortTimeSpectrum : Tells when a signal is strong, and at which frequency.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import JointDiscriminator
    >>> score = JointDiscriminator([(2, 50), (1, 10)], n_classes=2, width=8)
    >>> score(torch.zeros(3, 1, 116), torch.tensor([0, 1, 1]), torch.Generator()).shape
    torch.Size([3])
    """

    def __init__(self, shapes, n_classes, width):
        super().__init__()
        n_points, size = _n_points(shapes), 2 * width
        self.encoded = [(n_channels, n_times + N_LEVELS) for n_channels, n_times in shapes]
        self.blocks = nn.ModuleList(_BlockDiscriminator(n_points, width, *s) for s in shapes)
        self.spectra = nn.ModuleList(SpectrumFeatures(*shape) for shape in shapes)
        self.join = nn.Conv1d(width * len(shapes), size, KERNEL, padding="same")
        n_features = size * n_points + sum(spectrum.size for spectrum in self.spectra)
        self.head = ProjectionHead(n_features, n_classes)

    def forward(self, rows, labels, random):
        """Score each sample as one of its class.

        Parameters
        ----------
        rows : torch.Tensor of shape (n_samples, 1, n_values)
            Encoded signals of one block after the other.

        labels : torch.Tensor of int, shape (n_samples,)
            Class that each sample claims.

        random : torch.Generator
            Not used.

        Returns
        -------
        scores : torch.Tensor of shape (n_samples,)
            Higher is more real.
        """
        flat = rows.flatten(1).split([prod(shape) for shape in self.encoded], 1)
        parts = [part.unflatten(1, shape) for part, shape in zip(flat, self.encoded, strict=True)]
        x = torch.cat([see(part) for see, part in zip(self.blocks, parts, strict=True)], 1)
        x = leaky_relu(self.join(leaky_relu(x, SLOPE)), SLOPE).flatten(1)
        spectra = [see(part) for see, part in zip(self.spectra, parts, strict=True)]
        return self.head(torch.cat([x, *spectra], 1), labels)
