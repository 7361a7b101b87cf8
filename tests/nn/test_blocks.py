"""What every building block promises, found by walking `__all__`."""

import inspect
from functools import partial
from math import ceil

import pytest
import torch
from torch import nn

import skeeg.nn
from skeeg.nn._parameters import build

N_SAMPLES, N_CLASSES, SIZE = 5, 3, 6


def arguments(n_channels, n_times):
    """Of each block: its own arguments, those of its forward, and the shape that it returns."""
    signals = torch.randn(N_SAMPLES, n_channels, n_times)
    encoded = torch.randn(N_SAMPLES, n_channels, n_times + 2)
    code = torch.randn(N_SAMPLES, SIZE)
    labels = torch.arange(N_SAMPLES) % N_CLASSES
    shape, channels = signals.shape, {"code_size": SIZE, "n_channels": n_channels}
    sizes = {**channels, "n_times": n_times}
    upsampling = {"in_channels": n_channels, "out_channels": 4, "kernel_size": 9, "stride": 4}
    spectrum = {"n_channels": n_channels, "n_times": n_times, "width": 7}
    level, frames = torch.randn(N_SAMPLES, 3, 8), {"n_times": n_times, "n_frames": 4}
    inception = {"in_channels": n_channels, "n_filters": 2, "kernel_sizes": (3, 9), "stride": 2}
    return {
        "InceptionBlock": (inception, [signals], (N_SAMPLES, 6, ceil(n_times / 2))),
        "LatentCode": ({"n_classes": N_CLASSES, "latent_dim": 8}, [labels], (N_SAMPLES, 40)),
        "ModulatedNoise": ({**sizes, "n_sources": 3}, [level, code], shape),
        "Modulation": (channels, [signals, code], shape),
        "PhaseShuffle": ({"max_shift": 2}, [signals], shape),
        "ProjectionHead": ({"n_features": SIZE, "n_classes": N_CLASSES}, [code, labels], (5,)),
        "SelfAttention": ({"n_channels": n_channels, "n_times": n_times}, [signals], shape),
        "ShortTimeSpectrum": (
            frames,
            [signals],
            (N_SAMPLES, n_channels * (ceil(n_times / 4) + 1), 4),
        ),
        "SignalHead": (sizes, [signals, code], (N_SAMPLES, n_channels, n_times + 2)),
        "SpectrumFeatures": (spectrum, [encoded], (N_SAMPLES, 7 + 4 * n_channels)),
        "StationaryNoise": (sizes, [code], shape),
        "UpsamplingConv1d": (upsampling, [signals], (N_SAMPLES, 4, 4 * n_times)),
    }


# whole networks, and what changes images, have tests of their own
NO_BLOCKS = ("Generator", "Discriminator", "Net", "Encoder", "Augmentation")


def is_block(obj):
    is_module = inspect.isclass(obj) and issubclass(obj, nn.Module)
    return is_module and not obj.__name__.endswith(NO_BLOCKS)


def takes_noise(block):
    return "random" in inspect.signature(block.forward).parameters


BLOCKS = dict(inspect.getmembers(skeeg.nn, is_block))
EACH = pytest.mark.parametrize("name", BLOCKS)
NOISY = [name for name, block in BLOCKS.items() if takes_noise(block)]
DISCRIMINATING = [
    "InceptionBlock",
    "PhaseShuffle",
    "ProjectionHead",
    "SelfAttention",
    "ShortTimeSpectrum",
    "SpectrumFeatures",
]
SILENT = [name for name in BLOCKS if name not in NOISY]
SIZES = pytest.mark.parametrize(
    ("n_channels", "n_times"), [(1, 1), (2, 1), (1, 2), (2, 3), (3, 50)]
)


@pytest.fixture
def make_block():
    """Return a factory of a block with its inputs, and the shape of the result."""

    def make(name, n_channels=2, n_times=50):
        parameters, inputs, shape = arguments(n_channels, n_times)[name]
        block = build(partial(BLOCKS[name], **parameters), seed=0)
        for x in inputs:
            x.requires_grad_(x.is_floating_point())
        return block, inputs, shape

    return make


def apply(block, inputs, seed=0):
    """Call a block, with a source of noise if it wants one."""
    random = torch.Generator().manual_seed(seed)
    return block(*inputs, random) if takes_noise(block) else block(*inputs)


@EACH
@SIZES
def test_results_are_finite_and_as_large_as_they_should_be(make_block, name, n_channels, n_times):
    block, inputs, shape = make_block(name, n_channels, n_times)
    result = apply(block, inputs)
    assert result.shape == shape
    assert result.isfinite().all()
    assert result.dtype == torch.float32


@EACH
@SIZES
def test_slopes_reach_every_parameter(make_block, name, n_channels, n_times):
    block, inputs, _ = make_block(name, n_channels, n_times)
    apply(block, inputs).square().sum().backward()
    for path, parameter in block.named_parameters():
        assert parameter.grad is not None, path
        assert parameter.grad.isfinite().all(), path


@EACH
def test_no_parameter_is_without_effect(make_block, name):
    block, inputs, _ = make_block(name)
    for parameter in block.parameters():
        parameter.data[parameter == 0] = 0.5  # what starts at zero may be a gate
    apply(block, inputs).pow(3).sum().backward()
    assert all(parameter.grad.any() for parameter in block.parameters())


@pytest.mark.parametrize("name", DISCRIMINATING)
@SIZES
def test_blocks_of_discriminators_allow_gradient_penalties(make_block, name, n_channels, n_times):
    block, inputs, _ = make_block(name, n_channels, n_times)
    # a waveform of one point has no variance, so zeros are what is seen there
    inputs[0].data[..., :n_times] -= inputs[0].data[..., :n_times].mean(-1, keepdim=True)
    score = apply(block, inputs).square().sum()
    (slope,) = torch.autograd.grad(score, inputs[0], create_graph=True)
    penalty = slope.square().sum()
    slopes = torch.autograd.grad(penalty, [*block.parameters(), inputs[0]], allow_unused=True)
    assert all(slope.isfinite().all() for slope in slopes if slope is not None)


@pytest.mark.parametrize("name", NOISY)
def test_noise_comes_from_the_given_source_alone(make_block, name):
    block, inputs, _ = make_block(name)
    before = torch.get_rng_state()
    first, again, other = (apply(block, inputs, seed) for seed in (0, 0, 1))
    assert first.equal(again)
    assert not first.equal(other)
    assert torch.get_rng_state().equal(before)


@pytest.mark.parametrize("name", SILENT)
def test_a_sample_does_not_depend_on_the_others(make_block, name):
    block, inputs, _ = make_block(name)
    expected = block(*inputs)
    torch.testing.assert_close(block(*(x[1:3] for x in inputs)), expected[1:3])
