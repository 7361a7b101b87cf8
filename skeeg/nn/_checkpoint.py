"""Keep a training in a file that is there whole or not at all."""

import os
import tempfile
from pathlib import Path

import joblib
import safetensors.numpy
import torch
from safetensors import SafetensorError


def _write(path, arrays):
    """Write named arrays, replacing the file in one step."""
    content = safetensors.numpy.save(arrays)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    finally:
        Path(unfinished).unlink(missing_ok=True)


def _read(path):
    """Return the arrays of a file, or None where there is none."""
    if not path.exists():
        return None
    try:
        return safetensors.numpy.load(path.read_bytes())
    except SafetensorError as error:
        raise ValueError(f"{path} is not a checkpoint of skeeg ({error}); delete it.") from error


def _check_agreement(fabric, name):
    """Raise in all processes unless all are about to train the same."""
    differs = torch.tensor(float(fabric.broadcast(name) != name))
    if fabric.all_reduce(differs, reduce_op="sum") > 0:
        raise ValueError(
            "The processes of this training have different data or seeds: give each of them the "
            "same signals in the same order, and an int as random_state."
        )


def check_folder(folder):
    """Raise where there is a file in place of a folder."""
    if folder is not None and Path(folder).is_file():
        raise ValueError(f"checkpoint={str(folder)!r} is a file; it must be a folder.")


class Checkpoint:
    """The file of one training in a folder of many, the same for all its processes.

    Parameters
    ----------
    folder : path or None
        Where the file is; with None nothing is read or written.

    identity : tuple
        All that decides the result, but for code. Its hash is the name of the file, so that a
        training finds its own file and never that of another.

    fabric : lightning_fabric.Fabric
        The first of its processes reads and writes.
    """

    def __init__(self, folder, identity, fabric):
        check_folder(folder)
        self.fabric, self.path = fabric, None
        if folder is not None or fabric.world_size > 1:
            name = joblib.hash(identity)
            _check_agreement(fabric, name)
        if folder is not None:
            self.path = Path(folder, f"{name}.safetensors")

    def read(self):
        """Return the arrays that were written last, or None."""
        if self.path is None:
            return None
        return self.fabric.broadcast(_read(self.path) if self.fabric.is_global_zero else None)

    def write(self, collect):
        """Replace what is in the file by the arrays that `collect` returns in all processes."""
        if self.path is None:
            return
        arrays = collect()
        if self.fabric.is_global_zero:
            _write(self.path, arrays)
