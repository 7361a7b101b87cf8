"""The joined set: its names, its parts, and signals that do not fit into memory."""

import subprocess
import sys

import dask.array as da
import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg.feature_extraction import BandPower, make_signal_features

FEATURES = {"no rate": {}, "rate": {"sampling_rate": 128}, "cross": {"cross_channel": True}}


@pytest.mark.parametrize("params", FEATURES.values(), ids=FEATURES)
def test_columns_are_those_of_the_parts(make_signals, params):
    X = make_signals(n_channels=2)
    features = make_signal_features(channel_names=["Fz", "Cz"], **params)
    table = features.set_output(transform="pandas").fit_transform(X)
    parts = [clone(part).fit(X) for _, part in features.transformer_list]
    assert_array_equal(table, np.hstack([part.transform(X) for part in parts]))
    assert_array_equal(table.columns, np.hstack([part.get_feature_names_out() for part in parts]))
    assert {name.split("__")[0] for name in table.columns} <= {"Fz", "Cz", "Fz-Cz"}


def test_bands_are_those_of_eeg_if_the_rate_is_known(make_signals):
    X = make_signals()
    known = make_signal_features(sampling_rate=128).fit(X).get_feature_names_out()
    unknown = make_signal_features().fit(X).get_feature_names_out()
    assert "ch0__welch_alpha_log_power" in known
    assert "ch0__fft_0.0078125-0.03125_log_power" in unknown


@pytest.mark.parametrize("params", FEATURES.values(), ids=FEATURES)
def test_flat_and_three_dimensional_signals_give_the_same_bits(make_signals, params):
    X = make_signals(n_channels=2, dtype=np.float32)
    expected = make_signal_features(**params).fit_transform(X)
    flat = make_signal_features(n_channels=2, **params).fit_transform(X.reshape(len(X), -1))
    assert_array_equal(flat, expected)
    assert flat.dtype == np.float32


def test_parameters_of_the_parts_are_tuned_in_a_pipeline(make_signals, rng):
    X, y = make_signals(n_samples=40, n_channels=2), np.arange(40) % 2
    X[y == 1] *= 3
    model = make_pipeline(make_signal_features(), StandardScaler(), SVC())
    grid = {
        "featureunion__wavelet__level": [1, 2],
        "featureunion__bands": ["drop", BandPower(sampling_rate=128)],
    }
    search = GridSearchCV(model, grid, cv=2, error_score="raise").fit(X, y)
    assert search.score(X, y) > 0.9


@pytest.mark.parametrize("n_channels", [None, 2])
def test_dask_transforms_blocks_of_rows(make_signals, n_channels):
    X = make_signals(n_samples=50, n_channels=n_channels, dtype=np.float32)
    features = make_signal_features(sampling_rate=128, cross_channel=True).fit(X)
    expected = features.transform(X)
    lazy = da.from_array(X, chunks=(20, *X.shape[1:])).map_blocks(
        features.transform,
        dtype=X.dtype,
        chunks=((20, 20, 10), (expected.shape[1],)),
        drop_axis=list(range(2, X.ndim)),
    )
    assert_array_equal(lazy.compute(scheduler="threads"), expected)


OUT_OF_CORE = """
import resource, sys
import numpy as np
from skeeg.feature_extraction import make_signal_features

features = make_signal_features(sampling_rate=128).fit(np.ones((1, 2, 256), np.float32))
features.transform(np.ones((100, 2, 256), np.float32))
path, n_samples = sys.argv[1], int(sys.argv[2])
X = np.memmap(path, np.float32, "r", shape=(n_samples, 2, 256))
in_use = int(open("/proc/self/statm").read().split()[5]) * resource.getpagesize()
limit = in_use + X.nbytes // 2
resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
try:
    np.array(X)
except MemoryError:
    np.save(sys.argv[3], features.fit(X).transform(X))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits memory as Linux does")
def test_a_file_larger_than_the_memory_is_read_block_by_block(rng, tmp_path):
    X = rng.standard_normal((80_000, 2, 256), dtype=np.float32)
    X.tofile(tmp_path / "signals")
    command = [sys.executable, "-c", OUT_OF_CORE, tmp_path / "signals", str(len(X))]
    subprocess.run([*command, tmp_path / "table.npy"], check=True, env={"OMP_NUM_THREADS": "1"})
    rows = slice(None, None, 1000)
    found = np.load(tmp_path / "table.npy")
    assert found.shape == (len(X), 64)
    assert_array_equal(found[rows], make_signal_features(sampling_rate=128).fit_transform(X[rows]))


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"sampling_rate": 0}, "'sampling_rate' parameter"),
        ({"n_channels": 0}, "'n_channels' parameter"),
        ({"channel_names": "Fz"}, "'channel_names' parameter"),
    ],
)
def test_wrong_parameters_are_named_at_once(params, message):
    with pytest.raises(ValueError, match=message):
        make_signal_features(**params)


def test_a_rate_too_low_for_the_rhythms_of_eeg():
    with pytest.raises(ValueError, match="Band 'gamma' reaches 45, above half the sampling rate"):
        make_signal_features(sampling_rate=80).fit(np.zeros((1, 400)))
