"""Membership attacks: chance without a leak, planted leaks found, groups under suspicion."""

from functools import partial

import numpy as np
import pytest

from skeeg.datasets import load_bonn, make_seizures
from skeeg.metrics import membership_auc, membership_tpr
from skeeg.over_sampling import WarpSampler


@pytest.fixture(scope="module")
def eeg():
    """Windows to train on, held out, and new."""
    return [make_seizures(60, 5, 128, random_state=seed) for seed in range(3)]


@pytest.fixture
def attack(eeg):
    train, holdout, _ = eeg
    return partial(
        membership_auc,
        train.data,
        holdout.data,
        groups_train=train.groups,
        groups_holdout=holdout.groups,
        random_state=0,
    )


def noisy(X, level, rng):
    return X + level * X.std(axis=-1, keepdims=True) * rng.standard_normal(X.shape)


@pytest.mark.parametrize("per_group", [False, True])
def test_new_windows_betray_nothing(eeg, rng, per_group):
    X = np.concatenate([part.data for part in eeg])
    groups = np.arange(len(X)) // 5
    aucs = []
    for seed in range(10):
        part = rng.permutation(180)[groups] % 3
        sets = [X[part == i] for i in range(3)]
        options = {"groups_train": groups[part == 0], "groups_holdout": groups[part == 1]}
        aucs.append(membership_auc(*sets, **options, per_group=per_group, random_state=seed))
    assert np.mean(aucs) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("level", [0, 0.1, 0.3])
@pytest.mark.parametrize("gain", [1, 5])
def test_copies_betray_the_training(eeg, attack, rng, level, gain):
    assert attack(gain * noisy(eeg[0].data, level, rng)) > 0.9


def test_copies_in_bonn_betray_the_training(data_file, rng):
    eeg = load_bonn(data_file("bonn_eeg/bonn_500x4097_int16.npz"))
    rows = np.arange(len(eeg.data)) % 23 < 3
    X, groups = eeg.data[rows], np.unique(eeg.groups[rows], return_inverse=True)[1]
    part = np.random.default_rng(0).permutation(500)[groups] % 3
    train, holdout, new = (X[part == i] for i in range(3))
    options = {"groups_train": groups[part == 0], "groups_holdout": groups[part == 1]}
    attack = partial(membership_auc, train, holdout, **options, random_state=0)
    assert attack(new) == pytest.approx(0.5, abs=0.05)
    assert attack(train) > 0.95
    assert attack(noisy(train, 0.1, rng)) > 0.8


def test_features_betray_copies_that_are_bent_in_time(eeg, attack):
    sampler = WarpSampler(random_state=0).fit(eeg[0].data, eeg[0].target)
    bent = np.concatenate([sampler.sample(600, label=label) for label in (0, 1)])
    assert attack(bent) > 0.55


def test_windows_of_the_same_recordings_betray_these(rng):
    pattern = rng.standard_normal((80, 1, 256))
    X = 0.4 * pattern + rng.standard_normal((80, 12, 256))
    train, holdout = X[:40, :6].reshape(-1, 256), X[40:, :6].reshape(-1, 256)
    same_recordings = X[:40, 6:].reshape(-1, 256)
    groups = np.repeat(np.arange(40), 6)
    options = {"groups_train": groups, "groups_holdout": groups, "random_state": 0}
    by_window = membership_auc(train, holdout, same_recordings, **options)
    by_group = membership_auc(train, holdout, same_recordings, per_group=True, **options)
    assert 0.6 < by_window < 0.95
    assert by_group > by_window + 0.04


def test_few_certain_leaks_are_found_at_few_false_alarms(eeg):
    train, holdout, new = eeg
    leaky = np.concatenate([train.data[::5], new.data])
    sets = train.data, holdout.data, leaky
    options = {"groups_train": train.groups, "groups_holdout": holdout.groups, "random_state": 0}
    assert membership_tpr(*sets, **options) == pytest.approx(0.2, abs=0.05)
    assert membership_auc(*sets, **options) < 0.7
    honest = membership_tpr(train.data, holdout.data, new.data, **options)
    assert honest < 0.05


@pytest.mark.parametrize("max_fpr", [0.0, 0.2, 0.9])
def test_guessing_finds_as_many_as_it_takes_by_mistake(rng, max_fpr):
    train, holdout, new = rng.standard_normal((3, 2000, 20)).cumsum(axis=-1)
    found = membership_tpr(train, holdout, new, max_fpr=max_fpr, random_state=0)
    assert found == pytest.approx(max_fpr, abs=0.06)


def test_is_repeatable(eeg, attack):
    assert attack(eeg[2].data) == attack(eeg[2].data)


@pytest.mark.parametrize("figure", [membership_auc, membership_tpr])
@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"groups_train": np.zeros(12)}, "at least two groups; X_train has one"),
        ({"groups_holdout": np.zeros(12)}, "at least two groups; X_holdout has one"),
        ({"groups_holdout": np.arange(5)}, "12 rows, but groups has 5"),
        ({"X_holdout": np.ones((4, 7))}, r"\(1, 128\) in X_train and \(1, 7\) in X_holdout"),
        ({"X_synthetic": np.full((3, 128), np.inf)}, "X_synthetic contains infinity"),
        ({"n_channels": 0}, "'n_channels' parameter"),
    ],
)
def test_bad_input_is_named(make_signals, figure, broken, message):
    X = make_signals()
    with pytest.raises(ValueError, match=message):
        figure(**{"X_train": X, "X_holdout": X, "X_synthetic": X, **broken})
