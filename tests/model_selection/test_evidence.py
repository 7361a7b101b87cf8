"""Evidence: each verdict where its rule holds, by tables that are made for it."""

import re

import pandas as pd
import pytest

from skeeg.model_selection import Evidence
from skeeg.model_selection._evidence_rules import RULES

LEVELS = ["sampler", "class", "metric"]


def tabulate(figures):
    """A table of two classes; figures are (value, floor, sd of the floor)."""
    rows = [
        ("mine", label, metric, *figure, "lower")
        for label in (0, 1)
        for metric, figure in figures.items()
    ]
    columns = [*LEVELS, "synthetic", "floor", "floor_sd", "better"]
    return pd.DataFrame(rows, columns=columns).set_index(LEVELS)


def make(fidelity, privacy, **costs):
    costs = {"n_synthetic": 40, "n_copies": 0, "seconds": 1.0, "error": "", **costs}
    return Evidence(
        costs=pd.DataFrame([costs], index=pd.Index(["mine"], name="sampler")),
        fidelity=tabulate(fidelity),
        privacy=tabulate(privacy),
        notes=pd.DataFrame(columns=["sampler", "class", "note"]),
        real=None,
        synthetic={},
        sampling_rate=100.0,
    )


FAITHFUL = {"two_sample_auc": (0.53, 0.52, 0.03), "train_synthetic_test_real": (0.79, 0.8, 0.02)}
PRIVATE = {"membership_auc": (0.51, 0.50, 0.02), "closest_record_share": (0.5, 0.5, 0.03)}


@pytest.mark.parametrize(
    ("fidelity", "privacy", "costs", "verdict", "words"),
    [
        ({}, {}, {}, "nothing found", "0 of 40 rows are copies"),
        ({}, {}, {"n_copies": 1}, "copies", "1 of 40 rows are copies"),
        ({}, {"membership_auc": (0.7, 0.5, 0.05)}, {}, "betrays the training", "with 0.70"),
        ({}, {"group_membership_auc": (0.7, 0.5, 0.05)}, {}, "betrays the training", "copies"),
        ({}, {"closest_record_share": (0.7, 0.5, 0.05)}, {}, "betrays the training", "copies"),
        ({}, {"membership_auc": (0.7, 0.5, 0.3)}, {}, "nothing found", "with 0.70"),
        ({}, {"membership_auc": (0.54, 0.5, 0.001)}, {}, "nothing found", "0.54"),
        ({}, {"membership_auc": (0.53, 0.4, 0.01)}, {}, "nothing found", "with 0.53"),
        ({}, {"membership_tpr": (0.9, 0.01, 0.001)}, {}, "nothing found", "copies"),
        ({"two_sample_auc": (0.8, 0.52, 0.03)}, {}, {}, "not like real rows", "AUC of 0.80"),
        (
            {"train_synthetic_test_real": (0.5, 0.8, 0.02)},
            {},
            {},
            "not like real rows",
            "scores 0.50 on real rows; trained on other real rows 0.80",
        ),
        ({}, {}, {"error": "ValueError: no"}, "not measured", "It has failed: ValueError: no"),
    ],
)
def test_each_rule_where_it_holds(fidelity, privacy, costs, verdict, words):
    found = make(FAITHFUL | fidelity, PRIVATE | privacy, **costs).verdict().loc["mine"]
    assert found["verdict"] == verdict
    assert words in found["reason"]


def test_what_was_not_measured_is_said():
    found = make(FAITHFUL, {}).verdict().loc["mine"]
    assert found["verdict"] == "nothing found"
    assert "Privacy was not measured." in found["reason"]
    assert make({}, {}).verdict().loc["mine", "verdict"] == "not measured"


def test_the_docstring_tells_the_rules_in_their_order():
    told = re.findall(r"^ +\d\. \"(.*?)\":", Evidence.verdict.__doc__, re.MULTILINE)
    assert told == [verdict for verdict, _ in RULES]


def test_the_repr_names_the_samplers():
    assert repr(make({}, {})) == "<Evidence on mine>"
