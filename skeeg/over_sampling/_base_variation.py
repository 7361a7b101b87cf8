"""What all classical samplers share: real windows picked at random and varied."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from imblearn.utils import Substitution
from sklearn.base import clone

from skeeg.over_sampling._base import BaseSignalSampler
from skeeg.over_sampling._docstring import VARIATION_ATTRIBUTES, VARIATION_PARAMETERS
from skeeg.over_sampling._levels import split_levels

BLOCK_VALUES = 2**18  # 2 MB stay in the cache, and are enough to keep Python out of the way


@dataclass
class Variations:
    """The training signals, and how to vary them; numpy alone, so that it pickles anywhere.

    Attributes
    ----------
    signals : ndarray of shape (n_samples, n_channels, n_times)
        Training signals, class after class.

    class_counts : ndarray of int, shape (n_classes,)
        How many of them each class has.

    vary : callable
        Takes waveforms and a random generator, returns waveforms.
    """

    signals: np.ndarray
    class_counts: np.ndarray
    vary: Callable

    @property
    def codes(self):
        """Codes of the classes that can be drawn: all."""
        return np.arange(len(self.class_counts))

    def draw(self, codes, random):
        """Return a varied signal for each class code."""
        # Draws of normal numbers are several times faster than those of a RandomState.
        random = np.random.default_rng(random.randint(2**32, size=4, dtype=np.uint32))
        picked = self._pick(codes, random)
        drawn = np.empty((len(codes), *self.signals.shape[1:]))
        n_rows = max(1, BLOCK_VALUES // self.signals[0].size)
        for start in range(0, len(codes), n_rows):
            rows = slice(start, start + n_rows)
            waves, amplitudes, means = split_levels(self.signals[picked[rows]])
            varied = self.vary(waves, random)
            drawn[rows] = varied * amplitudes[..., None] + means[..., None]
        return drawn

    def _pick(self, codes, random):
        """Return the index of a signal for each class code; none twice before all are picked."""
        picked = np.empty(len(codes), dtype=int)
        for code, n_members in enumerate(self.class_counts):
            rows = np.flatnonzero(codes == code)
            n_rounds = -(-len(rows) // n_members)
            order = random.random((n_rounds, n_members)).argsort(axis=1)
            first = self.class_counts[:code].sum()
            picked[rows] = first + order.ravel()[: len(rows)]
        return picked


@Substitution(parameters=VARIATION_PARAMETERS, attributes=VARIATION_ATTRIBUTES)
class BaseVariationSampler(BaseSignalSampler):
    """Over-sample classes with variations of real windows, picked at random in their class.

    None is picked again before all others of its class have been, up to a thousand rows at a time.

    A subclass writes `_vary(waves, random)`, which returns new waveforms for old ones, both of
    shape `(n_samples, n_channels, n_times)`. It sees channels of zero mean and unit root mean
    square, or of zeros where the window is constant; amplitude and mean are put back afterwards, so
    that no unit matters. `random` is a :class:`numpy.random.Generator`. Nothing is learned but the
    windows themselves, of which the sampler keeps a copy.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    JitterSampler : A subclass with parameters of its own.
    BaseGANSampler : What a GAN starts from.

    Examples
    --------
    A new way to vary windows is one method:

    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import BaseVariationSampler
    >>> class TimeReversalSampler(BaseVariationSampler):
    ...     def _vary(self, waves, random):
    ...         return waves[..., ::-1]
    >>> data = make_seizures(random_state=0)
    >>> sampler = TimeReversalSampler(random_state=0)
    >>> X, y = sampler.fit_resample(data.data, data.target)
    >>> X.shape, int(sampler.synthetic_mask_.sum())
    ((768, 178), 288)
    """

    @abstractmethod
    def _vary(self, waves, random):
        """Return a new waveform for each."""

    def _learn(self, signals, codes, groups, random):
        # A clone keeps the parameters of this fit, whatever set_params does to the sampler later.
        by_class = np.argsort(codes, kind="stable")
        return Variations(signals[by_class], np.bincount(codes), clone(self)._vary)
