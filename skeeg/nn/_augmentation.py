"""Change images at random, the same way for real and synthetic ones, and by gradients."""

import torch
from torch import nn

TARGET, STEP = 0.6, 0.01


def _uniform(images, random, low, high):
    """Draw a number for each image, (n_samples, 1, 1, 1)."""
    drawn = torch.rand(len(images), 1, 1, 1, generator=random, device=images.device)
    return low + (high - low) * drawn


def _change_colours(images, random):
    """Shift the brightness, and stretch saturation and contrast."""
    images = images + _uniform(images, random, -0.5, 0.5)
    grey = images.mean(1, keepdim=True)
    images = grey + _uniform(images, random, 0, 2) * (images - grey)
    mean = images.mean((1, 2, 3), keepdim=True)
    return mean + _uniform(images, random, 0.5, 1.5) * (images - mean)


def _take(images, dim, places):
    """Take the rows (dim 2) or columns (dim 3) that are at the places of each image."""
    shape = [len(images), 1, 1, 1]
    shape[dim] = -1
    return images.gather(dim, places.view(shape).expand_as(images))


def _move(images, random):
    """Shift by up to an eighth of the size; the border is repeated."""
    size = images.shape[-1]
    for dim in (2, 3):
        shift = _uniform(images, random, -size / 8, size / 8).round().long().view(-1, 1)
        places = torch.arange(size, device=images.device) + shift
        images = _take(images, dim, places.clamp(0, size - 1))
    return images


def _cut_out(images, random):
    """Make a square of half the size grey, wherever its middle falls."""
    size = images.shape[-1]
    places = torch.arange(size, device=images.device) + 0.5
    near = [
        (places - _uniform(images, random, 0, size).view(-1, 1)).abs() < size / 4 for _ in range(2)
    ]
    hole = near[0][:, None, :, None] & near[1][:, None, None, :]
    return images.masked_fill(hole, 0)


class ImageAugmentation(nn.Module):
    """Change colours, place and a square of images, each with a probability of its own.

    What a discriminator sees is changed, real and synthetic images alike and by operations that
    gradients pass through, so that few images are not learned by heart [1]_.

    Parameters
    ----------
    strength : float, default=1.0
        Probability of each of the three changes, from 0 to 1.

    See Also
    --------
    AdaptiveAugmentation : Finds the strength by itself.
    ImageDiscriminator : Looks at images through it.

    Notes
    -----
    Brightness is shifted by up to a quarter of the range from black to white, saturation stretched
    by 0 to 2, contrast by 0.5 to 1.5; images move by up to an eighth of their size, their borders
    repeated; the square is half as wide as the image.

    References
    ----------
    .. [1] S. Zhao et al., "Differentiable augmentation for data-efficient GAN training", NeurIPS,
       2020.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import ImageAugmentation
    >>> augment = ImageAugmentation()
    >>> augment(torch.zeros(5, 3, 16, 16), torch.Generator()).shape
    torch.Size([5, 3, 16, 16])
    """

    def __init__(self, strength=1.0):
        super().__init__()
        self.strength = strength

    def forward(self, images, random):
        """Change some of the images.

        Parameters
        ----------
        images : torch.Tensor of shape (n_samples, n_colours, size, size)
            Images from -1, black, to 1, white.

        random : torch.Generator
            Source of all that is random.

        Returns
        -------
        changed : torch.Tensor of shape (n_samples, n_colours, size, size)
            Images that may leave the range.
        """
        if not self.strength:
            return images
        for change in (_change_colours, _move, _cut_out):
            chosen = _uniform(images, random, 0, 1) < self.strength
            images = torch.where(chosen, change(images, random), images)
        return images


class AdaptiveAugmentation(ImageAugmentation):
    """Change images the more, the more surely the discriminator tells real from synthetic ones.

    The strength starts at 0. As long as the discriminator wins too surely it grows, else it falls
    [1]_.

    See Also
    --------
    ImageAugmentation : Has a strength that stays.

    Notes
    -----
    [1]_ watches how many real images have a positive score. Here it is how much more often a real
    image scores above a synthetic one than below, which also serves losses that fix no zero; the
    goal, 0.6, is theirs. A hundred steps lead from 0 to 1, more quickly than there, as trainings
    are shorter.

    References
    ----------
    .. [1] T. Karras et al., "Training generative adversarial networks with limited data", NeurIPS,
       2020.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import AdaptiveAugmentation
    >>> augment = AdaptiveAugmentation()
    >>> with torch.no_grad():
    ...     augment.adapt(1.0)  # real images won each time
    >>> round(augment.strength.item(), 3)
    0.01
    """

    def __init__(self):
        super().__init__()
        # A parameter that no gradient reaches is kept and resumed like all the others.
        self.strength = nn.Parameter(torch.zeros(1))

    def adapt(self, advantage):
        """Move the strength by a step.

        Parameters
        ----------
        advantage : float
            How much more often real images score above synthetic ones than below, from -1 to 1.
        """
        self.strength.add_(STEP if advantage > TARGET else -STEP).clamp_(0, 1)
