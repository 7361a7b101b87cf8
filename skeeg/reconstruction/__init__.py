"""Images drawn from signals."""

from skeeg.reconstruction._image_gan import ImageGAN

__all__ = ["ImageGAN"]
