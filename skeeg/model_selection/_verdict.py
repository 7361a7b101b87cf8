"""Verdicts on all samplers of a comparison."""

import numpy as np
import pandas as pd

from skeeg.model_selection._entrants import BASELINES
from skeeg.model_selection._paired_test import corrected_t_test, count_differences_needed
from skeeg.model_selection._verdict_rules import USE, Case, decide, make_rules

CHEAPER = 0.5  # of the time of a fit


def give_verdicts(comparison, *, worthwhile, confidence):
    """Apply the rules to each sampler that is no baseline.

    Parameters
    ----------
    comparison : SamplerComparison
        What was measured.

    worthwhile : float
        The smallest difference of scores that is worth having.

    confidence : float
        Of the intervals; the adjusted p-values are to be below 1 minus this.

    Returns
    -------
    verdicts : DataFrame
        With the columns `verdict`, `reason` and `repeats_needed`.
    """
    rules = make_rules(worthwhile, confidence)
    cases = _make_cases(comparison, worthwhile, confidence)
    winners = [name for name, case in cases.items() if decide(case, rules).verdict == USE]
    for name in winners:
        cases[name] = cases[name]._replace(cheaper=_find_cheaper(name, winners, comparison, cases))
    decided = {name: (case, decide(case, rules)) for name, case in cases.items()}
    columns = {
        "verdict": [rule.verdict for _, rule in decided.values()],
        "reason": [rule.explain(case) for case, rule in decided.values()],
        "repeats_needed": pd.array([case.repeats_needed for case in cases.values()], "Int64"),
    }
    return pd.DataFrame(columns, index=pd.Index(cases, name="sampler", dtype=object))


def _make_cases(comparison, worthwhile, confidence):
    summary, best = comparison.summary(confidence=confidence), comparison.best_classical
    agreed = {"worthwhile": worthwhile, "confidence": confidence}
    return {
        name: Case(
            metric=comparison.metric,
            sampler=row,
            simple=None if best is None else summary.loc[best],
            cheaper=None,
            repeats_needed=_count_repeats_needed(comparison, row, **agreed),
            n_repeats=comparison.table["repeat"].nunique(),
            **agreed,
        )
        for name, row in summary.iterrows()
        if name not in BASELINES
    }


def _count_repeats_needed(comparison, row, worthwhile, confidence):
    """Return how many repeats would tell what is not known yet, or None."""
    significance = 1 - confidence
    adjusted = significance / len(comparison.gains.columns.difference(BASELINES))
    gains, share = comparison.gains[row.name], comparison.test_share
    if row["gain"] > 0 and row["gain_p"] < significance and row.name in comparison.leads:
        n = count_differences_needed(comparison.leads[row.name], share, adjusted)
    elif row["gain"] >= worthwhile:
        n = count_differences_needed(gains, share, adjusted)
    else:  # whether it can be excluded
        n = count_differences_needed(gains - worthwhile, share, significance)
    n_folds = comparison.table["fold"].nunique()
    return None if n is None else int(np.ceil(n / n_folds))


def _find_cheaper(name, winners, comparison, cases):
    """Return the quickest of the winners that is not shown to be behind, with the difference."""
    seconds = {rival: cases[rival].sampler["seconds"] for rival in winners}
    for rival in sorted(set(winners) - {name}, key=seconds.get):
        if seconds[rival] > CHEAPER * seconds[name]:
            return None
        ahead = corrected_t_test(
            comparison.gains[name] - comparison.gains[rival],
            comparison.test_share,
            cases[name].confidence,
        )
        if ahead.low <= 0:
            columns = ["ahead", "ahead_low", "ahead_high", "ahead_p"]
            difference = pd.Series(ahead, index=columns)
            return pd.concat([cases[rival].sampler, difference]).rename(rival)
    return None
