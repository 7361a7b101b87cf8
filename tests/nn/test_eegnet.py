"""EEGNet computes what the network of the paper computes, for signals of any size."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from torch.nn.functional import avg_pool2d, batch_norm, conv2d, elu, pad

from skeeg.nn import EEGNet


@pytest.fixture
def random():
    return torch.Generator().manual_seed(0)


def normalize(x):
    return batch_norm(x, None, None, training=True)


def paper(net, x, scales, offsets):
    """The network in the order of the paper, on two-dimensional maps, in training mode."""
    width, _, kernel_size = net.temporal.shape
    x = pad(x[:, None], ((kernel_size - 1) // 2, kernel_size // 2))
    x = conv2d(x, net.temporal[:, :, None])
    x = scales[:, None, None] * normalize(x) + offsets[:, None, None]
    x = conv2d(x, net.spatial.weight[..., 0][:, None, :, None], groups=width)
    x = avg_pool2d(elu(normalize(x)), (1, 4))
    coarse = net.depthwise.kernel_size[0]
    x = pad(x, ((coarse - 1) // 2, coarse // 2))
    x = conv2d(x, net.depthwise.weight[:, :, None], groups=len(net.depthwise.weight))
    x = conv2d(x, net.pointwise.weight[..., None])
    return net.head(avg_pool2d(elu(normalize(x)), (1, 8)).flatten(1))


def test_leaves_out_a_normalisation_and_swaps_filters_without_a_change(random):
    net = EEGNet(5, 128, 3, width=4, n_spatial_filters=2, kernel_size=32, dropout=0)
    net.reset_parameters(random)
    x = torch.randn(20, 5, 128, generator=random)
    scales, offsets = torch.rand(4, generator=random) + 0.5, torch.randn(4, generator=random)
    with torch.no_grad():
        assert_allclose(net(x), paper(net, x, scales, offsets), atol=2e-4)


@pytest.mark.parametrize("n_channels", [1, 19])
@pytest.mark.parametrize("n_times", [1, 2, 3, 4, 5, 31, 32, 33, 500])
@pytest.mark.parametrize("training", [False, True])
def test_builds_for_signals_of_any_size(random, n_channels, n_times, training):
    net = EEGNet(n_channels, n_times, 3).train(training)
    scores = net(torch.randn(2, n_channels, n_times, generator=random), random)
    assert scores.shape == (2, 3)
    assert torch.isfinite(scores).all()


def test_learns_a_rhythm_of_any_phase(random):
    """What the mean over time cannot tell: a rhythm against noise of the same power."""
    phase = 6.28 * torch.rand(60, 1, 1, generator=random)
    rhythm = 2**0.5 * torch.sin(0.5 * torch.arange(100) + phase)
    noise = torch.randn(60, 1, 100, generator=random)
    x, y = torch.cat([rhythm, noise]), torch.arange(2).repeat_interleave(60)
    net = EEGNet(1, 100, 2, kernel_size=32)
    net.reset_parameters(random)
    optimiser = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(30):
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(net(x, random), y).backward()
        optimiser.step()
        net.limit_weights()
    assert (net.eval()(x).argmax(1) == y).float().mean() > 0.95


def test_weights_are_limited_to_the_norms_of_the_paper(random):
    net = EEGNet(4, 40, 3)
    with torch.no_grad():
        for layer in (net.spatial, net.head):
            layer.weight.normal_(generator=random)
            layer.weight[0] *= 1e-3
    spatial, head = net.spatial.weight.detach().clone(), net.head.weight.detach().clone()
    net.limit_weights()
    for before, after, limit in ((spatial, net.spatial, 1.0), (head, net.head, 0.25)):
        norms = after.weight.flatten(1).norm(dim=1)
        assert_allclose(norms.detach(), before.flatten(1).norm(dim=1).clamp(max=limit), rtol=1e-4)
        assert_array_equal(after.weight[0].detach(), before[0])


def test_weights_and_dropout_come_from_the_generator_alone():
    x, state = torch.ones(4, 3, 50), torch.get_rng_state()
    with torch.device("meta"):
        net = EEGNet(3, 50, 2)
    net.to_empty(device="cpu")
    scores = []
    for seed in (0, 0, 1):
        random = torch.Generator().manual_seed(seed)
        net.reset_parameters(random)
        scores.append(net(x, random).detach().numpy())
    assert_array_equal(scores[0], scores[1])
    assert not np.array_equal(scores[0], scores[2])
    assert_array_equal(torch.get_rng_state(), state)


def test_dropout_is_for_training_only(random):
    net = EEGNet(2, 64, 2, dropout=0.5)
    x = torch.randn(8, 2, 64, generator=random)
    assert not torch.equal(net(x, random), net(x, random))
    assert torch.equal(net.eval()(x), net(x))
