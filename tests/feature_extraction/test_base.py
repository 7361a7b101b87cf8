"""What every feature extractor gets from its base class."""

import subprocess
import sys
import tracemalloc
from functools import partial

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.exceptions import NotFittedError

from skeeg.feature_extraction import (
    BandPower,
    BaseSignalFeatures,
    ChannelCovariance,
    Coherence,
    FourierFeatures,
    HjorthParameters,
    RootMeanSquare,
    TimeFeatures,
    WaveletFeatures,
    ZeroCrossingRate,
)

EXTRACTORS = [
    partial(BandPower, sampling_rate=128),
    FourierFeatures,
    HjorthParameters,
    RootMeanSquare,
    TimeFeatures,
    WaveletFeatures,
    ZeroCrossingRate,
]


class FirstAndLast(BaseSignalFeatures):
    """The two ends of a signal, and the shape of every block that came by."""

    def _extract(self, X):
        self.shapes_ = [*getattr(self, "shapes_", []), X.shape]
        return {"first": X[..., 0], "last": X[..., -1]}


def test_columns_go_by_channel_then_by_feature():
    X = np.arange(2 * 3 * 4).reshape(2, 3, 4)
    table = FirstAndLast().fit_transform(X)
    assert_array_equal(table, [[0, 3, 4, 7, 8, 11], [12, 15, 16, 19, 20, 23]])


def test_names_go_like_the_columns():
    extractor = FirstAndLast(channel_names=["Fz", "Cz"]).fit(np.zeros((1, 2, 4)))
    assert extractor.get_feature_names_out().tolist() == [
        "Fz__first",
        "Fz__last",
        "Cz__first",
        "Cz__last",
    ]
    assert FirstAndLast().fit(np.zeros((1, 4))).get_feature_names_out()[0] == "ch0__first"


def test_rows_come_in_blocks_that_fit_the_cache():
    X = np.zeros((1000, 2, 512))
    extractor = FirstAndLast().fit(X)
    extractor.shapes_ = []
    extractor.transform(X)
    assert {shape[1:] for shape in extractor.shapes_} == {(2, 512)}
    assert sum(shape[0] for shape in extractor.shapes_) == 1000
    assert max(shape[0] for shape in extractor.shapes_) * X[0].nbytes <= 128 * 1024


def peak_beside_the_table(extractor, X):
    """Bytes that `transform` allocates at most, less those that it returns."""
    tracemalloc.start()
    table = extractor.transform(X)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak - table.nbytes


@pytest.mark.parametrize("Extractor", EXTRACTORS)
@pytest.mark.parametrize("dtype", [np.int16, np.float32, np.float64])
def test_temporaries_stay_under_a_quarter_of_the_input(rng, Extractor, dtype):
    X = rng.normal(0, 1000, (40000, 128)).astype(dtype)
    assert peak_beside_the_table(Extractor().fit(X), X) < X.nbytes / 4


@pytest.mark.parametrize("Extractor", EXTRACTORS)
def test_integers_give_the_numbers_of_floats(rng, Extractor):
    X = rng.integers(-2000, 2000, (100, 128), dtype=np.int16)
    table = Extractor().fit_transform(X)
    assert table.dtype == np.float64
    assert_array_equal(table, Extractor().fit_transform(X.astype(float)))


@pytest.mark.parametrize("names", [["Fz"], ["Fz", "Cz", "Pz"]])
def test_wrong_number_of_channel_names(names):
    with pytest.raises(ValueError, match=f"channel_names has {len(names)} names, but X has 2"):
        FirstAndLast(channel_names=names).fit(np.zeros((1, 2, 4)))


@pytest.mark.parametrize("Extractor", [WaveletFeatures, FourierFeatures, RootMeanSquare])
@pytest.mark.parametrize("sample", [0, 1])
def test_overflow_names_the_sample(Extractor, sample):
    X = np.ones((3, 32), np.float32)
    X[sample, ::2] = 1e30
    with pytest.raises(
        ValueError, match=rf"{Extractor.__name__} is not finite on sample {sample} .*float32"
    ):
        Extractor().fit_transform(X)


VALID = np.ones((3, 2, 400))


