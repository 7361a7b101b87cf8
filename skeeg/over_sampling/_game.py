"""Play the adversarial games of a sampler and keep what is left of them."""

import time
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from sklearn.base import clone

from skeeg.nn import HeldOut, generate, launch, train_gan
from skeeg.nn._progress_bar import ProgressBar
from skeeg.over_sampling._codec import SignalCodec
from skeeg.over_sampling._held_out import MOST, distance_in_decibels

SHORTEST = 1e-3  # seconds of a training whose time is over: it takes one step


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
    """

    codes: np.ndarray
    make_generator: partial
    state: dict

    def draw(self, codes, seed):
        """Return an encoded signal for each class code."""
        labels = np.searchsorted(self.codes, codes)
        return generate(self.make_generator, self.state, labels, seed=seed)


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


@dataclass
class TrainingSet:
    """Signals as networks see them.

    Attributes
    ----------
    sizes : tuple of int
        Channels and time points of the signals of the user.

    codec : SignalCodec
        The way to and from encoded signals.

    encoded : ndarray of float32, shape (n_samples, ...)
        Encoded signals.

    codes : ndarray of int, shape (n_samples,)
        Class of each.

    held_out : ndarray of bool, shape (n_samples,)
        Which are kept out of the training.
    """

    sizes: tuple
    codec: SignalCodec
    encoded: np.ndarray
    codes: np.ndarray
    held_out: np.ndarray

    def rows_of(self, members):
        """Return signals to train on and their labels, as a game numbers its classes."""
        rows = np.isin(self.codes, members) & ~self.held_out
        return self.encoded[rows], np.searchsorted(members, self.codes[rows])

    def held_out_of(self, members, patience, tol):
        """Return signals to measure the generator of a game with, or None."""
        chosen = [np.flatnonzero(self.held_out & (self.codes == code))[:MOST] for code in members]
        rows = np.concatenate(chosen)
        if not len(rows):
            return None
        labels = np.searchsorted(members, self.codes[rows])
        distance = partial(distance_in_decibels, self.codec)
        return HeldOut(self.encoded[rows], labels, distance, patience, tol)


def _play(sampler, members, data, *, seed, max_time, start, on_iter):
    """Train one network on the classes that are its members."""
    # A copy keeps the parameters of this fit, whatever set_params does to the sampler later.
    recipe = clone(sampler)
    sizes = *data.sizes, len(members)
    make_generator = partial(recipe._make_generator, *sizes)
    loss = sampler.default_loss if sampler.loss is None else sampler.loss
    rows, labels = data.rows_of(members)
    training = launch(
        partial(
            train_gan,
            make_generator,
            partial(recipe._make_discriminator, *sizes),
            loss,
            rows,
            labels,
            max_iter=sampler.max_iter,
            batch_size=sampler.batch_size,
            learning_rate=sampler.learning_rate or loss.learning_rate,
            seed=seed,
            max_time=max_time,
            held_out=data.held_out_of(members, sampler.n_iter_no_change, sampler.tol),
            start=start,
            checkpoint=sampler.checkpoint,
            on_iter=on_iter,
        ),
        accelerator=sampler.accelerator,
        devices=sampler.devices,
        precision=sampler.precision,
        strategy=sampler.strategy,
        num_nodes=sampler.num_nodes,
    )
    game = Game(members, make_generator, training.state)
    return game, pd.DataFrame(training.history), training.players


def play_games(sampler, members_of_games, data, random, starts):
    """Train a network for each set of classes.

    Parameters
    ----------
    sampler : BaseGANSampler
        Its parameters and its two networks are used.

    members_of_games : list of ndarray of int
        Codes of the classes of each game, sorted.

    data : TrainingSet
        The signals.

    random : RandomState
        Source of the seeds.

    starts : list of dict or None
        Players of an earlier training of each game, to start with.

    Returns
    -------
    games : list of Game
        In the order of `members_of_games`.

    histories : list of DataFrame
        The records of each game.

    players : list of dict
        The players of each game as they are at the end.
    """
    n_games = len(members_of_games)
    show = ProgressBar(
        desc=type(sampler).__name__,
        total=n_games * sampler.max_iter,
        disable=not sampler.verbose,
        unit="iter",
    )
    began, played = time.perf_counter(), []
    try:
        for number, members in enumerate(members_of_games):
            max_time = sampler.max_time
            if max_time is not None:  # what is left, in equal parts
                left = max_time - (time.perf_counter() - began)
                max_time = max(left, SHORTEST) / (n_games - number)
            settings = {"max_time": max_time, "start": starts and starts[number]}
            seed = draw_seed(random)
            played.append(_play(sampler, members, data, seed=seed, on_iter=show, **settings))
    finally:
        show.close()
    games, histories, players = map(list, zip(*played, strict=True))
    return games, histories, players
