"""Two-sample AUC: chance where nothing differs, certainty where all does, groups kept together."""

import numpy as np
import pytest
from scipy.stats import norm
from sklearn.frozen import FrozenEstimator
from sklearn.preprocessing import FunctionTransformer
from sklearn.svm import SVC

from skeeg.datasets import make_seizures
from skeeg.metrics import two_sample_auc
from skeeg.metrics._two_sample_auc import _score_strongest


@pytest.fixture(scope="module")
def background():
    """Windows of recordings without a seizure, and their recordings."""
    eeg = make_seizures(100, 3, 128, random_state=0)
    return eeg.data[eeg.target == 0], eeg.groups[eeg.target == 0]


def halves(background, seed):
    """Two sets of whole recordings and the groups of both."""
    X, groups = background
    names = np.unique(groups)
    first = np.isin(groups, np.random.default_rng(seed).permutation(names)[: len(names) // 2])
    return X[first], X[~first], np.concatenate([groups[first], groups[~first]])


def test_is_at_chance_between_halves_of_the_recordings(background):
    aucs = []
    for seed in range(6):
        real, other, groups = halves(background, seed)
        aucs.append(two_sample_auc(real, other, groups=groups, random_state=seed))
    assert np.mean(aucs) == pytest.approx(0.5, abs=0.05)


def test_bonn_is_near_chance_between_halves_of_the_recordings(bonn_halves):
    real, other = (
        np.concatenate([X[::11] for X in part]) for part in zip(*bonn_halves, strict=True)
    )
    # windows are ordered by recording, 23 each
    groups = np.concatenate([np.arange(len(X)) * 11 // 23 for X in (real, other)])
    groups[len(real) :] += groups.max() + 1
    assert two_sample_auc(real, other, groups=groups, random_state=0) == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("shift", [1.0, 2.0])
def test_shifted_normal_distributions_have_their_closed_form(rng, shift):
    real, synthetic = rng.standard_normal((400, 1)), rng.normal(shift, 1, (400, 1))
    found = two_sample_auc(real, synthetic, features=FunctionTransformer(), random_state=0)
    assert found == pytest.approx(norm.cdf(shift / np.sqrt(2)), abs=0.04)


def test_chooses_no_classifier_by_what_it_is_scored_on(rng):
    y, test = np.arange(80) % 2, np.arange(80) >= 60
    right_in_training, right_in_test = np.where(test, 1 - y, y), np.where(test, y, rng.permuted(y))
    candidates = [(table[:, np.newaxis], SVC()) for table in (right_in_test, right_in_training)]
    rows = np.flatnonzero(~test), np.flatnonzero(test)
    assert _score_strongest(candidates, y, np.arange(80), *rows, np.random.RandomState(0)) == 0


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda X, rng: 5 * X, id="amplitude"),
        pytest.param(lambda X, rng: np.cumsum(X, axis=1), id="spectrum"),
        pytest.param(lambda X, rng: X + 0.3 * rng.standard_normal(X.shape) * X.std(), id="noise"),
        pytest.param(lambda X, rng: X[:, ::-1] * np.linspace(0, 2, 128), id="envelope"),
        pytest.param(lambda X, rng: X[rng.integers(0, 3, len(X))], id="collapse"),
        pytest.param(lambda X, rng: X + 2 * X.std() * np.sin(np.arange(128)), id="fixed pattern"),
    ],
)
def test_finds_what_is_wrong(background, rng, spoil):
    real, other, _ = halves(background, 0)
    assert two_sample_auc(real, spoil(other, rng), random_state=0) > 0.8


@pytest.mark.parametrize("scale", [1e-150, 1e-6, 1e150])
def test_unit_does_not_matter(background, scale):
    real, other, groups = halves(background, 0)
    expected = two_sample_auc(real, other, groups=groups, random_state=0)
    found = two_sample_auc(
        scale * real.astype(float), scale * other.astype(float), groups=groups, random_state=0
    )
    assert found == pytest.approx(expected, abs=0.01)


def test_recordings_recognise_themselves_unless_they_are_groups():
    eeg = make_seizures(24, 12, 128, random_state=0)
    real, other, groups = halves((eeg.data, eeg.groups), 0)
    alone = two_sample_auc(real, other, random_state=0)
    assert alone > two_sample_auc(real, other, groups=groups, random_state=0) + 0.1


def test_groups_of_real_windows_alone_leave_synthetic_ones_on_their_own(background):
    real, other, groups = halves(background, 0)
    on_their_own = np.concatenate([groups[: len(real)], 1000 + np.arange(len(other))])
    expected = two_sample_auc(real, other, groups=on_their_own, random_state=0)
    assert two_sample_auc(real, other, groups=groups[: len(real)], random_state=0) == expected


def test_near_copies_are_taken_for_their_originals(background, rng):
    real, *_ = halves(background, 0)
    copies = real + 1e-3 * rng.standard_normal(real.shape)
    assert two_sample_auc(real, copies, random_state=0) < 0.3


def test_is_repeatable(background):
    real, other, groups = halves(background, 0)
    first, second = (
        two_sample_auc(real, other, groups=groups, random_state=seed) for seed in (3, 3)
    )
    assert first == second


def test_features_of_the_caller_are_looked_at(make_signals, rng):
    real, synthetic = make_signals(60), make_signals(60)
    synthetic[:, 7] = 1e-3
    blind = FunctionTransformer(lambda X: np.zeros((len(X), 1)))
    sharp = FunctionTransformer(lambda X: X[:, [7]] == 1e-3)
    assert two_sample_auc(real, synthetic, features=sharp, random_state=0) == 1
    frozen = FrozenEstimator(sharp.fit(real))
    assert two_sample_auc(real, synthetic, features=frozen, random_state=0) == 1
    assert two_sample_auc(real, synthetic, features=blind, random_state=0) < 0.8


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        (np.arange(7), "groups has 7 entries; expected one for each of the 12.*and the 12"),
        (np.zeros(12), "at least two groups.*got 1 and 12"),
        (np.repeat([1, 2], 12), "at least two groups.*got 1 and 1"),
        (np.full(12, np.nan), "groups contains NaN"),
    ],
)
def test_groups_that_do_not_fit_are_named(make_signals, groups, message):
    X = make_signals()
    with pytest.raises(ValueError, match=message):
        two_sample_auc(X, X, groups=groups)
