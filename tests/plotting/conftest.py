"""Figures without a screen, and samples to draw in them."""

import numpy as np
import pytest
from matplotlib import pyplot


@pytest.fixture(autouse=True)
def close_figures():
    pyplot.switch_backend("Agg")
    yield
    pyplot.close("all")


@pytest.fixture
def make_samples(make_signals):
    """Return a factory of the first four arguments of from_samples, for two classes."""

    def make(n_real=24, n_synthetic=16, n_times=100, n_channels=None):
        X_real = make_signals(n_real, n_times, n_channels)
        X_synthetic = make_signals(n_synthetic, n_times, n_channels)
        y = np.resize(["calm", "seizure"], n_real)
        return X_real, y, X_synthetic, y[:n_synthetic]

    return make
