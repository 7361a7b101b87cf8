"""A trained generator together with the classes it draws."""

from dataclasses import dataclass

import numpy as np

from skeeg.nn import generate


@dataclass
class Game:
    """What is left of a game once it is played; numpy alone, so that it pickles anywhere.

    Attributes
    ----------
    codes : ndarray of int
        Classes that the generator draws, sorted.

    make_generator : callable
        Returns the network.

    state : dict of str to ndarray
        Its parameters.

    accelerator : str
        Device to draw on.
    """

    codes: np.ndarray
    make_generator: object
    state: dict
    accelerator: str

    def draw(self, codes, seed):
        """Return an encoded signal for each class code."""
        labels = np.searchsorted(self.codes, codes)
        return generate(
            self.make_generator, self.state, labels, seed=seed, accelerator=self.accelerator
        )
