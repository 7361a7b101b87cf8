"""What tells networks apart, and is the same in every process."""

import os
import subprocess
import sys
from functools import partial

import joblib
import numpy as np
import pytest
import torch
from torch import nn

from skeeg.nn import ImageDiscriminator
from skeeg.nn._identity import describe_network
from skeeg.nn._parameters import build

IN_ANOTHER_PROCESS = """
import joblib
from tests.nn.test_identity import describe, Holder, SETTING
print(joblib.hash(describe(Holder, SETTING)))
"""


class Holder(nn.Module):
    """Has a parameter, and a setting that does not change it."""

    def __init__(self, setting):
        super().__init__()
        self.setting, self.layer = setting, nn.Linear(1, 1)


def double(x):
    return 2 * x


SETTING = {"b": {3, "three", 0.5}, "a": [double, partial(double, 3), torch.float32, object()]}


def describe(make_network, *arguments):
    return describe_network(build(partial(make_network, *arguments), 0))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 2),
        (1.0, None),
        ("same", "valid"),
        ((1, 2), (2, 1)),
        ({"a": 1}, {"a": 2}),
        ({1, 2}, {1, 3}),
        (np.arange(2), np.arange(3)),
        (double, torch.relu),
        (partial(double, 1), partial(double, 2)),
        (nn.ReLU, nn.Tanh),
    ],
    ids=lambda value: type(value).__name__,
)
def test_settings_tell_networks_apart(one, other):
    assert describe(Holder, one) == describe(Holder, one)
    assert describe(Holder, one) != describe(Holder, other)


def test_layers_without_parameters_tell_networks_apart():
    layers = [partial(nn.Sequential, nn.Linear(1, 1), last()) for last in (nn.ReLU, nn.Tanh)]
    assert describe(layers[0]) != describe(layers[1])


@pytest.mark.parametrize("change", [{"augmentation": 0.5}, {"projection": False}], ids=str)
def test_settings_of_the_discriminator_of_images_are_seen(change):
    make = partial(ImageDiscriminator, 2, 8, 1, 2)
    assert describe(partial(make, augmentation=1.0)) != describe(
        partial(make, **{"augmentation": 1.0, **change})
    )


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_description_is_the_same_in_every_process(seed):
    found = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
        text=True,
    )
    assert found.stdout.strip() == joblib.hash(describe(Holder, SETTING))


def test_values_do_not_matter():
    networks = [build(partial(nn.Linear, 2, 3), seed) for seed in (0, 1)]
    assert describe_network(networks[0]) == describe_network(networks[1])
