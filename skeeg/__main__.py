"""The command line: `skeeg compare data.csv`, or `python -m skeeg compare data.csv`."""

import argparse
import os
import sys
import traceback
import warnings

from skeeg import __version__
from skeeg._commands import CommandError, WorkError, add_augment, add_compare, add_demo, add_report

DESCRIPTION = """\
Synthetic EEG and other 1-D biosignals for training sets, and whether they are
any good.

  skeeg demo                                        see it on simulated seizures
  skeeg compare data.csv --target y --groups g      do synthetic rows help?
  skeeg augment data.csv --target y --out more.csv  add them to a file
  skeeg report more.csv --target y --out page.html  judge those in a file"""
EPILOG = "skeeg COMMAND --help tells more."
EXPLAINED = CommandError, WorkError, ArithmeticError, ImportError, OSError, ValueError


def _make_parser():
    parser = argparse.ArgumentParser(
        prog="skeeg",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for add in (add_demo, add_compare, add_augment, add_report):
        add(commands)
    return parser


def _show_warning(message, *_, **__):
    print(f"skeeg: warning: {message}", file=sys.stderr)


def main(arguments=None):
    """Run a command.

    Parameters
    ----------
    arguments : list of str, default=None
        The command and its options. None means those that the program was called with.

    Returns
    -------
    code : int
        0 if all went well, 1 if something went wrong in the work, 2 if an option or a file is at
        fault, 130 if it was interrupted, 141 if the reader of its output has gone.
    """
    options = _make_parser().parse_args(arguments)
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _show_warning
            for line in options.run(options):
                print(line, flush=True)
    except KeyboardInterrupt:
        print(f"\nskeeg: stopped, {_what_is_left(options)}", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Python flushes at exit, which must not meet the closed pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except Exception as error:
        return _fail(error, options)
    return 0


def _what_is_left(options):
    if getattr(options, "cache", None):
        return f"the same command goes on with what is in {options.cache}"
    return "no file was written"


def _fail(error, options):
    """Say in one line what went wrong, and return the exit code."""
    if options.debug:
        traceback.print_exception(error)
    text = str(error)
    if not text or not isinstance(error, EXPLAINED):
        text = f"{type(error).__name__}: {text}".rstrip(": ") + " (--debug shows where)"
    print(f"skeeg: error: {' '.join(text.split())}", file=sys.stderr)
    return 2 if isinstance(error, CommandError) else 1


if __name__ == "__main__":
    sys.exit(main())
