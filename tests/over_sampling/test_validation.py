"""Bad input gets a clear error before any work."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from skeeg.nn import WassersteinLoss
from skeeg.over_sampling import AtLeast, Multiply

X = np.random.default_rng(0).standard_normal((12, 8))
Y = np.repeat(["rest", "seizure"], [8, 4])


def with_value(value, row=3, column=2):
    changed = X.astype(float).copy()
    changed[row, column] = value
    return changed


BAD_X = {
    "NaN": (with_value(np.nan), "contains NaN: row 3, channel 0, time 2"),
    "infinity": (with_value(np.inf), "contains infinity: row 3, channel 0, time 2"),
    "huge": (with_value(1e300), r"contains 1e\+300: row 3, channel 0, time 2.*not exceed 1e\+30"),
    "hugely negative": (with_value(-1e31), r"contains -1e\+31: row 3"),
    "empty": (np.empty((0, 8)), "0 sample"),
    "no columns": (np.empty((12, 0)), "0 feature"),
    "one-dimensional": (X[:, 0], "Expected 2D array"),
    "four-dimensional": (X.reshape(12, 2, 2, 2), "X has 4 dimensions"),
    "no times": (np.empty((12, 3, 0)), r"shape \(12, 3, 0\)"),
    "ragged": ([[1.0, 2.0], [3.0]] * 6, "inhomogeneous|setting an array element"),
    "text": (np.full((12, 3), "a"), "could not convert|dtype='numeric'"),
    "objects": (np.full((12, 3), {}, dtype=object), "float|argument must be"),
    "complex": (X * 1j, "Complex data not supported"),
    "a scalar": (3.0, "Expected 2D array"),
    "None": (None, "array"),
    "dates": (pd.DataFrame({"t": pd.date_range("2000", periods=12)}), "dtype datetime64"),
}


@pytest.fixture
def idle(monkeypatch):
    """Fail as soon as anything is learned."""

    def start(*args, **kwargs):
        pytest.fail("The work has started.")

    monkeypatch.setattr("skeeg.over_sampling._game.train_gan", start)
    monkeypatch.setattr("skeeg.over_sampling._base_variation.Variations", start)


pytestmark = pytest.mark.usefixtures("idle")


@pytest.mark.parametrize(("bad", "message"), BAD_X.values(), ids=BAD_X.keys())
def test_bad_signals(make_sampler, bad, message):
    with pytest.raises((ValueError, TypeError), match=message):
        make_sampler().fit_resample(bad, Y)


def test_sparse_matrices(make_sampler):
    with pytest.raises(TypeError, match="Sparse data was passed"):
        make_sampler().fit_resample(sparse.csr_matrix(X), Y)


@pytest.mark.parametrize("n_channels", [3, 5, 9])
def test_wrong_number_of_channels(make_sampler, n_channels):
    with pytest.raises(ValueError, match=f"n_channels={n_channels} does not divide the 8 columns"):
        make_sampler(n_channels=n_channels).fit_resample(X, Y)


BAD_Y = {
    "None": (None, "requires y to be passed, but the target y is None"),
    "too short": (Y[:-1], "X has 12 rows, but y has 11 labels"),
    "one class": (np.zeros(12), "more than 1 class"),
    "continuous": (np.linspace(0, 1, 12), "Unknown label type"),
    "NaN": (np.where(Y == "rest", 0.0, np.nan), "NaN"),
    "two columns": (np.c_[Y, Y], "."),
    "multilabel": (np.ones((12, 2), dtype=int), "."),
    "None inside": (np.where(Y == "rest", None, "seizure"), "."),
    "mixed types": (np.array([1] * 8 + ["seizure"] * 4, dtype=object), "."),
}


@pytest.mark.parametrize(("bad", "message"), BAD_Y.values(), ids=BAD_Y.keys())
def test_bad_classes(make_sampler, bad, message):
    with pytest.raises((ValueError, TypeError), match=message):
        make_sampler().fit_resample(X, bad)


ONE_SEIZURE = np.array(["rest"] * 11 + ["seizure"])
ONE_ROW = r"Class 'seizure' has 1 row.* at least 2 .* leave it out of sampling_strategy"


def test_a_class_of_one_row(make_sampler):
    with pytest.raises(ValueError, match=ONE_ROW):
        make_sampler().fit_resample(X, ONE_SEIZURE)


def test_a_class_of_one_row_alone_in_its_game(make_gan):
    with pytest.raises(ValueError, match=ONE_ROW):
        make_gan(conditional=False).fit_resample(X, ONE_SEIZURE)


BAD_STRATEGIES = {
    "unknown class": ({"sezure": 20}, "sezure.* not present in the data"),
    "fewer than there are": ({"seizure": 2}, "4 samples and 2 samples are asked"),
    "negative": ({"seizure": -5}, "negative"),
    "misspelt": ("minorty", "sampling_strategy"),
    "ratio above one": (1.5, "sampling_strategy"),
    "ratio below the present one": (0.1, "ratio|fewer|remove"),
    "a fraction of rows": ({"seizure": 10.5}, "sampling_strategy.*10.5.*whole"),
    "a factor below one": (Multiply(0.5), "'k' parameter of Multiply must be a float.* Got 0.5"),
    "a factor that is no number": (Multiply("2"), "'k' parameter of Multiply .* Got '2'"),
    "a fraction as a number": (AtLeast(2.5), "'n' parameter of AtLeast must be an int.* Got 2.5"),
    "a callable that returns no dict": (lambda y: 20, "sampling_strategy.*dict.*20"),
    "a list": (["seizure"], "sampling_strategy"),
    "None": (None, "sampling_strategy"),
}


@pytest.mark.parametrize(
    ("strategy", "message"), BAD_STRATEGIES.values(), ids=BAD_STRATEGIES.keys()
)
def test_bad_strategies(make_sampler, strategy, message):
    with pytest.raises((ValueError, TypeError), match=message):
        make_sampler(sampling_strategy=strategy).fit_resample(X, Y)


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        (np.arange(11), "X has 12 rows, but groups has 11 entries"),
        (np.zeros((12, 2)), "should be a 1d array"),
        (np.full(12, np.nan), "Input groups contains NaN"),
        (5, "groups|1d array"),
    ],
)
def test_bad_groups(make_sampler, groups, message):
    with pytest.raises(ValueError, match=message):
        make_sampler().fit_resample(X, Y, groups=groups)


@pytest.mark.parametrize("params", [{"n_channels": 0}, {"random_state": "zero"}], ids=str)
def test_bad_parameters(make_sampler, params):
    (name,) = params
    with pytest.raises(ValueError, match=f"'{name}' parameter"):
        make_sampler(**params).fit_resample(X, Y)


@pytest.mark.parametrize(
    "params",
    [
        {"max_iter": 0},
        {"max_iter": 2.5},
        {"batch_size": 1},
        {"latent_dim": 0},
        {"width": -1},
        {"learning_rate": 0},
        {"learning_rate": -1e-3},
        {"loss": "wasserstein"},
        {"loss": WassersteinLoss},
        {"loss": WassersteinLoss(penalty=-1)},
        {"loss": WassersteinLoss(n_critic=0)},
        {"conditional": "yes"},
        {"accelerator": "abacus"},
    ],
    ids=str,
)
def test_bad_parameters_of_gans(make_gan, params):
    (name,) = params
    with pytest.raises(ValueError, match=f"'({name}|penalty|n_critic)' parameter"):
        make_gan(**params).fit_resample(X, Y)


def test_parameters_are_keywords(make_sampler):
    with pytest.raises(TypeError, match="positional"):
        type(make_sampler())("auto")
