"""The ends of networks that draw and see encoded signals.

An encoded signal is `(n_samples, n_channels, n_times + 2)`: the waveform with zero mean and unit
root mean square, then two levels, the standardised log-amplitude and mean of the channel.
"""

import torch
from torch import nn
from torch.nn.functional import leaky_relu

from skeeg.nn._conditioning import SLOPE

N_LEVELS = 2


class StationaryNoise(nn.Module):
    """Draw noise with a spectrum that the code sets: most of a resting EEG is just that.

    Parameters
    ----------
    code_size : int
        Length of a code.

    n_channels : int
        Channels of the noise, independent of each other.

    n_times : int
        Time points of the noise.

    See Also
    --------
    SignalHead : Adds such noise to what other layers draw.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import StationaryNoise
    >>> noise = StationaryNoise(code_size=132, n_channels=2, n_times=50)
    >>> noise(torch.zeros(3, 132), torch.Generator()).shape
    torch.Size([3, 2, 50])
    """

    def __init__(self, code_size, n_channels, n_times):
        super().__init__()
        self.shape = n_channels, n_times
        self.log_spectrum = nn.Sequential(
            nn.Linear(code_size, 64),
            nn.LeakyReLU(SLOPE),
            nn.Linear(64, n_channels * (n_times // 2 + 1)),
        )

    def forward(self, code, random):
        """Draw noise for each code.

        Parameters
        ----------
        code : torch.Tensor of shape (n_samples, code_size)
            Code of each sample.

        random : torch.Generator
            Source of the noise.

        Returns
        -------
        noise : torch.Tensor of shape (n_samples, n_channels, n_times)
            White noise, each of its frequencies at the level that the code sets.
        """
        white = torch.randn(len(code), *self.shape, generator=random, device=code.device)
        level = torch.exp(self.log_spectrum(code).unflatten(1, (self.shape[0], -1)) - 2)
        spectrum = torch.fft.rfft(white, norm="ortho") * level
        return torch.fft.irfft(spectrum, n=self.shape[1], norm="ortho")


class SignalHead(nn.Module):
    """Finish an encoded signal: the waveform plus stationary noise at unit RMS, and its levels.

    Parameters
    ----------
    code_size : int
        Length of a code.

    n_channels : int
        Channels of the signals.

    n_times : int
        Time points of the waveforms.

    See Also
    --------
    StationaryNoise : The noise alone.
    SpectrumFeatures : The counterpart in a discriminator.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import SignalHead
    >>> head = SignalHead(code_size=132, n_channels=2, n_times=50)
    >>> head(torch.zeros(3, 2, 50), torch.zeros(3, 132), torch.Generator()).shape
    torch.Size([3, 2, 52])
    """

    def __init__(self, code_size, n_channels, n_times):
        super().__init__()
        self.noise = StationaryNoise(code_size, n_channels, n_times)
        self.levels = nn.Sequential(
            nn.Linear(code_size, 64),
            nn.LeakyReLU(SLOPE),
            nn.Linear(64, n_channels * N_LEVELS),
            nn.Unflatten(1, (n_channels, N_LEVELS)),
        )

    def forward(self, wave, code, random):
        """Return encoded signals.

        Parameters
        ----------
        wave : torch.Tensor of shape (n_samples, n_channels, n_times)
            Waveforms of any amplitude.

        code : torch.Tensor of shape (n_samples, code_size)
            Code of each sample.

        random : torch.Generator
            Source of the noise.

        Returns
        -------
        signals : torch.Tensor of shape (n_samples, n_channels, n_times + 2)
            Waveforms of zero mean and unit root mean square, then their two levels.
        """
        wave = wave.float() + self.noise(code, random)
        wave = wave - wave.mean(-1, keepdim=True)
        wave = wave / (wave.square().mean(-1, keepdim=True) + 1e-6).sqrt()
        return torch.cat([wave, self.levels(code)], -1)


class SpectrumFeatures(nn.Module):
    """Describe encoded signals by a learned mixture of their log-spectra, and by their levels.

    Parameters
    ----------
    n_channels : int
        Channels of the signals.

    n_times : int
        Time points of the waveforms.

    width : int, default=64
        Number of features of the mixture.

    Attributes
    ----------
    size : int
        Number of all features: the mixture, the levels and their squares.

    See Also
    --------
    ProjectionHead : Scores features.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import SpectrumFeatures
    >>> features = SpectrumFeatures(n_channels=1, n_times=50)
    >>> features(torch.zeros(3, 1, 52)).shape
    torch.Size([3, 68])
    """

    def __init__(self, n_channels, n_times, width=64):
        super().__init__()
        n_levels = n_channels * N_LEVELS
        self.size = width + 2 * n_levels
        self.mix = nn.Linear(n_channels * (n_times // 2 + 1) + n_levels, width)

    def forward(self, x):
        """Describe each signal.

        Parameters
        ----------
        x : torch.Tensor of shape (n_samples, n_channels, n_times + 2)
            Encoded signals.

        Returns
        -------
        features : torch.Tensor of shape (n_samples, size)
            Features.
        """
        wave, levels = x[..., :-N_LEVELS].float(), x[..., -N_LEVELS:].flatten(1)
        window = torch.hann_window(wave.shape[-1], device=x.device)
        power = torch.fft.rfft(wave * window, norm="ortho").abs().square()
        log_power = torch.log(power + 1e-4).flatten(1) / 3
        mixed = leaky_relu(self.mix(torch.cat([log_power, levels], 1)), SLOPE)
        return torch.cat([mixed, levels, levels.square()], 1)
