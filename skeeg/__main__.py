"""The command line: `skeeg demo`, or `python -m skeeg demo`."""

import argparse
import os
import sys
import warnings

from skeeg import __version__
from skeeg._commands import CommandError, add_demo


def _make_parser():
    parser = argparse.ArgumentParser(
        prog="skeeg", description="Synthetic EEG and other 1-D biosignals for training sets."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="command", required=True)
    add_demo(commands)
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
        0 if all went well, 1 if a training diverged, 2 if an option or a file is at fault, 130 if
        it was interrupted, 141 if the reader of its output has gone.
    """
    options = _make_parser().parse_args(arguments)
    try:
        with warnings.catch_warnings():
            warnings.showwarning = _show_warning
            for line in options.run(options):
                print(line, flush=True)
    except KeyboardInterrupt:
        print("\nskeeg: stopped, no file was written", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Python flushes at exit, which must not meet the closed pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except (CommandError, FloatingPointError) as error:
        print(f"skeeg: error: {error}", file=sys.stderr)
        return 2 if isinstance(error, CommandError) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
