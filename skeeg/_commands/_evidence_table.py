"""What evidence comes to, for eyes or for other programs."""

import json
from textwrap import wrap

import pandas as pd

from skeeg._commands._records import to_records

WIDTH = 80
ROW = "{:<28}{:<18}{:>11}{:>16}{:>7}"
LEGEND = """\
floor: the same figure with real rows in place of the synthetic ones, and its standard deviation.
Rows at their floor cannot be told from more real rows by that figure. better: whether lower or
higher figures are."""


def write_table(evidence):
    """Yield all figures in eighty columns, then notes and the verdict in words."""
    yield ROW.format("figure", "class", "synthetic", "floor", "better").rstrip()
    for title in ("fidelity", "privacy"):
        table = getattr(evidence, title)
        yield f"-- {title}" + ("" if len(table) else ": not measured")
        for (_, label, metric), row in table.iterrows():
            yield _write_row(metric, label, row)
    yield "\n" + "\n".join(wrap(LEGEND, WIDTH))
    for _, (_, label, text) in evidence.notes.iterrows():
        about = f"class {label}: " if label != "" else ""
        yield "\n" + "\n".join(wrap(f"note: {about}{text}", WIDTH))
    for name, row in evidence.verdict().iterrows():
        yield "\n" + "\n".join(wrap(f"{name}: {row['verdict']}. {row['reason']}", WIDTH))


def _write_row(metric, label, row):
    floor = f"{row['floor']:.3f} ± {row['floor_sd']:.3f}"
    cells = metric[:28], str(label)[:17], f"{row['synthetic']:.3f}", floor, row["better"]
    return ROW.format(*cells).rstrip()


def _stack(evidence):
    parts = {name: getattr(evidence, name) for name in ("fidelity", "privacy")}
    parts = {name: part for name, part in parts.items() if len(part)}
    return pd.concat(parts, names=["kind"]).reset_index() if parts else pd.DataFrame()


def write_csv(evidence):
    """Yield all figures as one csv."""
    yield _stack(evidence).drop(columns="sampler", errors="ignore").to_csv(index=False).rstrip("\n")


def write_json(evidence):
    """Yield figures, notes, copies and the verdict as one object of JSON."""
    tables = {
        "verdict": evidence.verdict(),
        "costs": evidence.costs,
        "figures": _stack(evidence),
        "notes": evidence.notes,
    }
    yield json.dumps({name: to_records(table) for name, table in tables.items()}, indent=2)


FORMATS = {"table": write_table, "csv": write_csv, "json": write_json}
