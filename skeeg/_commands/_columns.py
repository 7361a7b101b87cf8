"""Which column of a table is what: class, group or signal."""

from collections import Counter
from difflib import get_close_matches
from typing import NamedTuple

from skeeg._commands._error import CommandError

TARGETS = "y", "target", "label", "class"
GROUPS = "group", "groups", "subject", "patient", "recording"
SYNTHETIC = "synthetic"


class Columns(NamedTuple):
    """Names of the class, of the group or None, and of the time points in order."""

    target: str
    groups: str | None
    signals: list


def choose_columns(names, options, origin):
    """Return what each column is; `names` are those of the table in order."""
    for name, count in Counter(names).items():
        if count > 1:
            raise CommandError(f"{origin} has {count} columns {name!r}; names must differ")
    dropped = [find_name(name, names, origin, "--drop") for name in options.drop]
    kept = [name for name in names if name not in dropped]
    target = choose_name(options.target, kept, origin, "--target", TARGETS)
    if target is None:
        raise CommandError(
            f"which column of {origin} is the class? say so with --target; there are "
            f"{list_names(kept)}"
        )
    groups = choose_name(options.groups, kept, origin, "--groups", GROUPS)
    signals = [name for name in kept if name not in {target, groups, SYNTHETIC}]
    if not signals:
        raise CommandError(
            f"{origin} has no column left for the signals; there are {list_names(names)}"
        )
    return Columns(target, groups, signals)


def match_columns(names, columns, origin):
    """Return the columns of another table that are called as those of the first one.

    There need not be groups.
    """
    for name in [columns.target, *columns.signals]:
        find_name(name, names, origin, "the first file")
    return columns._replace(groups=columns.groups if columns.groups in names else None)


def choose_name(wanted, names, origin, option, usual):
    """Return the name that is asked for, or the only one of the usual names, or None."""
    if wanted is not None:
        return find_name(wanted, names, origin, option)
    found = [name for name in names if str(name).lower() in usual]
    if len(found) > 1:
        raise CommandError(
            f"{origin} has {' and '.join(map(repr, found))}; choose one with {option}, and leave "
            "out what is no signal with --drop"
        )
    return found[0] if found else None


def find_name(wanted, names, origin, option):
    """Return the name if there is one, or else offer those that are near."""
    if wanted in names:
        return wanted
    near = get_close_matches(wanted, [str(name) for name in names], n=3)
    hint = (
        f"did you mean {' or '.join(map(repr, near))}?"
        if near
        else f"there are {list_names(names)}"
    )
    raise CommandError(f"{origin} has no {wanted!r}, for which {option} asks; {hint}")


def list_names(names):
    """Name what there is, at most eight of them."""
    names = [repr(name) for name in names]
    return ", ".join(names if len(names) <= 8 else [*names[:4], "...", *names[-3:]])
