"""Pickles of NumPy arrays, read without running anything that they name."""

import pickle
from io import BytesIO

import numpy as np

KINDS = "biufSU"


class _Dtype:
    """Takes the place of numpy.dtype, which would also make types that hold pointers."""

    def __init__(self, code, align=False, copy=False):
        self.dtype = np.dtype(code)
        if self.dtype.kind not in KINDS:
            raise ValueError(f"it has values of type {self.dtype}; legal are numbers and text")

    def __setstate__(self, state):
        self.dtype = self.dtype.newbyteorder(state[1])


class _Array:
    """Takes the place of numpy.ndarray, whose own state is not checked against its memory."""

    def __init__(self, *ignored):
        self.array = np.empty(0)

    def __setstate__(self, state):
        _, shape, dtype, is_fortran, buffer = state
        self.array = _from_buffer(buffer, dtype, shape, "F" if is_fortran else "C")

    def __array__(self, dtype=None, copy=None):
        return np.array(self.array, dtype=dtype)


def _from_buffer(buffer, dtype, shape, order, axis_order=None):
    """Do what numpy does with the buffers of protocol 5; of Python 2, they are text."""
    array = np.frombuffer(_to_bytes(buffer), dtype.dtype)
    if order == "K" and axis_order is not None:
        return array.reshape(shape).transpose(axis_order)
    return array.reshape(shape, order=order)


def _to_bytes(buffer):
    if isinstance(buffer, str):
        return _encode(buffer, "latin1")
    # of an integer, bytes would make that many zeros
    if not isinstance(buffer, bytes | bytearray | pickle.PickleBuffer):
        raise ValueError(f"an array is made of {type(buffer).__name__}; legal are bytes")
    return bytes(buffer)


def _encode(text, encoding):
    """Take the place of the codec that pickles of bytes name, which could be any codec."""
    if encoding != "latin1":
        raise ValueError(f"bytes are encoded as {encoding!r}; legal is 'latin1'")
    return text.encode("latin1")


# Names in pickles of arrays, by NumPy 1 and 2, and what is called in their place.
LEGAL = {
    ("_codecs", "encode"): _encode,
    ("numpy", "dtype"): _Dtype,
    # the first argument of what follows, never called
    ("numpy", "ndarray"): None,
    ("numpy.core.multiarray", "_reconstruct"): _Array,
    ("numpy._core.multiarray", "_reconstruct"): _Array,
    ("numpy.core.numeric", "_frombuffer"): _from_buffer,
    ("numpy._core.numeric", "_frombuffer"): _from_buffer,
}


class _ArrayUnpickler(pickle.Unpickler):
    """Knows how arrays are built, and no other name."""

    def find_class(self, module, name):
        if (module, name) not in LEGAL:
            raise ValueError(f"it names {module}.{name}; legal are NumPy arrays alone")
        return LEGAL[module, name]


def read_array_pickle(raw):
    """Return what a pickle of containers, numbers, text and arrays holds.

    Arrays may come as objects that :func:`numpy.asarray` takes. Raises ValueError for any other
    pickle, before anything that it names is imported or called.
    """
    try:
        # of Python 2: its strings hold the bytes of arrays
        return _ArrayUnpickler(BytesIO(raw), encoding="latin1").load()
    except ValueError:
        raise
    # damaged pickles make the machine of pickle stumble in any way
    except Exception as error:
        raise ValueError(f"it is damaged: {error}") from error
