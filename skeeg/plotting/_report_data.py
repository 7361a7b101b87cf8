"""Sections on the data, on what was looked for in them, and on how it was done."""

import pandas as pd

from skeeg.plotting._report_blocks import Cell, Details, Facts, Section, Table, Text

DASH = "\N{EN DASH}"
SIGNS = {"fine": "✓", "mind": "!", "fault": "✕"}
MISSING = Text(
    "The data and settings were not noted down: what is shown was read from a table.", "mind"
)


def number(value, form=".3g", **others):
    """Return the cell of a number; what is missing is a dash."""
    words = DASH if pd.isna(value) else f"{value:{form}}".replace("-", "\N{MINUS SIGN}")
    return Cell(words, is_number=True, **others)


def describe_data(about):
    """Return the section with the classes."""
    if about is None:
        return Section("data", "Data", [MISSING])
    classes = about.classes
    shares = classes["rows"] / classes["rows"].sum()
    rows = [
        [Cell(str(label)), *(number(n, ",d") for n in classes.loc[label]), number(share, ".0%")]
        for label, share in shares.items()
    ]
    signals = {name: value for name, value in about.settings.items() if "signals" in name}
    table = Table("Rows and groups of each class", ["class", *classes.columns, "share"], rows)
    return Section("data", "Data", [Facts(signals), table])


def describe_checks(about):
    """Return the section with what could make figures better than they are."""
    if about is None:
        return Section("checks", "Leakage check", [MISSING])
    rows = [
        [
            Cell(check.check),
            Cell(f"{SIGNS[check.state]} {check.state}", state=check.state),
            Cell(check.finding),
        ]
        for check in about.checks.itertuples()
    ]
    words = (
        "What lets a classifier know test rows from its training makes every figure on this page "
        "too good. This was looked for:"
    )
    table = Table("Checks of the data", ["check", "state", "finding"], rows)
    return Section("checks", "Leakage check", [Text(words), table])


def list_faults(about):
    """Return what must be mended before anything on the page can be believed."""
    if about is None:
        return []
    return about.checks.query("state == 'fault'")["finding"].tolist()


def describe_methods(abouts, texts):
    """Return the section with all that it takes to repeat the page.

    Parameters
    ----------
    abouts : dict of str to About
        By what was done.

    texts : list of str
        Paragraphs.
    """
    settings = [
        Details(f"Settings of the {name}", [Facts(about.settings)])
        if about is not None
        else MISSING
        for name, about in abouts.items()
    ]
    return Section("methods", "How it was done", [*map(Text, texts), *settings])
