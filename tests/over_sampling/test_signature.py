"""A sampler with a parameter of its own names only that."""

import inspect
import pickle

import pytest
from sklearn.base import clone

from skeeg.over_sampling import BaseGANSampler, WaveGANSampler


class Kernel(WaveGANSampler):
    """A sampler with one parameter more."""

    def __init__(self, *, kernel_size=9, **params):
        super().__init__(**params)
        self.kernel_size = kernel_size


class Stride(Kernel):
    """And another one."""

    def __init__(self, *, stride=2, **params):
        super().__init__(**params)
        self.stride = stride


class Plain(Kernel):
    """A sampler with a constructor that inherits nothing."""

    def __init__(self, *, width=4):
        super().__init__(width=width)


def test_all_parameters_are_found():
    base = BaseGANSampler._get_param_names()
    assert Kernel._get_param_names() == sorted([*base, "kernel_size"])
    assert Stride._get_param_names() == sorted([*base, "kernel_size", "stride"])
    assert Plain._get_param_names() == ["width"]
    assert WaveGANSampler._get_param_names() == base


def test_own_parameters_come_first():
    assert list(inspect.signature(Stride).parameters)[:3] == [
        "stride",
        "kernel_size",
        "sampling_strategy",
    ]


def test_they_are_set_shown_and_copied():
    sampler = Stride(stride=4, max_iter=7)
    assert repr(sampler) == "Stride(max_iter=7, stride=4)"
    for copy in (clone(sampler), pickle.loads(pickle.dumps(sampler))):
        assert repr(copy) == repr(sampler)
    assert sampler.set_params(kernel_size=3, width=8).get_params()["kernel_size"] == 3


def test_what_nobody_knows_is_refused():
    with pytest.raises(TypeError, match="unexpected keyword argument 'kernelsize'"):
        Stride(kernelsize=3)
