"""Transformers that describe each signal by a row of named features."""

from skeeg.feature_extraction._band_power import BandPower
from skeeg.feature_extraction._base import BaseSignalFeatures
from skeeg.feature_extraction._channel_covariance import ChannelCovariance
from skeeg.feature_extraction._coherence import Coherence
from skeeg.feature_extraction._fourier import FourierFeatures
from skeeg.feature_extraction._hjorth import HjorthParameters
from skeeg.feature_extraction._root_mean_square import RootMeanSquare
from skeeg.feature_extraction._signal_features import make_signal_features
from skeeg.feature_extraction._time import TimeFeatures
from skeeg.feature_extraction._triplet_encoder import TripletEncoder
from skeeg.feature_extraction._wavelet import WaveletFeatures
from skeeg.feature_extraction._zero_crossing_rate import ZeroCrossingRate

__all__ = [
    "BandPower",
    "BaseSignalFeatures",
    "ChannelCovariance",
    "Coherence",
    "FourierFeatures",
    "HjorthParameters",
    "RootMeanSquare",
    "TimeFeatures",
    "TripletEncoder",
    "WaveletFeatures",
    "ZeroCrossingRate",
    "make_signal_features",
]
