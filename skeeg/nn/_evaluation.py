"""What a network says of signals, row by row."""

import numpy as np
import torch
from sklearn.utils import gen_batches

from skeeg.nn._threads import single_threaded_workers

BATCH = 64  # rows that are computed at once


@torch.inference_mode()
def _evaluate(module, signals):
    """Return the outputs, computed in batches of one size: that decides how sums are rounded."""
    outputs = []
    for rows in gen_batches(len(signals), BATCH):
        block = torch.tensor(signals[rows])
        batch = torch.cat([block, block.new_zeros(BATCH - len(block), *block.shape[1:])])
        outputs.append(module(batch)[: len(block)].double().numpy())
    return np.concatenate(outputs)


def evaluate(module, signals):
    """Return the output of a module for each signal.

    It depends neither on the rows beside it nor on the number of threads.

    Parameters
    ----------
    module : torch.nn.Module
        Takes signals of the precision they have; in evaluation mode, on the CPU.

    signals : ndarray of float, shape (n_samples, ...)
        Signals.

    Returns
    -------
    outputs : ndarray of float64, shape (n_samples, ...)
        One for each signal.
    """
    with single_threaded_workers(1) as pool:
        return pool.submit(_evaluate, module, signals).result()
