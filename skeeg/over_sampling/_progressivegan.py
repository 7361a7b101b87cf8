"""Progressive growing: coarse signals first, finer ones faded in."""

from imblearn.utils import Substitution

from skeeg.nn import GrowingDiscriminator, GrowingGenerator, stage_lengths
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS

SHAPE, COARSEST = {"kernel_size": 9, "stride": 2}, 16


def _widths(n_times, width):
    """Return the channels of each stage.

    Twice the channels at a quarter of the length: all stages cost about the same.
    """
    n_stages = len(stage_lengths(n_times, SHAPE["stride"], COARSEST))
    return [width * 2 ** (stage // 2) for stage in reversed(range(n_stages))]


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class ProgressiveGANSampler(BaseGANSampler):
    """Over-sample classes with signals of a GAN that grows from coarse to fine.

    Training starts with signals of at most 32 points. Layers for twice as many are faded in one
    after the other, and by half of `max_iter` the networks have their full length [1]_, as in a
    GAN of the same kind for EEG [2]_. The slow parts of a signal stand before the fast ones are
    learned, and what has not entered yet costs nothing. The discriminator sees real and synthetic
    waveforms averaged down to the resolution of the moment. Unlike in the papers, amplitude, mean
    and the full log-spectrum are learned from the start, the last by noise of that spectrum, which
    stands in for all detail that the waveform still lacks.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    WaveGANSampler : Has its full length from the start.
    AttentionGANSampler : Joins distant points of a signal.

    References
    ----------
    .. [1] T. Karras, T. Aila, S. Laine, J. Lehtinen, "Progressive growing of GANs for improved
       quality, stability, and variation", ICLR 2018.
    .. [2] K. G. Hartmann, R. T. Schirrmeister, T. Ball, "EEG-GAN: generative adversarial networks
       for electroencephalographic (EEG) brain signals", arXiv:1806.01875, 2018.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import ProgressiveGANSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = ProgressiveGANSampler(width=16, max_iter=60, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(data.data, data.target)
    >>> X_resampled.shape
    (768, 178)
    >>> sampler.sample(3, label=1, random_state=0).shape
    (3, 178)
    """

    def _make_generator(self, n_channels, n_times, n_classes):
        widths = _widths(n_times, self.width)
        return GrowingGenerator(n_channels, n_times, n_classes, self.latent_dim, widths, **SHAPE)

    def _make_discriminator(self, n_channels, n_times, n_classes):
        widths = _widths(n_times, self.width)[::-1]
        return GrowingDiscriminator(n_channels, n_times, n_classes, widths, **SHAPE)
