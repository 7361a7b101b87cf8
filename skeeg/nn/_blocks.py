"""Building blocks of generators and discriminators of encoded signals.

An encoded signal is `(n_samples, n_channels, n_times + 2)`: the waveform with zero mean and unit
root mean square, then two levels, the standardised log-amplitude and mean of the channel.
"""

import torch
from torch import nn
from torch.nn.functional import conv1d, conv_transpose1d, leaky_relu, pad

N_LEVELS = 2
SLOPE = 0.2
LABEL_SIZE = 32
HEAD_SIZE = 128


class LatentCode(nn.Module):
    """Join fresh normal noise to a learned code of the class."""

    def __init__(self, n_classes, latent_dim):
        super().__init__()
        self.latent_dim, self.size = latent_dim, latent_dim + LABEL_SIZE
        self.label = nn.Embedding(n_classes, LABEL_SIZE)

    def forward(self, labels, random):
        """Return codes of shape (n_samples, size)."""
        label = self.label(labels)
        latent = torch.randn(len(labels), self.latent_dim, generator=random, device=label.device)
        return torch.cat([latent, label], 1)


class UpsamplingConv1d(nn.Module):
    """Interpolate linearly to `stride` times as many points, then convolve, in one step.

    Both are linear, so the triangle of the interpolation is folded into the kernel of a single
    transposed convolution: as cheap as one, without its checkerboard of period `stride`.
    """

    def __init__(self, in_channels, out_channels, kernel_size, stride):
        super().__init__()
        self.stride = stride
        self.weight = nn.Parameter(torch.empty(out_channels, in_channels, kernel_size))
        self.bias = nn.Parameter(torch.empty(out_channels))

    def forward(self, x):
        """Return signals of shape (n_samples, out_channels, stride * n_times)."""
        ramp = torch.arange(1, 2 * self.stride, dtype=x.dtype, device=x.device)
        triangle = (1 - (ramp / self.stride - 1).abs()).expand(1, 1, -1)
        kernels = pad(self.weight.flatten(0, 1).unsqueeze(1), [2 * self.stride - 2] * 2)
        kernels = conv1d(kernels, triangle).unflatten(0, self.weight.shape[:2]).squeeze(2)
        excess = kernels.shape[-1] - self.stride
        return conv_transpose1d(
            x,
            kernels.transpose(0, 1),
            self.bias,
            self.stride,
            padding=(excess + 1) // 2,
            output_padding=excess % 2,
        )


class Modulation(nn.Module):
    """Scale and shift each channel by the code, and add noise of a level that the code sets."""

    def __init__(self, code_size, n_channels):
        super().__init__()
        self.affine = nn.Linear(code_size, 3 * n_channels)

    def forward(self, x, code, random):
        """Return x modulated, of the same shape."""
        scale, shift, level = self.affine(code).unsqueeze(-1).chunk(3, dim=1)
        noise = torch.randn(len(x), 1, x.shape[-1], generator=random, device=x.device)
        return x * (1 + scale) + shift + level * noise


class StationaryNoise(nn.Module):
    """Draw noise with a spectrum that the code sets: most of a resting EEG is just that."""

    def __init__(self, code_size, n_channels, n_times):
        super().__init__()
        self.shape = n_channels, n_times
        self.log_spectrum = nn.Sequential(
            nn.Linear(code_size, 64),
            nn.LeakyReLU(SLOPE),
            nn.Linear(64, n_channels * (n_times // 2 + 1)),
        )

    def forward(self, code, random):
        """Return noise of shape (n_samples, n_channels, n_times)."""
        white = torch.randn(len(code), *self.shape, generator=random, device=code.device)
        level = torch.exp(self.log_spectrum(code).unflatten(1, (self.shape[0], -1)) - 2)
        spectrum = torch.fft.rfft(white, norm="ortho") * level
        return torch.fft.irfft(spectrum, n=self.shape[1], norm="ortho")


class SignalHead(nn.Module):
    """Finish an encoded signal: the waveform plus stationary noise at unit RMS, and its levels."""

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
        """Return encoded signals from waveforms of shape (n_samples, n_channels, n_times)."""
        wave = wave.float() + self.noise(code, random)
        wave = wave - wave.mean(-1, keepdim=True)
        wave = wave / (wave.square().mean(-1, keepdim=True) + 1e-6).sqrt()
        return torch.cat([wave, self.levels(code)], -1)


class PhaseShuffle(nn.Module):
    """Shift every signal by a few random points, reflected at the ends.

    It keeps the discriminator from knowing synthetic signals by the phase of their artefacts.
    """

    def __init__(self, max_shift):
        super().__init__()
        self.max_shift = max_shift

    def forward(self, x, random):
        """Return x, each sample shifted by at most `max_shift` points."""
        n_samples, _, n_times = x.shape
        reach = min(self.max_shift, n_times - 1)
        start = torch.randint(2 * reach + 1, (n_samples, 1, 1), generator=random, device=x.device)
        index = start + torch.arange(n_times, device=x.device)
        return pad(x, (reach, reach), mode="reflect").gather(-1, index.expand(x.shape))


class SpectrumFeatures(nn.Module):
    """Describe encoded signals by a learned mixture of their log-spectra, and by their levels."""

    def __init__(self, n_channels, n_times, width=64):
        super().__init__()
        n_levels = n_channels * N_LEVELS
        self.size = width + 2 * n_levels
        self.mix = nn.Linear(n_channels * (n_times // 2 + 1) + n_levels, width)

    def forward(self, x):
        """Return features of shape (n_samples, size)."""
        wave, levels = x[..., :-N_LEVELS].float(), x[..., -N_LEVELS:].flatten(1)
        window = torch.hann_window(wave.shape[-1], device=x.device)
        power = torch.fft.rfft(wave * window, norm="ortho").abs().square()
        log_power = torch.log(power + 1e-4).flatten(1) / 3
        mixed = leaky_relu(self.mix(torch.cat([log_power, levels], 1)), SLOPE)
        return torch.cat([mixed, levels, levels.square()], 1)


class ProjectionHead(nn.Module):
    """Score features, and how well they fit the class, as a projection discriminator does."""

    def __init__(self, n_features, n_classes):
        super().__init__()
        self.join = nn.Linear(n_features, HEAD_SIZE)
        self.score = nn.Linear(HEAD_SIZE, 1)
        self.label = nn.Embedding(n_classes, HEAD_SIZE)

    def forward(self, features, labels):
        """Return scores of shape (n_samples,)."""
        joined = leaky_relu(self.join(features), SLOPE)
        fit = (joined * self.label(labels)).sum(1) / HEAD_SIZE**0.5
        return self.score(joined).squeeze(1) + fit
