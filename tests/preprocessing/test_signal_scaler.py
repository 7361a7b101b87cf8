"""Scaling against scikit-learn on the pooled values, and back."""

import tracemalloc

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

from skeeg.preprocessing import SignalScaler

METHODS = ["standard", "minmax", "robust", "rms"]
REFERENCES = [
    ({"method": "standard"}, StandardScaler()),
    ({"method": "minmax"}, MinMaxScaler()),
    ({"method": "minmax", "feature_range": (-1, 1)}, MinMaxScaler(feature_range=(-1, 1))),
    ({"method": "robust"}, RobustScaler()),
    ({"method": "rms"}, None),
]


def pool(X, per_channel):
    """Values in rows, and one column per channel or one column for all."""
    return np.moveaxis(X, 1, -1).reshape(-1, X.shape[1] if per_channel else 1)


@pytest.mark.parametrize(("params", "reference"), REFERENCES[:-1])
@pytest.mark.parametrize("per_channel", [True, False])
def test_is_the_scaler_of_scikit_learn_on_pooled_values(
    make_signals, params, reference, per_channel
):
    X = make_signals(n_channels=3) * [[1e-5], [30], [1]] + [[0], [500], [0]]
    scaled = SignalScaler(**params, per_channel=per_channel).fit_transform(X)
    expected = reference.fit_transform(pool(X, per_channel))
    assert_allclose(pool(scaled, per_channel), expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("per_channel", [True, False])
def test_rms_becomes_one_and_zero_stays_zero(make_signals, per_channel):
    X = make_signals(n_channels=2) + 5
    scaled = SignalScaler(method="rms", per_channel=per_channel).fit_transform(X)
    assert_allclose(np.square(pool(scaled, per_channel)).mean(axis=0), 1)
    assert_array_equal(np.sign(scaled), np.sign(X))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("per_channel", [True, False])
@pytest.mark.parametrize(("dtype", "rtol"), [(np.float32, 1e-6), (np.float64, 1e-14)])
@pytest.mark.parametrize("unit", [1e-15, 1e-5, 1e6])
def test_inverse_gives_the_signals_back(make_signals, method, per_channel, dtype, rtol, unit):
    X = (make_signals(n_channels=3) * unit).astype(dtype)
    scaler = SignalScaler(method=method, per_channel=per_channel)
    back = scaler.inverse_transform(scaler.fit_transform(X))
    assert back.dtype == dtype
    assert_allclose(back, X, rtol=0, atol=rtol * np.abs(X).max())


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("factor", [1e-13, 1e9])
def test_output_does_not_depend_on_the_unit(make_signals, method, factor):
    X = make_signals()
    expected = SignalScaler(method=method).fit_transform(X)
    assert_allclose(SignalScaler(method=method).fit_transform(factor * X), expected, atol=1e-9)


@pytest.mark.parametrize(("params", "reference"), REFERENCES)
@pytest.mark.parametrize("constant", [0, 0.1, 1e-7, -3e8])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_constant_channel_stays_constant(make_signals, params, reference, constant, dtype):
    X = make_signals(n_channels=2).astype(dtype)
    X[:, 1] = constant
    scaler = SignalScaler(**params)
    scaled = scaler.fit_transform(X)
    column = np.full((3, 1), constant, np.float64)
    expected = reference.fit_transform(column)[0, 0] if reference else np.sign(constant)
    assert_allclose(scaled[:, 1], expected, atol=1e-5)
    assert_allclose(scaler.inverse_transform(scaled), X, rtol=1e-6, atol=1e-5)


@pytest.mark.parametrize("method", METHODS)
def test_scales_what_it_has_not_seen_by_what_it_learned(make_signals, method):
    train, test = make_signals(n_channels=2), make_signals(n_channels=2)
    scaler = SignalScaler(method=method).fit(train)
    expected = (test - scaler.offset_[:, np.newaxis]) / scaler.scale_[:, np.newaxis]
    assert_array_equal(scaler.transform(test), expected)


def test_inverse_takes_signals_of_another_length(make_signals):
    scaler = SignalScaler().fit(make_signals(n_channels=2))
    assert scaler.inverse_transform(np.zeros((4, 2, 9))).shape == (4, 2, 9)
    with pytest.raises(ValueError, match=r"X has shape \(4, 3, 9\); expected \(n_samples, 2, n_"):
        scaler.inverse_transform(np.zeros((4, 3, 9)))


@pytest.mark.parametrize("shape", [(50, 64), (50, 4, 16)])
def test_copy_false_scales_in_place(rng, shape):
    X = rng.standard_normal(shape)
    expected = SignalScaler().fit_transform(X)
    scaler = SignalScaler(copy=False)
    assert np.shares_memory(scaler.fit_transform(X), X)
    assert_array_equal(X, expected)


@pytest.mark.parametrize("method", ["standard", "minmax", "rms"])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_temporaries_stay_under_a_quarter_of_the_input(rng, method, dtype):
    X = rng.standard_normal((10000, 128)).astype(dtype)
    scaler = SignalScaler(method=method, copy=False)
    tracemalloc.start()
    scaler.inverse_transform(scaler.fit_transform(X))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < X.nbytes / 4


def test_dataframes_keep_their_columns(make_signals):
    X = pd.DataFrame(make_signals(n_times=4), columns=["a", "b", "c", "d"])
    scaled = SignalScaler().set_output(transform="pandas").fit_transform(X)
    assert scaled.columns.tolist() == ["a", "b", "c", "d"]


@pytest.mark.parametrize("feature_range", [(1, 0), (0, 0), (0, 1, 2), (0, np.inf)])
def test_impossible_range(feature_range):
    with pytest.raises(ValueError, match="feature_range must be two finite numbers"):
        SignalScaler(feature_range=feature_range).fit([[0, 1]])


@pytest.mark.parametrize("method", METHODS)
def test_values_too_large_to_scale_name_the_channel(method):
    X = np.zeros((2, 2, 2))
    X[:, 1] = [[-1.7e308, 1.7e308], [1.7e308, -1.7e308]]
    with pytest.raises(ValueError, match="values of channel 1 of X are too large to scale"):
        SignalScaler(method=method).fit(X)
