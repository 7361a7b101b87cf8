"""What is said beside the result, on standard error."""

import sys


def note(text, options):
    """Say something that is neither result nor fault, unless all is to be quiet."""
    if not options.quiet:
        sys.stderr.write(f"skeeg: {text}\n")
        sys.stderr.flush()


def warn(text):
    """Say what may make the result worth nothing, also when all else is quiet."""
    sys.stderr.write(f"skeeg: warning: {text}\n")
    sys.stderr.flush()
