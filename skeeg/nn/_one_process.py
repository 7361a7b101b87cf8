"""The plainest place to train in: one process, on the processor."""

from contextlib import nullcontext

import torch


class OneProcess:
    """What a training asks of a Fabric, answered without importing Lightning Fabric.

    Fabric takes as long to import as torch, and a training that neither leaves the processor nor
    shares its work has no use for it. The methods are those of `lightning_fabric.Fabric`.
    """

    device = torch.device("cpu")
    world_size, global_rank, is_global_zero = 1, 0, True

    def to_device(self, obj):
        """Return the module or tensor, which is there already."""
        return obj

    def autocast(self):
        """Compute with 32-bit floats."""
        return nullcontext()

    def all_reduce(self, data, reduce_op):
        """Return the sum, or mean, over the one process."""
        return data

    def broadcast(self, obj):
        """Return what the first process has."""
        return obj
