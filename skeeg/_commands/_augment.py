"""`skeeg augment`: a file with synthetic rows below its own."""

from pathlib import Path

from skeeg._commands._options import (
    add_amount,
    add_command,
    add_data,
    add_seed,
    add_training,
)

DESCRIPTION = """\
Write a file again with synthetic rows below its own, and a column "synthetic"
that tells them apart. The rows of the file come first and are not changed.

  skeeg augment data.csv --target y --sampler r3gan --factor 3 --out more.csv

Synthetic rows belong into training sets alone. Rows that a model is tested on
must not have been seen by the sampler: split first, and augment the training
part; or let skeeg compare do both."""


def add_augment(commands):
    """Add the command and its options to a parser's commands."""
    parser = add_command(
        commands, "augment", run, help="add synthetic rows to a file", description=DESCRIPTION
    )
    add_data(parser)
    parser.add_argument(
        "--out",
        required=True,
        type=Path,
        metavar="FILE",
        help="where to write, in the kind of DATA (.npz for a folder); - writes to a pipe",
    )
    parser.add_argument("--force", action="store_true", help="overwrite a file that is there")
    _add_sampler(parser)


def _add_sampler(parser):
    group = parser.add_argument_group("how many rows, and how they are made")
    group.add_argument(
        "--sampler",
        default="r3gan",
        metavar="NAME",
        help="such as r3gan, autoregressive, warp or smote; parameters follow a colon: "
        "r3gan:max_iter=200,width=16 (default: %(default)s; any other word lists all names)",
    )
    add_amount(group, default="fill every class up to the largest")
    add_training(group)
    add_seed(group)


def run(options):
    """Yield nothing: what is to be said goes to standard error, as the file may go to a pipe."""
    # Loads torch: too slow for those who only ask for help.
    from skeeg._commands._augmentation import augment

    augment(options)
    yield from ()
