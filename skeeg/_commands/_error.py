"""How a command says that it cannot start."""


class CommandError(Exception):
    """An option or a file is at fault; the message is one line for the user."""
