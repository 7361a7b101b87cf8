"""What evidence comes to, by rules that can be read beforehand."""

import pandas as pd

COPIES, BETRAYS, UNKNOWN = "copies", "betrays the training", "not measured"
APART, ALIKE = "told from real rows", "like real rows"
PRIVATE = ["closest_record_share", "membership_auc", "group_membership_auc"]
MARGIN, DEVIATIONS = 0.05, 2
ABOVE = f"above its floor by more than {MARGIN} and {DEVIATIONS} standard deviations of the floor"
RULES = [
    (COPIES, "A synthetic row is a training row, bit for bit."),
    (
        BETRAYS,
        "The share of rows nearer to the training than to held-out rows, or the area under the "
        f"curve of an attacker who guesses rows or groups of the training, is {ABOVE}, both as "
        "means over classes.",
    ),
    (UNKNOWN, "No class has enough rows and groups to compare synthetic with real rows."),
    (
        APART,
        f"The area under the curve of a classifier that tells synthetic from real rows is {ABOVE}, "
        "as means over classes.",
    ),
    (ALIKE, "None of these. It is not shown that they help a classifier, nor that all is safe."),
]


def average_classes(table, metric):
    """Return the means over classes of one figure, or None where it was not taken."""
    rows = table[table.index.get_level_values("metric") == metric]
    return rows[["synthetic", "floor", "floor_sd"]].mean() if len(rows) else None


def _is_above(figure):
    gap = None if figure is None else figure["synthetic"] - figure["floor"]
    return gap is not None and gap > MARGIN and gap > DEVIATIONS * figure["floor_sd"]


def _judge(n_copies, fidelity, privacy):
    if n_copies:
        return COPIES
    if any(_is_above(average_classes(privacy, metric)) for metric in PRIVATE):
        return BETRAYS
    if not len(fidelity):
        return UNKNOWN
    return APART if _is_above(average_classes(fidelity, "two_sample_auc")) else ALIKE


def _explain(costs, fidelity, privacy):
    sentences = [f"{costs['n_copies']} of {costs['n_synthetic']} rows are copies of training rows."]
    apart = average_classes(fidelity, "two_sample_auc")
    if apart is not None:
        sentences.append(
            f"A classifier tells them from real rows with an AUC of {apart['synthetic']:.2f}; real "
            f"rows are told from others with {apart['floor']:.2f}."
        )
    known = average_classes(privacy, "membership_auc")
    if known is not None:
        sentences.append(
            f"An attacker knows training rows by them with {known['synthetic']:.2f}; by rows that "
            f"have nothing to do with the training with {known['floor']:.2f}."
        )
    missing = [
        name for name, found in {"Fidelity": apart, "Privacy": known}.items() if found is None
    ]
    return " ".join(sentences + [f"{name} was not measured." for name in missing])


def judge_evidence(costs, fidelity, privacy):
    """Return a verdict on each sampler and its reason.

    Parameters
    ----------
    costs, fidelity, privacy : DataFrame
        Those of :class:`Evidence`.
    """
    verdicts = {}
    for name, row in costs.iterrows():
        tables = [_of(table, name) for table in (fidelity, privacy)]
        if row["error"]:
            verdicts[name] = (UNKNOWN, f"It has failed: {row['error']}")
        else:
            verdicts[name] = (_judge(row["n_copies"], *tables), _explain(row, *tables))
    return pd.DataFrame.from_dict(
        verdicts, orient="index", columns=["verdict", "reason"]
    ).rename_axis("sampler")


def _of(table, name):
    return table[table.index.get_level_values("sampler") == name]
