"""A GAN of blocks of columns, each with channels, length and rate of its own."""

from collections.abc import Sequence
from math import prod
from numbers import Integral

import torch
from imblearn.utils import Substitution
from torch import nn
from torch.nn.functional import adaptive_avg_pool1d, interpolate, leaky_relu

from skeeg.nn import (
    LatentCode,
    ModulatedNoise,
    Modulation,
    ProjectionHead,
    ShortTimeSpectrum,
    SignalHead,
    SpectrumFeatures,
)
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._codec import N_LEVELS, BlockCodec
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS

KERNEL, N_LAYERS, N_SOURCES, SLOPE = 5, 2, 4, 0.2
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


class _Generator(nn.Module):
    def __init__(self, shapes, n_channels, n_classes, latent_dim, width):
        super().__init__()
        self.n_channels, self.n_points, size = n_channels, _n_points(shapes), 2 * width
        self.code = LatentCode(n_classes, latent_dim)
        self.start = nn.Linear(self.code.size, size * self.n_points)
        self.layers = nn.ModuleList(
            nn.Conv1d(size, size, KERNEL, padding="same") for _ in range(N_LAYERS)
        )
        self.modulations = nn.ModuleList(Modulation(self.code.size, size) for _ in range(N_LAYERS))
        code_size = self.code.size + size
        self.blocks = nn.ModuleList(_BlockGenerator(size, code_size, *shape) for shape in shapes)

    def forward(self, labels, random):
        code = self.code(labels, random)
        x = self.start(code).unflatten(1, (-1, self.n_points))
        for layer, modulate in zip(self.layers, self.modulations, strict=True):
            x = leaky_relu(modulate(layer(x), code, random), SLOPE)
        # The levels of a window follow from what happens in it.
        code = torch.cat([code, x.mean(-1)], 1)
        encoded = [block(x, code, random).flatten(1) for block in self.blocks]
        return torch.cat(encoded, 1).unflatten(1, (self.n_channels, -1))


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


class _Discriminator(nn.Module):
    def __init__(self, shapes, n_classes, width):
        super().__init__()
        n_points, size = _n_points(shapes), 2 * width
        self.encoded = [(n_channels, n_times + N_LEVELS) for n_channels, n_times in shapes]
        self.blocks = nn.ModuleList(_BlockDiscriminator(n_points, width, *s) for s in shapes)
        self.spectra = nn.ModuleList(SpectrumFeatures(*shape) for shape in shapes)
        self.join = nn.Conv1d(width * len(shapes), size, KERNEL, padding="same")
        n_features = size * n_points + sum(spectrum.size for spectrum in self.spectra)
        self.head = ProjectionHead(n_features, n_classes)

    def forward(self, signals, labels, random):
        rows = signals.flatten(1).split([prod(shape) for shape in self.encoded], 1)
        parts = [row.unflatten(1, shape) for row, shape in zip(rows, self.encoded, strict=True)]
        x = torch.cat([see(part) for see, part in zip(self.blocks, parts, strict=True)], 1)
        x = leaky_relu(self.join(leaky_relu(x, SLOPE)), SLOPE).flatten(1)
        spectra = [see(part) for see, part in zip(self.spectra, parts, strict=True)]
        return self.head(torch.cat([x, *spectra], 1), labels)


def _check_blocks(blocks, n_channels, n_columns):
    """Raise unless the blocks say what all columns are."""
    for name, shape in blocks.items():
        pair = isinstance(shape, Sequence) and len(shape) == 2
        if not pair or not all(isinstance(size, Integral) and size >= 1 for size in shape):
            raise ValueError(
                f"blocks[{name!r}] is {shape!r}; it must be a pair of whole numbers of at least 1, "
                "how many channels and how many time points the block has."
            )
    if n_channels != 1:
        raise ValueError(
            f"X has {n_channels} channels of the same length, and blocks, which says what the "
            "columns of two-dimensional X are, does not go with them. Leave n_channels at 1 and "
            "flatten X, or leave blocks at None."
        )
    counts = {name: prod(shape) for name, shape in blocks.items()}
    if sum(counts.values()) != n_columns:
        raise ValueError(
            f"X has {n_columns} columns, but the blocks have {sum(counts.values())} in all: "
            f"{counts}. Each has as many as the product of its channels and time points."
        )


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class MultiModalGANSampler(BaseGANSampler):
    """Over-sample classes with rows of several modalities, drawn jointly from a GAN.

    Rows hold what was recorded at once, EEG and fMRI for example: the columns of one block after
    those of the other, each with channels, time points and a unit of its own, and all over the same
    time. Both networks meet on a common grid of a few points. In the generator, one time course on
    it steers all blocks: their slow waves, and the levels at which noises of learned spectra wax
    and wane. The discriminator sees there the slow waves of all blocks and their spectra around
    each point, so that it notices when the rhythms of one do not fit the waves of another. This is
    how EEG and BOLD hang together [1]_; the blocks of a synthetic row do so as those of real ones.

    What is both faster than the grid and more than noise, a spike for instance, is not drawn: for
    such signals of a single modality there are the other samplers.

    Parameters
    ----------
    blocks : dict of str to tuple of (int, int), default=None
        For each block of columns, in their order, how many channels and how many time points it
        has; its columns are channel-major, X has two dimensions and `n_channels` stays at 1. None
        is one block of all columns.

    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    skeeg.datasets.make_eeg_fmri : Simulates EEG and fMRI, with the blocks of its columns.
    WaveGANSampler : For signals that all have the same length.

    References
    ----------
    .. [1] H. Laufs et al., "Electroencephalographic signatures of attentional and cognitive
       default modes in spontaneous brain activity fluctuations at rest", PNAS 100, 11053-11058,
       2003.

    Examples
    --------
    >>> from skeeg.datasets import make_eeg_fmri
    >>> from skeeg.over_sampling import MultiModalGANSampler
    >>> pairs = make_eeg_fmri(n_subjects=8, n_times=240, sampling_rate=24, n_scans=5,
    ...                       random_state=0)
    >>> pairs.blocks
    {{'eeg': (2, 240), 'bold': (2, 5)}}
    >>> sampler = MultiModalGANSampler(blocks=pairs.blocks, max_iter=20, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(pairs.data, pairs.target)
    >>> X_resampled.shape
    (144, 490)
    """

    _parameter_constraints: dict = {
        **BaseGANSampler._parameter_constraints,
        "blocks": [dict, None],
    }

    def __init__(self, *, blocks=None, **params):
        super().__init__(**params)
        self.blocks = blocks

    def _check_training_set(self, X, y, groups):
        signals, codes = super()._check_training_set(X, y, groups)
        if self.blocks is not None:
            _check_blocks(self.blocks, *signals.shape[1:])
        return signals, codes

    def _make_codec(self, signals):
        if self.blocks is None:
            return super()._make_codec(signals)
        return BlockCodec(signals, self._shapes())

    def _shapes(self, *sizes):
        """Return the channels and time points of each block."""
        shapes = [sizes] if self.blocks is None else self.blocks.values()
        return [tuple(map(int, shape)) for shape in shapes]  # torch takes no integers of numpy

    def _make_generator(self, n_channels, n_times, n_classes):
        shapes = self._shapes(n_channels, n_times)
        return _Generator(shapes, n_channels, n_classes, self.latent_dim, self.width)

    def _make_discriminator(self, n_channels, n_times, n_classes):
        return _Discriminator(self._shapes(n_channels, n_times), n_classes, self.width)
