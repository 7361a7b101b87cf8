"""Train a network to tell classes apart; skorch turns the handle."""

from functools import partial
from threading import Event

import numpy as np
import pandas as pd
import torch

from skeeg.nn._parameters import check_default_dtype, to_numpy
from skeeg.nn._threads import single_threaded_workers

COLUMNS = {"epoch": "iteration", "train_loss": "train_loss", "valid_loss": "valid_loss"}


def check_training_support(caller, accelerator):
    """Raise where skorch or the device is missing, and say what to do."""
    try:
        import skorch  # noqa: F401
    except ImportError as error:
        raise ImportError(f"{caller} needs skorch: pip install skeeg[deep].") from error
    _find_device(accelerator)


def _find_device(accelerator):
    """Return the torch device of that name; raise where the machine has none."""
    # PyTorch 2.6 names accelerators that are not there too
    found = "cpu"
    if torch.accelerator.is_available():
        found = torch.accelerator.current_accelerator().type
    if accelerator not in {"auto", "cpu", "gpu" if found != "cpu" else found, found}:
        raise ValueError(
            f"accelerator={accelerator!r} is not available on this machine. Use "
            "accelerator='cpu', or 'auto' to take what there is."
        )
    return "cpu" if accelerator == "cpu" else found


def _build(make_network, random):
    """Build a network whose weights come from `random` and from nothing else."""
    check_default_dtype()
    with torch.device("meta"):
        network = make_network()
    network = network.to_empty(device="cpu")
    network.reset_parameters(random)
    return network


def _make_net(network, held_out, class_weights, loader, settings):
    from skorch import NeuralNetClassifier
    from skorch.callbacks import EarlyStopping
    from skorch.dataset import Dataset
    from skorch.helper import predefined_split

    patience = settings.n_iter_no_change or settings.max_iter
    keep_best = EarlyStopping("valid_loss", patience=patience, threshold=settings.tol)
    keep_best.set_params(threshold_mode="abs", load_best=True)
    return NeuralNetClassifier(
        network,
        criterion=torch.nn.CrossEntropyLoss,
        criterion__weight=torch.tensor(class_weights, dtype=torch.float32),
        optimizer=torch.optim.Adam,
        lr=settings.learning_rate,
        max_epochs=settings.max_iter,
        batch_size=settings.batch_size,
        train_split=None if held_out is None else predefined_split(Dataset(*held_out)),
        callbacks=None if held_out is None else [keep_best],
        callbacks__valid_acc=None,
        device=_find_device(settings.accelerator),
        verbose=int(settings.verbose),
        iterator_valid__generator=torch.Generator(),
        **loader,
    )


def _fit(make_network, rows, codes, held_out, class_weights, settings, seed, stopped):
    random = torch.Generator().manual_seed(seed)
    loader = {
        "iterator_train__shuffle": True,
        "iterator_train__generator": random,
        # a batch of one row has no variance to be normalised by
        "iterator_train__drop_last": len(rows) % settings.batch_size == 1,
    }
    network = _build(make_network, random)
    net = _make_net(network, held_out, class_weights, loader, settings).initialize()

    def after_step(*_):
        network.limit_weights()
        if stopped.is_set():
            raise KeyboardInterrupt  # which skorch takes for the end

    net.optimizer_.register_step_post_hook(after_step)
    dropout = torch.Generator(net.device).manual_seed(seed)
    net.partial_fit(rows, codes, random=dropout)
    return to_numpy(network), _make_history(net.history)


def _make_history(records):
    history = pd.DataFrame(list(records))
    seconds = history["dur"].cumsum()
    history = history[[name for name in COLUMNS if name in history]].rename(columns=COLUMNS)
    return history.assign(seconds=seconds)


def train_network(make_network, rows, codes, held_out, class_weights, settings, seed):
    """Train a network on some of the rows and keep it as it was best on the others.

    Parameters
    ----------
    make_network : callable
        Returns the network: `network(rows, random)` scores classes, `reset_parameters` draws its
        weights, `limit_weights` is called after each step.

    rows : ndarray of float32, shape (n_samples, n_channels, n_times)
        Signals as the network is to see them.

    codes : ndarray of int, shape (n_samples,)
        Class of each.

    held_out : ndarray of bool, shape (n_samples,)
        Which rows only decide when to stop; none of them trains to the end.

    class_weights : ndarray of shape (n_classes,)
        What an error on each class costs.

    settings : EEGNetClassifier
        Its parameters are read.

    seed : int
        Seed of all that is random.

    Returns
    -------
    state : dict of str to ndarray
        The parameters of the network.

    history : DataFrame
        One row per pass over the rows.

    Raises
    ------
    FloatingPointError
        If the loss is not a number.
    """
    valid = (rows[held_out], codes[held_out]) if held_out.any() else None
    fit = partial(_fit, make_network, rows[~held_out], codes[~held_out], valid, class_weights)
    # One torch thread and two do not agree bit for bit.
    stopped = Event()
    with single_threaded_workers(1) as pool:
        training = pool.submit(fit, settings, seed, stopped)
        try:
            state, history = training.result()
        finally:
            stopped.set()  # Ctrl-C reaches this thread alone
    finite = np.isfinite(history["train_loss"])
    if not finite.all():
        raise FloatingPointError(
            f"The training diverged: the loss of iteration {finite.argmin() + 1} is not finite. "
            f"Lower learning_rate={settings.learning_rate}, or check class_weight."
        )
    return state, history
