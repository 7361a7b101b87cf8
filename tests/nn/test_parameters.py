"""Networks from a seed alone, and to numpy and back."""

import pickle

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import kstest
from torch import nn

from skeeg.nn._parameters import build, from_numpy, to_numpy


def make_network():
    """Return every kind of layer that is initialised in its own way."""
    layers = {
        "linear": nn.Linear(50, 80),
        "conv": nn.Conv1d(20, 30, 5),
        "norm": nn.GroupNorm(4, 20),
        "embedding": nn.Embedding(40, 30),
    }
    return nn.ModuleDict(layers)


@pytest.mark.parametrize(
    ("name", "variance"), [("linear", 1 / 150), ("conv", 1 / 300), ("embedding", 1.0)]
)
def test_weights_are_normal_and_shrink_with_the_number_of_inputs(name, variance):
    weight = to_numpy(build(make_network, seed=0))[f"{name}.weight"]
    assert kstest(weight.ravel() / variance**0.5, "norm").pvalue > 0.01


def test_biases_are_zero_and_scales_one():
    state = to_numpy(build(make_network, seed=0))
    assert_array_equal(state["norm.weight"], 1)
    assert not any(state[f"{name}.bias"].any() for name in ("linear", "conv", "norm"))


def test_another_default_dtype_is_refused_with_the_way_out():
    torch.set_default_dtype(torch.float64)
    try:
        with pytest.raises(ValueError, match=r"torch.float64.*set_default_dtype\(torch.float32\)"):
            build(make_network, seed=0)
    finally:
        torch.set_default_dtype(torch.float32)


def test_the_seed_decides_and_nothing_else():
    first = to_numpy(build(make_network, seed=0))
    torch.manual_seed(5)
    again, other = (to_numpy(build(make_network, seed=seed)) for seed in (0, 1))
    for name, value in first.items():
        assert_array_equal(value, again[name])
    assert not np.array_equal(first["linear.weight"], other["linear.weight"])


def test_building_leaves_the_global_state_alone(global_state):
    before = global_state()
    network = build(make_network, seed=0)
    from_numpy(make_network, to_numpy(network))
    assert global_state() == before


def test_layers_do_not_initialise_themselves():
    devices = []

    class Watched(nn.Linear):
        def reset_parameters(self):
            devices.append(self.weight.device.type)

    network = build(lambda: Watched(2, 2), seed=0)
    assert devices == ["meta"]
    assert network.weight.device.type == "cpu"


@pytest.mark.parametrize("layer", [nn.BatchNorm1d, nn.InstanceNorm1d])
def test_networks_with_buffers_are_refused(layer):
    def make():
        return nn.Sequential(nn.Linear(3, 3), layer(3, track_running_stats=True))

    with pytest.raises(ValueError, match=r"Sequential has buffers \(1\.running_mean"):
        build(make, seed=0)


def test_numpy_and_back_gives_the_same_network():
    network = build(make_network, seed=0)
    state = pickle.loads(pickle.dumps(to_numpy(network)))
    assert all(isinstance(value, np.ndarray) for value in state.values())
    copy = from_numpy(make_network, state)
    assert not copy.training
    x = torch.randn(3, 50)
    assert copy["linear"](x).equal(network["linear"](x))


def test_a_network_from_numpy_does_not_share_memory():
    state = to_numpy(build(make_network, seed=0))
    network = from_numpy(make_network, state)
    before = state["linear.weight"].copy()
    with torch.no_grad():
        network["linear"].weight.zero_()
    assert_allclose(state["linear.weight"], before)
