"""What every feature extractor gets from its base class."""

import subprocess
import sys
import tracemalloc
from functools import partial

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from skeeg.feature_extraction import (
    BandPower,
    BaseSignalFeatures,
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


def test_loads_neither_torch_nor_matplotlib():
    code = (
        "import sys, skeeg.feature_extraction; "
        "sys.exit(bool({'torch', 'matplotlib'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
