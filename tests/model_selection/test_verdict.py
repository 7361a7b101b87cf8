"""Verdicts: each rule where it holds, by tables that are made for it."""

import re

import numpy as np
import pandas as pd
import pytest

from skeeg.model_selection import SamplerComparison
from skeeg.model_selection._verdict_rules import make_rules

MINUS = "\N{MINUS SIGN}"


@pytest.fixture
def judge(rng):
    """Return the comparison of samplers with given mean gains and spreads of them."""

    def make(n_repeats=2, seconds=None, **effects):
        effects = {"class_weights": (0, 0.01), "SMOTE": (0, 0.01), **effects}
        folds = pd.MultiIndex.from_product([range(n_repeats), range(5)], names=["repeat", "fold"])
        level = 0.7 + rng.normal(0, 0.05, size=len(folds))
        tables = []
        for name, (mean, spread) in {"none": (0, 0), **effects}.items():
            noise = rng.normal(size=len(folds))
            noise = (noise - noise.mean()) / noise.std(ddof=1) if len(folds) > 1 else 0
            table = folds.to_frame(index=False)
            tables.append(
                table.assign(
                    sampler=name.replace("_", " "),
                    score=level + mean + spread * noise,
                    seconds=(seconds or {}).get(name, 1.0),
                )
            )
        table = pd.concat(tables, ignore_index=True)
        return SamplerComparison(
            table.assign(n_train=80, n_test=20, n_synthetic=10, error=""), metric="accuracy"
        )

    return make


def verdict_of(comparison, name="mine", **settings):
    return comparison.verdict(**settings).loc[name]


@pytest.mark.parametrize(
    ("effects", "verdict", "reason"),
    [
        ({"mine": (0.10, 0.02)}, "use it", r"accuracy rises over none: \+0\.100 .* and over "),
        (
            {"mine": (-0.10, 0.02)},
            "don't",
            rf"accuracy falls: {MINUS}0\.100 .*p < 0\.001",
        ),
        (
            {"mine": (0.0, 0.005)},
            "don't",
            r"A gain of 0\.01 or more is excluded: .* evidence",
        ),
        (
            {"SMOTE": (0.10, 0.02), "mine": (0.05, 0.02)},
            "a simpler method does as well",
            r"A lead of 0\.01 or more over SMOTE is excluded",
        ),
        (
            {"SMOTE": (0.10, 0.04), "mine": (0.11, 0.04)},
            "a simpler method does as well",
            r"SMOTE, gains \+0\.100 .* as well. A lead is not shown",
        ),
        (
            {"SMOTE": (0.10, 0.12), "mine": (0.09, 0.02)},
            "a simpler method does as well",
            r"SMOTE, gains \+0\.100 .* and so at least as much",
        ),
        ({"mine": (0.02, 0.06)}, "not shown", r"Neither a gain nor the absence of one of 0\.01"),
        (
            {"SMOTE": (0.06, 0.10), "mine": (0.08, 0.02)},
            "not shown",
            r"ahead of SMOTE, which is not shown to gain, is not shown either",
        ),
    ],
)
def test_each_rule_where_it_holds(judge, effects, verdict, reason):
    found = verdict_of(judge(**effects))
    assert found["verdict"] == verdict
    assert re.search(reason, found["reason"])


def test_figures_in_reasons_are_those_of_the_summary(judge):
    comparison = judge(mine=(0.10, 0.02))
    row = comparison.summary().loc["mine"]
    reason = verdict_of(comparison)["reason"]
    for name in ("gain", "gain_low", "gain_high", "lead", "lead_low", "lead_high"):
        assert f"{row[name]:+.3f}" in reason
    assert comparison.best_classical in reason


