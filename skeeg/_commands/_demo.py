"""`skeeg demo`: what synthetic seizures do for a classifier that has seen few real ones."""

import os
from pathlib import Path

from skeeg._commands._error import CommandError
from skeeg._commands._options import add_command, whole_number

DESCRIPTION = """\
A WaveGAN learns seizures from a few recordings and fills up the training set
with synthetic ones; a classifier is scored on recordings that neither has
seen. No augmentation, random oversampling and SMOTE stand beside it, on the
same folds. Recordings are split into folds as a whole. Of each training fold
only a few recordings are kept, so that seizures are rare; test folds stay
whole."""
DATA = """\
the Epileptic Seizure Recognition table (.csv, .csv.gz) or the recordings of Bonn (folder, .zip,
.npz); without it, recordings are simulated"""


def add_demo(commands):
    """Add the command and its options to a parser's commands."""
    parser = add_command(
        commands,
        "demo",
        run,
        help="score a classifier of seizures with and without synthetic ones",
        description=DESCRIPTION,
    )
    parser.add_argument("--data", type=Path, metavar="FILE", help=DATA)
    for name, smallest, default, text in (
        ("seizures", 1, 5, "seizure recordings kept in each training fold"),
        ("background", 1, 50, "other recordings kept in each training fold"),
        ("folds", 2, 5, "folds of the cross-validation"),
        ("max-iter", 1, 300, "training steps of the WaveGAN in each fold"),
        ("random-state", 0, 0, "seed of the simulation, the folds and all samplers"),
    ):
        parser.add_argument(
            f"--{name}",
            type=whole_number(smallest),
            default=default,
            metavar="N",
            help=f"{text} (default: %(default)s)",
        )
    parser.add_argument(
        "--output",
        type=Path,
        default=Path("skeeg_demo.png"),
        metavar="FILE",
        help="where to write the figure, .png or .svg (default: %(default)s)",
    )


def run(options):
    """Check the options that cost nothing to check, then yield the lines of the report."""
    _check_output(options.output)
    # Loads torch: too slow for those who only ask for help.
    from skeeg._commands._demo_report import report

    yield from report(options)


def _check_output(path):
    if path.suffix.lower() not in {".png", ".svg"} or path.is_dir():
        raise CommandError(f"--output must be the name of a .png or .svg file, got {path}")
    if not os.access(path.parent, os.W_OK):
        raise CommandError(f"--output: cannot write to the folder {path.parent}")
