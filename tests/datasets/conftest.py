"""Real data for the tests that compare with it."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_data():
    """Return a function from a path inside SKEEG_DATA to the file, or skip the test."""

    def find(relative):
        folder = os.environ.get("SKEEG_DATA")
        if not folder:
            pytest.skip("SKEEG_DATA is not set")
        path = Path(folder, relative)
        if not path.exists():
            pytest.skip(f"{relative} is not in SKEEG_DATA")
        return path

    return find
