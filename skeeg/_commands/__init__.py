"""The commands of the command line; what they yield is printed line by line."""

from skeeg._commands._demo import add_demo
from skeeg._commands._error import CommandError

__all__ = ["CommandError", "add_demo"]