def spoiled(value, dtype=float):
    """Signals with one value that is not a number to compute with."""
    X = VALID.astype(dtype)
    X[2, 1, 7] = value
    return X


@pytest.mark.parametrize("Extractor", [*EXTRACTORS, Coherence, ChannelCovariance])
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_not_finite_are_named(Extractor, value):
    params = {"sampling_rate": 128} if Extractor is Coherence else {}
    extractor = Extractor(channel_names=["Fz", "Cz"], **params).fit(VALID)
    message = f"NaN or infinity: {value} in sample 2, channel Cz, time point 7"
    with pytest.raises(ValueError, match=message):
        extractor.transform(spoiled(value))


@pytest.mark.parametrize(
    ("X", "error", "message"),
    [
        ([[1, 2, 3], [1, 2]], ValueError, "inhomogeneous"),
        (VALID * 1j, ValueError, "Complex data not supported"),
        (spoiled("seven", object), ValueError, "could not convert string to float: 'seven'"),
        (spoiled(None, object), (TypeError, ValueError), "NoneType|NaN"),
        (np.full((3, 800), "1,5"), ValueError, "arrays of bytes/strings"),
        (VALID[:0], ValueError, "0 sample"),
        (VALID[:, :, :0], ValueError, r"shape \(3, 2, 0\)"),
        (VALID[0, 0], ValueError, "Expected 2D array, got 1D array"),
        (VALID[np.newaxis], ValueError, "X has 4 dimensions"),
        (np.ones((3, 801)), ValueError, "n_channels=2 does not divide the 801 columns of X"),
        (spoiled(np.nan), ValueError, "Input X contains NaN"),
        ("signals.csv", ValueError, "Expected 2D array, got scalar array"),
        (None, ValueError, "Expected 2D array, got scalar array"),
    ],
)
@pytest.mark.parametrize("method", ["fit", "transform"])
def test_signals_that_are_none_are_refused(X, error, message, method):
    fitted = TimeFeatures(n_channels=2).fit(VALID)
    with pytest.raises(error, match=message):
        getattr(fitted, method)(X)


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (VALID[:, :1], r"X has shape \(3, 1, 400\); expected \(n_samples, 2, n_times"),
        (VALID[..., :399], "X has 798 features, but TimeFeatures is expecting 800"),
    ],
)
def test_signals_of_another_layout_are_refused(X, message):
    with pytest.raises(ValueError, match=message):
        TimeFeatures().fit(VALID).transform(X)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"channel_names": ["Fz"]}, "channel_names has 1 names, but X has 2 channels"),
        ({"channel_names": ["Fz", "Fz"]}, "channel_names must differ; 'Fz' is there more"),
        ({"channel_names": "Fz"}, "'channel_names' parameter of TimeFeatures must be"),
        ({"n_channels": 0}, "'n_channels' parameter of TimeFeatures must be"),
        ({"n_channels": 1.5}, "'n_channels' parameter of TimeFeatures must be"),
        ({"features": "mean"}, "'features' parameter of TimeFeatures must be"),
        ({"features": ["mean", "median"]}, "features must hold at least one of mean"),
    ],
)
def test_wrong_parameters_are_named(params, message):
    with pytest.raises(ValueError, match=message):
        TimeFeatures(**params).fit(VALID)


def test_a_fit_that_fails_leaves_an_extractor_as_it_was():
    unfitted = TimeFeatures(channel_names=["Fz"])
    with pytest.raises(ValueError, match="channel_names"):
        unfitted.fit(VALID)
    with pytest.raises(NotFittedError):
        unfitted.transform(VALID)
    fitted = TimeFeatures(channel_names=["Fz", "Cz"]).fit(VALID)
    expected, names = fitted.transform(VALID), fitted.get_feature_names_out().tolist()
    with pytest.raises(ValueError, match="channel_names"):
        fitted.fit(VALID[:, :1])
    assert_array_equal(fitted.transform(VALID), expected)
    assert fitted.get_feature_names_out().tolist() == names


def test_loads_neither_torch_nor_matplotlib():
    code = (
        "import sys, skeeg.feature_extraction; "
        "sys.exit(bool({'torch', 'matplotlib'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
