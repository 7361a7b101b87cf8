"""How a command says that it cannot start, or that nothing has come of it."""


class CommandError(Exception):
    """An option or a file is at fault; the message is one line for the user."""


class WorkError(Exception):
    """All was well with options and files, and yet there is no result."""
