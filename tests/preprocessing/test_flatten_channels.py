"""From three dimensions to two, through what takes only two, and back."""

import numpy as np
import pytest
from imblearn.over_sampling import SMOTE
from imblearn.pipeline import make_pipeline
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg.preprocessing import FlattenChannels, SignalScaler


@pytest.mark.parametrize("n_channels", [1, 2, 19])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_there_and_back(make_signals, n_channels, dtype):
    X = make_signals(n_channels=n_channels, dtype=dtype)
    flatten = FlattenChannels()
    flat = flatten.fit_transform(X)
    assert_array_equal(flat, X.reshape(len(X), -1))
    back = flatten.inverse_transform(flat)
    assert_array_equal(back, X)
    assert back.dtype == dtype


def test_flat_rows_stay_and_are_stacked_by_the_inverse(make_signals):
    X = make_signals(n_times=12)
    flatten = FlattenChannels(n_channels=3).fit(X)
    assert_array_equal(flatten.transform(X), X)
    assert_array_equal(flatten.inverse_transform(X), X.reshape(len(X), 3, 4))


def test_the_inverse_takes_another_length():
    flatten = FlattenChannels().fit(np.zeros((2, 3, 8)))
    assert flatten.inverse_transform(np.zeros((5, 6))).shape == (5, 3, 2)


def test_nothing_is_copied(make_signals):
    X = make_signals(n_channels=2)
    flat = FlattenChannels().fit_transform(X)
    assert np.shares_memory(flat, X)
    assert np.shares_memory(FlattenChannels().fit(X).inverse_transform(flat), X)


def test_samplers_and_scalers_of_two_dimensions_work_on_three(make_signals):
    X = make_signals(n_samples=40, n_channels=2, n_times=30)
    y = np.arange(40) % 4 == 0
    pipeline = make_pipeline(FlattenChannels(), SMOTE(random_state=0), StandardScaler(), SVC())
    flat = make_pipeline(SMOTE(random_state=0), StandardScaler(), SVC())
    expected = flat.fit(X.reshape(40, -1), y).decision_function(X.reshape(40, -1))
    assert_allclose(pipeline.fit(X, y).decision_function(X), expected)


def test_what_smote_adds_is_stacked_again(make_signals):
    X = make_signals(n_samples=40, n_channels=2)
    y = np.arange(40) % 4 == 0
    flatten = FlattenChannels()
    X_resampled, _ = SMOTE(random_state=0).fit_resample(flatten.fit_transform(X), y)
    stacked = flatten.inverse_transform(X_resampled)
    assert stacked.shape == (60, 2, 128)
    assert_array_equal(stacked[:40], X)
    assert SignalScaler().fit_transform(stacked).shape == stacked.shape


def test_names_are_those_of_the_columns():
    names = FlattenChannels().fit(np.zeros((1, 2, 2))).get_feature_names_out()
    assert names.tolist() == ["x0", "x1", "x2", "x3"]


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (np.zeros((2, 7)), "n_channels=3 does not divide the 7 columns of X"),
        (np.zeros(6), "Expected 2D array, got 1D array"),
        (np.full((1, 6), np.nan), "X contains NaN"),
        (np.zeros((2, 3, 2)), "Found array with dim 3"),
    ],
)
def test_what_cannot_be_stacked(X, message):
    flatten = FlattenChannels().fit(np.zeros((2, 3, 4)))
    with pytest.raises(ValueError, match=message):
        flatten.inverse_transform(X)


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (np.zeros((2, 3, 4, 5)), "X has 4 dimensions"),
        (np.zeros((2, 0, 4)), "none of them 0"),
        ([[[1.0, 2.0], [3.0]]], "inhomogeneous"),
        (np.array([[1j, 2.0]]), "Complex data not supported"),
    ],
)
def test_what_are_no_signals(X, message):
    with pytest.raises(ValueError, match=message):
        FlattenChannels().fit(X)
