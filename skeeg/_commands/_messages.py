"""What is said beside the result, on standard error."""

import sys
import warnings
from contextlib import contextmanager


def note(text, options):
    """Say something that is neither result nor fault, unless all is to be quiet."""
    if not options.quiet:
        _say(text)


def warn(text):
    """Say what may make the result worth nothing, also when all else is quiet."""
    _say(f"warning: {text}")


def _say(text):
    sys.stderr.write(f"skeeg: {text}\n")
    sys.stderr.flush()


@contextmanager
def gathered_warnings():
    """Say in the end, and once, what is warned of in many fits; only numbers differ in it."""
    with warnings.catch_warnings(record=True) as caught:
        # or else one that is repeated is heard once, and not counted
        warnings.simplefilter("always")
        yield
    alike = {}
    for warning in caught:
        text = " ".join(str(warning.message).split())
        alike.setdefault(text.partition(":")[0], []).append(text)
    for texts in alike.values():
        warn(texts[0] + (f" ({len(texts)} times)" if len(texts) > 1 else ""))
