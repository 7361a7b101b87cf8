"""How many rows each class shall have."""

import pickle

import numpy as np
import pandas as pd
import pytest
from imblearn.over_sampling import SMOTE
from sklearn.base import clone

from skeeg.over_sampling import AtLeast, Multiply

Y = np.repeat(["a", "b", "c"], [10, 3, 7])
STRATEGIES = [Multiply(2), AtLeast(9)]


@pytest.mark.parametrize(
    ("strategy", "expected"),
    [
        (Multiply(1), {"a": 10, "b": 3, "c": 7}),
        (Multiply(1.5), {"a": 15, "b": 4, "c": 10}),
        (Multiply(np.float32(3)), {"a": 30, "b": 9, "c": 21}),
        (AtLeast(1), {"a": 10, "b": 3, "c": 7}),
        (AtLeast(8), {"a": 10, "b": 8, "c": 8}),
        (AtLeast(np.int64(50)), {"a": 50, "b": 50, "c": 50}),
    ],
    ids=str,
)
@pytest.mark.parametrize("container", [np.array, list, pd.Series])
def test_counts(strategy, expected, container):
    counts = strategy(container(Y))
    assert counts == expected
    assert all(isinstance(count, int | np.integer) for count in counts.values())


@pytest.mark.parametrize("k", [0.99, 0, -2, np.inf, np.nan, "2", None])
def test_bad_factors(k):
    with pytest.raises(ValueError, match="'k' parameter of Multiply must be a float in the range"):
        Multiply(k)(Y)


@pytest.mark.parametrize("n", [0, -1, 2.5, "9", None])
def test_bad_numbers(n):
    with pytest.raises(ValueError, match="'n' parameter of AtLeast must be an int in the range"):
        AtLeast(n)(Y)


@pytest.mark.parametrize("strategy", STRATEGIES, ids=repr)
def test_equal_strategies_are_equal(strategy):
    for copy in (clone(strategy), pickle.loads(pickle.dumps(strategy))):
        assert copy == strategy
        assert hash(copy) == hash(strategy)
        assert repr(copy) == repr(strategy)
    (name,) = strategy.get_params()
    assert clone(strategy).set_params(**{name: 5}) != strategy
    assert len({*STRATEGIES, clone(strategy)}) == 2


def test_the_text_is_the_call():
    assert [repr(strategy) for strategy in STRATEGIES] == ["Multiply(k=2)", "AtLeast(n=9)"]


@pytest.mark.parametrize("strategy", STRATEGIES, ids=repr)
def test_samplers_of_imbalanced_learn_take_them(strategy, rng):
    smote = SMOTE(sampling_strategy=strategy, k_neighbors=2, random_state=0)
    _, y = smote.fit_resample(rng.standard_normal((20, 4)), Y)
    assert dict(zip(*np.unique(y, return_counts=True), strict=True)) == strategy(Y)
