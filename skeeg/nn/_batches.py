"""Draw batches of real signals."""

import torch


def balanced_batches(rows, labels):
    """Return a function that draws batches in which every class is equally frequent.

    Parameters
    ----------
    rows : torch.Tensor of shape (n_samples, ...)
        Training data.

    labels : torch.Tensor of shape (n_samples,)
        Class of each row, from 0 to n_classes - 1, each at least once.

    Returns
    -------
    draw : callable
        `draw(batch_size, random)` takes a `torch.Generator` and returns rows and their labels, all
        on the generator's device.
    """
    order = labels.argsort(stable=True)
    counts = labels.bincount()
    starts = counts.cumsum(0) - counts

    def draw(batch_size, random):
        place = {"generator": random, "device": random.device}
        offset = torch.randint(len(counts), (), **place)
        classes = (torch.arange(batch_size, device=random.device) + offset) % len(counts)
        within = torch.rand(batch_size, **place).mul(counts[classes]).long()
        chosen = order[starts[classes] + within.minimum(counts[classes] - 1)]
        return rows[chosen], classes

    return draw
