"""The encoder as a transformer: what it learns, where it fits in, and what it refuses."""

import pickle
import sys
from functools import partial

import numpy as np
import pytest
import torch
from imblearn.over_sampling import RandomOverSampler
from imblearn.pipeline import make_pipeline as make_sampling_pipeline
from joblib import Parallel, delayed
from sklearn import config_context
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, GroupKFold
from sklearn.neighbors import NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC

from skeeg.datasets import make_eeg_images
from skeeg.feature_extraction import TripletEncoder
from skeeg.metrics import kmeans_accuracy
from skeeg.nn import ConvolutionalEncoder, MultiSimilarityLoss, RecurrentEncoder, TripletLoss
from skeeg.reconstruction import EEG2Image

SMALL = partial(ConvolutionalEncoder, width=8)
QUICK = {"n_components": 8, "architecture": SMALL, "max_iter": 3, "batch_size": 24}


@pytest.fixture(scope="module")
def pairs():
    return make_eeg_images(6, 8, 32, n_channels=4, n_classes=3, snr=6.0, random_state=0)


@pytest.fixture
def encoder():
    return TripletEncoder(**QUICK, random_state=0)


def fit(encoder, pairs, **changes):
    return clone(encoder).set_params(**changes).fit(pairs.data, pairs.target, groups=pairs.groups)


@pytest.mark.parametrize(
    ("architecture", "loss", "max_iter", "least"),
    [
        (None, None, 15, 0.9),
        (SMALL, TripletLoss(mining="all"), 25, 0.9),
        (partial(RecurrentEncoder, widths=(16,)), TripletLoss(), 40, 0.55),
    ],
)
def test_clusters_of_unseen_subjects_are_their_classes(pairs, architecture, loss, max_iter, least):
    changes = {"architecture": architecture, "loss": loss, "max_iter": max_iter}
    unseen = pairs.groups >= 4
    encoder = TripletEncoder(n_components=16, learning_rate=0.005, random_state=0)
    encoder.set_params(**changes)
    encoder.fit(pairs.data[~unseen], pairs.target[~unseen], groups=pairs.groups[~unseen])
    features = encoder.transform(pairs.data[unseen])
    assert kmeans_accuracy(features, pairs.target[unseen], random_state=0) > least


def test_rows_lie_on_the_sphere_and_have_names(pairs, encoder):
    features = fit(encoder, pairs).transform(pairs.data.astype(float))
    np.testing.assert_allclose((features**2).sum(axis=1), 1, rtol=1e-5)
    names = fit(encoder, pairs).get_feature_names_out()
    assert names.tolist() == [f"tripletencoder{i}" for i in range(8)]


def test_names_do_not_follow_later_changes_of_parameters(pairs, encoder):
    fitted = fit(encoder, pairs).set_params(n_components=5, architecture=None)
    assert len(fitted.get_feature_names_out()) == fitted.transform(pairs.data).shape[1] == 8


def test_the_unit_of_signals_does_not_matter(pairs, encoder):
    """A power of two, so that all roundings are the same."""
    expected = fit(encoder, pairs).transform(pairs.data)
    other = clone(encoder).fit(pairs.data * 2.0**-20, pairs.target, groups=pairs.groups)
    np.testing.assert_array_equal(other.transform(pairs.data * 2.0**-20), expected)


def test_labels_of_any_type_give_the_same_features(pairs, encoder):
    names = np.array(["cat", "dog", "rat"])[pairs.target]
    by_name = clone(encoder).fit(pairs.data, names, groups=pairs.groups)
    assert by_name.classes_.tolist() == ["cat", "dog", "rat"]
    expected = fit(encoder, pairs).transform(pairs.data)
    np.testing.assert_array_equal(by_name.transform(pairs.data), expected)


@pytest.mark.parametrize("architecture", [SMALL, partial(RecurrentEncoder, widths=(6,))])
@pytest.mark.parametrize("loss", [MultiSimilarityLoss(), TripletLoss()])
def test_a_seed_decides_everything(pairs, encoder, architecture, loss):
    changes = {"architecture": architecture, "loss": loss}
    before, n_threads = torch.get_rng_state(), torch.get_num_threads()
    expected = fit(encoder, pairs, **changes).transform(pairs.data)
    try:
        torch.set_num_threads(3)
        found = fit(encoder, pairs, **changes)
    finally:
        torch.set_num_threads(n_threads)
    for copy in (found, pickle.loads(pickle.dumps(found))):
        np.testing.assert_array_equal(copy.transform(pairs.data), expected)
    assert torch.equal(torch.get_rng_state(), before)
    other = fit(encoder, pairs, **changes, random_state=1)
    assert not np.array_equal(other.transform(pairs.data), expected)


