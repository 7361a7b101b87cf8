"""Draw signals from a trained generator."""

import numpy as np
import torch

from skeeg.nn._parameters import check_default_dtype, from_numpy
from skeeg.nn._threads import single_threaded_workers


@torch.no_grad()
def _draw(generator, labels, seed):
    random = torch.Generator().manual_seed(seed)
    dtype = torch.long if np.ndim(labels) == 1 else torch.float32
    return generator(torch.as_tensor(labels, dtype=dtype), random).numpy()


@torch.inference_mode(False)  # other threads could not use what is made inside
def generate(make_generator, state, labels, *, seed):
    """Draw one signal for each label from a trained generator.

    On the CPU, wherever it was trained: the same signals on every machine, and quick enough.

    Parameters
    ----------
    make_generator : callable
        Returns the module that was trained.

    state : dict of str to ndarray
        Its parameters, as :func:`train_gan` returns them.

    labels : array-like of shape (n_samples,) or (n_samples, n_conditions)
        Class of each signal wanted, or its conditions.

    seed : int
        Seed of the draw.

    Returns
    -------
    signals : ndarray of shape (n_samples, ...)
        What the generator returns; the same for any number of threads.

    Raises
    ------
    ValueError
        If torch has been told to make numbers of another type than 32-bit floats.

    See Also
    --------
    train_gan : Trains the generator.

    Examples
    --------
    >>> from functools import partial
    >>> import numpy as np
    >>> from torch import nn
    >>> from skeeg.nn import LatentCode, generate
    >>> make_generator = partial(LatentCode, n_classes=2, latent_dim=3)
    >>> state = {"label.weight": np.zeros((2, 32), dtype="float32")}
    >>> generate(make_generator, state, [0, 1, 1], seed=0).shape
    (3, 35)
    """
    check_default_dtype()
    generator = from_numpy(make_generator, state)
    with single_threaded_workers(1) as pool:
        return pool.submit(_draw, generator, labels, seed).result()
