"""Toy networks, and what must be the same before and after."""

import os
import random
import threading
import warnings
from functools import partial

import numpy as np
import pytest
import torch
from threadpoolctl import threadpool_info
from torch import nn
from torch.nn.functional import leaky_relu

from skeeg.nn import LatentCode, ProjectionHead, SignalHead, SpectrumFeatures, UpsamplingConv1d


class Gaussian(nn.Module):
    """Draw normal values, a mean and a spread for each class."""

    def __init__(self, n_classes):
        super().__init__()
        self.mean = nn.Embedding(n_classes, 1)
        self.spread = nn.Embedding(n_classes, 1)

    def forward(self, labels, random):
        noise = torch.randn(len(labels), 1, generator=random, device=self.mean.weight.device)
        return (self.mean(labels) + self.spread(labels) * noise).unsqueeze(-1)


class Critic(nn.Module):
    """Score single values of a class."""

    def __init__(self, n_classes):
        super().__init__()
        self.layer = nn.Linear(1, 16)
        self.head = ProjectionHead(16, n_classes)

    def forward(self, signals, labels, random):
        return self.head(leaky_relu(self.layer(signals.flatten(1)), 0.2), labels)


class ConvGenerator(nn.Module):
    """Draw encoded signals of one channel and 128 points, of two classes."""

    def __init__(self):
        super().__init__()
        self.code = LatentCode(2, 8)
        self.start = nn.Linear(self.code.size, 16 * 32)
        self.stage = UpsamplingConv1d(16, 1, 25, 4)
        self.head = SignalHead(self.code.size, 1, 128)

    def forward(self, labels, random):
        code = self.code(labels, random)
        return self.head(self.stage(self.start(code).unflatten(1, (16, 32))), code, random)


class ConvCritic(nn.Module):
    """Score such signals."""

    def __init__(self):
        super().__init__()
        self.stage = nn.Conv1d(1, 16, 25, 4, padding=12)
        self.spectrum = SpectrumFeatures(1, 128)
        self.head = ProjectionHead(16 * 32 + self.spectrum.size, 2)

    def forward(self, signals, labels, random):
        wave = leaky_relu(self.stage(signals[..., :-2]), 0.2).flatten(1)
        return self.head(torch.cat([wave, self.spectrum(signals)], 1), labels)


@pytest.fixture(autouse=True)
def seeded():
    """Repeat what tests draw from torch's own source."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        yield


@pytest.fixture
def toy():
    """Return factories of a generator and a discriminator of single values of two classes."""
    return partial(Gaussian, 2), partial(Critic, 2)


@pytest.fixture
def convolutional():
    """Return factories of networks large enough for torch to use all its threads."""
    return ConvGenerator, ConvCritic


@pytest.fixture
def torch_rng():
    return torch.Generator().manual_seed(0)


@pytest.fixture
def set_threads():
    """Return a function that sets the number of torch's threads until the end of the test."""
    before = torch.get_num_threads()
    yield torch.set_num_threads
    torch.set_num_threads(before)


@pytest.fixture
def in_new_thread():
    """Return a function that calls another one in a new Python thread."""

    def call(function):
        results = []
        thread = threading.Thread(target=lambda: results.append(function()))
        thread.start()
        thread.join()
        return results[0]

    return call


@pytest.fixture
def global_state(in_new_thread):
    """Return a function that says how everything stands outside a fit."""

    def read():
        return {
            "python": random.getstate(),
            "numpy": str(np.random.get_state()),  # noqa: NPY002
            "torch": torch.get_rng_state().tolist(),
            "threads": torch.get_num_threads(),
            "threads of a new thread": in_new_thread(torch.get_num_threads),
            "thread pools": [pool["num_threads"] for pool in threadpool_info()],
            "running": threading.enumerate(),
            "environment": dict(os.environ),
            "gradients": torch.is_grad_enabled(),
            "type": torch.get_default_dtype(),
            "warnings": list(warnings.filters),
        }

    return read
