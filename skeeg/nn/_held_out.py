"""Keep the best generator of a training, measured on signals that it never saw."""

from dataclasses import dataclass
from math import inf

import numpy as np
import torch

from skeeg.nn._parameters import to_numpy


@dataclass(frozen=True)
class HeldOut:
    """Signals kept out of the training, and how to compare synthetic ones with them.

    Parameters
    ----------
    rows : ndarray of shape (n_samples, ...)
        Real signals as the networks see them, float32.

    labels : ndarray of int, shape (n_samples,)
        Class of each.

    distance : callable
        `distance(real, synthetic, labels)` returns how far synthetic signals are from real ones,
        row by row of the same classes; lower is better.

    patience : int or None, default=None
        Iterations without improvement after which the training ends.

    tol : float, default=0.0
        What counts as an improvement.

    See Also
    --------
    train_gan : Takes it.

    Examples
    --------
    >>> import numpy as np
    >>> from skeeg.nn import HeldOut
    >>> def between_means(real, synthetic, labels):
    ...     return abs(real.mean() - synthetic.mean())
    >>> held_out = HeldOut(np.zeros((4, 1, 3)), np.array([0, 0, 1, 1]), between_means)
    >>> print(held_out.distance(held_out.rows, held_out.rows + 2, held_out.labels))
    2.0
    """

    rows: np.ndarray
    labels: np.ndarray
    distance: object
    patience: int | None = None
    tol: float = 0.0


class BestGenerator:
    """The averaged generator that came closest to the held-out signals.

    Parameters
    ----------
    held_out : HeldOut
        What to compare with.

    seed : int
        Seed of the signals drawn for it, the same each time.
    """

    def __init__(self, held_out, seed):
        self.held_out, self.seed = held_out, seed
        self.distance = self.to_beat = inf
        self.improved = 0
        self.state = None

    @torch.no_grad()
    def measure(self, players, iteration):
        """Return the distance of what the averaged generator draws; keep it if it is the best."""
        device = players.fabric.device
        random = torch.Generator(device).manual_seed(self.seed)
        labels = torch.as_tensor(self.held_out.labels, device=device)
        drawn = players.averaged.module(labels, random).float().numpy(force=True)
        found = float(self.held_out.distance(self.held_out.rows, drawn, self.held_out.labels))
        if found < self.distance:
            self.distance, self.state = found, to_numpy(players.averaged.module)
        if found < self.to_beat - self.held_out.tol:
            self.to_beat, self.improved = found, iteration
        return found

    def is_over(self, iteration):
        """Whether nothing has improved for too long."""
        patience = self.held_out.patience
        return patience is not None and iteration - self.improved >= patience

    def to_arrays(self):
        """Return what to write into a checkpoint."""
        arrays = {f"best.{name}": value for name, value in (self.state or {}).items()}
        return {**arrays, "best": np.array([self.distance, self.to_beat, self.improved])}

    def go_on_from(self, arrays):
        """Take over what `to_arrays` has returned."""
        self.distance, self.to_beat, improved = arrays["best"].tolist()
        self.improved = int(improved)
        self.state = {
            name.removeprefix("best."): value
            for name, value in arrays.items()
            if name.startswith("best.")
        }
