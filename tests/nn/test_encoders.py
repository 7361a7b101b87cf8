"""Networks that encode signals: sizes, the sphere, and what a code may depend on."""

from functools import partial

import pytest
import torch

from skeeg.nn import ConvolutionalEncoder, RecurrentEncoder
from skeeg.nn._parameters import build, from_numpy, to_numpy

DEEP = partial(RecurrentEncoder, widths=(5, 6, 7))
ENCODERS = pytest.mark.parametrize("make", [ConvolutionalEncoder, RecurrentEncoder, DEEP])


def random(seed=0):
    return torch.Generator().manual_seed(seed)


@ENCODERS
@pytest.mark.parametrize("n_times", [1, 2, 9, 33])
@pytest.mark.parametrize("n_channels", [1, 3])
def test_any_signal_becomes_a_point_on_the_sphere(make, n_channels, n_times):
    network = build(partial(make, n_channels, n_times, 4), 0)
    codes = network(torch.randn(6, n_channels, n_times, generator=random()), random())
    assert codes.shape == (6, 4)
    torch.testing.assert_close(codes.norm(dim=1), torch.ones(6))


@ENCODERS
def test_every_parameter_learns(make):
    network = build(partial(make, 2, 20, 4), 0).train()
    codes = network(torch.randn(6, 2, 20, generator=random()), random())
    (codes * torch.randn(6, 4, generator=random())).sum().backward()
    assert all(parameter.grad.abs().sum() > 0 for parameter in network.parameters())


@ENCODERS
def test_codes_do_not_depend_on_the_rest_of_the_batch(make):
    network = build(partial(make, 2, 20, 4), 0).eval()
    signals = torch.randn(6, 2, 20, generator=random())
    torch.testing.assert_close(network(signals)[2:3], network(signals[2:3]))


@ENCODERS
def test_parameters_travel_as_arrays(make):
    recipe = partial(make, 2, 20, 4)
    network = build(recipe, 0).eval()
    signals = torch.randn(6, 2, 20, generator=random())
    copy = from_numpy(recipe, to_numpy(network))
    assert torch.equal(copy(signals), network(signals))


def test_dropout_comes_from_the_generator_alone_and_only_in_training():
    network = build(partial(ConvolutionalEncoder, 2, 20, 4), 0)
    signals = torch.randn(6, 2, 20, generator=random())
    first, again, other = (network.train()(signals, random(seed)) for seed in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert torch.equal(network.eval()(signals), network(signals, random(2)))


@pytest.mark.parametrize("sizes", [{"width": 6}, {"kernel_size": 4}])
def test_sizes_that_do_not_fit_are_named(sizes):
    ((name, value),) = sizes.items()
    with pytest.raises(ValueError, match=f"{name}={value}"):
        ConvolutionalEncoder(1, 20, 4, **sizes)


def test_the_encoder_of_eeg2image_has_the_layers_of_the_paper():
    network = RecurrentEncoder(14, 32, 128)
    assert [(layer.input_size, layer.hidden_size) for layer in network.layers] == [
        (14, 32),
        (32, 128),
    ]


def test_a_recurrent_code_is_the_last_state_of_the_last_layer():
    network = build(partial(RecurrentEncoder, 2, 20, 4), 0)
    signals = torch.randn(6, 2, 20, generator=random())
    states, _ = network.layers[0](signals.transpose(1, 2))
    _, (last, _) = network.layers[1](states)
    expected = last[0] / last[0].norm(dim=1, keepdim=True)
    torch.testing.assert_close(network(signals), expected)
