"""Recordings cut into windows along time."""

from numpy.lib.stride_tricks import sliding_window_view


def cut_windows(signals, n_times, overlap=0.0):
    """View (..., n) as (..., n_windows, n_times); what is left over at the end is dropped."""
    step = max(1, round(n_times * (1 - overlap)))
    return sliding_window_view(signals, n_times, axis=-1)[..., ::step, :]
