"""Figures that compare synthetic with real signals, and noisy with clean ones."""

from skeeg.metrics._amplitude_distance import amplitude_distance
from skeeg.metrics._signal_to_noise import psnr, signal_to_noise
from skeeg.metrics._spectral_distance import spectral_distance

__all__ = ["amplitude_distance", "psnr", "signal_to_noise", "spectral_distance"]
