"""How many rows each class shall have: functions of y for `sampling_strategy`."""

from abc import ABCMeta, abstractmethod
from numbers import Integral, Real

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.utils._param_validation import Interval


class _BaseStrategy(BaseEstimator, metaclass=ABCMeta):
    """Map every class to the number of rows that it shall have, whatever `_target` says."""

    def __call__(self, y):
        """Return the number of rows of each class after resampling.

        Parameters
        ----------
        y : array-like of shape (n_samples,)
            Class of each row.

        Returns
        -------
        counts : dict
            Classes and numbers of rows.
        """
        self._validate_params()
        classes, counts = np.unique(y, return_counts=True)
        return dict(zip(classes.tolist(), map(self._target, counts.tolist()), strict=True))

    def __eq__(self, other):
        return type(self) is type(other) and self.get_params() == other.get_params()

    def __hash__(self):
        return hash((type(self), *self.get_params().items()))

    @abstractmethod
    def _target(self, n_rows):
        """Return how many rows a class shall have that has `n_rows` now."""


class Multiply(_BaseStrategy):
    """Give every class `k` times the rows it has, balanced or not.

    It is a function of y for the `sampling_strategy` of any sampler, those of imbalanced-learn
    included, and an estimator, so that a grid can vary `k`.

    Parameters
    ----------
    k : float
        Factor, at least 1, where 2 adds as many rows as there are. Fractions of a row are rounded
        to the nearest whole number.

    See Also
    --------
    AtLeast : Fills up small classes only.

    Examples
    --------
    >>> from skeeg.over_sampling import Multiply
    >>> Multiply(2.5)(["rest", "rest", "seizure", "seizure"])
    {'rest': 5, 'seizure': 5}

    The number is a parameter of the sampler:

    >>> from skeeg.over_sampling import JitterSampler
    >>> sampler = JitterSampler(sampling_strategy=Multiply(2))
    >>> sampler.set_params(sampling_strategy__k=3)
    JitterSampler(sampling_strategy=Multiply(k=3))
    """

    _parameter_constraints: dict = {"k": [Interval(Real, 1, None, closed="left")]}

    def __init__(self, k):
        self.k = k

    def _target(self, n_rows):
        return round(self.k * n_rows)


class AtLeast(_BaseStrategy):
    """Fill every class up to at least `n` rows.

    It is a function of y for the `sampling_strategy` of any sampler, those of imbalanced-learn
    included, and an estimator, so that a grid can vary `n`.

    Parameters
    ----------
    n : int
        Number of rows below which a class is filled up. Classes that have as many stay as they
        are.

    See Also
    --------
    Multiply : Enlarges all classes alike.

    Examples
    --------
    >>> from skeeg.over_sampling import AtLeast
    >>> AtLeast(3)(["rest"] * 5 + ["seizure"])
    {'rest': 5, 'seizure': 3}
    """

    _parameter_constraints: dict = {"n": [Interval(Integral, 1, None, closed="left")]}

    def __init__(self, n):
        self.n = n

    def _target(self, n_rows):
        return max(self.n, n_rows)
