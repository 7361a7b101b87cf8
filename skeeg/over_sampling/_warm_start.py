"""Go on from an earlier fit."""

from dataclasses import dataclass

import numpy as np
import pandas as pd


def _names(classes, members_of_games):
    return [classes[members].tolist() for members in members_of_games]


@dataclass
class Memory:
    """What a sampler with `warm_start` keeps of a fit.

    Attributes
    ----------
    classes : ndarray
        Its classes.

    members_of_games : list of ndarray of int
        Codes of the classes of each game.

    players : list of dict of str to ndarray
        The players of each game as they were at the end.

    history : DataFrame
        Its history.
    """

    classes: np.ndarray
    members_of_games: list
    players: list
    history: pd.DataFrame

    def starts_of(self, classes, members_of_games):
        """Return the players that the games of the next fit start with."""
        before = _names(self.classes, self.members_of_games)
        now = _names(classes, members_of_games)
        if before != now:
            raise ValueError(
                f"warm_start=True goes on with the networks of the fit before, which were trained "
                f"on the classes {before}; now they would be {now}. Set warm_start=False to begin "
                "anew."
            )
        return self.players

    def append(self, history):
        """Return the history of both fits, the iterations and seconds counted on."""
        last = self.history[["iteration", "seconds"]].max()
        later = history.assign(
            iteration=history["iteration"] + int(last["iteration"]),
            seconds=history["seconds"] + last["seconds"],
        )
        return pd.concat([self.history, later], ignore_index=True)