def test_of_two_that_are_good_the_one_that_takes_twice_as_long_must_be_ahead(judge):
    effects = {"slow": (0.10, 0.02), "quick": (0.10, 0.02)}
    found = judge(seconds={"slow": 10, "quick": 1}, **effects).verdict()
    assert found["verdict"].to_dict() == {
        "slow": "a simpler method does as well",
        "quick": "use it",
    }
    assert "quick gains +0.100" in found.loc["slow", "reason"]
    ahead = judge(seconds={"slow": 10}, slow=(0.3, 0.02), quick=(0.1, 0.02)).verdict()
    assert set(ahead["verdict"]) == {"use it"}
    alike = judge(seconds={"slow": 1.5}, **effects).verdict()
    assert set(alike["verdict"]) == {"use it"}


def test_a_sampler_is_no_rival_of_itself_whatever_the_clock_says(judge):
    assert verdict_of(judge(seconds={"mine": 0.0}, mine=(0.10, 0.02)))["verdict"] == "use it"


def test_what_has_failed_in_a_fold_is_not_recommended(judge):
    comparison = judge(mine=(0.10, 0.02))
    table = comparison.table
    table.loc[(table["sampler"] == "mine") & (table["fold"] == 3), "score"] = np.nan
    found = verdict_of(comparison)
    assert found["verdict"] == "not shown"
    assert "no score in 2 folds" in found["reason"]


def test_one_fold_shows_nothing(judge):
    table = judge(mine=(0.10, 0.02)).table.query("repeat == 0 and fold == 0")
    found = verdict_of(SamplerComparison(table))
    assert found["verdict"] == "not shown"
    assert found["reason"].startswith("There is one fold, and no interval: gain +0.")


def test_without_any_score_of_no_augmentation_it_is_said(judge):
    table = judge(mine=(0.10, 0.02)).table
    table.loc[table["sampler"] == "none", "score"] = np.nan
    found = verdict_of(SamplerComparison(table))
    assert found["verdict"] == "not shown"
    assert "no fold in which it and no augmentation both have a score" in found["reason"]


def test_without_baselines_a_gain_is_not_enough(judge):
    table = judge(mine=(0.10, 0.02)).table.query("sampler in ['none', 'mine']")
    found = verdict_of(SamplerComparison(table))
    assert found["verdict"] == "not shown"
    assert "no score of a simple method" in found["reason"]


def test_what_is_worthwhile_decides_between_no_gain_and_no_evidence(judge):
    comparison = judge(mine=(0.0, 0.02))
    high = comparison.summary().loc["mine", "gain_high"]
    assert verdict_of(comparison, worthwhile=high + 1e-6)["verdict"] == "don't"
    assert verdict_of(comparison, worthwhile=high - 1e-6)["verdict"] == "not shown"


def test_as_many_repeats_as_needed_show_the_gain(judge):
    needed = verdict_of(judge(mine=(0.065, 0.06)))["repeats_needed"]
    assert needed > 2
    enough, too_few = (judge(n_repeats=n, mine=(0.065, 0.06)) for n in (needed, needed - 1))
    assert enough.summary().loc["mine", "gain_p"] < 0.05
    assert too_few.summary().loc["mine", "gain_p"] > 0.05


def test_where_no_number_of_repeats_would_do_more_recordings_are_asked_for(judge):
    found = verdict_of(judge(mine=(0.02, 0.06)))
    assert found["repeats_needed"] is pd.NA
    assert "it takes more recordings" in found["reason"]


def test_baselines_are_not_judged(judge):
    assert verdict_of(judge(mine=(0.1, 0.02))).name == "mine"
    assert judge().verdict().empty


def test_the_docstring_tells_the_rules_in_their_order():
    told = re.findall(r"^ +\d\. \"(.*?)\":", SamplerComparison.verdict.__doc__, re.MULTILINE)
    rules = [rule.verdict for rule in make_rules(0.01, 0.95)]
    assert told == rules[1:]  # the first two are told as one


@pytest.mark.parametrize(("name", "value"), [("worthwhile", -0.1), ("confidence", 95)])
def test_settings_are_validated(judge, name, value):
    with pytest.raises(ValueError, match=f"'{name}' parameter"):
        judge().verdict(**{name: value})
