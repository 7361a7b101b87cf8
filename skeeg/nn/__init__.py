"""The torch side: losses, blocks and the one training loop; tensors in, tensors out."""

from skeeg.nn._attention import SelfAttention
from skeeg.nn._augmentation import AdaptiveAugmentation, ImageAugmentation
from skeeg.nn._conditioning import LatentCode, Modulation, ProjectionHead
from skeeg.nn._eegnet import EEGNet
from skeeg.nn._encoded_signals import SignalHead, SpectrumFeatures, StationaryNoise
from skeeg.nn._encoder_training import train_encoder
from skeeg.nn._encoders import ConvolutionalEncoder, RecurrentEncoder
from skeeg.nn._fabric import launch
from skeeg.nn._generation import generate
from skeeg.nn._growing import GrowingDiscriminator, GrowingGenerator
from skeeg.nn._held_out import HeldOut
from skeeg.nn._image_networks import ImageDiscriminator, ImageGenerator
from skeeg.nn._inception import InceptionBlock
from skeeg.nn._joint import JointDiscriminator, JointGenerator
from skeeg.nn._losses import BaseLoss, HingeLoss, LeastSquaresLoss
from skeeg.nn._metric_losses import MultiSimilarityLoss, TripletLoss
from skeeg.nn._penalised_losses import LogisticLoss, RelativisticLoss, WassersteinLoss
from skeeg.nn._short_time import ModulatedNoise, ShortTimeSpectrum
from skeeg.nn._strided import StridedDiscriminator, StridedGenerator, stage_lengths
from skeeg.nn._time_axis import PhaseShuffle, UpsamplingConv1d
from skeeg.nn._training import train_gan

__all__ = [
    "AdaptiveAugmentation",
    "BaseLoss",
    "ConvolutionalEncoder",
    "EEGNet",
    "GrowingDiscriminator",
    "GrowingGenerator",
    "HeldOut",
    "HingeLoss",
    "ImageAugmentation",
    "ImageDiscriminator",
    "ImageGenerator",
    "InceptionBlock",
    "JointDiscriminator",
    "JointGenerator",
    "LatentCode",
    "LeastSquaresLoss",
    "LogisticLoss",
    "ModulatedNoise",
    "Modulation",
    "MultiSimilarityLoss",
    "PhaseShuffle",
    "ProjectionHead",
    "RecurrentEncoder",
    "RelativisticLoss",
    "SelfAttention",
    "ShortTimeSpectrum",
    "SignalHead",
    "SpectrumFeatures",
    "StationaryNoise",
    "StridedDiscriminator",
    "StridedGenerator",
    "TripletLoss",
    "UpsamplingConv1d",
    "WassersteinLoss",
    "generate",
    "launch",
    "stage_lengths",
    "train_encoder",
    "train_gan",
]
