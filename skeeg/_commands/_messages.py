"""What is said beside the result, on standard error."""

import sys


def note(text, options):
    """Say something that is neither result nor fault, unless all is to be quiet."""
    if not options.quiet:
        sys.stderr.write(f"skeeg: {text}\n")
        sys.stderr.flush()
