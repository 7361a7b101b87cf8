"""The one training loop of every adversarial network in skeeg."""

import math
import time
from functools import partial

import numpy as np
import torch
from torch.optim.lr_scheduler import LinearLR
from torch.optim.swa_utils import AveragedModel

from skeeg.nn._batches import balanced_batches
from skeeg.nn._fabric import start_fabric
from skeeg.nn._parameters import build, to_numpy
from skeeg.nn._threads import single_threaded_workers

# How a batch is split decides how rounding errors add up, so the number of shards must not depend
# on the machine.
N_SHARDS = 2


def _moving_average(decay):
    """Exponential moving average that soon forgets the first, untrained steps."""

    def update(averaged, current, n_averaged):
        warm = (1 + n_averaged.item()) / (10 + n_averaged.item())
        torch._foreach_lerp_(averaged, current, 1 - min(decay, warm))

    return update


def _gradient(loss, network):
    """Return the loss and its gradient with respect to all parameters as one vector."""
    slopes = torch.autograd.grad(loss, list(network.parameters()), materialize_grads=True)
    return loss.detach(), torch.cat([slope.flatten() for slope in slopes])


def _descend(optimiser, results, fabric):
    """Step down the mean gradient of all shards and processes; return the mean loss."""
    losses, gradients = zip(*results, strict=True)
    gradient = fabric.all_reduce(sum(gradients) / len(gradients))
    parameters = optimiser.param_groups[0]["params"]
    parts = gradient.split([parameter.numel() for parameter in parameters])
    for parameter, part in zip(parameters, parts, strict=True):
        parameter.grad = part.view_as(parameter)
    optimiser.step()
    return fabric.all_reduce(sum(losses) / len(losses)).item()


def _check_finite(record, *, state=()):
    """Raise where a loss, or a parameter that came of it, is no longer finite."""
    losses = record["discriminator_loss"], record["generator_loss"]
    if not all(map(math.isfinite, losses)) or not all(np.isfinite(a).all() for a in state):
        raise FloatingPointError(
            f"The training diverged at iteration {record['iteration']}: the loss of the "
            f"discriminator is {losses[0]} and that of the generator {losses[1]}. Lower "
            f"learning_rate (now {record['learning_rate']:.3g}) or use a loss with a gradient "
            "penalty."
        )


