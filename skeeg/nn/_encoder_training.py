"""Train a network that encodes signals, and keep it as it was best on others."""

import math
import time
from typing import NamedTuple

import torch
from torch.nn.functional import normalize, one_hot

from skeeg.nn._batches import balanced_batches
from skeeg.nn._one_process import OneProcess
from skeeg.nn._parameters import build, to_numpy
from skeeg.nn._threads import single_threaded_workers

EVALUATED = 256  # signals that are encoded at once
FASTEST = 1e37  # of which Adam's first step, ten times as large, can still be computed


class EncoderRecord(NamedTuple):
    """What one pass leaves in the history, see :func:`train_encoder`."""

    iteration: int
    train_loss: float
    valid_accuracy: float
    valid_margin: float
    seconds: float


class EncoderTraining(NamedTuple):
    """What is left of a training, see :func:`train_encoder`."""

    state: dict
    history: list


class Recognition(NamedTuple):
    """How well codes are recognised; of two equal accuracies, the larger margin is better.

    Attributes
    ----------
    accuracy : float
        Share of codes that are nearest to the mean direction of their own class.

    margin : float
        Cosine of the angle to that direction, minus that to the nearest other one, on average.
    """

    accuracy: float
    margin: float


def recognise(codes, labels, known_codes, known_labels):
    """Recognise codes by the mean directions of the classes of others.

    Parameters
    ----------
    codes : torch.Tensor of shape (n_samples, n_components)
        Codes of Euclidean norm 1.

    labels : torch.Tensor of int, shape (n_samples,)
        Class of each.

    known_codes : torch.Tensor of shape (n_known, n_components)
        Codes of which there is at least one of each class.

    known_labels : torch.Tensor of int, shape (n_known,)
        Class of each.

    Returns
    -------
    recognition : Recognition
        Accuracy and margin.
    """
    member = one_hot(known_labels).to(known_codes.dtype)
    cosines = codes @ normalize(member.T @ known_codes).T
    own = cosines.gather(1, labels[:, None])
    ahead = own - cosines.scatter(1, labels[:, None], -math.inf).amax(1, keepdim=True)
    return Recognition((ahead > 0).float().mean().item(), ahead.mean().item())


def _check_finite(name, values, learning_rate):
    odd = values[~values.isfinite()]
    if len(odd):
        raise FloatingPointError(
            f"The training diverged: {name} is {odd[0].item()}. "
            f"Lower learning_rate={learning_rate}."
        )


@torch.inference_mode(False)  # what is made inside could not be trained
def train_encoder(
    make_network,
    loss,
    rows,
    labels,
    held_out,
    *,
    max_iter,
    batch_size,
    learning_rate,
    seed,
    patience=None,
    on_iter=None,
    fabric=None,
):
    """Train a network that encodes signals and return its parameters.

    All is computed with one torch thread, so that the result is the same bit for bit for any number
    of them, and nothing outside is touched.

    Parameters
    ----------
    make_network : callable
        Returns a module without buffers; `network(signals, random)` returns codes of norm 1.

    loss : callable
        `loss(codes, labels)` returns what to minimise, as :class:`TripletLoss` does.

    rows : ndarray of float32, shape (n_samples, n_channels, n_times)
        Signals as the network is to see them.

    labels : ndarray of int, shape (n_samples,)
        Class of each from 0 to n_classes - 1; all classes are equally frequent in a batch.

    held_out : ndarray of bool, shape (n_samples,)
        Which signals only tell which pass was the best. None of them keeps the last pass.

    max_iter : int
        Passes: as many batches as it takes to see as many signals as there are.

    batch_size : int
        Signals in each step.

    learning_rate : float
        AdamW's learning rate at the start; it falls linearly to a tenth. The weight decay is that
        of torch, 0.01.

    seed : int
        Seed of all that is random.

    patience : int, default=None
        Passes in which no more held-out signals are recognised, nor as many by a larger margin,
        after which the training ends.

    on_iter : callable, default=None
        Called with the record of each pass.

    fabric : lightning_fabric.Fabric, default=None
        The device, see :func:`launch`. None is the CPU.

    Returns
    -------
    state : dict of str to ndarray
        Parameters of the network after the best pass.

    history : list of EncoderRecord
        A named tuple for each pass: its number, the mean loss, the share of held-out signals that
        are recognised and their mean margin or NaN, and the seconds since the start.

    Raises
    ------
    ValueError
        If the module has buffers.

    FloatingPointError
        If a loss, or a code, is no longer finite.
    """
    fabric = fabric or OneProcess()
    network = fabric.to_device(build(make_network, seed))
    optimiser = torch.optim.AdamW(network.parameters(), lr=learning_rate)
    random = torch.Generator(fabric.device).manual_seed(seed + 1)
    rows, labels, held_out = map(fabric.to_device, map(torch.as_tensor, (rows, labels, held_out)))
    draw = balanced_batches(rows[~held_out], labels[~held_out])
    n_steps = math.ceil(int((~held_out).sum()) / batch_size)

    def step():
        signals, classes = draw(batch_size, random)
        with fabric.autocast():
            codes = network(signals, random)
        value = loss(codes.float(), classes)
        optimiser.zero_grad()
        value.backward()
        optimiser.step()
        return value.item()

    def run_pass(rate):
        network.train()
        optimiser.param_groups[0]["lr"] = min(rate, FASTEST)
        return sum(step() for _ in range(n_steps)) / n_steps

    @torch.no_grad()
    def measure():
        network.eval()
        codes = torch.cat([network(part).float() for part in rows.split(EVALUATED)])
        _check_finite("a code", codes, learning_rate)
        return recognise(codes[held_out], labels[held_out], codes[~held_out], labels[~held_out])

    history, state = [], None
    best, improved = Recognition(-math.inf, -math.inf), 0
    some, nothing = bool(held_out.any()), Recognition(math.nan, math.nan)
    began = time.perf_counter()
    with single_threaded_workers(1) as pool:
        for iteration in range(max_iter):
            rate = learning_rate * (1 - 0.9 * iteration / max_iter)
            mean_loss = pool.submit(run_pass, rate).result()
            _check_finite(
                f"the loss of pass {iteration + 1}", torch.tensor([mean_loss]), learning_rate
            )
            last = iteration + 1 == max_iter  # which may have broken what no further loss shows
            found = pool.submit(measure).result() if some or last else nothing
            seconds = time.perf_counter() - began
            history.append(EncoderRecord(iteration + 1, mean_loss, *found, seconds))
            if on_iter is not None:
                on_iter(history[-1])
            if found > best:
                best, state, improved = found, to_numpy(network), iteration
            if some and patience is not None and iteration - improved >= patience:
                break
    return EncoderTraining(state or to_numpy(network), history)
