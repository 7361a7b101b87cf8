"""Play the adversarial games of a sampler and keep what is left of them."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from sklearn.base import clone
from tqdm.auto import tqdm

from skeeg.nn import generate, train_gan
from skeeg.over_sampling._codec import N_LEVELS, SignalCodec


@dataclass
class Game:
    """A trained generator and the classes it draws; numpy alone, so that it pickles anywhere.

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
    make_generator: partial
    state: dict
    accelerator: str

    def draw(self, codes, seed):
        """Return an encoded signal for each class code."""
        labels = np.searchsorted(self.codes, codes)
        return generate(
            self.make_generator, self.state, labels, seed=seed, accelerator=self.accelerator
        )


def draw_seed(random):
    """Return a seed for torch from a random state of numpy."""
    return int(random.randint(np.iinfo(np.int32).max))


@dataclass
class Generators:
    """The trained games and the way back from encoded signals to those of the user.

    Attributes
    ----------
    codec : SignalCodec
        Puts waveforms and levels together.

    games : list of Game
        The trained generators.
    """

    codec: SignalCodec
    games: list

    @property
    def codes(self):
        """Codes of the classes that can be drawn."""
        return np.concatenate([game.codes for game in self.games])

    def draw_encoded(self, codes, random):
        """Return an encoded signal for each class code."""
        encoded = np.empty((len(codes), *self.codec.shape), dtype=np.float32)
        for game in self.games:
            rows = np.isin(codes, game.codes)
            if rows.any():
                encoded[rows] = game.draw(codes[rows], draw_seed(random))
        return encoded

    def draw(self, codes, random):
        """Return a signal for each class code."""
        return self.codec.decode(self.draw_encoded(codes, random))


def _show(bar, record):
    """Move a progress bar on by one iteration."""
    bar.set_postfix(
        discriminator=f"{record['discriminator_loss']:.3f}",
        generator=f"{record['generator_loss']:.3f}",
        refresh=False,
    )
    bar.update()


def _play(sampler, members, encoded, codes, seed, on_iter):
    """Train one network on the classes that are its members."""
    # A copy keeps the parameters of this fit, whatever set_params does to the sampler later.
    recipe = clone(sampler)
    n_channels, n_values = encoded.shape[1:]
    sizes = n_channels, n_values - N_LEVELS, len(members)
    make_generator = partial(recipe._make_generator, *sizes)
    loss = sampler.default_loss if sampler.loss is None else sampler.loss
    rows = np.isin(codes, members)
    state, records = train_gan(
        make_generator,
        partial(recipe._make_discriminator, *sizes),
        loss,
        encoded[rows],
        np.searchsorted(members, codes[rows]),
        max_iter=sampler.max_iter,
        batch_size=sampler.batch_size,
        learning_rate=sampler.learning_rate or loss.learning_rate,
        seed=seed,
        accelerator=sampler.accelerator,
        on_iter=on_iter,
    )
    return Game(members, make_generator, state, sampler.accelerator), pd.DataFrame(records)


def play_games(sampler, members_of_games, encoded, codes, random):
    """Train a network for each set of classes.

    Parameters
    ----------
    sampler : BaseGANSampler
        Its parameters and its two networks are used.

    members_of_games : list of ndarray of int
        Codes of the classes of each game, sorted.

    encoded : ndarray of shape (n_samples, n_channels, n_times + 2)
        Encoded signals.

    codes : ndarray of int, shape (n_samples,)
        Class of each signal.

    random : RandomState
        Source of the seeds.

    Returns
    -------
    games : list of Game
        In the order of `members_of_games`.

    histories : list of DataFrame
        The records of each game.
    """
    total = len(members_of_games) * sampler.max_iter
    name = type(sampler).__name__
    with tqdm(desc=name, total=total, disable=not sampler.verbose, unit="iter") as bar:
        played = [
            _play(sampler, members, encoded, codes, draw_seed(random), partial(_show, bar))
            for members in members_of_games
        ]
    games, histories = zip(*played, strict=True)
    return list(games), list(histories)
