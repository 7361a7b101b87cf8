"""What every transformer that cleans signals gets from its base class."""

import subprocess
import sys
import tracemalloc

import numpy as np
import pandas as pd
import pytest
from imblearn.pipeline import make_pipeline
from numpy.testing import assert_array_equal
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from skeeg.preprocessing import (
    BandPassFilter,
    BaseSignalFilter,
    FlattenChannels,
    NotchFilter,
    SignalScaler,
    VectorMagnitude,
    WaveletDenoiser,
)

FILTERS = [
    BandPassFilter(low=0.05, high=0.3),
    NotchFilter(frequency=0.2),
    WaveletDenoiser(),
    WaveletDenoiser(method="sure", mode="hard"),
]
CLEANERS = [*FILTERS, VectorMagnitude()]


class Reverse(BaseSignalFilter):
    """Signals backwards, and what came by."""

    def _prepare(self, n_times):
        self.lengths_ = [*getattr(self, "lengths_", []), n_times]

    def _filter(self, X):
        self.blocks_ = [*getattr(self, "blocks_", []), (X.shape, X.dtype, X.flags.c_contiguous)]
        return X[..., ::-1]


class Square(BaseSignalFilter):
    def _filter(self, X):
        return X**2


def peak_beside_the_result(transformer, X):
    """Bytes that `transform` allocates at most, less those that it returns."""
    tracemalloc.start()
    cleaned = transformer.transform(X)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak - cleaned.nbytes


def test_the_hook_sees_the_length_and_contiguous_blocks_of_float64():
    X = np.asfortranarray(np.arange(24, dtype=np.int16).reshape(2, 3, 4))
    transformer = Reverse().fit(X)
    assert_array_equal(transformer.transform(X), X[..., ::-1])
    assert transformer.lengths_ == [4]
    assert transformer.blocks_ == [((2, 3, 4), np.float64, True)]


def test_channels_are_told_apart_in_flat_rows():
    assert_array_equal(Reverse(n_channels=2).fit_transform([[1, 2, 8, 9]]), [[2, 1, 9, 8]])
    assert_array_equal(Reverse().fit_transform([[1, 2, 8, 9]]), [[9, 8, 2, 1]])


def test_rows_come_in_blocks_of_bounded_size():
    X = np.zeros((1000, 2, 512), np.float32)
    transformer = Reverse().fit(X)
    transformer.transform(X)
    sizes = [shape[0] for shape, _, _ in transformer.blocks_]
    assert sum(sizes) == 1000
    assert max(sizes) * 2 * 512 * 8 <= 512 * 1024


@pytest.mark.parametrize("transformer", CLEANERS, ids=repr)
@pytest.mark.parametrize("dtype", [np.int16, np.float32])
def test_temporaries_stay_under_a_quarter_of_the_result(rng, transformer, dtype):
    X = rng.normal(0, 1000, (30000, 128)).astype(dtype)
    n_bytes = X.size * (4 if dtype == np.float32 else 8)
    assert peak_beside_the_result(transformer.fit(X), X) < n_bytes / 4


@pytest.mark.parametrize("transformer", CLEANERS, ids=repr)
def test_a_sample_does_not_depend_on_the_others(transformer, make_signals):
    X = make_signals(n_samples=300, n_channels=2)
    one_by_one = [transformer.fit_transform(X[i : i + 1])[0] for i in range(len(X))]
    assert_array_equal(one_by_one, transformer.fit_transform(X))


@pytest.mark.parametrize("transformer", CLEANERS, ids=repr)
def test_channels_do_not_depend_on_each_other_except_in_the_magnitude(transformer, make_signals):
    X = make_signals(n_channels=2)
    expected = [transformer.fit_transform(X[:, i : i + 1])[:, 0] for i in (0, 1)]
    if isinstance(transformer, VectorMagnitude):
        expected = [np.hypot(*expected)]
    assert_array_equal(transformer.fit_transform(X), np.stack(expected, axis=1))


@pytest.mark.parametrize("transformer", FILTERS, ids=repr)
def test_float32_is_float64_rounded(transformer, make_signals):
    X = make_signals(dtype=np.float32)
    expected = transformer.fit_transform(X.astype(float)).astype(np.float32)
    assert_array_equal(transformer.fit_transform(X), expected)


@pytest.mark.parametrize("transformer", CLEANERS, ids=repr)
@pytest.mark.parametrize("n_times", [1, 2, 3, 7])
def test_short_signals_are_taken(transformer, rng, n_times):
    X = rng.standard_normal((4, n_times))
    cleaned = transformer.fit_transform(X)
    assert cleaned.shape == X.shape
    assert np.isfinite(cleaned).all()


