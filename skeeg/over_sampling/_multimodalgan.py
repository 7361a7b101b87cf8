"""A GAN of blocks of columns, each with channels, length and rate of its own."""

from collections.abc import Sequence
from math import prod
from numbers import Integral

from imblearn.utils import Substitution

from skeeg.nn import JointDiscriminator, JointGenerator
from skeeg.over_sampling._base_gan import BaseGANSampler
from skeeg.over_sampling._codec import BlockCodec
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS


def _check_blocks(blocks, n_channels, n_columns):
    """Raise unless the blocks say what all columns are."""
    for name, shape in blocks.items():
        pair = isinstance(shape, Sequence) and len(shape) == 2
        if not pair or not all(isinstance(size, Integral) and size >= 1 for size in shape):
            raise ValueError(
                f"blocks[{name!r}] is {shape!r}; it must be a pair of whole numbers of at least 1, "
                "how many channels and how many time points the block has."
            )
    if n_channels != 1:
        raise ValueError(
            f"X has {n_channels} channels of the same length, and blocks, which says what the "
            "columns of two-dimensional X are, does not go with them. Leave n_channels at 1 and "
            "flatten X, or leave blocks at None."
        )
    counts = {name: prod(shape) for name, shape in blocks.items()}
    if sum(counts.values()) != n_columns:
        raise ValueError(
            f"X has {n_columns} columns, but the blocks have {sum(counts.values())} in all: "
            f"{counts}. Each has as many as the product of its channels and time points."
        )


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class MultiModalGANSampler(BaseGANSampler):
    """Over-sample classes with rows of several modalities, drawn jointly from a GAN.

    Rows hold what was recorded at once, EEG and fMRI for example: the columns of one block after
    those of the other, each with channels, time points and a unit of its own, and all over the same
    time. Both networks meet on a common grid of a few points. In the generator, one time course on
    it steers all blocks: their slow waves, and the levels at which noises of learned spectra wax
    and wane. The discriminator sees there the slow waves of all blocks and their spectra around
    each point, so that it notices when the rhythms of one do not fit the waves of another. This is
    how EEG and BOLD hang together [1]_; the blocks of a synthetic row do so as those of real ones.

    What is both faster than the grid and more than noise, a spike for instance, is not drawn: for
    such signals of a single modality there are the other samplers.

    Parameters
    ----------
    blocks : dict of str to tuple of (int, int), default=None
        For each block of columns, in their order, how many channels and how many time points it
        has; its columns are channel-major, X has two dimensions and `n_channels` stays at 1. None
        is one block of all columns.

    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    skeeg.datasets.make_eeg_fmri : Simulates EEG and fMRI, with the blocks of its columns.
    WaveGANSampler : For signals that all have the same length.

    References
    ----------
    .. [1] H. Laufs et al., "Electroencephalographic signatures of attentional and cognitive
       default modes in spontaneous brain activity fluctuations at rest", PNAS 100, 11053-11058,
       2003.

    Examples
    --------
    >>> from skeeg.datasets import make_eeg_fmri
    >>> from skeeg.over_sampling import MultiModalGANSampler
    >>> pairs = make_eeg_fmri(n_subjects=8, n_times=240, sampling_rate=24, n_scans=5,
    ...                       random_state=0)
    >>> pairs.blocks
    {{'eeg': (2, 240), 'bold': (2, 5)}}
    >>> sampler = MultiModalGANSampler(blocks=pairs.blocks, max_iter=20, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(pairs.data, pairs.target)
    >>> X_resampled.shape
    (144, 490)
    """

    _parameter_constraints: dict = {
        **BaseGANSampler._parameter_constraints,
        "blocks": [dict, None],
    }

    def __init__(self, *, blocks=None, **params):
        super().__init__(**params)
        self.blocks = blocks

    def _check_training_set(self, X, y, groups):
        signals, codes = super()._check_training_set(X, y, groups)
        if self.blocks is not None:
            _check_blocks(self.blocks, *signals.shape[1:])
        return signals, codes

    def _make_codec(self, signals):
        return BlockCodec(signals, self._shapes(*signals.shape[1:]))

    def _shapes(self, *sizes):
        """Return the channels and time points of each block."""
        shapes = [sizes] if self.blocks is None else self.blocks.values()
        return [tuple(map(int, shape)) for shape in shapes]  # torch takes no integers of numpy

    def _make_generator(self, n_channels, n_times, n_classes):
        shapes = self._shapes(n_channels, n_times)
        return JointGenerator(shapes, n_classes, self.latent_dim, self.width)

    def _make_discriminator(self, n_channels, n_times, n_classes):
        return JointDiscriminator(self._shapes(n_channels, n_times), n_classes, self.width)
