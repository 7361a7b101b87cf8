"""Files of EDF and Epochs of MNE-Python for the tests of what reads them."""

import numpy as np
import pytest

from skeeg.datasets import make_seizures, to_epochs

CHANNELS = "EEG Fz", "EEG Cz", "EEG Pz"
DIGITAL = 32767


@pytest.fixture(scope="session")
def make_edf():
    """Return a function that writes the bytes of a file, from the text of the standard."""

    def make(signals, names=CHANNELS, sampling_rate=100, unit="uV", largest=3276.7, bdf=False):
        """Return an EDF or BDF file with records of one second."""
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
        start = [
            ("\xffBIOSEMI" if bdf else "0", 8),
            ("", 80),
            ("", 80),
            ("01.01.11", 8),
            ("00.00.00", 8),
        ]
        start += [(256 * (n_signals + 1), 8), ("", 44), (n_records, 8), (1, 8), (n_signals, 4)]
        header = "".join(f"{value:<{width}}" for value, width in start)
        header += "".join(f"{v:<{width}}" for values, width in one_each for v in values)
        digital = np.round(signals / largest * DIGITAL).astype("<i2")
        records = digital.reshape(n_signals, n_records, sampling_rate).swapaxes(0, 1)
        if bdf:  # the two lower of three bytes are those of EDF, the third repeats the sign
            records = records.astype("<i4")[..., np.newaxis].view(np.uint8)[..., :3]
        return header.encode("latin-1") + records.tobytes()

    return make


@pytest.fixture(scope="session")
def simulated():
    return make_seizures(4, 3, 50, n_channels=5, random_state=0)


@pytest.fixture
def put(simulated):
    """Return a function that puts the simulated EEG into Epochs, with some arguments replaced."""

    def put(X=simulated.data, y=simulated.target, groups=simulated.groups, **options):
        options = {
            "sampling_rate": simulated.sampling_rate,
            "target_names": simulated.target_names,
        } | options
        return to_epochs(X, y, groups, **options)

    return put
