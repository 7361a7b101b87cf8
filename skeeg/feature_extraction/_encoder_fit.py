"""From the parameters of an encoder to its network and its training."""

from functools import partial

import numpy as np
from tqdm.auto import tqdm


def check_settings(encoder, n_classes):
    """Raise where the loss has illegal parameters, or cannot compare the signals of a batch."""
    if hasattr(encoder.loss, "_parameter_constraints"):
        encoder.loss._validate_params()
    fewest = 2 * n_classes
    if encoder.batch_size < fewest:
        raise ValueError(
            f"batch_size={encoder.batch_size} holds fewer than two signals of each of the "
            f"{n_classes} classes, and one alone has none to be near to; it must be at "
            f"least {fewest}."
        )


def scale(scaler, signals):
    """Return signals as the network is to see them."""
    return scaler.transform(signals).astype(np.float32, copy=False)


def describe_network(encoder, signals):
    """Return what makes the network, whatever becomes of the parameters later."""
    from skeeg.nn import ConvolutionalEncoder

    architecture = encoder.architecture or ConvolutionalEncoder
    return partial(architecture, *signals.shape[1:], encoder.n_components)


def train_network(encoder, make_network, rows, codes, held_out, seed):
    """Return the parameters of the trained network and the history of the training."""
    from skeeg.nn import launch, train_encoder

    name, disable = type(encoder).__name__, not encoder.verbose
    with tqdm(desc=name, total=encoder.max_iter, disable=disable, unit="pass") as bar:
        train = partial(
            train_encoder,
            make_network,
            encoder.default_loss if encoder.loss is None else encoder.loss,
            rows,
            codes,
            held_out,
            max_iter=encoder.max_iter,
            batch_size=encoder.batch_size,
            learning_rate=encoder.learning_rate,
            seed=seed,
            patience=encoder.n_iter_no_change,
            on_iter=lambda record: bar.update(),
        )
        return launch(train, accelerator=encoder.accelerator)
