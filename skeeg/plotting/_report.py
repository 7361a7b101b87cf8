"""The report: one page that holds everything it shows."""

from datetime import UTC, datetime

from sklearn.utils._optional_dependencies import check_matplotlib_support

from skeeg.plotting._report_blocks import Page, render, write
from skeeg.plotting._report_comparison import (
    METHOD,
    show_comparison,
    show_costs,
    show_verdicts,
    state_headline,
)
from skeeg.plotting._report_data import describe_checks, describe_data, describe_methods
from skeeg.plotting._report_evidence import (
    show_evidence_costs,
    show_figures,
    show_findings,
    show_samples,
    state_finding,
)

EVIDENCE_METHOD = (
    "For the figures of fidelity and privacy the rows were split once, with groups kept apart: "
    "what was trained on, and what was held out. Fidelity is measured beside held-out rows. The "
    "floors are the same figures with real rows in the place of synthetic ones, over several "
    "random halvings."
)


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
    sections = []
    if comparison is not None:
        agreed = comparison["worthwhile"], comparison["confidence"]
        sections.append(show_verdicts(comparison["verdicts"], comparison["rules"], *agreed))
    if evidence is not None:
        sections.append(show_findings(evidence["verdicts"], evidence["rules"]))
    about = (comparison or evidence)["about"] or (evidence and evidence["about"])
    sections += [describe_data(about), describe_checks(about)]
    if comparison is not None:
        sections.append(
            show_comparison(
                *(
                    comparison[name]
                    for name in ("summary", "gains", "metric", "confidence", "errors")
                )
            )
        )
    if evidence is not None:
        sections += _show_evidence(evidence)
    if comparison is not None:
        sections.append(show_costs(comparison["summary"]))
    if evidence is not None:
        sections.append(show_evidence_costs(evidence["costs"]))
    abouts = {"comparison": comparison, "evidence": evidence}
    abouts = {name: tables["about"] for name, tables in abouts.items() if tables is not None}
    texts = {"comparison": METHOD, "evidence": EVIDENCE_METHOD}
    sections.append(describe_methods(abouts, [texts[name] for name in abouts]))
    return Page(
        title="Do synthetic rows help?" if comparison else "What are the synthetic rows like?",
        headline=state_headline(comparison["verdicts"])
        if comparison
        else state_finding(evidence["verdicts"]),
        written=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        sections=sections,
    )


def _show_evidence(evidence):
    notes = evidence["notes"]
    return [
        show_figures(
            "fidelity",
            "Fidelity",
            evidence["fidelity"],
            notes,
            "Can a classifier tell them from real rows?",
            "two_sample_auc",
        ),
        show_figures(
            "privacy",
            "Privacy",
            evidence["privacy"],
            notes,
            "Can an attacker tell who was in the training?",
            "membership_auc",
        ),
        show_samples(evidence["real"], evidence["synthetic"], evidence["sampling_rate"], (1, 60)),
    ]
