"""WGAN-GP: a critic whose slope is held at 1, trained further than the generator."""

from imblearn.utils import Substitution

from skeeg.nn import StridedDiscriminator, StridedGenerator, WassersteinLoss, stage_lengths
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS
from skeeg.over_sampling._whitening import WhiteningCodec

SHAPE, COARSEST = {"kernel_size": 9, "stride": 4}, 32


def _widths(n_times, width):
    """Return the channels of each stage; the coarsest has twice as many as the others."""
    n_stages = len(stage_lengths(n_times, SHAPE["stride"], COARSEST))
    return [2 * width, *[width] * (n_stages - 1)]


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class WGANGPSampler(BaseGANSampler):
    """Over-sample classes with signals drawn from a Wasserstein GAN with gradient penalty.

    The critic estimates the earth mover's distance between real and synthetic signals, five steps
    for each of the generator, with its slope pulled to 1 [1]_. Both networks are convolutions of 9
    points that change the length fourfold, without normalisation. Unlike in the paper, amplitude
    and mean are drawn apart from the waveform, noise with a learned spectrum is added to it, and
    the critic sees a log-spectrum too. Both see waveforms whose mean spectrum is flat: the earth
    mover's distance hardly depends on the weak high frequencies of biosignals, which would be
    learned last.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    R3GANSampler : A relativistic loss, with one step of the critic.
    skeeg.nn.WassersteinLoss : The loss; `loss__n_critic=3` is quicker.

    References
    ----------
    .. [1] I. Gulrajani et al., "Improved training of Wasserstein GANs", NeurIPS 2017.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import WGANGPSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = WGANGPSampler(max_iter=10, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(data.data, data.target)
    >>> X_resampled.shape
    (768, 178)
    >>> sampler.sample(3, label=1, random_state=0).shape
    (3, 178)
    """

    default_loss = WassersteinLoss()

    def _make_codec(self, signals):
        return WhiteningCodec(signals)

    def _make_generator(self, n_channels, n_times, n_classes):
        widths = _widths(n_times, self.width)
        return StridedGenerator(n_channels, n_times, n_classes, self.latent_dim, widths, **SHAPE)

    def _make_discriminator(self, n_channels, n_times, n_classes):
        widths = _widths(n_times, self.width)[::-1]
        return StridedDiscriminator(n_channels, n_times, n_classes, widths, **SHAPE)
