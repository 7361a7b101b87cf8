"""What is particular to attention in both networks."""

from functools import partial

import pytest
import torch

from skeeg.nn import SelfAttention
from skeeg.nn._parameters import build
from skeeg.over_sampling import AttentionGANSampler

LABELS = torch.tensor([0, 1, 1, 0])


def networks(n_channels=1, n_times=178, gate=0.5):
    """Both networks, small, for two classes, their gates opened."""
    sampler = AttentionGANSampler(width=4, latent_dim=5)
    sizes = n_channels, n_times, 2
    pair = (
        build(partial(sampler._make_generator, *sizes), seed=0),
        build(partial(sampler._make_discriminator, *sizes), seed=1),
    )
    for attention in attentions(*pair):
        attention.gate.data.fill_(gate)
    return pair


def attentions(*networks):
    return [
        module
        for network in networks
        for module in network.modules()
        if isinstance(module, SelfAttention)
    ]


def far_reach(network, x, forward):
    """How much the first point of what comes out owes to the last point of what goes in."""
    x.requires_grad_()
    (slope,) = torch.autograd.grad(forward(network, x)[..., 0].sum(), x)
    return slope[..., -1].abs().sum()


def lengthen(generator, x):
    for number, stage in enumerate(generator.stages):
        x = stage(generator.between(number, x, None))
    return x


def shorten(discriminator, x):
    for number, stage in enumerate(discriminator.stages):
        x = discriminator.between(number, stage(x), None)
    return x


@pytest.mark.parametrize("n_times", [1, 20, 178, 4097])
def test_both_networks_attend_where_signals_are_short(n_times):
    for network in networks(n_times=n_times):
        lengths = [len(attention.place) for attention in attentions(network)]
        assert 1 <= len(lengths) <= 2
        assert max(lengths) <= 64


@pytest.mark.parametrize(("gate", "reaches"), [(0.0, False), (0.5, True)])
def test_it_is_attention_that_joins_the_ends(gate, reaches):
    generator, discriminator = networks(gate=gate)
    features = torch.randn(2, 8, 12, generator=torch.Generator().manual_seed(0))
    assert (far_reach(generator, features, lengthen) > 0) == reaches
    waves = torch.randn(2, 1, 192, generator=torch.Generator().manual_seed(0))
    assert (far_reach(discriminator, waves, shorten) > 0) == reaches


def test_training_can_open_a_gate():
    generator, discriminator = networks(gate=0.0)
    random = torch.Generator().manual_seed(0)
    scores = discriminator(generator(LABELS, random), LABELS, random)
    scores.sum().backward()
    assert all(attention.gate.grad for attention in attentions(generator, discriminator))
