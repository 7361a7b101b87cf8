"""The one training loop of every adversarial network in skeeg."""

import math
import time
from functools import partial

import numpy as np
import torch

from skeeg.nn._batches import balanced_batches
from skeeg.nn._checkpoint import Checkpoint
from skeeg.nn._held_out import BestGenerator
from skeeg.nn._one_process import OneProcess
from skeeg.nn._parameters import to_numpy
from skeeg.nn._players import Players
from skeeg.nn._records import Record, Training, check_finite
from skeeg.nn._threads import single_threaded_workers

ADAPT_EVERY, MEASURE_EVERY, SAVE_EVERY = 4, 25, 50


def _gradient(loss, network):
    """Return the loss and its gradient with respect to all parameters as one vector."""
    slopes = torch.autograd.grad(loss, list(network.parameters()), materialize_grads=True)
    return loss.detach(), torch.cat([slope.flatten() for slope in slopes])


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
    conditions=None,
    paired=True,
    averaging=0.995,
    max_time=None,
    held_out=None,
    start=None,
    checkpoint=None,
    on_iter=None,
    fabric=None,
):
    """Play the adversarial game and return the parameters of the averaged generator.

    Each batch is split into two shards with random numbers of their own. Each shard is computed
    with one torch thread, side by side where there are two, and the gradients are added in a fixed
    order: the result is the same bit for bit with any number of threads. Nothing outside is
    touched: no global random state, no number of threads. What is returned is a moving average of
    the generator, which draws better than its last state [1]_.

    Networks may take part. A module with an attribute `progress` finds there the fraction of the
    training that is done, 1 when it is over. A generator with a method `penalty(labels, random)`
    has what that returns added to its loss. A module of the discriminator with a method `adapt` is
    told, every 4 iterations, how much more often real signals score above synthetic ones than
    below: 0 where the two cannot be told apart, 1 where they always can.

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

    conditions : ndarray of float32, shape (n_samples, n_conditions), default=None
        What the networks are told of each signal in place of its class.

    paired : bool, default=True
        Whether a signal goes with its own conditions. False gives it those of any of its class,
        drawn anew in each batch.

    averaging : float, default=0.995
        Decay of the moving average of the generator's parameters.

    max_time : float, default=None
        Seconds after which the training ends. Where they run out first, they set the pace at which
        the learning rate and the penalty fall.

    held_out : HeldOut, default=None
        Signals to measure the averaged generator with, every 25 iterations. The best is returned,
        and the training ends when none has been better for too long.

    start : dict of str to ndarray, default=None
        The players of an earlier training to start with, instead of untrained ones.

    checkpoint : path, default=None
        Folder to keep the training in, every 50 iterations and at the end. A training of the same
        settings, networks and data goes on from there, to the same result as if it had never
        stopped. Networks are told apart by classes, settings and shapes, not by their code.

    on_iter : callable, default=None
        Called with the record of each iteration, in the first process.

    fabric : lightning_fabric.Fabric, default=None
        The devices and processes, see :func:`launch`. None is one process on the CPU; on CPUs two
        processes come to the same result.

    Returns
    -------
    state : dict of str to ndarray
        Averaged parameters of the generator.

    history : list of Record
        A named tuple for each iteration: its number, both losses, the learning rate, the penalty of
        the loss or NaN, the distance from held-out signals where it was measured or NaN, and the
        seconds since the start.

    players : dict of str to ndarray
        Both networks and optimisers as they are at the end.

    Raises
    ------
    ValueError
        If a module has buffers, `checkpoint` is a file, `batch_size` is less than the number of
        processes, `start` holds networks of other sizes, or the processes disagree on their data.

    FloatingPointError
        If a loss is no longer finite.

    See Also
    --------
    generate : Draws from the trained generator.
    launch : Trains on other devices, or in several processes.

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
    >>> state, history, _ = train_gan(
    ...     Mean, Slope, RelativisticLoss(), np.full((8, 1, 1), 2, "float32"), np.zeros(8, int),
    ...     max_iter=300, batch_size=8, learning_rate=0.05, seed=0)
    >>> round(float(state["mean"][0]), 3)
    2.0
    """
    fabric = fabric or OneProcess()
    players = Players(
        make_generator,
        make_discriminator,
        betas=loss.betas,
        averaging=averaging,
        seed=seed,
        fabric=fabric,
    )
    if batch_size < players.n_shards:
        raise ValueError(
            f"batch_size={batch_size} is less than the {players.n_shards} parts of a batch, which "
            "are one for each process and on CPUs two at least."
        )
    best = None if held_out is None else BestGenerator(held_out, seed)
    arrays = [rows, labels] if conditions is None else [rows, labels, conditions]
    draw = balanced_batches(*map(fabric.to_device, map(torch.as_tensor, arrays)), paired=paired)
    with fabric.autocast():
        mixed = torch.is_autocast_enabled(fabric.device.type)
    identity = (
        *(repr(loss), max_iter, batch_size, learning_rate, seed, averaging, max_time),
        *(arrays, paired, held_out, start, players.describe(), players.n_shards, mixed),
    )
    checkpoint = Checkpoint(checkpoint, identity, fabric)
    history, kept = [], checkpoint.read()
    if kept is not None:
        history = [Record(int(number), *rest) for number, *rest in kept["history"].tolist()]
        players.go_on_from(kept)
        if best:
            best.go_on_from(kept)
    elif start is not None:
        players.start_from(start)
    began = time.perf_counter() - (history[-1].seconds if history else 0.0)

    def progress_at(iteration):
        spent = (time.perf_counter() - began) / max_time if max_time else 0.0
        return max(iteration / max_iter, fabric.broadcast(spent) if max_time else 0.0)

    def keep():
        arrays = best.to_arrays() if best else {}
        return {**players.state(), **arrays, "history": np.array(history)}

    def critic_shard(size, random):
        real, classes = draw(size, random)
        with fabric.autocast():
            with torch.no_grad():
                fake = players.generator(classes, random)
            critic = partial(players.score, classes, random)
            value = current.discriminator_loss(critic, real, fake)
            return _gradient(value, players.discriminator)

    def generator_shard(size, random):
        real, classes = draw(size, random)
        with fabric.autocast():
            critic = partial(players.score, classes, random)
            value = current.generator_loss(critic, real, players.generator(classes, random))
            return _gradient(value + players.penalty(classes, random), players.generator)

    def advantage_shard(size, random):
        real, classes = draw(size, random)
        with torch.no_grad(), fabric.autocast():
            critic = partial(players.score, classes, random)
            return (critic(real) - critic(players.generator(classes, random))).sign().mean()

    sizes = [
        batch_size // players.n_shards + (shard < batch_size % players.n_shards)
        for shard in players.shards
    ]
    with single_threaded_workers(len(sizes)) as pool:
        for iteration in range(len(history), max_iter):
            progress = progress_at(iteration)
            if history and (progress >= 1 or (best and best.is_over(iteration))):
                break
            current, rate = loss.at(progress), learning_rate * (1 - 0.9 * progress)
            # Networks that have grown up do not start small again.
            players.tell(progress=progress if start is None else 1.0, learning_rate=rate)
            for _ in range(loss.n_critic):
                results = list(pool.map(critic_shard, sizes, players.randoms))
                on_critic = pool.submit(players.descend, 0, results).result()
            results = list(pool.map(generator_shard, sizes, players.randoms))
            on_generator = pool.submit(players.descend, 1, results).result()
            pool.submit(players.average).result()
            if players.adaptive and iteration % ADAPT_EVERY == 0:
                players.adapt(list(pool.map(advantage_shard, sizes, players.randoms)))
            measured = math.nan
            if best and ((iteration + 1) % MEASURE_EVERY == 0 or iteration + 1 == max_iter):
                measured = pool.submit(best.measure, players, iteration + 1).result()
            history.append(
                Record(
                    iteration=iteration + 1,
                    discriminator_loss=on_critic,
                    generator_loss=on_generator,
                    learning_rate=rate,
                    penalty=getattr(current, "penalty", math.nan),
                    validation_distance=measured,
                    seconds=time.perf_counter() - began,
                )
            )
            check_finite(history[-1])
            if (iteration + 1) % SAVE_EVERY == 0:
                checkpoint.write(keep)
            if on_iter is not None and fabric.is_global_zero:
                on_iter(history[-1])
    checkpoint.write(keep)
    state = (best and best.state) or to_numpy(players.averaged.module)
    # The last step may have broken what no further loss has shown.
    check_finite(history[-1], state=state.values())
    return Training(state, history, players.networks_and_moments())
