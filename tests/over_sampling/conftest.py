"""Every public sampler that can be fitted, quick enough for many fits."""

import inspect

import numpy as np
import pytest

import skeeg.over_sampling
from skeeg.datasets import make_seizures

TINY = {"max_iter": 2, "batch_size": 4, "latent_dim": 3, "width": 2}
GAN_SAMPLERS = [
    sampler
    for name in skeeg.over_sampling.__all__
    if not inspect.isabstract(sampler := getattr(skeeg.over_sampling, name))
    and issubclass(sampler, skeeg.over_sampling.BaseGANSampler)
]


@pytest.fixture(params=GAN_SAMPLERS, ids=lambda sampler: sampler.__name__)
def make_sampler(request):
    """Return a factory of tiny instances of each sampler in turn."""

    def make(**params):
        return request.param(**{**TINY, "random_state": 0, **params})

    return make


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
