"""Draw batches of real signals."""

import torch


def balanced_batches(rows, labels, conditions=None, *, paired=True):
    """Return a function that draws batches in which every class is equally frequent.

    Parameters
    ----------
    rows : torch.Tensor of shape (n_samples, ...)
        Training data.

    labels : torch.Tensor of shape (n_samples,)
        Class of each row, from 0 to n_classes - 1, each at least once.

    conditions : torch.Tensor of shape (n_samples, n_conditions), default=None
        What to return of each row in place of its class.

    paired : bool, default=True
        Whether a row comes with its own conditions, or with those of any row of its class.

    Returns
    -------
    draw : callable
        `draw(batch_size, random)` takes a `torch.Generator` and returns rows and their labels, or
        conditions, all on the generator's device.
    """
    order = labels.argsort(stable=True)
    counts = labels.bincount()
    starts = counts.cumsum(0) - counts

    def choose(classes, random):
        within = torch.rand(len(classes), generator=random, device=random.device)
        within = within.mul(counts[classes]).long()
        return order[starts[classes] + within.minimum(counts[classes] - 1)]

    def draw(batch_size, random):
        offset = torch.randint(len(counts), (), generator=random, device=random.device)
        classes = (torch.arange(batch_size, device=random.device) + offset) % len(counts)
        chosen = choose(classes, random)
        if conditions is None:
            return rows[chosen], classes
        return rows[chosen], conditions[chosen if paired else choose(classes, random)]

    return draw
