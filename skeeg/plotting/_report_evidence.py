"""Sections on what synthetic rows are like, and what they betray."""

import numpy as np

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
from skeeg.plotting._report_figures import draw_beside_floors, draw_signals, draw_spectra

STATES = {
    "copies": ("bad", "✕"),
    "betrays the training": ("bad", "✕"),
    "not measured": ("open", "?"),
    "not like real rows": ("bad", "≠"),
    "nothing found": ("same", "≈"),
}
FINDINGS = {
    "copies": "Rows of {} are copies of the training.",
    "betrays the training": "The rows of {} betray what was trained on.",
    "not measured": "The rows of {} could not be measured.",
    "not like real rows": "The rows of {} are not like real ones.",
    "nothing found": "Nothing was found against the rows of {}.",
}
MEANINGS = {
    "spectral_distance": ("shape of the spectrum", "dB between mean spectra, 0 is best"),
    "amplitude_distance": ("amplitude", "factors of ten between standard deviations, 0 is best"),
    "coherence_distance": ("coherence of channels", "difference of coherence, 0 is best"),
    "frechet_distance": ("Fréchet distance", "between features, 0 is best"),
    "maximum_mean_discrepancy": ("mean discrepancy", "between waveforms, 0 is best"),
    "precision": ("precision", "synthetic rows that lie among real ones, 1 is best"),
    "recall": ("recall", "real rows that lie among synthetic ones, 1 is best"),
    "density": ("density", "real neighbours of synthetic rows, 1 is usual"),
    "coverage": ("coverage", "real rows with a synthetic one close by, 1 is best"),
    "two_sample_auc": ("real or synthetic?", "AUC of a classifier, 0.5 is best"),
    "train_synthetic_test_real": ("trained on synthetic", "score on real rows, higher is better"),
    "closest_record_share": ("closest record", "share nearer to the training, 0.5 is best"),
    "membership_auc": ("membership", "AUC of an attacker, 0.5 is best"),
    "membership_tpr": ("membership at 1 %", "hits at 1 % false alarms, 0.01 is best"),
    "group_membership_auc": ("membership of groups", "AUC over groups, 0.5 is best"),
}
EVIDENCE_METHOD = (
    "Fidelity is measured beside held-out real rows, of groups that nothing was made from, where "
    "there are any. The floors are the same figures with real rows in the place of synthetic ones, "
    "over several random halvings that keep groups together."
)
TOLERANCE = 2  # standard deviations of the floor
KEY = (
    "Below each figure stands its floor: the same figure of real rows beside other real rows. "
    "A figure is marked ▲ where it is worse than its floor by more than two standard deviations "
    "of the floor; ✓ where it is not, in any class."
)
CAUTION = {
    "fidelity": (
        "Fidelity alone is worthless: copies of the training win every figure. Read it beside "
        "privacy below."
    ),
    "privacy": (
        "Real rows of people who had nothing to do with the training set the floors. No attack "
        "that fails proves that none succeeds; nothing here makes data anonymous."
    ),
}


def state_finding(verdicts):
    """Say in a sentence what the evidence comes to."""
    named = verdicts.groupby("verdict", sort=False).groups
    found = [FINDINGS[verdict].format(enumerate_names(names)) for verdict, names in named.items()]
    return " ".join([*found, "Whether rows help a classifier, only a comparison can tell."])


def show_findings(verdicts, rules):
    """Return the section with what was found on the rows of each sampler, and the rules."""
    cards = [
        Card(name, row.verdict, row.reason, *STATES[row.verdict])
        for name, row in verdicts.iterrows()
    ]
    items = [f"“{verdict}”: {text}" for verdict, text in rules]
    words = "The rules are tried in this order, and the first that holds decides:"
    note = (
        "Rows that betray the training may help a classifier all the same. They must not be passed "
        "on as if they were anonymous."
    )
    rules = [Text(words), Steps(items), Text(note, "note")]
    details = Details("How the findings are reached", rules)
    return Section("findings", "What the rows are like", [*cards, details])


def mark_worse(table):
    """Return which figures are worse than their floor by more than it varies."""
    gap = table["synthetic"] - table["floor"]
    gap = gap.where(table["better"] == "lower", -gap)
    return gap > TOLERANCE * table["floor_sd"]


