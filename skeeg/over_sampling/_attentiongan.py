"""Self-attention at the coarse stages, short convolutions at all of them."""

from imblearn.utils import Substitution
from torch import nn

from skeeg.nn import SelfAttention, StridedDiscriminator, StridedGenerator, stage_lengths
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS

SHAPE, COARSEST, N_ATTENDING = {"kernel_size": 9, "stride": 4}, 16, 2


def _plan(n_times, width):
    """Return the lengths, from at most 16 points on, and the channels of all stages."""
    lengths = stage_lengths(n_times, SHAPE["stride"], COARSEST)
    return lengths, [width * 2**stage for stage in reversed(range(len(lengths)))]


def _attend(lengths, widths):
    """Return what stands beside each stage: attention where signals are short, or else nothing."""
    return nn.ModuleList(
        SelfAttention(width, n_times) if stage < N_ATTENDING else nn.Identity()
        for stage, (n_times, width) in enumerate(zip(lengths, widths, strict=True))
    )


class _Generator(StridedGenerator):
    def __init__(self, n_channels, n_times, n_classes, latent_dim, width):
        lengths, widths = _plan(n_times, width)
        super().__init__(n_channels, n_times, n_classes, latent_dim, widths, **SHAPE)
        self.attend = _attend(lengths, widths)

    def between(self, number, x, random):
        return self.attend[number](x)


class _Discriminator(StridedDiscriminator):
    def __init__(self, n_channels, n_times, n_classes, width):
        lengths, widths = _plan(n_times, width)
        super().__init__(n_channels, n_times, n_classes, widths[::-1], **SHAPE)
        self.attend = _attend(lengths, widths)[::-1]

    def between(self, number, x, random):
        return self.attend[number](x)


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class AttentionGANSampler(BaseGANSampler):
    """Over-sample classes with signals of a GAN whose networks attend to the whole signal.

    At the two coarsest stages of generator and discriminator, of at most 16 and 64 points, each
    point looks at all others [1]_, so that distant parts of a signal can agree, wherever they lie:
    a discharge and its echo, a beat and the next one. There signals are short, and attention, whose
    cost grows with the square of the length, is cheap. What is local is left to convolutions with
    kernels of 9 points and strides of 4. As in :class:`WaveGANSampler`, the generator interpolates
    and takes noise at every stage and with a learned spectrum, amplitude and mean are drawn apart
    from the waveform, and the discriminator also sees the log-spectrum.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    WaveGANSampler : Long kernels instead of attention.
    ProgressiveGANSampler : Learns coarse signals first.
    skeeg.nn.SelfAttention : The layer.

    References
    ----------
    .. [1] H. Zhang, I. Goodfellow, D. Metaxas, A. Odena, "Self-attention generative adversarial
       networks", ICML 2019.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import AttentionGANSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = AttentionGANSampler(width=16, max_iter=60, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(data.data, data.target)
    >>> X_resampled.shape
    (768, 178)
    >>> sampler.sample(3, label=1, random_state=0).shape
    (3, 178)
    """

    def _make_generator(self, n_channels, n_times, n_classes):
        return _Generator(n_channels, n_times, n_classes, self.latent_dim, self.width)

    def _make_discriminator(self, n_channels, n_times, n_classes):
        return _Discriminator(n_channels, n_times, n_classes, self.width)