@torch.inference_mode(False)  # what is made inside could not be trained
def train_gan(
    make_generator,
    make_discriminator,
    loss,
    rows,
    labels,
    *,
    max_iter,
    batch_size,
    learning_rate,
    seed,
    accelerator="cpu",
    averaging=0.995,
    on_iter=None,
):
    """Play the adversarial game and return the parameters of the averaged generator.

    Each batch is split into two shards with random numbers of their own. Each shard is computed
    with one torch thread, side by side where there are two, and the gradients are added in a fixed
    order: the result is the same bit for bit with any number of threads. Nothing outside is
    touched: no global random state, no number of threads. What is returned is a moving average of
    the generator, which draws better than its last state [1]_.

    Parameters
    ----------
    make_generator : callable
        Returns a module without buffers; `generator(labels, random)` draws a signal for each label.

    make_discriminator : callable
        Returns a module without buffers; `discriminator(signals, labels, random)` scores each
        signal.

    loss : BaseLoss
        What each player minimises; it also sets Adam's betas and the number of critic steps.

    rows : ndarray of shape (n_samples, ...)
        Real signals as the networks see them, float32.

    labels : ndarray of int, shape (n_samples,)
        Class of each signal from 0 to n_classes - 1; all classes are equally frequent in a batch.

    max_iter : int
        Steps of the generator.

    batch_size : int
        Real signals in each step, at least 2.

    learning_rate : float
        Adam's learning rate at the start; it falls linearly to a tenth.

    seed : int
        Seed of all that is random.

    accelerator : str, default="cpu"
        Device to train on, in the words of Lightning Fabric.

    averaging : float, default=0.995
        Decay of the moving average of the generator's parameters.

    on_iter : callable, default=None
        Called with the record of each iteration.

    Returns
    -------
    state : dict of str to ndarray
        Averaged parameters of the generator.

    history : list of dict
        A record of each iteration: its number, both losses, the learning rate and the seconds
        since the start.

    Raises
    ------
    ValueError
        If a module has buffers, or the machine no such device.

    FloatingPointError
        If a loss is no longer finite.

    See Also
    --------
    generate : Draws from the trained generator.

    References
    ----------
    .. [1] Y. Yazici et al., "The unusual effectiveness of averaging in GAN training", ICLR, 2019.

    Examples
    --------
    A generator that only learns a mean, against a linear critic:

    >>> import numpy as np
    >>> import torch
    >>> from skeeg.nn import RelativisticLoss, train_gan
    >>> class Mean(torch.nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.mean = torch.nn.Parameter(torch.empty(1))
    ...     def forward(self, labels, random):
    ...         return self.mean.expand(len(labels), 1, 1)
    >>> class Slope(torch.nn.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.slope = torch.nn.Parameter(torch.empty(1))
    ...     def forward(self, signals, labels, random):
    ...         return self.slope * signals.flatten()
    >>> state, history = train_gan(
    ...     Mean, Slope, RelativisticLoss(), np.full((8, 1, 1), 2, "float32"), np.zeros(8, int),
    ...     max_iter=300, batch_size=8, learning_rate=0.05, seed=0)
    >>> round(float(state["mean"][0]), 3)
    2.0
    """
    fabric = start_fabric(accelerator)
    generator = fabric.to_device(build(make_generator, seed))
    discriminator = fabric.to_device(build(make_discriminator, seed + 1))
    randoms = [torch.Generator(fabric.device).manual_seed(seed + 2 + i) for i in range(N_SHARDS)]
    sizes = [batch_size // N_SHARDS + (i < batch_size % N_SHARDS) for i in range(N_SHARDS)]
    averaged = AveragedModel(generator, multi_avg_fn=_moving_average(averaging))
    optimisers = [
        torch.optim.Adam(network.parameters(), learning_rate, betas=loss.betas, fused=True)
        for network in (discriminator, generator)
    ]
    schedules = [LinearLR(adam, 1.0, 0.1, total_iters=max_iter) for adam in optimisers]
    draw = balanced_batches(*map(fabric.to_device, map(torch.as_tensor, (rows, labels))))

    def critic_shard(size, random):
        real, classes = draw(size, random)
        critic = partial(discriminator, labels=classes, random=random)
        with fabric.autocast():
            with torch.no_grad():
                fake = generator(classes, random)
            value = current.discriminator_loss(critic, real, fake)
            return _gradient(value, discriminator)

    def generator_shard(size, random):
        real, classes = draw(size, random)
        critic = partial(discriminator, labels=classes, random=random)
        with fabric.autocast():
            value = current.generator_loss(critic, real, generator(classes, random))
            return _gradient(value, generator)

    history, start = [], time.perf_counter()
    with single_threaded_workers(N_SHARDS) as pool:
        for iteration in range(max_iter):
            current = loss.at(iteration / max_iter)
            for _ in range(loss.n_critic):
                results = pool.map(critic_shard, sizes, randoms)
                on_critic = pool.submit(_descend, optimisers[0], list(results), fabric).result()
            results = pool.map(generator_shard, sizes, randoms)
            on_generator = pool.submit(_descend, optimisers[1], list(results), fabric).result()
            pool.submit(averaged.update_parameters, generator).result()
            history.append(
                {
                    "iteration": iteration + 1,
                    "discriminator_loss": on_critic,
                    "generator_loss": on_generator,
                    "learning_rate": schedules[0].get_last_lr()[0],
                    "seconds": time.perf_counter() - start,
                }
            )
            _check_finite(history[-1])
            for schedule in schedules:
                schedule.step()
            if on_iter is not None:
                on_iter(history[-1])
    state = to_numpy(averaged.module)
    # The last step may have broken what no further loss has shown.
    _check_finite(history[-1], state=state.values())
    return state, history
