"""The commands of the command line; what they yield is printed line by line."""

from skeeg._commands._augment import add_augment
from skeeg._commands._compare import add_compare
from skeeg._commands._demo import add_demo
from skeeg._commands._error import CommandError, WorkError
from skeeg._commands._report import add_report

__all__ = ["CommandError", "WorkError", "add_augment", "add_compare", "add_demo", "add_report"]
