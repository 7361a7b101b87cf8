"""Signals whose channels can be exchanged, in whatever container they came."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.utils import check_array

from skeeg._signals import split_channels


@dataclass
class Signals:
    """Signals and the way back to what the estimator was given.

    Attributes
    ----------
    values : ndarray of shape (n_samples, n_channels, n_times)
        The signals.

    given : array-like
        What they were made of.

    Methods
    -------
    restore(values)
        Lay other signals out like those given.
    """

    values: np.ndarray
    given: object

    def restore(self, values):
        """Return signals in the layout and the container of those given."""
        values = values.reshape(len(values), *np.shape(self.given)[1:])
        if hasattr(self.given, "iloc"):
            return pd.DataFrame(values, columns=self.given.columns)
        return values

    def exchange(self, channels, order):
        """Return the signals with some channels taken from other rows, in the given container."""
        values = self.values.copy()
        values[:, channels] = self.values[order][:, channels]
        return self.restore(values)


def check_signals(X, n_channels, name="X"):
    """Return X as Signals."""
    values = check_array(X, allow_nd=True, dtype=[np.float64, np.float32], input_name=name)
    if values.ndim == 3:
        n_channels = values.shape[1]
    return Signals(split_channels(values, n_channels), X)


def check_channel_names(channel_names, n_channels):
    """Return a name for each channel."""
    if channel_names is None:
        return [f"ch{i}" for i in range(n_channels)]
    names = [str(name) for name in channel_names]
    if len(names) != n_channels:
        raise ValueError(f"channel_names has {len(names)} names, but X has {n_channels} channels.")
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise ValueError(f"channel_names has {twice[0]!r} more than once.")
    return names
