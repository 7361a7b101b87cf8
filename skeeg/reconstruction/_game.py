"""Play the adversarial game of images."""

from contextlib import closing
from functools import partial

import pandas as pd
from sklearn.utils import check_random_state

from skeeg.nn import ImageDiscriminator, ImageGenerator, launch, train_gan
from skeeg.nn._progress_bar import ProgressBar
from skeeg.reconstruction._drawing import draw_seed


def _make_players(gan, n_conditions, image_size, n_colours):
    """Return what makes the two networks, whatever becomes of the parameters later."""
    sizes = n_conditions, image_size, n_colours
    make_generator = partial(
        ImageGenerator, *sizes, gan.latent_dim, gan.width, mode_seeking=gan.mode_seeking
    )
    settings = {"augmentation": gan.augmentation, "projection": gan.projection}
    return make_generator, partial(ImageDiscriminator, *sizes, gan.width, **settings)


def play_game(gan, images, codes, conditions):
    """Train the networks of a GAN.

    Parameters
    ----------
    gan : ImageGAN
        Its parameters are read.

    images : ndarray of float32, shape (n_samples, n_colours, size, size)
        Encoded images.

    codes : ndarray of int, shape (n_samples,)
        Class of each.

    conditions : ndarray of float32, shape (n_samples, n_conditions)
        What the networks are told of each.

    Returns
    -------
    make_generator : callable
        Returns the generator.

    state : dict of str to ndarray
        Its parameters.

    history : DataFrame
        The record of each iteration.
    """
    loss = gan.default_loss if gan.loss is None else gan.loss
    players = _make_players(gan, conditions.shape[1], images.shape[-1], images.shape[1])
    train = partial(
        train_gan,
        *players,
        loss,
        images,
        codes,
        conditions=conditions,
        paired=gan.pairing == "one-to-one",
        max_iter=gan.max_iter,
        batch_size=gan.batch_size,
        learning_rate=gan.learning_rate or loss.learning_rate,
        seed=draw_seed(check_random_state(gan.random_state)),
        checkpoint=gan.checkpoint,
    )
    places = {name: getattr(gan, name) for name in ("accelerator", "devices", "precision")}
    name, silent = type(gan).__name__, not gan.verbose
    with closing(ProgressBar(desc=name, total=gan.max_iter, disable=silent, unit="iter")) as bar:
        training = launch(partial(train, on_iter=bar), **places)
    history = pd.DataFrame(training.history).drop(columns="validation_distance")
    return players[0], training.state, history
