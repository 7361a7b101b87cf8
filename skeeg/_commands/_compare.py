"""`skeeg compare`: whether any sampler is worth it for the data in a file."""

from pathlib import Path

from skeeg._commands._options import (
    add_amount,
    add_command,
    add_data,
    add_format,
    add_page,
    add_seed,
    add_training,
    positive_number,
    whole_number,
)

DESCRIPTION = """\
Find out whether synthetic rows help a classifier on real rows that it has not
seen. Each sampler is fitted anew in each training fold and scored beside no
augmentation, class weights, random oversampling and SMOTE, on the same folds;
groups are never on both sides of a split.

  skeeg compare data.csv --target y --groups subject --sampling-rate 250
  skeeg compare data.csv --samplers wavegan,r3gan:max_iter=200 --report out.html

A GAN takes seconds to minutes a fit, and there are as many fits as folds times
repeats; --cache keeps what is done, so that the same command goes on after an
interruption."""
ESTIMATORS = "linear", "forest", "svm"


def add_compare(commands):
    """Add the command and its options to a parser's commands."""
    parser = add_command(
        commands,
        "compare",
        run,
        help="ask whether synthetic rows help, on real rows that were not trained on",
        description=DESCRIPTION,
    )
    add_data(parser)
    _add_contest(parser)
    _add_results(parser)


def _add_contest(parser):
    group = parser.add_argument_group("what is compared")
    group.add_argument(
        "--samplers",
        default="r3gan,autoregressive,warp",
        metavar="NAME,...",
        help="names such as wavegan, r3gan, fouriersurrogate or adasyn; parameters follow a colon: "
        "r3gan:max_iter=200,width=16 (default: %(default)s; any other word lists all names)",
    )
    group.add_argument(
        "--estimator",
        choices=ESTIMATORS,
        default=ESTIMATORS[0],
        help="logistic regression, random forest or support vectors, all on signal features "
        "(default: %(default)s)",
    )
    group.add_argument(
        "--scoring",
        default="balanced_accuracy",
        metavar="NAME",
        help="a score of scikit-learn, higher is better (default: %(default)s)",
    )
    counts = (
        ("cv", 2, None, "folds (default: 5, or as many as the rarest class has groups)"),
        ("repeats", 1, 2, "times to split anew; more narrow the intervals (default: 2)"),
        ("jobs", 1, 1, "fits at the same time (default: 1)"),
    )
    for name, smallest, default, text in counts:
        group.add_argument(
            f"--{name}",
            type=whole_number(smallest),
            default=default,
            metavar="N",
            help=text,
        )
    add_amount(group, default="fill every class up to the largest; double balanced ones")
    add_training(group)
    add_seed(group)


def _add_results(parser):
    group = parser.add_argument_group("what comes out")
    add_page(group, "--report")
    add_format(group, "of the summary")
    group.add_argument(
        "--worthwhile",
        type=positive_number,
        default=0.01,
        metavar="GAIN",
        help="the smallest gain in score that is worth having, for the verdict "
        "(default: %(default)s)",
    )
    group.add_argument(
        "--cache",
        metavar="DIR",
        type=Path,
        help="folder to keep each fit in; the same command goes on where it was stopped",
    )


def run(options):
    """Yield the summary, then the verdict on each sampler."""
    # Loads torch: too slow for those who only ask for help.
    from skeeg._commands._comparison import compare

    yield from compare(options)
