"""What a report is drawn from."""

from skeeg.model_selection._evidence_rules import RULES
from skeeg.model_selection._verdict_rules import make_rules


def tabulate_comparison(comparison, *, worthwhile, confidence):
    """Return all tables of a comparison, by name."""
    agreed = {"worthwhile": worthwhile, "confidence": confidence}
    table = comparison.table if "error" in comparison.table else comparison.table.assign(error="")
    failed = table[table["score"].isna()]
    return {
        "verdicts": comparison.verdict(**agreed),
        "rules": [(rule.verdict, rule.text) for rule in make_rules(**agreed)],
        "summary": comparison.summary(confidence=confidence),
        "gains": comparison.gains,
        "errors": failed.groupby(["sampler", "error"], sort=False).size(),
        "metric": comparison.metric,
        "about": comparison.about,
        **agreed,
    }


def tabulate_evidence(evidence):
    """Return all tables and rows of evidence, by name."""
    return vars(evidence) | {"verdicts": evidence.verdict(), "rules": RULES}
