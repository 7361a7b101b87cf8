"""The descriptions that the data sets carry in `DESCR`."""

from importlib.resources import files


def read_description(name):
    """Return the text of `descr/<name>.rst`."""
    return (files("skeeg.datasets") / "descr" / f"{name}.rst").read_text(encoding="utf-8")
