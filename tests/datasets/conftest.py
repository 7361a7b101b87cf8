"""Files of EDF for the tests of their readers."""

import numpy as np
import pytest

CHANNELS = "EEG Fz", "EEG Cz", "EEG Pz"
DIGITAL = 32767


@pytest.fixture(scope="session")
def make_edf():
    """Return a function that writes the bytes of a file, from the text of the standard."""

    def make(
        signals, names=("EEG Fz", "EEG Cz", "EEG Pz"), sampling_rate=100, unit="uV", largest=3276.7
    ):
        """Return an EDF file with records of one second."""
        n_signals, n_records = len(names), signals.shape[1] // sampling_rate
        one_each = [
            (names, 16),
            ([""] * n_signals, 80),
            ([unit] * n_signals, 8),
            ([f"{-largest}"] * n_signals, 8),
            ([f"{largest}"] * n_signals, 8),
            ([-DIGITAL] * n_signals, 8),
            ([DIGITAL] * n_signals, 8),
            ([""] * n_signals, 80),
            ([sampling_rate] * n_signals, 8),
            ([""] * n_signals, 32),
        ]
        start = [("0", 8), ("", 80), ("", 80), ("01.01.11", 8), ("00.00.00", 8)]
        start += [(256 * (n_signals + 1), 8), ("", 44), (n_records, 8), (1, 8), (n_signals, 4)]
        header = "".join(f"{value:<{width}}" for value, width in start)
        header += "".join(f"{v:<{width}}" for values, width in one_each for v in values)
        digital = np.round(signals / largest * DIGITAL).astype("<i2")
        records = digital.reshape(n_signals, n_records, sampling_rate).swapaxes(0, 1)
        return header.encode("ascii") + records.tobytes()

    return make
