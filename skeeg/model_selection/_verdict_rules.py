"""What a comparison comes to, by rules that can be read before it is made."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd

USE, SIMPLER, DONT, OPEN = "use it", "a simpler method does as well", "don't", "not shown"


class Case(NamedTuple):
    """What the verdict on one sampler rests on: rows of a summary, and what was agreed on."""

    metric: str
    sampler: pd.Series
    simple: pd.Series | None  # the best classical one
    cheaper: pd.Series | None  # a sampler to use that takes half the time, and the lead over it
    repeats_needed: int | None
    n_repeats: int
    worthwhile: float
    confidence: float

    def shown(self, row, name):
        """Return whether a gain or a lead is above 0, by the adjusted p-value."""
        return row[name] > 0 and row[f"{name}_p"] < 1 - self.confidence

    def write(self, row, name):
        """Write a gain or a lead with its interval and its adjusted p-value."""
        p = row[f"{name}_p"]
        p = "p < 0.001" if p < 0.001 else f"p = {p:.3f}"
        return f"{signed(row[name])} ({self.write_interval(row, name)}, {p})"

    def write_interval(self, row, name):
        """Write the ends of an interval."""
        low, high = signed(row[f"{name}_low"]), signed(row[f"{name}_high"])
        return f"{100 * self.confidence:g} % interval {low} to {high}"


class Rule(NamedTuple):
    """A verdict, when it is given in words and in figures, and the sentence that explains it."""

    verdict: str
    text: str
    holds: Callable
    explain: Callable


def signed(value):
    """Write a difference with its sign and three digits."""
    return f"{value:+.3f}".replace("-", "\N{MINUS SIGN}")


def _explain_failures(case):
    return (
        f"It has no score in {case.sampler['n_failed']:.0f} folds; the column `error` of the table "
        "says why. What fails cannot be relied on, whatever the other folds say."
    )


def _explain_single_fold(case):
    if np.isnan(case.sampler["gain"]):
        return "There is no fold in which it and no augmentation both have a score."
    return f"There is one fold, and no interval: gain {signed(case.sampler['gain'])}."


def _is_harmful(case):
    return case.sampler["gain"] < 0 and case.sampler["gain_p"] < 1 - case.confidence


def _explain_harm(case):
    return f"The {case.metric} falls: {case.write(case.sampler, 'gain')}."


def _explain_no_gain(case):
    return (
        f"A gain of {case.worthwhile:g} or more is excluded: "
        f"{case.write_interval(case.sampler, 'gain')}. This is evidence of no gain, not a lack of "
        "evidence."
    )


def _has_simple(case):
    return case.simple is not None


def _explain_no_lead(case):
    return (
        f"A lead of {case.worthwhile:g} or more over {case.simple.name} is excluded: "
        f"{case.write_interval(case.sampler, 'lead')}. Its gain over none is "
        f"{case.write(case.sampler, 'gain')}."
    )


def _explain_cheaper(case):
    rival = case.cheaper
    return (
        f"It gains {case.write(case.sampler, 'gain')}, but {rival.name} gains "
        f"{case.write(rival, 'gain')} in {rival['seconds']:.2g} s a fit instead of "
        f"{case.sampler['seconds']:.2g} s, and is not shown to be behind: the difference is "
        f"{signed(rival['ahead'])} ({case.write_interval(rival, 'ahead')})."
    )


def _is_winner(case):
    gains = case.shown(case.sampler, "gain")
    return gains and _has_simple(case) and case.shown(case.sampler, "lead")


def _explain_win(case):
    return (
        f"The {case.metric} rises over none: {case.write(case.sampler, 'gain')}; and over "
        f"{case.simple.name}, the best of the simple methods: {case.write(case.sampler, 'lead')}."
    )


def _is_matched(case):
    """Whether a gain is shown, and the best simple method scores as high or is shown to gain."""
    if not (_has_simple(case) and case.shown(case.sampler, "gain")):
        return False
    return case.sampler["lead"] <= 0 or case.shown(case.simple, "gain")


def _explain_match(case):
    how = "as well" if case.shown(case.simple, "gain") else "in the mean, and so at least as much"
    return (
        f"It gains {case.write(case.sampler, 'gain')}. The best simple method, {case.simple.name}, "
        f"gains {case.write(case.simple, 'gain')} {how}. A lead is not shown: "
        f"{case.write(case.sampler, 'lead')}."
    )


def _explain_doubt(case):
    if not case.shown(case.sampler, "gain"):
        return (
            f"The gain is {case.write(case.sampler, 'gain')}. Neither a gain nor the absence of "
            f"one of {case.worthwhile:g} is shown; excluded are gains above "
            f"{signed(case.sampler['gain_high'])} and losses below "
            f"{signed(case.sampler['gain_low'])}. {_explain_outlook(case)}"
        )
    if not _has_simple(case):
        return (
            f"It gains {case.write(case.sampler, 'gain')}, but there is no score of a simple "
            "method to compare with."
        )
    return (
        f"It gains {case.write(case.sampler, 'gain')}; that it is ahead of {case.simple.name}, "
        f"which is not shown to gain, is not shown either: lead "
        f"{case.write(case.sampler, 'lead')}. {_explain_outlook(case)}"
    )


def _explain_outlook(case):
    """Say what it would take to know, if means and spreads stay what they are."""
    if case.repeats_needed is None:
        return (
            "If it is what it seems, no number of repeats on these rows would tell: it takes more "
            "recordings."
        )
    return (
        f"If it is what it seems, about {case.repeats_needed} repeats would tell "
        f"({case.repeats_needed - case.n_repeats} more)."
    )


def make_rules(worthwhile, confidence):
    """Return the rules, in the order in which they are tried; the first that holds decides."""
    p = f"p < {1 - confidence:.2g}, adjusted"
    return [
        Rule(
            OPEN,
            "It has failed in a fold.",
            lambda case: case.sampler["n_failed"] > 0,
            _explain_failures,
        ),
        Rule(
            OPEN,
            "There is one fold only, or none with a score, and so no interval.",
            lambda case: np.isnan(case.sampler["gain_p"]),
            _explain_single_fold,
        ),
        Rule(DONT, f"The score falls ({p}).", _is_harmful, _explain_harm),
        Rule(
            DONT,
            f"The whole interval of the gain is below {worthwhile:g}: evidence of no gain that "
            "would be worth it.",
            lambda case: case.sampler["gain_high"] < worthwhile,
            _explain_no_gain,
        ),
        Rule(
            SIMPLER,
            "The whole interval of the lead over the best of class weights, random oversampling "
            f"and SMOTE is below {worthwhile:g}.",
            lambda case: case.sampler["lead_high"] < worthwhile,
            _explain_no_lead,
        ),
        Rule(
            SIMPLER,
            "It would be one to use, but so is another one that takes at most half the time and "
            "is not shown to score less.",
            lambda case: _is_winner(case) and case.cheaper is not None,
            _explain_cheaper,
        ),
        Rule(
            USE,
            f"The score rises over no augmentation and over the best simple method (both {p}).",
            _is_winner,
            _explain_win,
        ),
        Rule(
            SIMPLER,
            f"The score rises over no augmentation ({p}), but a lead over the best simple method "
            "is not shown, and that one scores as high in the mean or is shown to gain as well.",
            _is_matched,
            _explain_match,
        ),
        Rule(
            OPEN,
            "Everything else: there is not enough evidence, neither for a gain nor against one.",
            lambda case: True,
            _explain_doubt,
        ),
    ]


def decide(case, rules):
    """Return the first rule that holds."""
    return next(rule for rule in rules if rule.holds(case))
