"""Displays: records of numbers that draw themselves with matplotlib."""

from skeeg.plotting._signal_display import SignalDisplay
from skeeg.plotting._spectrum_display import SpectrumDisplay

__all__ = ["SignalDisplay", "SpectrumDisplay"]
