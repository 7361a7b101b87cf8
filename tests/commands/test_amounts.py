"""How many rows to add: what is asked for, to balance, or twice what is balanced."""

from argparse import Namespace

import numpy as np
import pytest

from skeeg._commands._amounts import choose_amount, count_added, resolve_amount
from skeeg._commands._error import CommandError
from skeeg.over_sampling import AtLeast, Multiply

SKEWED, BALANCED = np.array(["a"] * 30 + ["b"] * 10), np.array([0] * 20 + [1] * 19)


def options(**given):
    return Namespace(**{"factor": None, "at_least": None, "strategy": None} | given)


@pytest.mark.parametrize("choose", [choose_amount, resolve_amount])
@pytest.mark.parametrize(
    ("given", "strategy", "n_added"),
    [
        ({"factor": 2.5}, Multiply(2.5), 60),
        ({"at_least": 40}, AtLeast(40), 40),
        ({"strategy": "minority"}, "minority", 20),
        ({"strategy": "b=15"}, {"b": 15}, 5),
        ({"strategy": "b=15,a=31"}, {"b": 15, "a": 31}, 6),
        ({}, "auto", 20),
    ],
)
def test_options_decide(choose, given, strategy, n_added):
    chosen = choose(SKEWED, options(**given))
    assert chosen == strategy
    assert count_added(chosen, SKEWED) == n_added


def test_balanced_classes_are_doubled_only_to_compare():
    assert choose_amount(BALANCED, options()) == Multiply(2)
    assert resolve_amount(BALANCED, options()) == "auto"
    assert choose_amount(BALANCED, options(strategy="auto")) == "auto"
    with pytest.raises(CommandError, match=r"nothing to add .*0: 20, 1: 20"):
        resolve_amount(np.array([0, 1] * 20), options())


@pytest.mark.parametrize("given", [{}, {"factor": 2}])
def test_one_class_is_too_few(given):
    with pytest.raises(CommandError, match="all rows are of class rest; samplers need two"):
        resolve_amount(np.array(["rest"] * 9), options(**given))
