"""Options that several commands have, and the types of their values."""

import argparse
from pathlib import Path

LARGEST_SEED = 2**32 - 1
DATA = """\
a .csv or .tsv file (plain or .gz), .parquet, .npz with the arrays X and y, or a folder of EDF
files; - reads a file from a pipe"""


def whole_number(smallest, largest=LARGEST_SEED):
    """Return a type for whole numbers."""

    def convert(text):
        value = int(text)
        if not smallest <= value <= largest:
            raise ValueError
        return value

    convert.__name__ = f"whole number from {smallest}"
    return convert


def positive_number(text):
    """Convert text to a number above 0."""
    value = float(text)
    if not 0 < value < float("inf"):
        raise ValueError
    return value


def factor(text):
    """Convert text to a number from 1."""
    value = positive_number(text)
    if value < 1:
        raise ValueError
    return value


def character(text):
    """Convert text to one character; a tab may be written as in Python."""
    text = text.replace("\\t", "\t")
    if len(text) != 1 or text in '\r\n"':
        raise ValueError
    return text


positive_number.__name__ = "number above 0"
factor.__name__ = "number from 1"
character.__name__ = "single character"


def names(text):
    """Split names at commas."""
    return [name.strip() for name in text.split(",")]


def add_command(commands, name, run, **texts):
    """Add a command with the options that all commands have; return its parser."""
    parser = commands.add_parser(
        name, formatter_class=argparse.RawDescriptionHelpFormatter, **texts
    )
    parser.set_defaults(run=run)
    parser.add_argument("--quiet", action="store_true", help="say nothing but results and faults")
    parser.add_argument("--debug", action="store_true", help="show where an error comes from")
    return parser


def add_data(parser):
    """Add what says where the data are and what their columns mean."""
    parser.add_argument("data", metavar="DATA", help=DATA)
    group = parser.add_argument_group("what the data are")
    group.add_argument(
        "--target",
        metavar="NAME",
        help="column or array of the class (default: the one called y, target, label or class)",
    )
    group.add_argument(
        "--groups",
        metavar="NAME",
        help="column or array of the subject or recording, which cross-validation keeps together "
        "(default: the one called group, groups, subject, patient or recording)",
    )
    group.add_argument(
        "--group-pattern",
        metavar="REGEX",
        help=r"what of --groups names the group: '\.(.*)' takes what follows the first dot",
    )
    group.add_argument(
        "--drop",
        type=names,
        action="extend",
        default=[],
        metavar="NAME,...",
        help="columns that are neither signal nor class nor group, such as ids and ages",
    )
    group.add_argument(
        "--n-channels",
        type=whole_number(1),
        metavar="N",
        help="channels in a row of a table, one whole channel after another (default: 1)",
    )
    group.add_argument(
        "--sampling-rate",
        type=positive_number,
        metavar="HZ",
        help="time points per second; recordings are brought to it (default: that of the file)",
    )
    group.add_argument(
        "--separator",
        type=character,
        metavar="CHAR",
        help="between cells (default: a comma, or tabs where there is no comma)",
    )
    folder = parser.add_argument_group("folders of EDF files")
    folder.add_argument(
        "--labels",
        metavar="FILE",
        type=Path,
        help="table with the columns file, label and perhaps group, one row for each recording "
        "(default: annotations are the classes, and each file is a group)",
    )
    folder.add_argument(
        "--window",
        type=positive_number,
        metavar="S",
        help="seconds in a window (default: 2)",
    )
    folder.add_argument(
        "--channels", type=names, metavar="NAME,...", help="channels to read (default: all of EEG)"
    )
    folder.add_argument(
        "--annotations",
        type=names,
        metavar="NAME,...",
        help="annotations that are classes, where there are no --labels (default: all that last)",
    )


def add_amount(parser, default):
    """Add how many rows to make."""
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument(
        "--factor",
        type=factor,
        metavar="K",
        help=f"K times as many rows of every class, real ones included (default: {default})",
    )
    amount.add_argument(
        "--at-least", type=whole_number(1), metavar="N", help="N rows of every class that has less"
    )
    amount.add_argument(
        "--strategy",
        metavar="S",
        help="as sampling_strategy of the sampler: auto, minority, all, ..., or the rows that "
        "classes shall have: seizure=500,rest=800",
    )


def add_seed(parser):
    """Add the seed of all that is random."""
    parser.add_argument(
        "--seed",
        type=whole_number(0),
        default=0,
        metavar="N",
        help="of all that is random; the same one gives the same result (default: %(default)s)",
    )


def add_training(parser):
    """Add what steers the training of networks."""
    parser.add_argument(
        "--max-iter",
        type=whole_number(1),
        metavar="N",
        help="training steps of every GAN that names none of its own (default: that of the GAN)",
    )


def add_page(parser, option):
    """Add the page to write, and whether it may take the place of another file."""
    parser.add_argument(
        option,
        type=Path,
        metavar="FILE",
        help=".html to write: one file with all figures, that needs no network",
    )
    parser.add_argument("--force", action="store_true", help="overwrite a file that is there")


def add_format(parser, what):
    """Add how the result is printed."""
    parser.add_argument(
        "--format",
        choices=("table", "csv", "json"),
        default="table",
        help=f"{what} on standard output (default: %(default)s)",
    )