def show_figures(anchor, heading, table, notes, question, metric):
    """Return the section with a report on all samplers, and what it leaves out.

    Parameters
    ----------
    anchor, heading : str
        Of the section.

    table : DataFrame
        Indexed by sampler, class and metric.

    notes : DataFrame
        What could not be measured.

    question, metric : str
        What is drawn, and the question that it answers.
    """
    blocks = [Text(CAUTION[anchor], "mind")]
    if len(table):
        drawn = table.xs(metric, level="metric")[["synthetic", "floor"]]
        means = drawn.groupby(level="sampler", sort=False).mean()
        blocks.append(draw_beside_floors({question: means}))
        blocks += [_compare_samplers(table, heading), Text(KEY, "note")]
        for name, figures in table.groupby(level="sampler", sort=False):
            blocks.append(Details(f"{name}, class by class", [_tabulate(figures, name)]))
    samplers = {*table.index.unique("sampler"), *notes["sampler"]}
    of_section = notes[notes["note"].str.lower().str.contains(anchor)]
    for (label, words), of_samplers in of_section.groupby(["class", "note"], sort=False):
        of_class = "" if label == "" else f"Class {label}: "
        whose = f" ({enumerate_names(of_samplers['sampler'])})" if len(samplers) > 1 else ""
        blocks.append(Text(f"{of_class}{words}{whose}", "mind"))
    return Section(anchor, heading, blocks)


def _name_metric(metric):
    words, below = MEANINGS.get(metric, (metric, ""))
    return Cell(words, below)


def _compare_samplers(table, heading):
    """Return a table of means over classes, a column for each sampler."""
    samplers = table.index.unique("sampler")
    rows = []
    for metric, figures in table.groupby(level="metric", sort=False):
        by_sampler = dict(list(figures.groupby(level="sampler", sort=False)))
        cells = [
            _summarise(by_sampler[name]) if name in by_sampler else Cell(DASH) for name in samplers
        ]
        rows.append([_name_metric(metric), *cells])
    return Table(f"{heading}, means over classes", ["figure", *samplers], rows)


def _summarise(figures):
    worse = mark_worse(figures)
    mean = figures[["synthetic", "floor"]].mean()
    words = f"floor {mean['floor']:.3g}"
    if worse.any() and len(worse) > 1:
        words += f"; {worse.sum()} of {len(worse)} classes"
    return _mark(mean["synthetic"], worse.any(), words)


def _mark(value, is_worse, below):
    sign, state = ("▲", "mind") if is_worse else ("✓", "fine")
    return Cell(f"{number(value).words} {sign}", below, state, is_number=True)


def _tabulate(figures, name):
    """Return a table of one sampler, a column for each class."""
    labels = figures.index.unique("class")
    worse = mark_worse(figures)
    rows = []
    for metric in figures.index.unique("metric"):
        cells = []
        for label in labels:
            key = (name, label, metric)
            if key in figures.index:
                row = figures.loc[key]
                below = f"floor {row['floor']:.3g} ± {row['floor_sd']:.2g}"
                cells.append(_mark(row["synthetic"], worse[key], below))
            else:
                cells.append(Cell(DASH))
        rows.append([_name_metric(metric), *cells])
    names = [
        "figure",
        *(f"class {label}" if label != "(all)" else "all classes" for label in labels),
    ]
    return Table(f"{name}: figure, and floor ± its standard deviation", names, rows)


def show_samples(real, synthetic, sampling_rate, band):
    """Return the section with windows and spectra of each sampler."""
    blocks = []
    for i, (name, rows) in enumerate(synthetic.items()):
        kept = np.isin(rows.y, np.unique(real.y))
        if not kept.any():
            blocks.append(Text(f"{name}: there are no real rows of its classes to draw beside."))
            continue
        samples = real.X, real.y, rows.X[kept], rows.y[kept]
        drawings = [
            draw_signals(samples, sampling_rate, name),
            draw_spectra(samples, real.groups, sampling_rate, band, name),
        ]
        blocks.append(Details(name, drawings, is_open=i == 0))
    return Section("samples", "Samples to look at", blocks)


def tabulate_rows(costs):
    """Return a table of what samplers have made, and in what time."""
    rows = [
        [
            Cell(name),
            number(row["n_synthetic"], ",d"),
            number(row["n_copies"], ",d"),
            number(row["seconds"]),
            Cell(row["error"] or DASH),
        ]
        for name, row in costs.iterrows()
    ]
    names = ["sampler", "rows made", "copies", "seconds", "error"]
    return Table("One fit on the training rows, and the rows that came of it.", names, rows)
