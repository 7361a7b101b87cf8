"""Named bands of frequencies: which there are, and where they lie in a spectrum."""

import math
from numbers import Real

# The conventional rhythms of EEG, in Hz.
EEG_BANDS = {
    "delta": (0.5, 4),
    "theta": (4, 8),
    "alpha": (8, 13),
    "beta": (13, 30),
    "gamma": (30, 45),
}


def resolve_bands(bands, sampling_rate):
    """Return the bands as a dictionary of names and edges, or say what is wrong with one."""
    bands = EEG_BANDS if bands is None else bands
    if not bands:
        raise ValueError("bands is empty; expected names and edges like {'alpha': (8, 13)}.")
    for name, edges in bands.items():
        _check_edges(name, edges)
        if edges[1] > sampling_rate / 2:
            raise ValueError(
                f"Band {name!r} reaches {edges[1]:g}, above half the sampling rate, "
                f"{sampling_rate / 2:g}. Without sampling_rate, edges are in cycles per time point."
            )
    return bands


def _check_edges(name, edges):
    is_pair = isinstance(edges, tuple | list) and len(edges) == 2
    if not is_pair or not all(isinstance(edge, Real) for edge in edges):
        raise ValueError(f"Band {name!r} must be a pair of numbers, low and high; got {edges!r}.")
    if not 0 <= edges[0] < edges[1]:
        raise ValueError(
            f"Band {name!r} goes from {edges[0]:g} to {edges[1]:g}; expected 0 <= low < high."
        )


def resolve_length(segment_length, bands, sampling_rate, n_times):
    """Return the number of time points in a segment: by default two periods of the lowest edge."""
    if segment_length is None:
        lowest = min(edge for edges in bands.values() for edge in edges if edge > 0)
        return min(n_times, round(2 * sampling_rate / lowest))
    length = round(segment_length * sampling_rate)
    if not 1 <= length <= n_times:
        raise ValueError(
            f"segment_length={segment_length} is {length} time points at "
            f"sampling_rate={sampling_rate:g}; the signals have {n_times}."
        )
    return length


def resolve_slices(bands, sampling_rate, length):
    """Return the frequencies of a spectrum that lie in each band; the upper edge does not."""
    slices = {}
    for name, (low, high) in bands.items():
        start, stop = (_count_below(edge, sampling_rate / length) for edge in (low, high))
        if high == sampling_rate / 2:
            # nothing lies above to take the last frequency
            stop = length // 2 + 1
        if start >= stop:
            raise ValueError(
                f"Band {name!r}, {low:g} to {high:g}, is empty: segments of {length} time points "
                f"tell frequencies apart by {sampling_rate / length:g} only."
            )
        slices[name] = slice(start, stop)
    return slices


def _count_below(edge, resolution):
    """Count the multiples of a resolution below an edge, 0 among them, in spite of rounding."""
    return math.ceil(edge / resolution - 1e-9)
