"""Strided networks fit any length, and all of their parameters are of use."""

from functools import partial

import pytest
import torch

from skeeg.nn._parameters import build
from skeeg.over_sampling._strided_networks import StridedDiscriminator, StridedGenerator, plan

N_CLASSES, WIDTH = 2, 4
STRIDES = pytest.mark.parametrize("stride", [2, 4])


@STRIDES
@pytest.mark.parametrize("n_times", [1, 2, 32, 33, 65, 178, 1000, 4097])
def test_stages_cover_the_length_and_the_coarsest_stays_short(n_times, stride):
    coarse, widths = plan(n_times, WIDTH, stride)
    assert 1 <= coarse <= 32
    covered = coarse * stride ** len(widths)
    assert n_times <= covered < n_times + stride ** len(widths)
    assert set(widths[:1]) <= {2 * WIDTH}
    assert set(widths[1:]) <= {WIDTH}


@STRIDES
@pytest.mark.parametrize("n_times", [1, 2, 33, 178])
@pytest.mark.parametrize("n_channels", [1, 3])
def test_every_parameter_has_an_influence(n_times, n_channels, stride):
    sizes = n_channels, n_times, N_CLASSES
    random = torch.Generator().manual_seed(0)
    generator = build(partial(StridedGenerator, *sizes, 5, WIDTH, stride), seed=0)
    discriminator = build(partial(StridedDiscriminator, *sizes, WIDTH, stride), seed=1)
    labels = torch.tensor([0, 1, 1, 0])
    signals = generator(labels, random)
    assert signals.shape == (4, n_channels, n_times + 2)
    scores = discriminator(signals, labels, random)
    assert scores.shape == (4,)
    scores.square().sum().backward()
    # A single point has no waveform, so that nothing which makes one can matter.
    if n_times > 1:
        silent = [
            name
            for network in (generator, discriminator)
            for name, parameter in network.named_parameters()
            if parameter.grad is None or not parameter.grad.any()
        ]
        assert silent == []
