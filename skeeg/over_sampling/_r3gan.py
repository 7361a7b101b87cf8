"""R3GAN: a relativistic game with two gradient penalties."""

from imblearn.utils import Substitution

from skeeg.nn import StridedDiscriminator, StridedGenerator, stage_lengths
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS
from skeeg.over_sampling._whitening import WhiteningCodec

SHAPE, COARSEST = {"kernel_size": 9, "stride": 2}, 32


def _widths(n_times, width):
    """Return the channels of each stage; the coarsest has twice as many as the others."""
    n_stages = len(stage_lengths(n_times, SHAPE["stride"], COARSEST))
    return [2 * width, *[width] * (n_stages - 1)]


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class R3GANSampler(BaseGANSampler):
    """Over-sample classes with signals drawn from an R3GAN.

    Stage by stage, the generator doubles the length of its signals with a linear interpolation and
    a convolution of 9 points, scaled, shifted and disturbed by random values; the discriminator
    halves it again. As in the paper [1]_, neither normalises anything: two gradient penalties
    steady a relativistic loss. Unlike there, the layers are few and plain, for signals are short
    and data few; amplitude and mean are drawn apart from the waveform, noise with a learned
    spectrum is added to it, and the discriminator sees a log-spectrum too. Both see waveforms whose
    mean spectrum is flat, so that weak high frequencies count as much as strong low ones.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    WGANGPSampler : The Wasserstein loss, with one penalty and more steps of the critic.
    WaveGANSampler : Longer kernels and strides.
    skeeg.nn.RelativisticLoss : The loss, whose penalty can be tuned as `loss__penalty`.

    References
    ----------
    .. [1] N. Huang, A. Gokaslan, V. Kuleshov, J. Tompkin, "The GAN is dead; long live the GAN! A
       modern GAN baseline", NeurIPS 2024.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import R3GANSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = R3GANSampler(max_iter=25, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(data.data, data.target)
    >>> X_resampled.shape
    (768, 178)
    >>> sampler.sample(3, label=1, random_state=0).shape
    (3, 178)
    """

    def _make_codec(self, signals):
        return WhiteningCodec(signals)

    def _make_generator(self, n_channels, n_times, n_classes):
        widths = _widths(n_times, self.width)
        return StridedGenerator(n_channels, n_times, n_classes, self.latent_dim, widths, **SHAPE)

    def _make_discriminator(self, n_channels, n_times, n_classes):
        widths = _widths(n_times, self.width)[::-1]
        return StridedDiscriminator(n_channels, n_times, n_classes, widths, **SHAPE)
