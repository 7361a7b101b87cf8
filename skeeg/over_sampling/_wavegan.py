"""WaveGAN: long kernels and large strides on the raw signal."""

from imblearn.utils import Substitution

from skeeg.nn import PhaseShuffle, StridedDiscriminator, StridedGenerator, stage_lengths
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS

SHAPE, COARSEST, MAX_SHIFT = {"kernel_size": 25, "stride": 4}, 16, 2


def _widths(n_times, width):
    """Return the channels of each stage: with 16384 points and a width of 64 those of the paper."""
    n_stages = len(stage_lengths(n_times, SHAPE["stride"], COARSEST))
    return [width * 2**stage for stage in reversed(range(n_stages))]


class _Discriminator(StridedDiscriminator):
    shuffle = PhaseShuffle(MAX_SHIFT)

    def between(self, number, x, random):
        return self.shuffle(x, random) if number < len(self.stages) - 1 else x


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class WaveGANSampler(BaseGANSampler):
    """Over-sample classes with signals drawn from a WaveGAN.

    Convolutions with kernels of 25 points and strides of 4 turn random values into signals and
    signals into a score; how many there are, and how wide, follows the length. As in the paper
    [1]_, the discriminator sees its layers shifted by up to two random points. Unlike there, the
    strides of the generator interpolate, amplitude and mean are drawn apart from the waveform,
    noise enters at every stage and once more with a learned spectrum, and the discriminator also
    sees the log-spectrum. Without interpolation, the last noise or the log-spectrum, the spectra of
    small EEG data come out wrong.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    skeeg.nn.WassersteinLoss : The loss of the paper, five times slower than the default.
    imblearn.over_sampling.SMOTE : Interpolates between real signals; much faster.

    References
    ----------
    .. [1] C. Donahue, J. McAuley, M. Puckette, "Adversarial audio synthesis", ICLR 2019.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import WaveGANSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = WaveGANSampler(max_iter=100, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(data.data, data.target)
    >>> X_resampled.shape
    (768, 178)
    >>> sampler.sample(3, label=1, random_state=0).shape
    (3, 178)
    """

    def _make_generator(self, n_channels, n_times, n_classes):
        widths = _widths(n_times, self.width)
        return StridedGenerator(n_channels, n_times, n_classes, self.latent_dim, widths, **SHAPE)

    def _make_discriminator(self, n_channels, n_times, n_classes):
        widths = _widths(n_times, self.width)[::-1]
        return _Discriminator(n_channels, n_times, n_classes, widths, **SHAPE)
