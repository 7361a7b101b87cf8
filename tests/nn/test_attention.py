"""Attention against torch's own."""

from functools import partial

import pytest
import torch
from torch.nn.functional import multi_head_attention_forward
from torch.testing import assert_close

from skeeg.nn import SelfAttention
from skeeg.nn._parameters import build


@pytest.fixture
def attend():
    """Return a block of 3 channels and 20 points with an open gate."""
    block = build(partial(SelfAttention, 3, 20), seed=0)
    block.gate.data.fill_(0.5)
    return block


def test_it_is_the_attention_of_torch(torch_rng):
    block = build(partial(SelfAttention, 8, 20), seed=0)
    block.gate.data.fill_(0.5)
    x = torch.randn(4, 8, 20, generator=torch_rng)
    points = x.permute(2, 0, 1) + block.place.unsqueeze(1)
    # of torch's single head, query and key are as wide as the value: zeros fill them
    wide = torch.zeros(3, 8, 8)
    for target, part in zip(wide, block.project.weight.split(block.sizes), strict=True):
        target[: len(part)] = part.detach()
    wide[0] *= 8**0.5  # it divides by the root of that width, and here the width is one
    expected, _ = multi_head_attention_forward(
        *(points, points, points, 8, 1, wide.flatten(0, 1), None, None, None, False, 0.0),
        *(torch.eye(8), None),
    )
    assert_close(block(x), x + 0.5 * expected.permute(1, 2, 0))


def test_a_closed_gate_changes_nothing(torch_rng):
    block = build(partial(SelfAttention, 3, 20), seed=0)
    x = torch.randn(4, 3, 20, generator=torch_rng)
    assert block(x).equal(x)


def test_every_point_reaches_every_other(attend, torch_rng):
    x = torch.randn(1, 3, 20, generator=torch_rng)
    slopes = torch.autograd.functional.jacobian(lambda x: attend(x).sum(1), x)
    assert slopes[0, :, 0].abs().sum(1).gt(0).all()


def test_places_can_be_told_apart(attend, torch_rng):
    x = torch.randn(4, 3, 20, generator=torch_rng)
    backwards = attend(x.flip(-1)).flip(-1)
    assert not torch.allclose(attend(x), backwards, atol=1e-4)
    attend.place.data.zero_()
    assert_close(attend(x), attend(x.flip(-1)).flip(-1))


def test_second_derivatives_are_those_of_finite_differences(attend, torch_rng):
    x = torch.randn(2, 3, 20, generator=torch_rng, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradgradcheck(attend.double(), x)
