"""Every public sampler that can be fitted, quick enough for many fits."""

import inspect

import numpy as np
import pytest

import skeeg.over_sampling
from skeeg.datasets import make_seizures

TINY = {"max_iter": 1, "batch_size": 4, "latent_dim": 3, "width": 2}
PUBLIC = [getattr(skeeg.over_sampling, name) for name in skeeg.over_sampling.__all__]
SAMPLERS = [c for c in PUBLIC if hasattr(c, "fit_resample") and not inspect.isabstract(c)]
GAN_SAMPLERS = [c for c in SAMPLERS if issubclass(c, skeeg.over_sampling.BaseGANSampler)]
CLASSICAL_SAMPLERS = [c for c in SAMPLERS if c not in GAN_SAMPLERS]


def factory_of(sampler):
    """Return a function that makes instances, tiny where their size can be chosen."""
    tiny = {name: TINY[name] for name in TINY.keys() & sampler().get_params().keys()}
    return lambda **params: sampler(**{**tiny, "random_state": 0, **params})


def each(samplers):
    return pytest.fixture(params=samplers, ids=lambda sampler: sampler.__name__)


@each(SAMPLERS)
def make_sampler(request):
    """Return a factory of tiny instances of each sampler in turn."""
    return factory_of(request.param)


@each(GAN_SAMPLERS)
def make_gan(request):
    """Return a factory of tiny instances of each GAN in turn."""
    return factory_of(request.param)


@each(CLASSICAL_SAMPLERS)
def make_classical(request):
    """Return a factory of instances of each classical sampler in turn."""
    return factory_of(request.param)


@pytest.fixture
def one_of_each():
    """Tiny instances of all samplers."""
    return [factory_of(sampler)() for sampler in SAMPLERS]


@pytest.fixture
def data():
    """Simulated seizures: 24 windows, 6 of them seizures, of 4 recordings and 40 points."""
    return make_seizures(4, 6, 40, seizure_fraction=0.25, random_state=0)


@pytest.fixture
def multichannel():
    """The same of three channels, (24, 3, 40)."""
    return make_seizures(4, 6, 40, n_channels=3, seizure_fraction=0.25, random_state=0)


@pytest.fixture
def three_classes(rng):
    """Noise of 20, 10 and 5 rows in classes of the names c, a and b."""
    return rng.standard_normal((35, 12)), np.repeat(["c", "a", "b"], [20, 10, 5])
