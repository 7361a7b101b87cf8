"""Columns are found by their usual names, and what is not clear is asked and not guessed."""

from argparse import Namespace

import pytest

from skeeg._commands._columns import choose_columns, list_names
from skeeg._commands._error import CommandError


def choose(names, **options):
    defaults = {"target": None, "groups": None, "drop": []}
    return choose_columns(names, Namespace(**defaults | options), "data.csv")


@pytest.mark.parametrize("target", ["y", "Target", "LABEL", "class"])
@pytest.mark.parametrize("groups", ["group", "Groups", "subject", "patient", "recording"])
def test_usual_names_need_no_option(target, groups):
    assert choose(["a", groups, "b", target]) == (target, groups, ["a", "b"])


def test_options_go_before_usual_names():
    columns = choose(["a", "y", "site", "b"], target="b", groups="site", drop=["y"])
    assert columns == ("b", "site", ["a"])


def test_marks_of_synthetic_rows_are_no_signal():
    assert choose(["a", "y", "synthetic"]) == ("y", None, ["a"])


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (["a", "a", "y"], {}, "2 columns 'a'"),
        (["a", "b"], {}, "which column of data.csv is the class.*'a', 'b'"),
        (["a", "lable"], {"target": "label"}, "no 'label', for which --target.*mean 'lable'"),
        (["a", "y"], {"groups": "who"}, "no 'who', for which --groups asks; there are 'a', 'y'"),
        (["a", "y"], {"drop": ["id"]}, "no 'id', for which --drop"),
        (["a", "y", "class"], {}, "has 'y' and 'class'; choose one with --target.*--drop"),
        (["a", "y", "subject", "recording"], {}, "'subject' and 'recording'.*--groups"),
        (["y", "subject"], {}, "no column left for the signals"),
        (["a", "y"], {"target": "y", "drop": ["y"]}, "no 'y', for which --target"),
    ],
)
def test_what_is_not_clear_is_asked(names, options, message):
    with pytest.raises(CommandError, match=message):
        choose(names, **options)


def test_long_lists_are_cut():
    assert list_names(range(500)) == "0, 1, 2, 3, ..., 497, 498, 499"