def test_two_fits_at_once_do_not_disturb_each_other(pairs, encoder):
    expected = fit(encoder, pairs).transform(pairs.data)
    fits = Parallel(n_jobs=2, backend="threading")(delayed(fit)(encoder, pairs) for _ in range(2))
    for fitted in fits:
        np.testing.assert_array_equal(fitted.transform(pairs.data), expected)


def test_whole_groups_decide_which_pass_is_the_best(pairs, encoder):
    """What is kept out of the training does not change the scaling, nor the losses."""
    first = fit(encoder, pairs, max_iter=2)
    spoilt, unchanged = pairs.data.copy(), []
    for group in range(6):
        spoilt[:] = pairs.data
        spoilt[pairs.groups == group] *= 2
        other = clone(encoder).set_params(max_iter=2).fit(spoilt, pairs.target, pairs.groups)
        unchanged.append(other.history_["train_loss"].equals(first.history_["train_loss"]))
    assert sum(unchanged) == 2  # a fifth of the rows, in whole groups


def test_the_history_tells_each_pass(pairs, encoder):
    fitted = fit(encoder, pairs)
    assert list(fitted.history_) == [
        "iteration",
        "train_loss",
        "valid_accuracy",
        "valid_margin",
        "seconds",
    ]
    assert fitted.n_iter_ == len(fitted.history_) == 3
    assert fitted.history_["valid_accuracy"].between(0, 1).all()
    blind = fit(encoder, pairs, validation_fraction=None).history_
    assert blind["valid_accuracy"].isna().all()


def test_early_stopping_ends_the_training(pairs, encoder):
    fitted = fit(encoder, pairs, max_iter=60, learning_rate=0.02, n_iter_no_change=2)
    assert fitted.n_iter_ < 60


def test_a_grid_searches_losses_and_sizes_by_group(pairs, encoder):
    model = make_pipeline(encoder, SVC())
    grid = {
        "tripletencoder__n_components": [2, 8],
        "tripletencoder__loss": [TripletLoss(mining="all"), MultiSimilarityLoss()],
    }
    search = GridSearchCV(model, grid, cv=GroupKFold(2), error_score="raise")
    search.fit(pairs.data, pairs.target, groups=pairs.groups)
    assert search.predict(pairs.data).shape == pairs.target.shape


def test_parameters_of_the_loss_are_tunable(encoder):
    encoder.set_params(loss=TripletLoss()).set_params(loss__margin=0.7)
    assert encoder.get_params()["loss__margin"] == 0.7


def test_parameters_of_the_default_loss_are_tunable(pairs, encoder):
    changed = clone(encoder).set_params(loss__alpha=3.0)
    assert changed.loss.alpha == 3
    assert encoder.loss is None
    assert isinstance(encoder.default_loss, MultiSimilarityLoss)
    model = EEG2Image().set_params(encoder__loss__alpha=3.0)
    assert model.encoder.loss.alpha == 3
    expected = fit(encoder, pairs).history_["train_loss"]
    assert fit(encoder, pairs, loss__alpha=2.0).history_["train_loss"].equals(expected)
    assert not fit(encoder, pairs, loss__alpha=3.0).history_["train_loss"].equals(expected)


def test_groups_reach_the_encoder_through_a_pipeline_with_a_sampler(pairs, encoder):
    X = pairs.data.reshape(len(pairs.data), -1)
    encoder.set_params(n_channels=4)
    model = make_sampling_pipeline(RandomOverSampler(random_state=0), encoder, NearestCentroid())
    some = np.flatnonzero((pairs.target > 0) | (np.arange(len(X)) % 2 == 0))
    with config_context(enable_metadata_routing=True):
        model.fit(X[some], pairs.target[some], groups=pairs.groups[some])
    assert model.predict(X).shape == pairs.target.shape


