"""Notes can be silenced, warnings cannot, and many alike become one."""

import warnings
from argparse import Namespace

import pytest

from skeeg._commands._messages import gathered_warnings, note, warn


@pytest.mark.parametrize("quiet", [False, True])
def test_notes_can_be_silenced_and_warnings_cannot(quiet, capsys):
    note("a note", Namespace(quiet=quiet))
    warn("mind this")
    notes = [] if quiet else ["skeeg: a note"]
    assert capsys.readouterr().err.splitlines() == [*notes, "skeeg: warning: mind this"]


def test_warnings_that_differ_in_numbers_are_said_once(capsys):
    warnings.simplefilter("default")  # as outside of tests
    with gathered_warnings():
        for coverage in (0.1, 0.2, 0.2):
            warnings.warn(f"Signals vary\ntoo little: {coverage}", UserWarning, stacklevel=1)
        warnings.warn("Another thing", UserWarning, stacklevel=1)
        assert capsys.readouterr().err == ""
    assert capsys.readouterr().err.splitlines() == [
        "skeeg: warning: Signals vary too little: 0.1 (3 times)",
        "skeeg: warning: Another thing",
    ]
