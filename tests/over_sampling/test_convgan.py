"""What is particular to the GAN of short convolutions."""

from functools import partial

import numpy as np
import pytest
import torch

from skeeg.datasets import make_movements
from skeeg.metrics import amplitude_distance, spectral_distance
from skeeg.nn import InceptionBlock
from skeeg.nn._parameters import build
from skeeg.over_sampling import ConvGANSampler
from skeeg.over_sampling._collapse import diversity

LABELS = torch.tensor([0, 1, 1, 0])


def networks(n_channels, n_times, width=4):
    """Both networks for two classes."""
    sampler, sizes = ConvGANSampler(width=width, latent_dim=5), (n_channels, n_times, 2)
    return [
        build(partial(make, *sizes), seed=0)
        for make in (sampler._make_generator, sampler._make_discriminator)
    ]


@pytest.mark.parametrize(("width", "expected"), [(1, [1, 1, 3]), (64, [64, 32, 3])])
def test_channels_of_the_generator_follow_the_width(width, expected):
    generator, _ = networks(3, 50, width)
    assert [stage.weight.shape[0] for stage in generator.stages] == expected
    assert {stage.weight.shape[-1] for stage in generator.stages} == {5}


def test_the_discriminator_is_three_inception_blocks():
    _, discriminator = networks(2, 125, width=32)
    assert [type(block) for block in discriminator.blocks] == [InceptionBlock] * 3
    assert [block.size for block in discriminator.blocks] == [16] * 3
    assert discriminator.blocks(torch.zeros(1, 2, 125)).shape == (1, 16, 8)


def test_movements_are_learned_in_their_unit_and_around_gravity():
    data = make_movements(10, 4, 60, random_state=0)
    sampler = ConvGANSampler(width=16, max_iter=100, random_state=0)
    sampler.fit(data.data, data.target)
    rest, running = (data.data[data.target == label] for label in (0, 2))
    for label, real, other in [(0, rest, running), (2, running, rest)]:
        drawn = sampler.sample(len(real), label=label, random_state=0)
        assert abs(np.median(drawn) - np.median(real)) < 0.2 * np.median(real)
        assert amplitude_distance(real, drawn) < 0.5 * amplitude_distance(real, other)
        near, far = (
            spectral_distance(X, drawn, sampling_rate=25, band=(0.5, 12)) for X in (real, other)
        )
        assert near < far
        assert diversity(real, drawn) > 0.5
