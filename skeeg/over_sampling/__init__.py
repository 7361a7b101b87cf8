"""Samplers that balance or enlarge a training set with synthetic signals."""

from skeeg.over_sampling._attentiongan import AttentionGANSampler
from skeeg.over_sampling._autoregressive import AutoregressiveSampler
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._base_variation import BaseVariationSampler
from skeeg.over_sampling._convgan import ConvGANSampler
from skeeg.over_sampling._fourier_surrogate import FourierSurrogateSampler
from skeeg.over_sampling._gan import GANSampler
from skeeg.over_sampling._jitter import JitterSampler
from skeeg.over_sampling._multimodalgan import MultiModalGANSampler
from skeeg.over_sampling._progressivegan import ProgressiveGANSampler
from skeeg.over_sampling._r3gan import R3GANSampler
from skeeg.over_sampling._strategies import AtLeast, Multiply
from skeeg.over_sampling._warp import WarpSampler
from skeeg.over_sampling._wavegan import WaveGANSampler
from skeeg.over_sampling._wgangp import WGANGPSampler

__all__ = [
    "AtLeast",
    "AttentionGANSampler",
    "AutoregressiveSampler",
    "BaseGANSampler",
    "BaseVariationSampler",
    "ConvGANSampler",
    "FourierSurrogateSampler",
    "GANSampler",
    "JitterSampler",
    "MultiModalGANSampler",
    "Multiply",
    "ProgressiveGANSampler",
    "R3GANSampler",
    "WGANGPSampler",
    "WarpSampler",
    "WaveGANSampler",
]
