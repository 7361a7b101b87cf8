"""What evidence comes to, by rules that can be read beforehand."""

import numpy as np
import pandas as pd

COPIES, BETRAYS, UNKNOWN = "copies", "betrays the training", "not measured"
UNLIKE, NOTHING = "not like real rows", "nothing found"
PRIVATE = ["closest_record_share", "membership_auc", "group_membership_auc"]
MARGIN, DEVIATIONS, CHANCE = 0.05, 2, 0.5
ABOVE = (
    f"above its floor, and above {CHANCE}, by more than {MARGIN} and {DEVIATIONS} standard "
    "deviations of the floor"
)
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
        UNLIKE,
        f"The area under the curve of a classifier that tells synthetic from real rows is {ABOVE}, "
        "as means over classes; or the score on real rows of a classifier trained on synthetic "
        "ones is as much below its floor.",
    ),
    (
        NOTHING,
        "None of these. That the rows help a classifier is not shown, nor that no attack succeeds.",
    ),
]


def average_classes(table, metric):
    """Return the means over classes of one figure, or None where it was not taken."""
    rows = table[table.index.get_level_values("metric") == metric]
    if not len(rows):
        return None
    means = rows[["synthetic", "floor"]].mean()
    # of a mean of figures that are independent of each other
    means["floor_sd"] = np.sqrt(np.square(rows["floor_sd"]).sum()) / len(rows)
    return means


def _exceeds(figure, floor, sign=1):
    """Return whether a figure is above a floor, or below it where the sign is -1."""
    gap = sign * (figure["synthetic"] - floor)
    return gap > MARGIN and gap > DEVIATIONS * figure["floor_sd"]


def _is_above(figure):
    # a floor below chance is luck
    return figure is not None and _exceeds(figure, max(figure["floor"], CHANCE))


def _judge(n_copies, fidelity, privacy):
    if n_copies:
        return COPIES
    if any(_is_above(average_classes(privacy, metric)) for metric in PRIVATE):
        return BETRAYS
    if not len(fidelity):
        return UNKNOWN
    trained = average_classes(fidelity, "train_synthetic_test_real")
    useless = trained is not None and _exceeds(trained, trained["floor"], sign=-1)
    return UNLIKE if useless or _is_above(average_classes(fidelity, "two_sample_auc")) else NOTHING


def _explain(costs, fidelity, privacy):
    n_copies = f"{costs['n_copies']} of {costs['n_synthetic']} rows"
    sentences = [f"{n_copies} are copies of training rows."]
    apart = average_classes(fidelity, "two_sample_auc")
    sentences.append(
        "Fidelity was not measured."
        if apart is None
        else f"A classifier tells them from real rows with an AUC of {apart['synthetic']:.2f}; "
        f"real rows from other real rows with {_write_floor(apart)}."
    )
    trained = average_classes(fidelity, "train_synthetic_test_real")
    if trained is not None:
        sentences.append(
            f"Trained on them, a classifier scores {trained['synthetic']:.2f} on real rows; "
            f"trained on other real rows {_write_floor(trained)}."
        )
    known = average_classes(privacy, "membership_auc")
    sentences.append(
        "Privacy was not measured."
        if known is None
        else f"An attacker tells by them what was trained on with {known['synthetic']:.2f}; by "
        f"rows that have nothing to do with it with {_write_floor(known)}."
    )
    return " ".join(sentences)


def _write_floor(figure):
    return f"{figure['floor']:.2f} ± {figure['floor_sd']:.2f}"


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
