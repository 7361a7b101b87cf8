"""Start Lightning Fabric, which gives devices, precision and processes."""

import os
import pickle
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from skeeg.nn._one_process import OneProcess

SPAWNING = "ddp_spawn", "ddp_notebook"


@contextmanager
def _same_environment():
    """Put `os.environ` back as it was: launching processes leaves a port there."""
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in os.environ.keys() - before.keys():
            del os.environ[name]
        os.environ.update(before)


def _started_from_outside():
    """Whether torchrun or a cluster has started the processes already."""
    from lightning_fabric.plugins.environments import SLURMEnvironment, TorchElasticEnvironment

    return TorchElasticEnvironment.detect() or SLURMEnvironment.detect()


def _make_fabric(*, accelerator, devices, precision, strategy, num_nodes):
    """Return a Fabric that is not launched yet, and whether it has to spawn its processes."""
    # Imported here because it takes as long as torch itself.
    from lightning_fabric import Fabric
    from lightning_fabric.plugins.environments import LightningEnvironment
    from lightning_fabric.utilities.exceptions import MisconfigurationException

    alone = num_nodes == 1 and (devices == 1 or (isinstance(devices, list) and len(devices) == 1))
    settings = {"accelerator": accelerator, "devices": devices, "num_nodes": num_nodes}
    # The environment is given because inside a job of a cluster Fabric would look for the processes
    # of the whole job.
    make = partial(
        Fabric, precision=precision, plugins=[LightningEnvironment()] if alone else None, **settings
    )
    try:
        fabric = make(strategy=strategy)
        several = fabric.world_size > 1 and num_nodes == 1
        if strategy == "auto" and several and not _started_from_outside():
            strategy = "ddp_spawn"  # and not a second run of the whole program
            fabric = make(strategy=strategy)
    except (ImportError, RuntimeError, TypeError, ValueError, MisconfigurationException) as error:
        if not alone:
            settings["strategy"] = strategy
        wanted = ", ".join(f"{name}={value!r}" for name, value in settings.items() if value != 1)
        raise ValueError(
            f"{wanted} is not available on this machine: {error} "
            "Use accelerator='cpu', or 'auto' to take what there is."
        ) from error
    return fabric, strategy in SPAWNING


def _store(fabric, function, folder):
    """Leave in a file what a function returns or raises; a queue of Fabric's holds but 64 KiB."""
    from torch.distributed import destroy_process_group

    try:
        outcome = function(fabric=fabric), None
    except (FloatingPointError, OSError, ValueError) as error:
        outcome = None, error
    _, error = outcome
    if error is not None or fabric.is_global_zero:
        Path(folder, str(fabric.global_rank)).write_bytes(pickle.dumps(outcome))
    # Left to the end of the process, it races with threads of its own and now and then aborts.
    destroy_process_group()


def _spawn(fabric, function):
    """Call `function(fabric=...)` in new processes and return, or raise, what the first does."""
    from torch.multiprocessing.spawn import ProcessException

    failure = None
    with tempfile.TemporaryDirectory() as folder:
        try:
            fabric.launch(partial(_store, function=function, folder=folder))
        except ProcessException as error:
            failure = error
        files = sorted(Path(folder).iterdir(), key=lambda path: int(path.name))
        outcomes = [pickle.loads(path.read_bytes()) for path in files]
    # First what a process itself has raised: that breaks the connections of the others.
    for error in [*(error for _, error in outcomes), failure]:
        if error is not None:
            raise error
    result, _ = outcomes[0]
    return result


def launch(
    function, *, accelerator="cpu", devices=1, precision="32-true", strategy="auto", num_nodes=1
):
    """Call `function(fabric=...)` in every process and return what the first one returns.

    Parameters
    ----------
    function : callable
        Takes a launched Fabric as `fabric`, or what stands in for it where nothing but one process
        is asked for. Where processes are spawned it has to be picklable, and so has what it
        returns.

    accelerator : str, default="cpu"
        Device in the words of Lightning Fabric: `"cpu"`, `"cuda"`, `"mps"`, `"auto"`.

    devices : int, list of int or "auto", default=1
        How many devices of each machine, or which.

    precision : {"32-true", "bf16-mixed"}, default="32-true"
        Numbers that networks compute with.

    strategy : {"auto", "ddp", "ddp_spawn", "ddp_notebook"}, default="auto"
        Where the processes come from. "auto" spawns them unless torchrun or a cluster has started
        them.

    num_nodes : int, default=1
        Number of machines.

    Returns
    -------
    result : object
        What `function` returned: in the process that spawned others that of the first of these, in
        processes started from outside that of each.

    Raises
    ------
    ValueError
        If this machine has no such devices.
    """
    if (accelerator, devices, precision, num_nodes) == ("cpu", 1, "32-true", 1):
        return function(fabric=OneProcess())
    with _same_environment():
        fabric, spawning = _make_fabric(
            accelerator=accelerator,
            devices=devices,
            precision=precision,
            strategy=strategy,
            num_nodes=num_nodes,
        )
        if spawning:
            return _spawn(fabric, function)
        fabric.launch()
        return function(fabric=fabric)
