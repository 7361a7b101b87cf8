"""Draw images from the features of signals."""

from functools import partial
from numbers import Integral

import numpy as np
from sklearn.utils import check_random_state, check_scalar
from sklearn.utils.validation import check_is_fitted, validate_data

from skeeg.nn import generate
from skeeg.reconstruction._images import decode

BLOCK = 32  # images that are drawn at once, always: that decides how sums are rounded


def draw_seed(random):
    """Return a seed for torch from a random state of numpy."""
    return int(random.randint(np.iinfo(np.int32).max))


def _draw(make_generator, state, conditions, random):
    """Return an image for each row of conditions, block by block."""
    padded = np.pad(conditions, [(0, -len(conditions) % BLOCK), (0, 0)])
    blocks = np.split(padded, len(padded) // BLOCK)
    drawn = [generate(make_generator, state, block, seed=draw_seed(random)) for block in blocks]
    return decode(np.concatenate(drawn))[: len(conditions)]


def to_conditions(X, offset, scale):
    """Return features as the network is to see them."""
    return ((X - offset) / scale).astype(np.float32)


class ImageDrawingMixin:
    """Draw with the network of `_make_generator` and the parameters `_state`.

    The features are centred by `offset_` and divided by `scale_`.
    """

    def _check_features(self, X):
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, dtype=[np.float64, np.float32])
        return to_conditions(X, self.offset_, self.scale_)

    def predict(self, X):
        """Draw the most typical image for each feature vector.

        Random values are 0, their mean, so that the image is a function of the features alone: not
        of a seed, nor of other rows.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Features.

        Returns
        -------
        images : ndarray of uint8, shape (n_samples, size, size) or (n_samples, size, size, 3)
            An image for each row of X.
        """
        conditions = self._check_features(X)
        make_generator = partial(self._make_generator, truncation=0.0)
        return _draw(make_generator, self._state, conditions, check_random_state(0))

    def sample(self, X, n_per_signal=1, random_state=None):
        """Draw several images for each feature vector, from random values.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_features)
            Features.

        n_per_signal : int, default=1
            Number of images for each row of X.

        random_state : int, RandomState instance or None, default=None
            Source of the random values; an int gives the same images at each call.

        Returns
        -------
        images : ndarray of uint8, shape (n_samples, n_per_signal, size, size) or \
                (n_samples, n_per_signal, size, size, 3)
            Images for each row of X.
        """
        conditions = self._check_features(X)
        check_scalar(n_per_signal, "n_per_signal", Integral, min_val=1)
        random = check_random_state(random_state)
        conditions = conditions.repeat(n_per_signal, axis=0)
        images = _draw(self._make_generator, self._state, conditions, random)
        return images.reshape(-1, n_per_signal, *images.shape[1:])
