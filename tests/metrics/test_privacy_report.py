"""The report of privacy: honest windows at the floor, copies far above it, honest refusals."""

import numpy as np
import pytest

from skeeg.datasets import make_seizures
from skeeg.metrics import privacy_report

FIGURES = ["closest_record_share", "membership_auc", "membership_tpr", "group_membership_auc"]


@pytest.fixture(scope="module")
def eeg():
    """Windows to train on, held out, and new."""
    return [make_seizures(40, 4, 128, seizure_fraction=0.5, random_state=seed) for seed in range(3)]


def report_on(eeg, X_synthetic, y_synthetic, **options):
    train, holdout, _ = eeg
    options = {
        "groups_train": train.groups,
        "groups_holdout": holdout.groups,
        "n_repeats": 2,
        "random_state": 0,
        **options,
    }
    return privacy_report(
        train.data, train.target, holdout.data, holdout.target, X_synthetic, y_synthetic, **options
    )


@pytest.fixture(scope="module")
def honest(eeg):
    return report_on(eeg, eeg[2].data, eeg[2].target)


def test_has_a_row_for_each_class_and_figure(eeg, honest):
    assert honest.index.tolist() == [(label, name) for label in (0, 1) for name in FIGURES]
    assert list(honest.columns) == ["synthetic", "floor", "floor_sd", "better"]
    without_groups = report_on(eeg, eeg[2].data, eeg[2].target, groups_train=None)
    assert without_groups.loc[0].index.tolist() == FIGURES[:3]


@pytest.mark.parametrize("column", ["synthetic", "floor"])
def test_what_is_new_is_near_the_ideal(honest, column):
    figures = honest[column].unstack()
    assert figures["membership_auc"].to_numpy() == pytest.approx(0.5, abs=0.12)
    assert figures["closest_record_share"].to_numpy() == pytest.approx(0.5, abs=0.15)
    assert (figures["membership_tpr"] < 0.15).all()


@pytest.mark.parametrize("level", [0, 0.1])
def test_copies_are_found(eeg, rng, level):
    X = eeg[0].data
    noise = level * X.std(axis=1, keepdims=True) * rng.standard_normal(X.shape)
    table = report_on(eeg, X + noise, eeg[0].target)
    assert (table["synthetic"] >= 0.8).all()
    assert (table["floor"] < 0.75).all()


def test_copies_of_one_class_are_found_there(eeg):
    train, _, new = eeg
    X = np.concatenate([train.data[train.target == 0], new.data[new.target == 1]])
    y = np.sort(np.concatenate([train.target[train.target == 0], new.target[new.target == 1]]))
    auc = report_on(eeg, X, y).xs("membership_auc", level="metric")["synthetic"]
    assert auc[0] > 0.9
    assert auc[1] < 0.7


def test_classes_without_synthetic_windows_are_left_out(eeg):
    seizures = eeg[2].target == 1
    table = report_on(eeg, eeg[2].data[seizures], eeg[2].target[seizures])
    assert table.index.get_level_values("class").unique().tolist() == [1]


def test_is_repeatable(eeg, honest):
    assert report_on(eeg, eeg[2].data, eeg[2].target).equals(honest)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"groups_train": np.zeros(12)}, "No class.* 0 has 1 groups in X_train, and it takes 2"),
        ({"groups_holdout": np.zeros(12)}, "Class 0 has 1 groups in X_holdout, and it takes 2"),
        ({"groups_holdout": np.arange(5)}, "12 rows, but groups has 5"),
        ({"y_train": np.ones(12)}, r"classes \[0\], y_train does not: it has \[1.0\]"),
        ({"y_holdout": np.ones(12)}, r"classes \[0\], y_holdout does not: it has \[1.0\]"),
        ({"y_holdout": np.arange(5) % 2}, "inconsistent numbers of samples"),
        ({"X_holdout": np.ones((12, 5))}, r"\(1, 128\) in X_train and \(1, 5\) in X_holdout"),
        ({"n_repeats": 0}, "'n_repeats' parameter"),
    ],
)
def test_bad_input_is_named(make_signals, broken, message):
    X, y = make_signals(), np.arange(12) % 2
    names = ["train", "holdout", "synthetic"]
    arguments = {**{f"X_{name}": X for name in names}, **{f"y_{name}": y for name in names}}
    with pytest.raises(ValueError, match=message):
        privacy_report(**{**arguments, **broken})


def test_a_class_of_one_subject_is_nan_beside_the_others(eeg):
    groups = np.where(eeg[0].target == 1, -1, eeg[0].groups)
    with pytest.warns(UserWarning, match="Class 1 has 1 groups in X_train, and it takes 2"):
        table = report_on(eeg, eeg[2].data, eeg[2].target, groups_train=groups)
    assert table.index.tolist() == [(label, name) for label in (0, 1) for name in FIGURES]
    assert table.loc[0, ["synthetic", "floor"]].notna().all(axis=None)
    assert table.loc[1, ["synthetic", "floor", "floor_sd"]].isna().all(axis=None)


@pytest.mark.parametrize("n_groups", [2, 3])
def test_few_held_out_subjects_leave_no_floor(eeg, n_groups):
    groups = eeg[1].groups % n_groups
    message = f"has {n_groups} groups in X_holdout, and the floor takes 4: it is NaN"
    with pytest.warns(UserWarning, match=message) as warned:
        table = report_on(eeg, eeg[0].data, eeg[0].target, groups_holdout=groups)
    assert [str(w.message)[:7] for w in warned] == ["Class 0", "Class 1"]
    assert warned[0].filename == __file__
    assert (table["synthetic"] > 0.8).all()
    assert table["floor"].isna().all()


@pytest.mark.parametrize("random_state", range(4))
def test_four_held_out_subjects_are_enough_whatever_their_sizes(random_state):
    """By windows, a half would be the largest subject alone."""
    train, holdout, new = (make_seizures(8, 12, 32, random_state=seed) for seed in range(3))
    zeros, sizes = np.zeros(96, dtype=int), [60, 12, 12, 12]
    table = privacy_report(
        *(train.data, zeros, holdout.data, zeros, new.data, zeros),
        groups_train=train.groups,
        groups_holdout=np.repeat(range(4), sizes),
        n_repeats=2,
        random_state=random_state,
    )
    assert table[["synthetic", "floor"]].notna().all(axis=None)
