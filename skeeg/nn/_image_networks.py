"""Two mirror-image networks that draw images and score them."""

from itertools import pairwise

import torch
from torch import nn
from torch.nn.functional import leaky_relu

from skeeg.nn._augmentation import AdaptiveAugmentation, ImageAugmentation
from skeeg.nn._conditioning import HEAD_SIZE, SLOPE

CODE_SIZE, COARSEST, WIDEST = 64, 7, 8
GAIN = (6 / (1 + SLOPE**2)) ** 0.5  # undoes what initial weights and the rectifier take away


def _stages(image_size, width):
    """Return the size of the coarsest images, and the channels of all sizes from there on."""
    widths = [width]
    while image_size > COARSEST:
        image_size //= 2
        widths.insert(0, min(2 * widths[0], WIDEST * width))
    return image_size, widths


def _rectify(x):
    return GAIN * leaky_relu(x, SLOPE)


def _interleave(x):
    """Store channels last, which convolutions are quicker with."""
    return x.contiguous(memory_format=torch.channels_last)


class ImageGenerator(nn.Module):
    """Draw images that conditions describe, doubling the size of small ones stage by stage.

    Each stage brings the channels of every pixel to unit root mean square, scales and shifts them
    by the code, which joins the conditions to random values, and passes a leaky rectifier and a
    transposed convolution.

    Parameters
    ----------
    n_conditions : int
        Number of values that describe an image.

    image_size : int
        Height and width: 4, 5, 6 or 7 times a power of two.

    n_colours : int
        1 for grey images, 3 for RGB.

    latent_dim : int
        Number of random values of each image.

    width : int
        Channels of images of full size; there are twice as many at half the size, and 8 times as
        many at most.

    mode_seeking : float, default=0.0
        Weight of the mode-seeking penalty [1]_.

    truncation : float, default=1.0
        Standard deviation of the random values. 0 draws the same image each time, the most typical
        one.

    See Also
    --------
    ImageDiscriminator : The mirror image.

    References
    ----------
    .. [1] Q. Mao et al., "Mode seeking generative adversarial networks for diverse image
       synthesis", CVPR, 2019.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import ImageGenerator
    >>> draw = ImageGenerator(2, image_size=28, n_colours=3, latent_dim=10, width=4)
    >>> draw(torch.zeros(5, 2), torch.Generator()).shape
    torch.Size([5, 3, 28, 28])
    """

    def __init__(
        self,
        n_conditions,
        image_size,
        n_colours,
        latent_dim,
        width,
        *,
        mode_seeking=0.0,
        truncation=1.0,
    ):
        super().__init__()
        self.latent_dim, self.mode_seeking, self.truncation = latent_dim, mode_seeking, truncation
        self.coarse, widths = _stages(image_size, width)
        code_size = latent_dim + CODE_SIZE
        self.condition = nn.Linear(n_conditions, CODE_SIZE)
        self.start = nn.Linear(code_size, widths[0] * self.coarse**2)
        self.modulations = nn.ModuleList(nn.Linear(code_size, 2 * size) for size in widths)
        self.stages = nn.ModuleList(
            nn.ConvTranspose2d(*sizes, 4, stride=2, padding=1) for sizes in pairwise(widths)
        )
        self.end = nn.Conv2d(width, n_colours, 3, padding=1)

    def forward(self, conditions, random):
        """Draw an image for each row of conditions.

        Parameters
        ----------
        conditions : torch.Tensor of shape (n_samples, n_conditions)
            What to draw.

        random : torch.Generator
            Source of all that is random.

        Returns
        -------
        images : torch.Tensor of shape (n_samples, n_colours, image_size, image_size)
            Images from -1, black, to 1, white.
        """
        return self._draw(conditions, self._draw_latent(conditions, random))

    def penalty(self, conditions, random):
        """Return what it costs that images of the same conditions resemble each other.

        Parameters
        ----------
        conditions : torch.Tensor of shape (n_samples, n_conditions)
            What to draw; two images each for half of them.

        random : torch.Generator
            Source of all that is random.

        Returns
        -------
        penalty : torch.Tensor of shape () or float
            `mode_seeking` over the distance of the images per distance of their random values.
        """
        if not self.mode_seeking:
            return 0.0
        some = conditions[::2]
        latents = [self._draw_latent(some, random) for _ in range(2)]
        images = self._draw(torch.cat([some, some]), torch.cat(latents)).chunk(2)
        apart, latents_apart = ((one - two).abs().mean() for one, two in (images, latents))
        return self.mode_seeking / (apart / latents_apart + 1e-5)

    def _draw_latent(self, conditions, random):
        shape = len(conditions), self.latent_dim
        return self.truncation * torch.randn(shape, generator=random, device=conditions.device)

    def _draw(self, conditions, latent):
        code = torch.cat([latent, _rectify(self.condition(conditions))], 1)
        x = _interleave(self.start(code).unflatten(1, (-1, self.coarse, self.coarse)))
        x = self._modulate(x, code, self.modulations[0])
        for stage, modulation in zip(self.stages, self.modulations[1:], strict=True):
            x = self._modulate(stage(x), code, modulation)
        return torch.tanh(self.end(x).float())

    def _modulate(self, x, code, modulation):
        scale, shift = modulation(code)[..., None, None].chunk(2, dim=1)
        x = x * (x.square().mean(1, keepdim=True) + 1e-6).rsqrt()
        return _rectify(x * (1 + scale) + shift)


