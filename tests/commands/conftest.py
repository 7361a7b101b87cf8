"""Files of simulated seizures, and the commands as functions."""

import argparse

import numpy as np
import pandas as pd
import pytest

from skeeg._commands._options import add_data
from skeeg._commands._reading import read_samples
from skeeg.datasets import make_seizures


@pytest.fixture(scope="session")
def eeg():
    """Twelve recordings of four windows, a third of them seizures."""
    return make_seizures(n_recordings=12, n_windows=4, seizure_fraction=1 / 3, random_state=0)


@pytest.fixture(scope="session")
def frame(eeg):
    """Return text as a person would have it: the subject, rounded numbers, the class."""
    X = np.char.mod("%.2f", eeg.data)
    frame = pd.DataFrame(X, columns=[f"t{i}" for i in range(X.shape[1])], dtype=object)
    frame.insert(0, "subject", [f"S{group:02}" for group in eeg.groups])
    return frame.assign(label=[eeg.target_names[code] for code in eeg.target])


@pytest.fixture
def table(frame, tmp_path):
    """Return the path of a csv."""
    frame.to_csv(tmp_path / "table.csv", index=False)
    return tmp_path / "table.csv"


@pytest.fixture
def save(tmp_path):
    """Return a function that writes a table or text to a csv."""

    def save(content, name="table.csv"):
        path = tmp_path / name
        if isinstance(content, pd.DataFrame):
            content.to_csv(path, index=False)
        else:
            path.write_text(content, encoding="utf-8")
        return path

    return save


@pytest.fixture
def read():
    """Return a function that reads what a command would."""
    parser = argparse.ArgumentParser()
    add_data(parser)

    def read(path, *options):
        return read_samples(str(path), parser.parse_args([str(path), *options]))

    return read
