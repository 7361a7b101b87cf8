"""The report: one page that holds everything it shows."""

from datetime import UTC, datetime

from sklearn.utils._optional_dependencies import check_matplotlib_support

from skeeg.plotting._report_blocks import Page, Section, render, write
from skeeg.plotting._report_comparison import (
    COMPARISON_METHOD,
    show_comparison,
    show_verdicts,
    state_headline,
    tabulate_fits,
)
from skeeg.plotting._report_data import (
    describe_checks,
    describe_data,
    describe_methods,
    list_faults,
)
from skeeg.plotting._report_evidence import (
    EVIDENCE_METHOD,
    show_figures,
    show_findings,
    show_samples,
    state_finding,
    tabulate_rows,
)

TITLES = {
    "comparison": "Do synthetic rows help?",
    "evidence": "What are the synthetic rows like?",
}
METHODS = {"comparison": COMPARISON_METHOD, "evidence": EVIDENCE_METHOD}
SHOWN = "summary", "gains", "metric", "confidence", "errors"
DRAWN = {
    "Fidelity": ("Can a classifier tell them from real rows?", "two_sample_auc"),
    "Privacy": ("Can an attacker tell what was trained on?", "membership_auc"),
}


def write_report(path, *, comparison=None, evidence=None):
    """Write a report on a comparison, on evidence, or on both.

    Parameters
    ----------
    path : path or None
        File to write, whole or not at all.

    comparison : dict or None
        Tables of a comparison, by name.

    evidence : dict or None
        Tables and rows of evidence, by name.

    Returns
    -------
    page : str
        The page.
    """
    check_matplotlib_support("to_html")
    page = render(_compose(comparison, evidence))
    if path is not None:
        write(path, page)
    return page


def _compose(comparison, evidence):
    """Return all sections in the order in which a reader asks."""
    given = {"comparison": comparison, "evidence": evidence}
    given = {name: tables for name, tables in given.items() if tables is not None}
    abouts = {name: tables["about"] for name, tables in given.items()}
    about = next((about for about in abouts.values() if about is not None), None)
    costs, sections = [], []
    if comparison is not None:
        rules = comparison["rules"], comparison["worthwhile"], comparison["confidence"]
        sections.append(show_verdicts(comparison["verdicts"], *rules))
        costs.append(tabulate_fits(comparison["summary"]))
    if evidence is not None:
        sections.append(show_findings(evidence["verdicts"], evidence["rules"]))
        costs.append(tabulate_rows(evidence["costs"]))
    sections += [describe_data(about), describe_checks(about)]
    if comparison is not None:
        sections.append(show_comparison(*(comparison[name] for name in SHOWN)))
    if evidence is not None:
        sections += _show_evidence(evidence)
    sections.append(Section("costs", "Costs", costs))
    sections.append(describe_methods(abouts, [METHODS[name] for name in given]))
    return Page(
        title=TITLES[next(iter(given))],
        headline=_state(comparison, evidence),
        faults=list_faults(about),
        written=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        sections=sections,
    )


def _state(comparison, evidence):
    if comparison is not None:
        return state_headline(comparison["verdicts"])
    return state_finding(evidence["verdicts"])


def _show_evidence(evidence):
    tables = [evidence[name] for name in ("fidelity", "privacy")]
    shown = [
        show_figures(name.lower(), name, table, evidence["notes"], *DRAWN[name])
        for name, table in zip(DRAWN, tables, strict=True)
    ]
    rows = [evidence[name] for name in ("real", "synthetic", "sampling_rate", "band")]
    return [*shown, show_samples(*rows)]
