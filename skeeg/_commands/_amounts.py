"""How many rows to add: from options to a `sampling_strategy`."""

import numpy as np
from imblearn.utils import check_sampling_strategy

from skeeg._commands._error import CommandError
from skeeg.over_sampling import AtLeast, Multiply

WORTHWHILE = 0.1  # of the rows; balancing that adds less tells nothing of a sampler


def parse_amount(y, options):
    """Return what --factor, --at-least or --strategy ask for, or None.

    Parameters
    ----------
    y : ndarray of shape (n_samples,)
        Classes.

    options : Namespace
        What :func:`add_amount` adds.
    """
    if options.factor is not None:
        return Multiply(options.factor)
    if options.at_least is not None:
        return AtLeast(options.at_least)
    if options.strategy is None or "=" not in options.strategy:
        return options.strategy
    labels = {str(label): label for label in np.unique(y).tolist()}
    pairs = [pair.rpartition("=") for pair in options.strategy.split(",")]
    for name, _, count in pairs:
        if name not in labels or not count.isdecimal():
            raise CommandError(
                f"--strategy: {name}={count} is not CLASS=ROWS; classes are {', '.join(labels)}"
            )
    return {labels[name]: int(count) for name, _, count in pairs}


def count_added(strategy, y):
    """Return how many rows a strategy adds in all."""
    if len(np.unique(y)) < 2:
        raise CommandError(f"all rows are of class {y[0]}; samplers need two classes")
    try:
        return sum(check_sampling_strategy(strategy, y, "over-sampling").values())
    except (TypeError, ValueError) as error:
        raise CommandError(f"--strategy: {error}") from error


def count_classes(y):
    """Return the number of rows of each class."""
    labels, counts = np.unique(y, return_counts=True)
    return dict(zip(labels.tolist(), counts.tolist(), strict=True))


def resolve_amount(y, options):
    """Return the strategy that is asked for, or to balance; raise if it adds nothing."""
    strategy = parse_amount(y, options) or "auto"
    if not count_added(strategy, y):
        counts = ", ".join(f"{label}: {n}" for label, n in count_classes(y).items())
        raise CommandError(
            f"there is nothing to add to the rows of the classes ({counts}); ask for more with "
            "--factor, --at-least or --strategy"
        )
    return strategy


def choose_amount(y, options):
    """Return the strategy that is asked for, or to balance, or to double what is balanced."""
    strategy = parse_amount(y, options)
    if strategy is not None:
        return resolve_amount(y, options)
    return "auto" if count_added("auto", y) >= WORTHWHILE * len(y) else Multiply(2)
