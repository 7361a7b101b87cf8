"""What enters when, and that nothing jumps."""

from functools import partial

import numpy as np
import pytest
import torch
from torch import nn

from skeeg.nn import GrowingDiscriminator, GrowingGenerator
from skeeg.nn._growing import _grown
from skeeg.nn._parameters import build

PROGRESS = np.linspace(0, 1, 1001)
LABELS = torch.tensor([0, 1, 1, 0])
SHAPE = {"kernel_size": 9, "stride": 2}


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
    sizes, widths = (n_channels, n_times, 2), [16, 8, 8, 4]
    make_generator = partial(GrowingGenerator, *sizes, 5, widths, **SHAPE)
    make_discriminator = partial(GrowingDiscriminator, *sizes, widths[::-1], **SHAPE)
    return build(make_generator, seed=0), build(make_discriminator, seed=1)


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
    signals = torch.zeros(4, 1, 180)
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
