"""Augmentations change what they promise to, each alike for real and synthetic images."""

import pytest
import torch
from torch.testing import assert_close

from skeeg.nn import AdaptiveAugmentation, ImageAugmentation
from skeeg.nn._augmentation import TARGET, _change_colours, _cut_out, _move


@pytest.fixture
def images(torch_rng):
    return torch.rand(64, 3, 16, 16, generator=torch_rng) * 2 - 1


def test_nothing_changes_at_strength_0(images, torch_rng):
    for augment in (ImageAugmentation(0.0), AdaptiveAugmentation()):
        assert augment(images, torch_rng) is images


def test_every_image_changes_at_strength_1(images, torch_rng):
    changed = ImageAugmentation(1.0)(images, torch_rng)
    assert (changed != images).flatten(1).any(1).all()


def test_the_share_of_changed_images_follows_the_strength(torch_rng):
    flat = torch.ones(2000, 1, 8, 8)  # only colours and the square can be seen
    changed = (ImageAugmentation(0.3)(flat, torch_rng) != flat).flatten(1).any(1).double().mean()
    assert abs(changed - (1 - 0.7**2)) < 0.05


def test_colours_change_by_brightness_saturation_and_contrast_alone(images, torch_rng):
    """All three are linear in the image, so a grey one stays grey and differences keep signs."""
    grey = images[:, :1].expand(-1, 3, -1, -1)
    changed = _change_colours(grey, torch_rng)
    assert_close(changed, changed[:, :1].expand_as(changed), atol=1e-5, rtol=0)
    shift = changed.mean((1, 2, 3)) - grey.mean((1, 2, 3))
    assert shift.abs().max() <= 0.5 + 1e-5
    stretch = changed.std((1, 2, 3)) / grey.std((1, 2, 3))
    assert ((stretch > 0.5 - 1e-5) & (stretch < 1.5 + 1e-5)).all()


def test_images_move_by_up_to_an_eighth_and_repeat_their_border(torch_rng):
    rows = torch.arange(16.0).view(1, 1, 16, 1).expand(200, 1, 16, 16)
    moved = _move(rows, torch_rng)
    shifts = moved[:, 0, 8, 8] - 8
    assert sorted(set(shifts.tolist())) == [-2, -1, 0, 1, 2]
    expected = (torch.arange(16.0) + shifts[:, None]).clamp(0, 15)
    assert_close(moved[:, 0, :, 3], expected)
    across = _move(rows.mT, torch_rng)
    assert_close(across[:, 0, 3], (torch.arange(16.0) + across[:, 0, 8, 8:9] - 8).clamp(0, 15))


def test_a_square_of_half_the_size_is_cut_out_at_most(torch_rng):
    area = (_cut_out(torch.ones(500, 1, 16, 16), torch_rng) == 0).flatten(1).sum(1)
    assert area.max() == 64
    assert area.min() < 40  # where it hangs over the border


def test_gradients_pass_through_twice(torch_rng):
    """The penalty of a loss is a derivative of a derivative."""
    images = torch.rand(4, 3, 8, 8, generator=torch_rng, requires_grad=True)
    changed = ImageAugmentation(1.0)(images, torch_rng)
    (slope,) = torch.autograd.grad(changed.square().sum(), images, create_graph=True)
    (second,) = torch.autograd.grad(slope.sum(), images)
    assert second.abs().sum() > 0


def test_the_same_random_numbers_make_the_same_changes(images):
    first, second = (
        ImageAugmentation(0.5)(images, torch.Generator().manual_seed(3)) for _ in range(2)
    )
    assert torch.equal(first, second)


@torch.no_grad()
def test_the_strength_grows_while_real_images_win_too_surely_and_falls_again():
    augment = AdaptiveAugmentation()
    augment.adapt(-1.0)
    assert augment.strength == 0
    for _ in range(200):
        augment.adapt(TARGET + 0.1)
    assert augment.strength == 1
    augment.adapt(TARGET - 0.1)
    assert 0.9 < augment.strength < 1
