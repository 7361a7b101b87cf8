"""Images drawn from signals."""

from skeeg.reconstruction._eeg2image import EEG2Image
from skeeg.reconstruction._image_gan import ImageGAN

__all__ = ["EEG2Image", "ImageGAN"]
