"""What every pair of networks promises, found by walking `__all__`."""

from functools import partial

import numpy as np
import pytest
import torch

import skeeg.nn
from skeeg.nn._parameters import build

GENERATOR, DISCRIMINATOR = "Generator", "Discriminator"
PAIRS = [name.removesuffix(GENERATOR) for name in skeeg.nn.__all__ if name.endswith(GENERATOR)]
# images come of conditions and not of classes; see test_image_networks
EACH = pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair != "Image"])
SIZES = pytest.mark.parametrize(("n_channels", "n_times"), [(1, 1), (2, 2), (3, 17), (1, 178)])
LABELS = torch.tensor([0, 1, 1, 0])
SHAPE = {"kernel_size": 9, "stride": 2}
PROGRESS = np.linspace(0, 1, 11)


def arguments(pair, n_channels, n_times):
    """Arguments of both networks of a pair, for two classes."""
    if pair == "Joint":
        shapes = [(n_channels, n_times), (2, 5)]
        return {"shapes": shapes, "latent_dim": 5, "width": 4}, {"shapes": shapes, "width": 4}
    sizes = {"n_channels": n_channels, "n_times": n_times, **SHAPE}
    return {**sizes, "latent_dim": 5, "widths": [8, 4]}, {**sizes, "widths": [4, 8]}


def networks(pair, n_channels=1, n_times=178):
    """Both networks of a pair."""
    for_generator, for_discriminator = arguments(pair, n_channels, n_times)
    make_generator = partial(getattr(skeeg.nn, pair + GENERATOR), n_classes=2, **for_generator)
    make_discriminator = partial(
        getattr(skeeg.nn, pair + DISCRIMINATOR), n_classes=2, **for_discriminator
    )
    return build(make_generator, seed=0), build(make_discriminator, seed=1)


def test_every_generator_has_a_discriminator():
    assert PAIRS
    found = {name for name in skeeg.nn.__all__ if name.endswith((GENERATOR, DISCRIMINATOR))}
    assert found == {pair + role for pair in PAIRS for role in (GENERATOR, DISCRIMINATOR)}


@EACH
@SIZES
def test_they_play_with_each_other(pair, n_channels, n_times):
    generator, discriminator = networks(pair, n_channels, n_times)
    random = torch.Generator().manual_seed(0)
    for progress in PROGRESS:
        generator.progress = discriminator.progress = float(progress)
        signals = generator(LABELS, random)
        scores = discriminator(signals, LABELS, random)
        assert signals.isfinite().all()
        assert scores.shape == (4,)
        scores.square().sum().backward()
    for network in (generator, discriminator):
        assert all(parameter.grad.isfinite().all() for parameter in network.parameters())


@EACH
def test_no_parameter_is_without_effect(pair):
    both = networks(pair)
    random = torch.Generator().manual_seed(0)
    for progress in PROGRESS:
        for network in both:
            network.progress = float(progress)
        generator, discriminator = both
        discriminator(generator(LABELS, random), LABELS, random).square().sum().backward()
    silent = [
        name
        for network in both
        for name, parameter in network.named_parameters()
        if not parameter.grad.any()
    ]
    assert silent == []


@EACH
def test_discriminators_allow_gradient_penalties(pair):
    generator, discriminator = networks(pair)
    random = torch.Generator().manual_seed(0)
    signals = generator(LABELS, random).detach().requires_grad_()
    scores = discriminator(signals, LABELS, random)
    (slope,) = torch.autograd.grad(scores.sum(), signals, create_graph=True)
    slope.square().sum().backward()
    slopes = [parameter.grad for parameter in discriminator.parameters()]
    assert all(slope.isfinite().all() for slope in slopes if slope is not None)
    assert any(slope.any() for slope in slopes if slope is not None)


@EACH
def test_noise_comes_from_the_given_source_alone(pair):
    generator, _ = networks(pair)
    before = torch.get_rng_state()
    first, again, other = (
        generator(LABELS, torch.Generator().manual_seed(seed)) for seed in (0, 0, 1)
    )
    assert first.equal(again)
    assert not first.equal(other)
    assert torch.get_rng_state().equal(before)


@EACH
def test_classes_are_told_apart(pair):
    generator, discriminator = networks(pair)
    zeros, ones = torch.zeros(4, dtype=int), torch.ones(4, dtype=int)
    drawn = [generator(labels, torch.Generator().manual_seed(0)) for labels in (zeros, ones)]
    assert not drawn[0].equal(drawn[1])
    random = torch.Generator().manual_seed(0)
    scores = [discriminator(drawn[0], labels, random) for labels in (zeros, ones)]
    assert not scores[0].equal(scores[1])
