"""Upsampling against interpolation, shuffles against shifts."""

from functools import partial

import numpy as np
import pytest
import torch
from torch.nn.functional import conv1d, interpolate, pad
from torch.testing import assert_close

from skeeg.nn import PhaseShuffle, UpsamplingConv1d
from skeeg.nn._parameters import build


def interpolate_and_convolve(x, layer):
    """The same in two steps, with twenty zeros beyond each end."""
    margin = 20
    finer = interpolate(pad(x, (margin, margin)), scale_factor=layer.stride, mode="linear")
    y = conv1d(finer, layer.weight, layer.bias, padding="same")
    return y[..., margin * layer.stride : -margin * layer.stride]


@pytest.mark.parametrize("stride", [2, 4, 6])
@pytest.mark.parametrize("kernel_size", [1, 3, 9, 25])
@pytest.mark.parametrize("n_times", [1, 2, 30])
def test_upsampling_is_interpolation_and_convolution(stride, kernel_size, n_times, torch_rng):
    layer = build(partial(UpsamplingConv1d, 3, 2, kernel_size, stride), seed=0)
    torch.nn.init.normal_(layer.bias, generator=torch_rng)
    x = torch.randn(4, 3, n_times, generator=torch_rng)
    assert_close(layer(x), interpolate_and_convolve(x, layer), rtol=1e-4, atol=1e-5)


def test_further_than_a_kernel_from_the_ends_it_needs_no_zeros():
    layer = build(partial(UpsamplingConv1d, 3, 2, 9, 4), seed=0)
    x = torch.randn(4, 3, 30)
    finer = interpolate(x, scale_factor=4, mode="linear", align_corners=False)
    expected = conv1d(finer, layer.weight, layer.bias, padding=4)
    assert_close(layer(x)[..., 9:-9], expected[..., 9:-9], rtol=1e-4, atol=1e-5)


def test_a_constant_stays_constant_between_the_ends():
    layer = build(partial(UpsamplingConv1d, 1, 1, 25, 4), seed=0)
    y = layer(torch.ones(1, 1, 40))[..., 25:-25]
    assert_close(y, layer.weight.sum().expand_as(y))


@pytest.mark.parametrize(("n_times", "reach"), [(1, 0), (2, 1), (3, 2), (20, 3)])
def test_shuffles_are_all_shifts_up_to_the_largest(n_times, reach, torch_rng):
    x = torch.randn(200, 2, n_times, generator=torch_rng)
    shuffled = PhaseShuffle(max_shift=3)(x, torch_rng)
    seen = set()
    for before, after in zip(x.numpy(), shuffled.numpy(), strict=True):
        reflected = np.pad(before, [(0, 0), (reach, reach)], mode="reflect")
        shifts = [
            shift
            for shift in range(-reach, reach + 1)
            if np.array_equal(reflected[:, reach + shift :][:, :n_times], after)
        ]
        assert shifts
        seen.update(shifts)
    assert seen == set(range(-reach, reach + 1))


def test_a_shuffle_of_nothing_changes_nothing(torch_rng):
    x = torch.randn(5, 2, 20)
    assert PhaseShuffle(max_shift=0)(x, torch_rng).equal(x)
