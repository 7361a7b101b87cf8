"""Loaders of public data sets and simulators, always with groups."""

from skeeg.datasets._seizures import make_seizures

__all__ = ["make_seizures"]
