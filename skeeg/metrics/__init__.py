"""Figures that compare synthetic with real signals."""

from skeeg.metrics._amplitude_distance import amplitude_distance
from skeeg.metrics._spectral_distance import spectral_distance

__all__ = ["amplitude_distance", "spectral_distance"]
