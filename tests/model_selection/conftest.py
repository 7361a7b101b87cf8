"""Two classes of windows that differ in their amplitude, in recordings."""

from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib import pyplot


@pytest.fixture(autouse=True)
def close_figures():
    pyplot.switch_backend("Agg")
    yield
    pyplot.close("all")


@pytest.fixture
def recordings(rng):
    """24 recordings of 5 windows, every third of them of the rare class."""
    groups = np.repeat(np.arange(24), 5)
    y = np.where(groups % 3 == 0, "rare", "common")
    X = rng.normal(size=(120, 2, 10)) * np.where(y == "rare", 1.6, 1)[:, np.newaxis, np.newaxis]
    return SimpleNamespace(X=X, y=y, groups=groups)
