"""What is particular to progressive growing."""

from functools import partial
from itertools import pairwise

import numpy as np
import pytest
import torch
from torch import nn

from skeeg.metrics import amplitude_distance
from skeeg.nn._parameters import build
from skeeg.over_sampling import ProgressiveGANSampler
from skeeg.over_sampling._progressivegan import _grown, _plan

PROGRESS = np.linspace(0, 1, 1001)
LABELS = torch.tensor([0, 1, 1, 0])


class Bare(nn.Module):
    """In place of a head: the waveform as it comes."""

    def forward(self, wave, code, random):
        return wave


class Deaf(nn.Module):
    """In place of the log-spectrum: nothing that depends on the signal."""

    def __init__(self, size):
        super().__init__()
        self.size = size

    def forward(self, signals):
        return torch.zeros(len(signals), self.size)


def networks(n_channels=1, n_times=178):
    """Both networks, small, for two classes."""
    sampler = ProgressiveGANSampler(width=4, latent_dim=5)
    sizes = n_channels, n_times, 2
    generator = build(partial(sampler._make_generator, *sizes), seed=0)
    return generator, build(partial(sampler._make_discriminator, *sizes), seed=1)


def stages_at_work(network, *inputs, progress):
    """Indices of the stages that a network goes through."""
    network.progress, seen = progress, []
    hooks = [
        stage.register_forward_hook(lambda *_, index=index: seen.append(index))
        for index, stage in enumerate(network.stages)
    ]
    network(*inputs, torch.Generator().manual_seed(0))
    for hook in hooks:
        hook.remove()
    return seen


@pytest.mark.parametrize("n_times", [1, 2, 16, 32, 33, 64, 178, 1000, 4097])
def test_stages_cover_the_length_by_doubling(n_times):
    coarse, widths = _plan(n_times, 8)
    assert 1 <= coarse <= 16
    assert n_times <= coarse * 2 ** len(widths) < n_times + 2 ** len(widths)
    assert widths[-1] == 8
    assert all(before in {after, 2 * after} for before, after in pairwise(widths))


@pytest.mark.parametrize("n_stages", [1, 2, 4, 9])
def test_stages_enter_one_by_one_and_all_by_half_of_the_training(n_stages):
    grown = np.array([_grown(progress, n_stages) for progress in PROGRESS])
    assert grown[0] == 1
    assert (grown[PROGRESS >= 0.5] == n_stages).all()
    assert (np.diff(grown) >= 0).all()
    # a fade takes half of the time between two stages, so nothing jumps
    assert np.diff(grown).max() < 1.01 * 4 * (n_stages - 1) * PROGRESS[1] + 1e-9
    counts = [np.sum(grown == stage) for stage in range(1, n_stages + 1)]
    assert min(counts) > 0.5 * len(PROGRESS) / (2 * n_stages) - 1


def test_what_has_not_entered_costs_nothing():
    generator, discriminator = networks()
    signals = torch.randn(4, 1, 180)
    n_stages = len(generator.stages)
    assert n_stages == 3
    assert stages_at_work(generator, LABELS, progress=0.0) == []
    assert stages_at_work(generator, LABELS, progress=0.15) == [0]
    assert stages_at_work(generator, LABELS, progress=1.0) == [0, 1, 2]
    assert stages_at_work(discriminator, signals, LABELS, progress=0.0) == []
    assert stages_at_work(discriminator, signals, LABELS, progress=0.15) == [2]
    assert stages_at_work(discriminator, signals, LABELS, progress=1.0) == [0, 1, 2]


def test_the_discriminator_sees_no_finer_than_the_moment():
    _, discriminator = networks(n_times=192)
    discriminator.spectrum = Deaf(discriminator.spectrum.size)
    random = torch.Generator().manual_seed(0)
    signals = torch.randn(4, 1, 194, generator=random)
    finer = signals.clone()
    finer[..., :-2] += torch.tensor([1.0, -1.0]).repeat(96)
    for progress, blind in [(0.0, True), (0.2, True), (0.34, True), (0.45, False), (1.0, False)]:
        discriminator.progress = progress
        scores = discriminator(signals, LABELS, random)
        same = torch.allclose(scores, discriminator(finer, LABELS, random), atol=1e-6)
        assert same == blind, progress


def test_fades_are_smooth():
    generator, discriminator = networks()
    generator.head = Bare()
    signals = torch.randn(4, 1, 180, generator=torch.Generator().manual_seed(0))

    def at(progress):
        generator.progress = discriminator.progress = progress
        random = torch.Generator().manual_seed(0)
        wave = generator(LABELS, random)
        return torch.cat([wave.flatten(), discriminator(signals, LABELS, random)])

    with torch.no_grad():
        seen = torch.stack([at(progress) for progress in np.linspace(0, 0.6, 121)])
    assert seen.diff(dim=0).abs().max() < 0.1 * seen.abs().max()
    assert (seen[0] - seen[-1]).abs().max() > 0.1 * seen.abs().max()


@pytest.mark.parametrize(("n_channels", "n_times"), [(1, 1), (3, 17), (1, 178)])
def test_every_parameter_has_an_influence_at_some_time(n_channels, n_times):
    generator, discriminator = networks(n_channels, n_times)
    random = torch.Generator().manual_seed(0)
    for progress in np.linspace(0, 1, 21):
        generator.progress = discriminator.progress = float(progress)
        signals = generator(LABELS, random)
        assert signals.shape == (4, n_channels, n_times + 2)
        scores = discriminator(signals, LABELS, random)
        scores.square().sum().backward()
    # A single point has no waveform, so that nothing which makes one can matter.
    if n_times > 1:
        silent = [
            name
            for network in (generator, discriminator)
            for name, parameter in network.named_parameters()
            if not parameter.grad.any()
        ]
        assert silent == []


def test_tones_of_two_classes_are_learned(rng):
    """Frequency and amplitude of each class; the fast one is out of reach of the coarse stages."""
    times = np.arange(64) / 64
    phases = rng.uniform(0, 2 * np.pi, (120, 1))
    y = np.repeat([0, 1], 60)
    frequency, amplitude = np.where(y, 20, 5)[:, None], np.where(y, 50, 5)[:, None]
    noise = 0.3 * rng.standard_normal((120, 64))
    X = amplitude * (np.sin(2 * np.pi * frequency * times + phases) + noise)
    sampler = ProgressiveGANSampler(width=4, max_iter=60, batch_size=32, random_state=0).fit(X, y)
    for label in (0, 1):
        drawn = sampler.sample(60, label=label, random_state=0)
        assert np.abs(np.fft.rfft(drawn)).mean(axis=0).argmax() == (20 if label else 5)
        assert amplitude_distance(X[y == label], drawn) < 0.1
