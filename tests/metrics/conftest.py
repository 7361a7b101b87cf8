"""Real data for the metrics."""

import numpy as np
import pytest

from skeeg.datasets import load_bonn


@pytest.fixture
def bonn_halves(data_file):
    """For each class of the recordings of Bonn, windows of two disjoint halves of them."""
    eeg = load_bonn(data_file("bonn_eeg/bonn_500x4097_int16.npz"))
    half = np.unique(eeg.groups, return_inverse=True)[1] % 2
    return [
        [eeg.data[(eeg.target == label) & (half == part)] for part in (0, 1)] for label in range(5)
    ]
