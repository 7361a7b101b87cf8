"""Say what a network is, so that another with as many parameters is not taken for it."""

from functools import partial
from numbers import Number

import numpy as np
import torch
from torch import nn

PLAIN = Number, str, bytes, type(None), torch.dtype


def _name(thing):
    # A program that spawns processes has another name in them.
    return f"{thing.__module__}.{thing.__qualname__}".replace("__mp_main__", "__main__")


def _describe(value):
    """Say what a setting is in words that are the same in every process."""
    if isinstance(value, np.ndarray):
        return _describe(value.tolist())
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, map(_describe, value)))
    if isinstance(value, (list, tuple)):
        return [_describe(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _describe(item) for name, item in value.items()}
    if isinstance(value, partial):
        return _describe([value.func, value.args, value.keywords])
    if isinstance(value, PLAIN):
        return str(value)
    return _name(value if hasattr(value, "__qualname__") else type(value))


def describe_network(network):
    """Tell an untrained network from others: classes and settings of its modules, all shapes."""
    inherited = vars(nn.Module()).keys()
    modules = [
        (
            name,
            _name(type(module)),
            {key: _describe(value) for key, value in vars(module).items() if key not in inherited},
        )
        for name, module in network.named_modules()
    ]
    return modules, [tuple(value.shape) for value in network.parameters()]
