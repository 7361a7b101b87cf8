"""Pickles of NumPy arrays, read without running anything else that they name."""

import pickle
from io import BytesIO

import numpy as np


def _encode(text, encoding):
    """Stand in for the codec that pickles of bytes name, which could be any codec."""
    if encoding != "latin1":
        raise ValueError(f"bytes are encoded as {encoding!r}; legal is 'latin1'")
    return text.encode("latin1")


def _list_legal():
    """Return a dict from the names in pickles of arrays, of NumPy 1 and 2, to what they mean."""
    array = np.empty(0)
    legal = {("numpy", "ndarray"): np.ndarray, ("numpy", "dtype"): np.dtype}
    for core in ("numpy.core", "numpy._core"):
        legal[f"{core}.multiarray", "_reconstruct"] = array.__reduce__()[0]
        legal[f"{core}.multiarray", "scalar"] = np.float64(0).__reduce__()[0]
        legal[f"{core}.numeric", "_frombuffer"] = array.__reduce_ex__(5)[0]
    return legal | {("_codecs", "encode"): _encode}


LEGAL = _list_legal()


class _ArrayUnpickler(pickle.Unpickler):
    """Knows how arrays are built, and no other name."""

    def find_class(self, module, name):
        if (module, name) not in LEGAL:
            raise ValueError(f"it names {module}.{name}; legal are NumPy arrays alone")
        return LEGAL[module, name]


def read_array_pickle(raw):
    """Return what a pickle of containers, numbers, text and arrays holds.

    Raises ValueError for any other, before anything that it names is imported or called.
    """
    try:
        # of Python 2: its strings hold the bytes of arrays
        return _ArrayUnpickler(BytesIO(raw), encoding="latin1").load()
    except ValueError:
        raise
    # damaged pickles make the machine of pickle stumble in any way
    except Exception as error:
        raise ValueError(f"it is damaged: {error}") from error
