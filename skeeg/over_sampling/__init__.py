"""Samplers that balance or enlarge a training set with synthetic signals."""

from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._wavegan import WaveGANSampler

__all__ = ["BaseGANSampler", "WaveGANSampler"]
