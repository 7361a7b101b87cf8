"""Networks of images build for all legal sizes, use their conditions and seek modes."""

from functools import partial

import pytest
import torch
from torch.testing import assert_close

from skeeg.nn import ImageDiscriminator, ImageGenerator
from skeeg.nn._parameters import build

SIZES = [8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128]


def generator(image_size=16, n_colours=1, **params):
    make = partial(ImageGenerator, 3, image_size, n_colours, 5, 4, **params)
    return build(make, seed=0).requires_grad_(False)


def discriminator(image_size=16, n_colours=1, **params):
    make = partial(ImageDiscriminator, 3, image_size, n_colours, 4, **params)
    return build(make, seed=1).requires_grad_(False)


@pytest.fixture
def conditions(torch_rng):
    return torch.randn(6, 3, generator=torch_rng)


@pytest.mark.parametrize("image_size", SIZES)
def test_sizes_are_4_to_7_times_powers_of_two(conditions, torch_rng, image_size):
    images = generator(image_size, n_colours=3)(conditions, torch_rng)
    assert images.shape == (6, 3, image_size, image_size)
    assert images.abs().max() <= 1
    assert discriminator(image_size, n_colours=3)(images, conditions, torch_rng).shape == (6,)


@pytest.mark.parametrize("image_size", [16, 128])
def test_untrained_networks_keep_signals_at_a_level_that_can_be_trained(torch_rng, image_size):
    conditions = torch.randn(16, 3, generator=torch_rng)
    images = generator(image_size)(conditions, torch_rng)
    assert 0.1 < images.std() < 0.8
    noise = torch.randn(16, 1, image_size, image_size, generator=torch_rng)
    scores = discriminator(image_size)(noise, conditions, torch_rng)
    assert 0.1 < scores.std() < 10


def test_images_follow_conditions_and_random_values(conditions, torch_rng):
    draw = generator()
    first, second = (draw(conditions, torch.Generator().manual_seed(0)) for _ in range(2))
    assert torch.equal(first, second)
    assert not torch.equal(draw(conditions, torch_rng), first)
    assert not torch.equal(draw(conditions + 1, torch.Generator().manual_seed(0)), first)


def test_without_random_values_an_image_is_a_function_of_its_conditions(conditions, torch_rng):
    draw = generator(truncation=0.0)
    assert_close(draw(conditions, torch_rng), draw(conditions, torch_rng))


@pytest.mark.parametrize("projection", [False, True])
def test_scores_depend_on_images_and_conditions(conditions, torch_rng, projection):
    score = discriminator(projection=projection, augmentation=0.0)
    images = torch.randn(6, 1, 16, 16, generator=torch_rng)
    scores = score(images, conditions, torch_rng)
    assert not torch.allclose(scores, score(images.flip(0), conditions, torch_rng))
    assert not torch.allclose(scores, score(images, conditions.flip(0), torch_rng))


def test_a_projection_is_linear_in_the_conditions(conditions, torch_rng):
    score = discriminator(augmentation=0.0)
    images = torch.randn(6, 1, 16, 16, generator=torch_rng)
    at = [score(images, factor * conditions, torch_rng) for factor in (0, 1, 2)]
    assert_close(at[2] - at[1], at[1] - at[0])


def test_mode_seeking_costs_nothing_when_off(conditions, torch_rng):
    assert generator().penalty(conditions, torch_rng) == 0


def test_mode_seeking_is_the_distance_of_random_values_over_that_of_images(conditions):
    draw = generator(mode_seeking=2.0)
    penalty = draw.penalty(conditions, torch.Generator().manual_seed(0))
    random = torch.Generator().manual_seed(0)
    some = conditions[::2]
    one, two = (torch.randn(3, 5, generator=random) for _ in range(2))
    images_apart = (draw._draw(some, one) - draw._draw(some, two)).abs().mean()
    expected = 2 / (images_apart / (one - two).abs().mean() + 1e-5)
    assert_close(penalty, expected)


def test_mode_seeking_wants_images_apart(conditions, torch_rng):
    draw = generator(mode_seeking=1.0)
    before = draw.penalty(conditions, torch.Generator().manual_seed(0))
    draw.end.weight.mul_(0.1)
    draw.end.bias.mul_(0.1)
    assert draw.penalty(conditions, torch.Generator().manual_seed(0)) > 2 * before


def test_only_an_adaptive_discriminator_asks_to_be_told(conditions):
    adaptive = [m for m in discriminator().modules() if hasattr(m, "adapt")]
    fixed = [m for m in discriminator(augmentation=0.5).modules() if hasattr(m, "adapt")]
    assert (len(adaptive), len(fixed)) == (1, 0)


@pytest.mark.parametrize("image_size", [8, 28])
@pytest.mark.parametrize("projection", [True, False])
def test_every_parameter_has_an_effect(conditions, torch_rng, image_size, projection):
    draw = generator(image_size).requires_grad_(True)
    judge = discriminator(image_size, augmentation=0, projection=projection).requires_grad_(True)
    for network in (draw, judge):
        for parameter in network.parameters():
            parameter.data[parameter == 0] = 0.5  # what starts at zero may be a gate
    judge(draw(conditions, torch_rng), conditions, torch_rng).square().sum().backward()
    for network in (draw, judge):
        for path, parameter in network.named_parameters():
            assert parameter.grad.isfinite().all(), path
            assert parameter.grad.any(), path


def test_the_discriminator_allows_gradient_penalties(conditions, torch_rng):
    images = generator()(conditions, torch_rng).requires_grad_(True)
    judge = discriminator().requires_grad_(True)
    scores = judge(images, conditions, torch_rng)
    (slope,) = torch.autograd.grad(scores.sum(), images, create_graph=True)
    slope.square().sum().backward()
    found = [parameter.grad for parameter in judge.parameters() if parameter.grad is not None]
    assert found
    assert all(gradient.isfinite().all() for gradient in found)
