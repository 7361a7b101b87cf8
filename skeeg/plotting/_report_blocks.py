"""What a report is made of, and how it becomes one page."""

import os
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from skeeg import __version__


def enumerate_names(names):
    """Write names as they are said: "a", "a and b", "a, b and c"."""
    *others, last = map(str, names)
    return f"{', '.join(others)} and {last}" if others else last


class Text(NamedTuple):
    """A paragraph; its state is "", "note", "mind" or "fault"."""

    words: str
    state: str = ""


class Cell(NamedTuple):
    """What stands in a table, and in small letters below; its state is "" or one of a check."""

    words: str
    below: str = ""
    state: str = ""
    is_number: bool = False


class Table(NamedTuple):
    """Rows of cells; the first of each is its name."""

    caption: str
    names: list
    rows: list


class Figure(NamedTuple):
    """A drawing, as wide as so many letters, and what it shows in words."""

    svg: Markup
    alt: str
    caption: str
    width: float


class Details(NamedTuple):
    """Blocks that are shown on demand."""

    words: str
    blocks: list
    is_open: bool = False


class Card(NamedTuple):
    """A verdict; its state is "good", "same", "bad" or "open"."""

    name: str
    verdict: str
    words: str
    state: str
    sign: str


class Steps(NamedTuple):
    """A numbered list."""

    items: list


class Facts(NamedTuple):
    """Values by name."""

    values: dict


class Section(NamedTuple):
    """Blocks under a heading."""

    anchor: str
    heading: str
    blocks: list


class Page(NamedTuple):
    """All of it."""

    title: str
    headline: str
    faults: list
    written: str
    sections: list


def render(page):
    """Return the page as HTML, with all that it shows inside."""
    environment = Environment(
        loader=PackageLoader("skeeg.plotting"),
        autoescape=True,  # names of samplers and classes are the user's
        undefined=StrictUndefined,
        trim_blocks=True,
    )

    def show(block):
        macros = environment.get_template("blocks.html").module
        return getattr(macros, type(block).__name__.lower())(block)

    environment.globals["show"] = show
    return environment.get_template("report.html").render(page._asdict(), version=__version__)


def write(path, text):
    """Write a file, whole or not at all."""
    path = Path(path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        unfinished.write_text(text, encoding="utf-8")
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