def test_any_loss_and_network_of_torch_will_do(pairs):
    def architecture(n_channels, n_times, n_components):
        flat = torch.nn.Flatten()
        layers = torch.nn.Sequential(flat, torch.nn.Linear(n_channels * n_times, n_components))
        layers.forward = lambda x, random=None: torch.nn.functional.normalize(layers[1](flat(x)))
        return layers

    def loss(codes, labels):
        same = labels[:, None] == labels
        return ((codes @ codes.T - same.float()) ** 2).mean()

    settings = {**QUICK, "architecture": architecture, "max_iter": 20, "learning_rate": 0.01}
    fitted = TripletEncoder(**settings, loss=loss, random_state=0).fit(pairs.data, pairs.target)
    assert fitted.history_["valid_accuracy"].max() > 0.8


def test_the_extra_is_named_where_it_is_missing(pairs, encoder, monkeypatch):
    monkeypatch.setitem(sys.modules, "pytorch_metric_learning", None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[image\]"):
        fit(encoder, pairs)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"batch_size": 5}, r"batch_size=5 holds fewer than two .* 3 classes.* at least 6"),
        ({"loss": TripletLoss(margin=3)}, "'margin' parameter of TripletLoss"),
        ({"loss": "triplet"}, "'loss' parameter of TripletEncoder"),
        ({"accelerator": "mps"}, "accelerator='mps' is not available"),
        ({"validation_fraction": 1e-9, "n_channels": 1}, None),
    ],
)
def test_illegal_settings_are_named_before_any_training(pairs, encoder, changes, message):
    if message is None:
        assert fit(encoder, pairs, **changes).n_iter_ == 3
        return
    with pytest.raises(ValueError, match=message):
        fit(encoder, pairs, **changes)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda X, y, g: (X, np.zeros_like(y), g), "1 class"),
        (lambda X, y, g: (X, y[:-1], g), "inconsistent numbers of samples"),
        (lambda X, y, g: (X, None, g), "requires y"),
        (lambda X, y, g: (X * np.nan, y, g), "NaN"),
        (lambda X, y, g: (X[:0], y[:0], g[:0]), r"0 sample\(s\)"),
        (lambda X, y, g: (X[..., :0], y, g), "none of them 0"),
    ],
)
def test_illegal_data_are_named_before_any_training(pairs, encoder, spoil, message):
    X, y, groups = spoil(pairs.data, pairs.target, pairs.groups)
    with pytest.raises(ValueError, match=message):
        encoder.fit(X, y, groups=groups)
    assert not hasattr(encoder, "history_")


def test_a_training_that_diverges_says_so(pairs, encoder):
    encoder.set_params(loss=lambda codes, labels: codes.sum() * float("inf"))
    with pytest.raises(FloatingPointError, match="Lower learning_rate"):
        encoder.fit(pairs.data, pairs.target)
    with pytest.raises(NotFittedError):
        encoder.transform(pairs.data)


def test_a_training_that_diverges_in_its_only_step_says_so(pairs, encoder):
    encoder.set_params(max_iter=1, batch_size=256, learning_rate=1e10)
    with pytest.raises(FloatingPointError, match="Lower learning_rate"):
        fit(encoder, pairs)


def test_a_fit_that_fails_leaves_the_encoder_as_it_was(pairs, encoder):
    fitted = fit(encoder, pairs)
    expected = fitted.transform(pairs.data)
    fitted.set_params(loss=lambda codes, labels: codes.sum() * float("nan"))
    with pytest.raises(FloatingPointError):
        fitted.fit(100 + 5 * pairs.data, pairs.target > 0)
    np.testing.assert_array_equal(fitted.transform(pairs.data), expected)
    assert fitted.classes_.tolist() == [0, 1, 2]


def test_a_refit_on_other_channels_that_fails_leaves_the_encoder_as_it_was(pairs, encoder):
    fitted = fit(encoder, pairs)
    expected = fitted.transform(pairs.data)
    with pytest.raises(ValueError, match="batch_size=5 holds fewer"):
        fitted.set_params(batch_size=5).fit(pairs.data[:, :2], pairs.target)
    assert (fitted.n_channels_, fitted.n_features_in_) == (4, 128)
    np.testing.assert_array_equal(fitted.transform(pairs.data), expected)
