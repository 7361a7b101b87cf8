"""Data for all tests, and the count of common checks at the end of a run."""

import os
from pathlib import Path

import numpy as np
import pytest


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def make_signals(rng):
    """Return a factory of coloured noise: random walks, so that low frequencies dominate."""

    def make(n_samples=12, n_times=128, n_channels=None, dtype=np.float64):
        shape = (n_samples, n_times) if n_channels is None else (n_samples, n_channels, n_times)
        walk = rng.standard_normal(shape).cumsum(axis=-1)
        return (walk - walk.mean(axis=-1, keepdims=True)).astype(dtype)

    return make


@pytest.fixture(scope="session")
def data_file():
    """Return a function that finds a file of real data, or skips the test."""

    def find(relative_path):
        folder = os.environ.get("SKEEG_DATA")
        if folder is None:
            pytest.skip("SKEEG_DATA is not set")
        path = Path(folder) / relative_path
        if not path.exists():
            pytest.skip(f"SKEEG_DATA has no {relative_path}")
        return path

    return find


def pytest_terminal_summary(terminalreporter):
    """Print how many common checks ran; the properties travel from the workers of xdist too."""
    reports = [r for key in ("passed", "failed") for r in terminalreporter.stats.get(key, [])]
    properties = [p for r in reports if r.when == "call" for p in r.user_properties]
    names = [name for key, name in properties if key == "common_check"]
    if names:
        terminalreporter.write_line(f"common checks: {len(names)} on {len(set(names))} estimators")
