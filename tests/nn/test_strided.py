"""How many stages a length needs, and where a subclass can step in."""

from functools import partial
from itertools import pairwise

import pytest
import torch
from torch import nn

from skeeg.nn import StridedDiscriminator, StridedGenerator, stage_lengths
from skeeg.nn._parameters import build

LABELS = torch.tensor([0, 1, 1, 0])
SHAPE = {"kernel_size": 9, "stride": 4}


@pytest.mark.parametrize("stride", [2, 4])
@pytest.mark.parametrize("coarsest", [16, 32])
@pytest.mark.parametrize("n_times", [1, 2, 15, 16, 17, 32, 33, 64, 65, 178, 1000, 4097, 16384])
def test_stages_cover_the_length_and_the_shortest_is_short(n_times, stride, coarsest):
    lengths = stage_lengths(n_times, stride, coarsest)
    assert 1 <= lengths[0] <= coarsest
    assert all(after == stride * before for before, after in pairwise(lengths))
    assert n_times <= stride * lengths[-1] < n_times + stride ** len(lengths)
    # one stage fewer would not do
    assert len(lengths) == 1 or stride * lengths[0] > coarsest


class Recorder:
    """Keep what passes between the stages, and take its place."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = []

    def between(self, number, x, random):
        self.seen.append((number, tuple(x.shape[1:])))
        return torch.zeros_like(x)


class Generator(Recorder, StridedGenerator):
    """Forgets what it has drawn before each stage."""


class Discriminator(Recorder, StridedDiscriminator):
    """Forgets what it has seen after each stage."""


def test_a_subclass_stands_between_the_stages():
    generator = build(partial(Generator, 2, 178, 2, 5, [8, 4], **SHAPE), seed=0)
    generator.head = nn.Identity()
    generator.head.forward = lambda wave, code, random: wave
    random = torch.Generator().manual_seed(0)
    wave = generator(LABELS, random)
    assert generator.seen == [(0, (8, 12)), (1, (4, 48))]
    assert wave.shape == (4, 2, 178)
    assert wave.std(dim=-1)[:, 0].max() == 0

    discriminator = build(partial(Discriminator, 2, 178, 2, [4, 8], **SHAPE), seed=0)
    signals = torch.randn(4, 2, 180, generator=random)
    scores = discriminator(signals, LABELS, random)
    assert discriminator.seen == [(0, (4, 48)), (1, (8, 12))]
    discriminator.between = lambda number, x, random: x
    assert not torch.allclose(discriminator(signals, LABELS, random), scores)
