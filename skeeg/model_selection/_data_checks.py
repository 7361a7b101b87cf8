"""What makes scores better than they are, looked for in the data before anybody believes them."""

import numpy as np
import pandas as pd

FINE, MIND, FAULT = "fine", "mind", "fault"
FEW_GROUPS = 10  # of a class


def check_leakage(X, y, groups, apart):
    """Look for whatever lets a test row be known from training.

    Parameters
    ----------
    X : {array-like, dataframe} of shape (n_samples, ...)
        The rows.

    y, groups : ndarray of shape (n_samples,)
        Classes, and groups or None.

    apart : str
        What was seen to it that groups are apart, as it is to be written.

    Returns
    -------
    checks : DataFrame
        With the columns `check`, `state` and `finding`.
    """
    codes = identify_rows(X)
    findings = [
        ("groups", *_check_groups(groups, apart)),
        ("rows that are there twice", *_check_twins(codes, groups)),
        ("classes of equal rows", *_check_labels(codes, y)),
    ]
    if groups is not None:
        findings.append(("groups of each class", *_check_few_groups(y, groups)))
        findings.append(("classes of each group", *_check_mixed_groups(y, groups)))
    findings.append(("constant rows", *_check_constant(X)))
    return pd.DataFrame(findings, columns=["check", "state", "finding"])


def identify_rows(*sets):
    """Return a number for each row of all sets; it is the same for rows that are equal."""
    rows = [_write_row(row) for X in sets for row in np.asarray(X)]
    return pd.factorize(np.array(rows, dtype=object))[0]


def _write_row(row):
    """Return bytes that are the same for equal values: 0.0 and -0.0 are."""
    if np.issubdtype(row.dtype, np.number):
        return (row.astype(np.float64) + 0.0).tobytes()
    return repr(row.tolist()).encode()


def _count(n, what):
    return f"1 {what}" if n == 1 else f"{n} {what}s"


def _check_groups(groups, apart):
    if groups is None:
        return MIND, (
            "No groups were given, so every row counts as independent. Where several rows come "
            "from one person or recording, all scores are too good, and nothing here shows it."
        )
    n_groups = pd.Series(groups).nunique()
    return FINE, f"{_count(n_groups, 'group')} of {len(groups) / n_groups:.3g} rows each. {apart}"


def _check_twins(codes, groups):
    twins = pd.Series(codes).duplicated(keep=False).to_numpy()
    if not twins.any():
        return FINE, "No row is there twice, bit for bit."
    found = f"{_count(int(twins.sum()), 'row')} are there more than once, bit for bit"
    if groups is None:
        return FAULT, f"{found}: equal rows can be trained on and tested on. Remove them."
    in_groups = pd.Series(groups[twins]).groupby(codes[twins]).nunique()
    n_across = int((in_groups > 1).sum())
    if n_across:
        return FAULT, (
            f"{found}, {n_across} of them in more than one group: they can be trained on and "
            "tested on. Remove them, or give both groups one name."
        )
    return MIND, f"{found}, always within one group. They count more than others do."


def _check_labels(codes, y):
    n_torn = int((pd.Series(y).groupby(codes).nunique() > 1).sum())
    if n_torn:
        return FAULT, f"{_count(n_torn, 'row')} are there with more than one class."
    return FINE, "Equal rows have equal classes."


def _check_few_groups(y, groups):
    counts = pd.Series(groups).groupby(y).nunique()
    few = counts[counts < FEW_GROUPS]
    if len(few):
        named = ", ".join(f"{label} has {n}" for label, n in few.items())
        return MIND, (
            f"Of fewer than {FEW_GROUPS} groups: class {named}. Whatever is found holds for these "
            "people or recordings, and hardly tells of others."
        )
    return FINE, f"Every class has {counts.min()} groups or more."


def _check_mixed_groups(y, groups):
    n_classes = pd.Series(y).groupby(groups).nunique()
    n_mixed = int((n_classes > 1).sum())
    if n_mixed:
        return FINE, f"{n_mixed} of {len(n_classes)} groups have rows of more than one class."
    return MIND, (
        "Every group has one class. What else tells the groups apart, such as a device, a site or "
        "a person, may pass for what tells the classes apart."
    )


def _check_constant(X):
    X = np.asarray(X)
    constant = (X[..., :1] == X).all(axis=-1).reshape(len(X), -1).any(axis=1)
    if constant.any():
        return MIND, f"{_count(int(constant.sum()), 'row')} are constant in a channel."
    return FINE, "No row is constant."
