"""Signals whose strength and spectrum change within the window."""

from math import ceil

import torch
from torch import nn
from torch.nn.functional import interpolate, pad

from skeeg.nn._encoded_signals import StationaryNoise


class ModulatedNoise(nn.Module):
    """Draw noises with spectra that the code sets, each of which waxes and wanes, and mix them.

    A rhythm that comes and goes, while the rest of an EEG stays as it is, is one noise of a narrow
    spectrum beside others.

    Parameters
    ----------
    code_size : int
        Length of a code.

    n_channels : int
        Channels of the mixtures.

    n_times : int
        Time points of the mixtures.

    n_sources : int
        Number of noises, independent of each other.

    See Also
    --------
    StationaryNoise : Noise of the same strength throughout.
    ShortTimeSpectrum : Shows a discriminator when a signal is strong, and at which frequency.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import ModulatedNoise
    >>> noise = ModulatedNoise(code_size=132, n_channels=2, n_times=50, n_sources=4)
    >>> noise(torch.zeros(3, 4, 8), torch.zeros(3, 132), torch.Generator()).shape
    torch.Size([3, 2, 50])
    """

    def __init__(self, code_size, n_channels, n_times, n_sources):
        super().__init__()
        self.sources = StationaryNoise(code_size, n_sources, n_times)
        self.mixture = nn.Linear(code_size, n_channels * n_sources)

    def forward(self, log_level, code, random):
        """Draw noise for each code.

        Parameters
        ----------
        log_level : torch.Tensor of shape (n_samples, n_sources, n_points)
            Logarithm of the strength of each noise at points evenly spread over its time; between
            them it is interpolated.

        code : torch.Tensor of shape (n_samples, code_size)
            Code of each sample.

        random : torch.Generator
            Source of the noise.

        Returns
        -------
        noise : torch.Tensor of shape (n_samples, n_channels, n_times)
            Mixtures of the noises, weighted as the code says.
        """
        noise = self.sources(code, random)
        level = interpolate(log_level, noise.shape[-1], mode="linear").exp()
        mixture = self.mixture(code).unflatten(1, (-1, noise.shape[1]))
        return mixture @ (level * noise)


class ShortTimeSpectrum(nn.Module):
    """Describe signals by their log-spectra around points evenly spread over time.

    Parameters
    ----------
    n_times : int
        Time points of the signals.

    n_frames : int
        Number of points: the middles of as many equal parts of the time. A frame is tapered and
        twice as long as a part, so that neighbours overlap by half [1]_.

    Attributes
    ----------
    size : int
        Number of frequencies.

    See Also
    --------
    SpectrumFeatures : One spectrum of the whole signal.
    ModulatedNoise : The counterpart in a generator.

    References
    ----------
    .. [1] P. D. Welch, "The use of fast Fourier transform for the estimation of power spectra",
       IEEE Transactions on Audio and Electroacoustics 15(2), 70-73, 1967.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import ShortTimeSpectrum
    >>> spectrum = ShortTimeSpectrum(n_times=50, n_frames=5)
    >>> spectrum(torch.zeros(3, 2, 50)).shape
    torch.Size([3, 22, 5])
    """

    def __init__(self, n_times, n_frames):
        super().__init__()
        self.n_times, self.n_frames = n_times, n_frames
        self.half = ceil(n_times / n_frames)
        self.size = self.half + 1

    def forward(self, x):
        """Describe each signal.

        Parameters
        ----------
        x : torch.Tensor of shape (n_samples, n_channels, n_times)
            Signals, of about unit power.

        Returns
        -------
        log_power : torch.Tensor of shape (n_samples, n_channels * size, n_frames)
            Logarithms of power, those of one channel after the other.
        """
        part = torch.arange(self.n_frames, device=x.device)
        # Integers, as rounding of floats may depend on the device.
        start = ((2 * part + 1) * self.n_times) // (2 * self.n_frames)
        index = start[:, None] + torch.arange(2 * self.half, device=x.device)
        padded = pad(x.float(), (self.half, self.half))
        frames = padded.index_select(-1, index.flatten()).unflatten(-1, index.shape)
        taper = torch.hann_window(2 * self.half, device=x.device)
        power = torch.fft.rfft(frames * taper, norm="ortho").abs().square()
        return (torch.log(power + 1e-3) / 3).movedim(-1, 2).flatten(1, 2)
