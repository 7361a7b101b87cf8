"""R3GAN for windows of 176 points, in one file of plain PyTorch: what `r3gan.py` compares with.

Written as the code beside a paper would be: modules, an eager loop, all numbers fixed, and as much
time as it is given. The networks, the loss and the schedule are those of `R3GANSampler`'s recipe,
without the shards, the any length and the any number of channels of the package.
"""

import copy
import time

import numpy as np
import torch
from torch import nn
from torch.nn.functional import interpolate, leaky_relu, softplus

N_TIMES, COARSE, STAGES = 176, 22, 3
LATENT, LABEL, WIDTH, KERNEL, SLOPE = 32, 32, 32, 9, 0.2
BATCH, LEARNING_RATE, PENALTY, DECAY = 64, 1e-3, 0.5, 0.995


def two_layers(n_in, n_hidden, n_out):
    """Return a perceptron of one hidden layer."""
    return nn.Sequential(nn.Linear(n_in, n_hidden), nn.LeakyReLU(SLOPE), nn.Linear(n_hidden, n_out))


class Generator(nn.Module):
    """Draw a waveform of unit root mean square and its log-amplitude for each label."""

    def __init__(self, n_classes):
        super().__init__()
        size, sizes = LATENT + LABEL, (2 * WIDTH, WIDTH, WIDTH)
        self.label = nn.Embedding(n_classes, LABEL)
        self.start = nn.Linear(size, 2 * WIDTH * COARSE)
        self.convs = nn.ModuleList(nn.Conv1d(n, WIDTH, KERNEL, padding=KERNEL // 2) for n in sizes)
        self.film = nn.ModuleList(nn.Linear(size, 3 * WIDTH) for _ in sizes)
        self.wave = nn.Conv1d(WIDTH, 1, KERNEL, padding=KERNEL // 2)
        self.amplitude = two_layers(size, 32, 1)
        self.spectrum = two_layers(size, 64, N_TIMES // 2 + 1)

    def forward(self, labels):
        """Return signals of shape (n_samples, N_TIMES + 1)."""
        n = len(labels)
        code = torch.cat([torch.randn(n, LATENT), self.label(labels)], 1)
        x = leaky_relu(self.start(code), SLOPE).view(n, -1, COARSE)
        for conv, film in zip(self.convs, self.film, strict=True):
            h = conv(interpolate(x, scale_factor=2, mode="linear"))
            scale, shift, level = film(code)[:, :, None].chunk(3, 1)
            noise = level * torch.randn(n, 1, h.shape[-1])
            x = leaky_relu(h * (1 + scale) + shift + noise, SLOPE)
        white = torch.fft.rfft(torch.randn(n, N_TIMES), norm="ortho")
        stationary = white * torch.exp(self.spectrum(code) - 2)
        wave = self.wave(x)[:, 0] + torch.fft.irfft(stationary, n=N_TIMES, norm="ortho")
        wave = wave - wave.mean(1, keepdim=True)
        wave = wave / (wave.square().mean(1, keepdim=True).sqrt() + 1e-3)
        return torch.cat([wave, self.amplitude(code)], 1)


class Discriminator(nn.Module):
    """Score the waveform, its log-spectrum, its log-amplitude and how they fit the label."""

    def __init__(self, n_classes):
        super().__init__()
        sizes = (1, WIDTH, WIDTH, 2 * WIDTH)
        self.convs = nn.ModuleList(
            nn.Conv1d(sizes[i], sizes[i + 1], KERNEL, 2, KERNEL // 2) for i in range(STAGES)
        )
        self.spectrum = nn.Linear(N_TIMES // 2 + 2, 64)
        self.join = nn.Linear(2 * WIDTH * COARSE + 2 + 64, 128)
        self.score, self.label = nn.Linear(128, 1), nn.Embedding(n_classes, 128)
        self.register_buffer("window", torch.hann_window(N_TIMES))

    def forward(self, signals, labels):
        """Return scores."""
        wave, amplitude = signals[:, :N_TIMES], signals[:, N_TIMES:]
        h = wave[:, None]
        for conv in self.convs:
            h = leaky_relu(conv(h), SLOPE)
        power = torch.fft.rfft(wave * self.window, norm="ortho").abs().square()
        s = self.spectrum(torch.cat([torch.log(power + 1e-4) / 3, amplitude], 1))
        h = torch.cat([h.flatten(1), amplitude, amplitude.square(), leaky_relu(s, SLOPE)], 1)
        h = leaky_relu(self.join(h), SLOPE)
        return self.score(h)[:, 0] + (h * self.label(labels)).sum(1) / 128**0.5


def encode(X):
    """Return unit-RMS waveforms with the standardised log-amplitude, and what undoes it."""
    mean, rms = X.mean(1, keepdims=True), X.std(1, keepdims=True) + 1e-6
    level = np.log(rms)
    centre, spread = level.mean(), level.std()
    rows = torch.tensor(np.hstack([(X - mean) / rms, (level - centre) / spread])).float()
    return rows, (mean / rms)[:, 0], centre, spread


def discriminator_loss(critic, real, fake, labels, penalty):
    """Relativistic loss with R1 and R2."""
    real, fake = real.requires_grad_(), fake.requires_grad_()
    on_real, on_fake = critic(real, labels), critic(fake, labels)
    slopes = torch.autograd.grad(on_real.sum() + on_fake.sum(), [real, fake], create_graph=True)
    steepness = sum(slope.square().sum(1).mean() for slope in slopes)
    return softplus(on_fake - on_real).mean() + penalty / 2 * steepness


def step(optimiser, loss):
    """Descend."""
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


def train(X, y, seconds, seed):
    """Train for so many seconds; return a function that draws `n` signals of a class, and steps."""
    start = time.perf_counter()
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    rows, offsets, centre, spread = encode(X)
    n_classes = y.max() + 1
    members = [np.flatnonzero(y == label) for label in range(n_classes)]
    labels = torch.arange(BATCH) % n_classes
    generator, critic = Generator(n_classes), Discriminator(n_classes)
    average = copy.deepcopy(generator)
    adams = [
        torch.optim.Adam(network.parameters(), LEARNING_RATE, betas=(0.0, 0.99), fused=True)
        for network in (generator, critic)
    ]
    steps = 0
    while (done := (time.perf_counter() - start) / seconds) < 1:
        for adam in adams:
            adam.param_groups[0]["lr"] = LEARNING_RATE * (1 - 0.9 * done)
        chosen = [members[c][random.integers(len(members[c]))] for c in labels.tolist()]
        real = rows[chosen]
        with torch.no_grad():
            fake = generator(labels)
        step(adams[1], discriminator_loss(critic, real, fake, labels, PENALTY * 10**-done))
        critic.requires_grad_(False)
        with torch.no_grad():
            on_real = critic(real, labels)
        step(adams[0], softplus(on_real - critic(generator(labels), labels)).mean())
        critic.requires_grad_(True)
        with torch.no_grad():
            pairs = zip(average.parameters(), generator.parameters(), strict=True)
            for smooth, current in pairs:
                smooth.lerp_(current, 1 - min(DECAY, (1 + steps) / (10 + steps)))
        steps += 1

    @torch.no_grad()
    def draw(label, n):
        drawn = average(torch.full((n,), label)).numpy()
        wave, level = drawn[:, :N_TIMES], drawn[:, N_TIMES:]
        offset = random.choice(offsets[members[label]], n)[:, None]
        return (wave + offset) * np.exp(level * spread + centre)

    return draw, steps
