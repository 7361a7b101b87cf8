"""The result of a comparison, for eyes or for other programs."""

import json
from textwrap import wrap

import pandas as pd

from skeeg._commands._records import to_records

WIDTH = 80
ROW = "{:<22}{:>7}{:>8}{:>18}{:>7}{:>9}{:>9}"


def write_table(comparison, worthwhile):
    """Yield the summary as a table of eighty columns, and the verdicts in words."""
    summary = comparison.summary()
    n_folds = comparison.table[["repeat", "fold"]].drop_duplicates().shape[0]
    yield f"{comparison.metric} on the test rows, mean of {n_folds} folds\n"
    yield ROW.format("", "score", "gain", "95 % interval", "p", "lead", "seconds").rstrip()
    for name, row in summary.iterrows():
        yield _write_row(name, row)
    yield "\n" + "\n".join(
        wrap(
            "gain: over none in the same fold, with its 95 % interval and p-value (corrected for "
            "overlapping training folds; Holm-adjusted p). "
            f"lead: over {comparison.best_classical}, the best of the simple methods.",
            WIDTH,
        )
    )
    for name, verdict in comparison.verdict(worthwhile=worthwhile).iterrows():
        yield "\n" + "\n".join(wrap(f"{name}: {verdict['verdict']}. {verdict['reason']}", WIDTH))


def _write_row(name, row):
    interval = _join(row["gain_low"], row["gain_high"])
    cells = [
        _number(row["score"], ".3f") or "failed",
        _number(row["gain"], "+.3f"),
        interval,
        _number(row["gain_p"], ".3f"),
        _number(row["lead"], "+.3f"),
        _number(row["seconds"], ".1f"),
    ]
    return ROW.format(name[:22], *cells).rstrip()


def _number(value, form):
    return "" if pd.isna(value) else format(value, form)


def _join(low, high):
    return "" if pd.isna(low) else f"{low:+.3f} to {high:+.3f}"


def _join_verdicts(comparison, worthwhile):
    return comparison.summary().join(comparison.verdict(worthwhile=worthwhile))


def write_csv(comparison, worthwhile):
    """Yield the summary and the verdicts as one csv."""
    yield _join_verdicts(comparison, worthwhile).to_csv().rstrip("\n")


def write_json(comparison, worthwhile):
    """Yield the same as one object of JSON."""
    rows = to_records(_join_verdicts(comparison, worthwhile).reset_index())
    found = {"metric": comparison.metric, "best_classical": comparison.best_classical}
    yield json.dumps(found | {"samplers": rows}, indent=2)


FORMATS = {"table": write_table, "csv": write_csv, "json": write_json}
