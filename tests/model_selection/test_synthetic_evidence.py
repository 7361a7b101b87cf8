"""synthetic_evidence: copies are found, what cannot be measured is said, bad input is named."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal
from sklearn.utils import Bunch

from skeeg.datasets import make_seizures
from skeeg.model_selection import synthetic_evidence

RATE = 178.0


@pytest.fixture(scope="module")
def sets():
    """Training, held-out and unrelated rows; fewer seizures than background."""
    return [make_seizures(40, 3, random_state=seed) for seed in (0, 1, 2)]


def judge(sets, X=None, y=None, **settings):
    train, holdout, other = sets
    defaults = {
        "groups": train.groups,
        "X_holdout": holdout.data,
        "y_holdout": holdout.target,
        "groups_holdout": holdout.groups + 1000,
        "sampling_rate": RATE,
        "n_repeats": 2,
        "max_rows": 30,
        "random_state": 0,
    }
    X = other.data if X is None else X
    y = other.target if y is None else y
    return synthetic_evidence(train.data, train.target, X, y, **(defaults | settings))


@pytest.fixture(scope="module")
def honest(sets):
    return judge(sets)


def test_rows_of_others_betray_nothing_and_all_is_measured(honest):
    assert honest.verdict()["verdict"].item() != "betrays the training"
    assert honest.costs.loc["synthetic rows", "n_copies"] == 0
    assert honest.notes.empty
    for table in (honest.fidelity, honest.privacy):
        assert table.index.names == ["sampler", "class", "metric"]
        assert {0, 1} <= set(table.index.get_level_values("class"))


def test_copies_are_counted_whatever_their_order(sets):
    train = sets[0]
    mixed = np.concatenate([sets[2].data[:60], train.data[::-1][:60]])
    target = np.concatenate([sets[2].target[:60], train.target[::-1][:60]])
    found = judge(sets, mixed, target, name="mixed")
    assert found.costs.loc["mixed", "n_copies"] == 60
    assert found.verdict().loc["mixed", "verdict"] == "copies"


def test_three_dimensions_give_the_same_figures(sets, honest):
    train, holdout, other = ([s.data[:, np.newaxis], s] for s in sets)
    found = synthetic_evidence(
        train[0],
        train[1].target,
        other[0],
        other[1].target,
        groups=train[1].groups,
        X_holdout=holdout[0],
        y_holdout=holdout[1].target,
        groups_holdout=holdout[1].groups + 1000,
        sampling_rate=RATE,
        n_repeats=2,
        max_rows=30,
        random_state=0,
    )
    assert_array_equal(found.fidelity["synthetic"], honest.fidelity["synthetic"])
    assert_array_equal(found.privacy["synthetic"], honest.privacy["synthetic"])


def test_without_held_out_rows_privacy_is_not_measured(sets):
    found = judge(sets, X_holdout=None, y_holdout=None, groups_holdout=None)
    assert found.privacy.empty
    assert not found.fidelity.empty
    assert "There are no held-out real rows" in found.notes["note"].item()


def test_a_class_with_too_few_groups_is_left_out_and_named(sets):
    holdout = sets[1]
    few = np.isin(holdout.groups, np.unique(holdout.groups[holdout.target == 1])[:3])
    kept = (holdout.target == 0) | few
    found = judge(
        sets,
        X_holdout=holdout.data[kept],
        y_holdout=holdout.target[kept],
        groups_holdout=holdout.groups[kept] + 1000,
    )
    assert set(found.fidelity.index.get_level_values("class")) == {0}
    assert found.notes["class"].tolist() == [1, 1]
    assert "3 groups of held-out rows, and it takes 4" in found.notes["note"].iloc[1]


def test_rows_to_look_at_are_as_many_as_asked_for(sets):
    found = judge(sets, max_rows=20)
    shown = found.synthetic["synthetic rows"]
    assert np.unique(shown.y, return_counts=True)[1].max() == 20
    assert found.real.X.shape[1:] == (1, sets[0].data.shape[1])


def test_a_seed_decides_everything(sets, honest):
    again = judge(sets)
    assert again.fidelity.equals(honest.fidelity)
    assert again.privacy.equals(honest.privacy)


def test_a_page_without_real_rows_of_the_class_says_so(sets):
    train, holdout, _ = sets
    other = Bunch(**{**train, "target": 2 * train.target})
    rare = train.target == 1
    found = judge((other, holdout, None), other.data[rare], other.target[rare])
    assert "there are no real rows of its classes to draw beside" in found.to_html()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"y_holdout": None}, "y_holdout is missing"),
        ({"groups_holdout": "train"}, "is in groups and in groups_holdout"),
        ({"X": np.zeros((4, 7)), "y": [0, 1, 0, 1]}, "same channels and length"),
        ({"y": [0, 1]}, "inconsistent numbers of samples"),
        ({"X": np.zeros((2, 178)), "y": [0, 5]}, "5"),
        ({"n_channels": 5}, "n_channels=5 does not divide"),
        ({"band": (60, 1)}, "band must be two frequencies"),
        ({"sampling_rate": 0}, "'sampling_rate' parameter"),
        ({"max_rows": 3}, "'max_rows' parameter"),
        ({"n_repeats": 1}, "'n_repeats' parameter"),
    ],
)
def test_bad_input_is_named(sets, change, message):
    if change.get("groups_holdout") == "train":
        change = {"groups_holdout": sets[1].groups}
    with pytest.raises(ValueError, match=message):
        judge(sets, **change)