class ImageDiscriminator(nn.Module):
    """Halve the size of images stage by stage and score what is left.

    Parameters
    ----------
    n_conditions : int
        Number of values that describe an image.

    image_size : int
        Height and width: 4, 5, 6 or 7 times a power of two.

    n_colours : int
        1 for grey images, 3 for RGB.

    width : int
        Channels of images of full size, as in the generator.

    augmentation : float or "adaptive", default="adaptive"
        Probability of each change that :class:`ImageAugmentation` makes to what is seen.

    projection : bool, default=True
        How conditions are compared with images: by an inner product [1]_, or else by a layer that
        sees both [2]_.

    See Also
    --------
    ImageGenerator : The mirror image.

    References
    ----------
    .. [1] T. Miyato, M. Koyama, "cGANs with projection discriminator", ICLR, 2018.
    .. [2] S. Reed et al., "Generative adversarial text to image synthesis", ICML, 2016.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import ImageDiscriminator
    >>> score = ImageDiscriminator(2, image_size=28, n_colours=3, width=4)
    >>> score(torch.zeros(5, 3, 28, 28), torch.zeros(5, 2), torch.Generator()).shape
    torch.Size([5])
    """

    def __init__(
        self,
        n_conditions,
        image_size,
        n_colours,
        width,
        *,
        augmentation="adaptive",
        projection=True,
    ):
        super().__init__()
        coarse, widths = _stages(image_size, width)
        adaptive, self.projection = augmentation == "adaptive", projection
        self.augment = AdaptiveAugmentation() if adaptive else ImageAugmentation(augmentation)
        self.start = nn.Conv2d(n_colours, width, 3, padding=1)
        self.stages = nn.ModuleList(
            nn.Conv2d(*sizes, 3, stride=2, padding=1) for sizes in pairwise(widths[::-1])
        )
        n_features = widths[0] * coarse**2 + (0 if projection else HEAD_SIZE)
        self.condition = nn.Linear(n_conditions, HEAD_SIZE)
        self.join = nn.Linear(n_features, HEAD_SIZE)
        self.score = nn.Linear(HEAD_SIZE, 1)

    def forward(self, images, conditions, random):
        """Score each image as one of its conditions.

        Parameters
        ----------
        images : torch.Tensor of shape (n_samples, n_colours, image_size, image_size)
            Images from -1, black, to 1, white.

        conditions : torch.Tensor of shape (n_samples, n_conditions)
            What each is said to show.

        random : torch.Generator
            Source of all that is random.

        Returns
        -------
        scores : torch.Tensor of shape (n_samples,)
            Higher is more real.
        """
        x = _rectify(self.start(_interleave(self.augment(images, random))))
        for stage in self.stages:
            x = _rectify(stage(x))
        x, condition = x.flatten(1), self.condition(conditions)
        if not self.projection:
            x = torch.cat([x, condition], 1)
        joined = _rectify(self.join(x))
        score = self.score(joined).squeeze(1)
        if self.projection:
            score = score + (joined * condition).sum(1) / HEAD_SIZE**0.5
        return score
