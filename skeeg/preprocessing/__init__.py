"""What cleans, cuts, lays out and scales signals and leaves them signals."""

from skeeg.preprocessing._band_pass import BandPassFilter
from skeeg.preprocessing._base import BaseSignalFilter
from skeeg.preprocessing._flatten_channels import FlattenChannels
from skeeg.preprocessing._notch import NotchFilter
from skeeg.preprocessing._segment import segment
from skeeg.preprocessing._signal_scaler import SignalScaler
from skeeg.preprocessing._vector_magnitude import VectorMagnitude
from skeeg.preprocessing._wavelet_denoiser import WaveletDenoiser

__all__ = [
    "BandPassFilter",
    "BaseSignalFilter",
    "FlattenChannels",
    "NotchFilter",
    "SignalScaler",
    "VectorMagnitude",
    "WaveletDenoiser",
    "segment",
]
