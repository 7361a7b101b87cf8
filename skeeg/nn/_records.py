"""What a training leaves behind."""

import math
from typing import NamedTuple

import numpy as np


class Record(NamedTuple):
    """What one iteration leaves in the history, see :func:`train_gan`."""

    iteration: int
    discriminator_loss: float
    generator_loss: float
    learning_rate: float
    penalty: float
    validation_distance: float
    seconds: float


class Training(NamedTuple):
    """What is left of a training, see :func:`train_gan`."""

    state: dict
    history: list
    players: dict


def check_finite(record, *, state=()):
    """Raise where a loss, or a parameter that came of it, is no longer finite."""
    losses = record.discriminator_loss, record.generator_loss
    if not all(map(math.isfinite, losses)) or not all(np.isfinite(a).all() for a in state):
        raise FloatingPointError(
            f"The training diverged at iteration {record.iteration}: the loss of the "
            f"discriminator is {losses[0]} and that of the generator {losses[1]}. Lower "
            f"learning_rate (now {record.learning_rate:.3g}) or use a loss with a gradient "
            "penalty."
        )
