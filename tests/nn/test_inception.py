"""Inception blocks against correlations and running maxima of scipy."""

from functools import partial

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose
from scipy.ndimage import correlate1d, maximum_filter1d
from torch.nn.functional import leaky_relu

from skeeg.nn import InceptionBlock
from skeeg.nn._parameters import build


def correlate(layer, signal):
    """What a convolution makes of a signal (n_channels, n_times), by scipy."""
    weight, bias = (parameter.detach().numpy() for parameter in (layer.weight, layer.bias))
    filtered = [
        sum(correlate1d(x, w, mode="constant") for x, w in zip(signal, kernel, strict=True))
        for kernel in weight
    ]
    return np.array(filtered) + bias[:, None]


@pytest.mark.parametrize("in_channels", [1, 4, 7])
@pytest.mark.parametrize("kernel_sizes", [(1,), (3, 5), (5, 11, 21)])
@pytest.mark.parametrize("stride", [1, 2, 4])
@pytest.mark.parametrize("n_times", [1, 30])
def test_block_is_what_scipy_makes_of_it(in_channels, kernel_sizes, stride, n_times, torch_rng):
    block = build(partial(InceptionBlock, in_channels, 4, kernel_sizes, stride), seed=0)
    for parameter in block.parameters():
        parameter.data += 0.1  # biases begin at zero
    x = torch.randn(2, in_channels, n_times, generator=torch_rng)
    y = block(x)
    assert y.shape == (2, block.size, len(range(0, n_times, stride)))
    for signal, found in zip(x.numpy(), y.detach(), strict=True):
        narrow = correlate(block.bottleneck, signal) if in_channels > 4 else signal
        peaks = maximum_filter1d(signal, 3, axis=1, mode="nearest")
        branches = [correlate(branch, narrow) for branch in block.branches]
        total = np.concatenate([*branches, correlate(block.after_pool, peaks)])
        total = (total + correlate(block.shortcut, signal))[:, ::stride]
        expected = leaky_relu(torch.from_numpy(total).float(), 0.2)
        assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_branches_reach_as_far_as_their_kernels():
    block = build(partial(InceptionBlock, 1, 2, (3, 9)), seed=0)
    impulse = torch.zeros(1, 1, 41)
    impulse[..., 20] = 1
    changed = (block(impulse) != block(0 * impulse))[0]
    reached = [channel.nonzero().flatten().tolist() for channel in changed.flatten(1)]
    assert reached[0] == [19, 20, 21]
    assert reached[2] == list(range(16, 25))
    assert reached[4] == [19, 20, 21]
