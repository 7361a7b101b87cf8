"""`skeeg report`: what synthetic rows that are there already are like, and what they betray."""

from skeeg._commands._options import (
    add_command,
    add_data,
    add_format,
    add_page,
    add_seed,
    whole_number,
)

DESCRIPTION = """\
Judge synthetic rows that are there already, whatever tool has made them: how
near they are to real rows, and whether they betray which rows they were made
from. Each figure stands beside its floor, what real rows among themselves
would have.

  skeeg report more.csv --sampling-rate 250 --holdout test.csv --out page.html
  skeeg report train.csv --synthetic made.csv --sampling-rate 250

DATA holds the real rows that the synthetic ones were made from, and these in
the same file, marked by 1 in a column "synthetic", or in another with
--synthetic. Privacy takes --holdout: real rows of subjects or recordings that
nothing was made from. Whether the rows help a classifier is another question,
which skeeg compare answers."""


def add_report(commands):
    """Add the command and its options to a parser's commands."""
    parser = add_command(
        commands,
        "report",
        run,
        help="judge synthetic rows that are there already",
        description=DESCRIPTION,
    )
    add_data(parser)
    files = parser.add_argument_group("other files, with columns of the same names")
    files.add_argument("--synthetic", metavar="FILE", help="synthetic rows, and no others")
    files.add_argument(
        "--holdout", metavar="FILE", help="real rows of other groups than those in DATA"
    )
    results = parser.add_argument_group("what comes out")
    add_page(results, "--out")
    add_format(results, "of the figures")
    results.add_argument(
        "--repeats",
        type=whole_number(2),
        default=5,
        metavar="N",
        help="times real rows are halved for the floors (default: %(default)s)",
    )
    add_seed(results)


def run(options):
    """Yield the figures, then the verdict."""
    # Loads torch: too slow for those who only ask for help.
    from skeeg._commands._evidence import report

    yield from report(options)
