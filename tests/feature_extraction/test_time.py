"""Features of the waveform, against numpy, scipy, antropy and mne-features."""

import itertools

import antropy
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import kurtosis, skew

from skeeg.feature_extraction import RootMeanSquare, TimeFeatures, ZeroCrossingRate

REFERENCES = {
    "mean": lambda row: np.mean(row),
    "variance": lambda row: np.var(row),
    "zero_crossing_rate": lambda row: antropy.num_zerocross(row) / (len(row) - 1),
    "energy": lambda row: np.sum(np.square(row)),
    "rms": lambda row: np.linalg.norm(row) / np.sqrt(len(row)),
    "range": lambda row: max(row) - min(row),
    "line_length": lambda row: sum(abs(b - a) for a, b in itertools.pairwise(row)),
    "skewness": skew,
    "kurtosis": kurtosis,
}
MNE_FEATURES = {
    "mean": "mean",
    "variance": "variance",
    "rms": "rms",
    "range": "ptp_amp",
    "skewness": "skewness",
    "kurtosis": "kurtosis",
}


@pytest.mark.parametrize("feature", REFERENCES)
def test_equals_a_loop_over_rows(make_signals, feature):
    X = make_signals() + 0.7
    expected = [[REFERENCES[feature](row)] for row in X]
    assert_allclose(TimeFeatures(features=[feature]).fit_transform(X), expected, rtol=1e-9)


@pytest.mark.parametrize("feature", MNE_FEATURES)
@pytest.mark.filterwarnings("ignore")
def test_agrees_with_mne_features(make_signals, feature):
    univariate = pytest.importorskip("mne_features.univariate")
    X = make_signals()
    expected = getattr(univariate, f"compute_{MNE_FEATURES[feature]}")(X)
    # there, the variance is unbiased and a normal distribution has a kurtosis of 3
    expected = expected * {"variance": 1 - 1 / X.shape[-1]}.get(feature, 1)
    expected = expected - {"kurtosis": 3}.get(feature, 0)
    assert_allclose(TimeFeatures(features=[feature]).fit_transform(X)[:, 0], expected, rtol=1e-9)


def test_default_is_everything_in_the_order_of_the_documentation(make_signals):
    names = TimeFeatures().fit(make_signals()).get_feature_names_out()
    assert names.tolist() == [f"ch0__{name}" for name in REFERENCES]


def test_features_come_in_the_order_asked_for(make_signals):
    X = make_signals()
    table = TimeFeatures(features=["rms", "mean"]).set_output(transform="pandas").fit_transform(X)
    assert list(table.columns) == ["ch0__rms", "ch0__mean"]
    assert_allclose(table["ch0__mean"], X.mean(axis=1))


@pytest.mark.parametrize(
    ("feature", "Single"), [("rms", RootMeanSquare), ("zero_crossing_rate", ZeroCrossingRate)]
)
def test_transformers_of_one_feature_give_the_same_bits(make_signals, feature, Single):
    X = make_signals(dtype=np.float32)
    assert_array_equal(TimeFeatures(features=[feature]).fit_transform(X), Single().fit_transform(X))


@pytest.mark.parametrize("scale", [1e-13, 1e6])
def test_shape_of_the_distribution_does_not_depend_on_unit_or_offset(make_signals, scale):
    X = make_signals()
    shape = TimeFeatures(features=["skewness", "kurtosis"])
    assert_allclose(shape.fit_transform(scale * (X + 5)), shape.fit_transform(X), rtol=1e-6)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("constant", [0, 0.1, -7e5])
def test_constant_signals_are_finite_and_free_of_rounding(dtype, constant):
    X = np.full((1, 178), constant, dtype)
    features = TimeFeatures(features=["skewness", "kurtosis"]).fit_transform(X)
    assert_allclose(features, [[0, -3]], atol=0.01)


@pytest.mark.parametrize("n_times", [1, 2])
def test_short_signals_have_finite_features(n_times):
    assert np.isfinite(TimeFeatures().fit_transform(np.ones((2, n_times)))).all()


@pytest.mark.parametrize("features", [[], ["power"], ["mean", "Mean"]])
def test_unknown_features_are_named(features):
    with pytest.raises(ValueError, match=r"features must hold at least one of mean, .* got \["):
        TimeFeatures(features=features).fit(np.zeros((1, 178)))