@pytest.mark.parametrize("transformer", FILTERS, ids=repr)
def test_test_data_are_cleaned_in_a_pipeline_too(transformer, make_signals):
    train, test = make_signals(n_channels=2), make_signals(n_channels=2)
    pipeline = make_pipeline(transformer, Reverse()).fit(train)
    assert_array_equal(pipeline.transform(test), transformer.fit_transform(test)[..., ::-1])


def test_tables_keep_their_columns(make_signals):
    X = pd.DataFrame(make_signals(n_times=4), columns=["a", "b", "c", "d"])
    cleaned = Reverse().set_output(transform="pandas").fit_transform(X)
    assert cleaned.columns.tolist() == ["a", "b", "c", "d"]


@pytest.mark.parametrize("sample", [0, 2, 9999])
@pytest.mark.parametrize(("dtype", "value"), [(np.float32, 1e30), (np.float64, 1e200)])
def test_overflow_names_the_sample_and_the_dtype(sample, dtype, value):
    X = np.zeros((10000, 32), dtype)
    X[sample, 5] = value
    with pytest.raises(
        ValueError, match=f"Square is not finite on sample {sample} of X; .* {np.dtype(dtype)} "
    ):
        Square().fit_transform(X)


def test_magnitudes_too_large_name_the_sample():
    with pytest.raises(ValueError, match="VectorMagnitude is not finite on sample 1 of X"):
        VectorMagnitude().fit_transform([[[1.0], [1.0]], [[1.7e308], [1.7e308]]])


@pytest.mark.parametrize("transformer", CLEANERS, ids=repr)
@pytest.mark.parametrize(
    ("X", "message"),
    [
        ([[1.0, np.nan, 2.0]], "X contains NaN"),
        ([[1.0, np.inf, 2.0]], "X contains infinity"),
        ([[1j, 2.0, 3.0]], "Complex data not supported"),
        ([["a", "b", "c"]], "[Cc]onvert"),
        ([1.0, 2.0], "Expected 2D array, got 1D array"),
        (np.zeros((0, 3)), "Found array with 0 sample"),
        (np.zeros((2, 3, 0)), "expected .n_samples, 3, n_times., none of them 0"),
        (np.zeros((2, 2, 2, 2)), "X has 4 dimensions"),
    ],
)
def test_what_are_no_signals(transformer, X, message):
    with pytest.raises(ValueError, match=message):
        transformer.fit(X)


@pytest.mark.parametrize("transformer", CLEANERS, ids=repr)
@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((2, 9), "n_channels=2 does not divide the 9 columns of X"),
        ((2, 8), "X has 8 features, but .* is expecting 12 features"),
        ((2, 3, 4), r"X has shape \(2, 3, 4\); expected \(n_samples, 2, n_times\)"),
        ((2, 2, 5), "X has 10 features, but .* is expecting 12 features"),
    ],
)
def test_another_layout_than_in_fit(transformer, shape, message):
    with pytest.raises(ValueError, match=message):
        transformer.fit(np.ones((2, 2, 6))).transform(np.ones(shape))


def test_loads_neither_torch_nor_matplotlib():
    code = (
        "import sys, skeeg.preprocessing, skeeg.metrics; "
        "sys.exit(bool({'torch', 'matplotlib'} & set(sys.modules)))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("transformer", "wrong"),
    [
        (BandPassFilter(low=0.05, high=0.3), {"high": 0.6}),
        (NotchFilter(frequency=0.2), {"frequency": 0.6}),
        (WaveletDenoiser(), {"level": 9}),
        (VectorMagnitude(), {"n_channels": 3}),
        (FlattenChannels(), {"n_channels": 3}),
        (SignalScaler(), {"n_channels": 3}),
    ],
    ids=repr,
)
def test_a_fit_that_fails_leaves_a_transformer_as_it_was(transformer, wrong, make_signals):
    X, other = (pd.DataFrame(make_signals(n_times=n)).add_prefix(f"{n}_") for n in (40, 50))
    transformer, unfitted = clone(transformer), clone(transformer).set_params(**wrong)
    with pytest.raises(ValueError, match=str(*wrong)):
        unfitted.fit(other)
    with pytest.raises(NotFittedError):
        unfitted.transform(other)
    expected = transformer.fit(X).transform(X)
    with pytest.raises(ValueError, match=str(*wrong)):
        transformer.set_params(**wrong).fit(other)
    assert_array_equal(transformer.transform(X), expected)


def test_values_too_large_leave_a_scaler_as_it_was():
    scaler = SignalScaler().fit([[0.0, 2.0]])
    with pytest.raises(ValueError, match="too large to scale"):
        scaler.fit([[-1.7e308, 1.7e308, 0.0]])
    assert_array_equal(scaler.transform([[0.0, 2.0]]), [[-1, 1]])
