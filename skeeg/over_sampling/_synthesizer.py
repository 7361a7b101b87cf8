"""Draw signals of given classes from what a sampler has learned."""

from dataclasses import dataclass
from numbers import Integral

import numpy as np
from sklearn.utils import check_random_state, check_scalar, gen_batches
from sklearn.utils.validation import check_is_fitted

from skeeg.over_sampling._containers import fit_into

CHUNK = 1024


@dataclass
class Synthesizer:
    """What a sampler has learned, and the layout in which its user wants signals.

    Attributes
    ----------
    source : object
        Draws signals: `draw(codes, random)` returns one for each class code, of shape
        `(n_samples, n_channels, n_times)`; `codes` are the classes that it can draw.

    layout : tuple of int
        Shape of a sample.

    dtype : dtype
        Type of the values.
    """

    source: object
    layout: tuple
    dtype: np.dtype

    def draw(self, codes, random, chunk_size):
        """Yield signals in the layout and type of the training data, at most so many at once."""
        # Of no codes at all, an empty chunk is drawn: it has a layout too.
        for rows in gen_batches(max(1, len(codes)), chunk_size):
            signals = self.source.draw(codes[rows], random)
            values = fit_into(signals, [self.dtype]).astype(self.dtype)
            yield values.reshape(len(values), *self.layout)


class SampleMixin:
    """Draw from a fitted sampler whose fit has left a `Synthesizer` behind."""

    def sample(self, n_samples, label=None, random_state=None):
        """Draw synthetic signals from what was learned.

        Parameters
        ----------
        n_samples : int
            Number of signals.

        label : object, default=None
            Class of the signals. None draws from all learned classes as often as they were in the
            training data.

        random_state : int, RandomState instance or None, default=None
            Source of the draw; an int gives the same signals at each call.

        Returns
        -------
        X : ndarray of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            Signals in the unit, layout and dtype of the training data.

        Raises
        ------
        ValueError
            If the class was not learned.
        """
        return np.concatenate(list(self.iter_samples(n_samples, label, random_state)))

    def iter_samples(self, n_samples, label=None, random_state=None, *, chunk_size=CHUNK):
        """Draw synthetic signals chunk by chunk, for more than fit into memory.

        Parameters
        ----------
        n_samples : int
            Number of signals in total.

        label : object, default=None
            Class of the signals. None draws from all learned classes as often as they were in the
            training data.

        random_state : int, RandomState instance or None, default=None
            Source of the draw; an int gives the same signals at each call.

        chunk_size : int, default=1024
            Largest number of signals in a chunk.

        Returns
        -------
        chunks : iterator of ndarray of shape (n_chunk, n_channels * n_times) or \
                (n_chunk, n_channels, n_times)
            Signals in the unit, layout and dtype of the training data.

        Raises
        ------
        ValueError
            If the class was not learned.
        """
        check_is_fitted(self)
        check_scalar(n_samples, "n_samples", Integral, min_val=0)
        check_scalar(chunk_size, "chunk_size", Integral, min_val=1)
        random = check_random_state(random_state)
        codes = self._draw_codes(n_samples, label, random)
        return self._synthesizer_.draw(codes, random, chunk_size)

    def _draw_codes(self, n_samples, label, random):
        """Resolve a label, or None, to the code of the class of each signal."""
        trained = self._synthesizer_.source.codes
        if label is None:
            weights = self._class_counts_[trained]
            return random.choice(trained, n_samples, p=weights / weights.sum())
        names = self.classes_[trained].tolist()
        if np.ndim(label) or label not in names:
            raise ValueError(f"label={label!r} is not among the trained classes {names}.")
        return np.full(n_samples, trained[names.index(label)])
