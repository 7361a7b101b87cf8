"""Sections on what samplers are worth to a classifier."""

from skeeg.plotting._report_blocks import (
    Card,
    Cell,
    Details,
    Section,
    Steps,
    Table,
    Text,
    enumerate_names,
)
from skeeg.plotting._report_data import DASH, number
from skeeg.plotting._report_figures import draw_gains

STATES = {
    "use it": ("good", "✓"),
    "a simpler method does as well": ("same", "≈"),
    "don't": ("bad", "✕"),
    "not shown": ("open", "?"),
}
COMPARISON_METHOD = (
    "In each fold every sampler was fitted on the training rows, the classifier on these and what "
    "the sampler adds, and the score was taken on the test rows, all of them real. Gains are "
    "paired fold by fold. Intervals and p-values are those of a paired t-test with the variance "
    "corrected for training sets that overlap (Nadeau and Bengio, 2003); p-values are adjusted by "
    "Holm's method for the number of samplers judged."
)


def state_headline(verdicts):
    """Say in a sentence what the comparison comes to."""
    named = verdicts.groupby("verdict", sort=False).groups
    joined = {verdict: enumerate_names(names) for verdict, names in named.items()}
    if "use it" in joined:
        return f"Use {joined['use it']}: better than no augmentation and than the simple methods."
    if "a simpler method does as well" in joined:
        return f"A simpler method does as well as {joined['a simpler method does as well']}."
    if "not shown" in joined:
        return (
            f"Not shown: this comparison cannot tell what {joined['not shown']} would gain. That "
            "is a lack of evidence, not evidence of no gain."
        )
    if "don't" in joined:
        avoided = joined["don't"]
        return f"Don't use {avoided} here: it harms, or gains nothing that would be worth it."
    return "No sampler was judged."


def show_verdicts(verdicts, rules, worthwhile, confidence):
    """Return the section with a verdict on each sampler, and the rules."""
    cards = [
        Card(name, row.verdict, row.reason, *STATES[row.verdict])
        for name, row in verdicts.iterrows()
    ]
    words = "The rules are tried in this order, and the first that holds decides:"
    items = [f"“{verdict}”: {text}" for verdict, text in rules]
    note = (
        f"The smallest difference worth having was set to {worthwhile:g}, the confidence of "
        f"intervals to {100 * confidence:g} %. “Not shown” is a lack of evidence; “don't” is "
        "evidence of harm or of no gain worth having."
    )
    details = Details(
        "How the verdicts are reached", [Text(words), Steps(items), Text(note, "note")]
    )
    return Section("verdict", "Verdict", [*cards, details])


def show_comparison(summary, gains, metric, confidence, errors):
    """Return the section with gains and scores."""
    blocks = [draw_gains(summary, gains, metric, confidence), _tabulate(summary, metric)]
    if len(errors):
        rows = [[Cell(name), Cell(str(n)), Cell(error)] for (name, error), n in errors.items()]
        table = Table("What failed", ["sampler", "fits", "error"], rows)
        blocks.append(Details(f"What failed ({errors.sum()} fits)", [table]))
    return Section("comparison", "Does it help?", blocks)


def _tabulate(summary, metric):
    names = ["sampler", metric, "gain", "p", "lead", "p", "rows added"]
    rows = [
        [
            Cell(str(name)),
            number(row["score"], ".3f"),
            _interval(row, "gain"),
            number(row["gain_p"], ".3f"),
            _interval(row, "lead"),
            number(row["lead_p"], ".3f"),
            number(row["n_synthetic"], ".0f"),
        ]
        for name, row in summary.iterrows()
    ]
    return Table(
        "Means over folds. Gain: over no augmentation. Lead: over the best of class weights, "
        "random oversampling and SMOTE. Below: the interval. p: adjusted.",
        names,
        rows,
    )


def _interval(row, name):
    low, high = (number(row[f"{name}_{end}"], "+.3f").words for end in ("low", "high"))
    return number(row[name], "+.3f", below="" if low == DASH else f"{low} to {high}")


def tabulate_fits(summary):
    """Return a table of the time of the fits."""
    rows = [
        [Cell(str(name)), number(row["seconds"]), number(row["n_failed"], ".0f")]
        for name, row in summary.iterrows()
    ]
    words = "Mean seconds of one fit of sampler and classifier; a comparison takes one per fold."
    return Table(words, ["sampler", "seconds", "fits failed"], rows)
