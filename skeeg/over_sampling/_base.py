"""The contract of all samplers, kept once: what comes in, what goes out, what is left behind."""

import copy
from abc import ABCMeta, abstractmethod
from numbers import Integral

import numpy as np
from imblearn.over_sampling.base import BaseOverSampler
from sklearn.base import _fit_context
from sklearn.utils import _safe_indexing, check_random_state
from sklearn.utils._param_validation import Interval

from skeeg._held_out import check_groups
from skeeg.over_sampling._containers import append_rows, extend_groups, stack
from skeeg.over_sampling._synthesizer import CHUNK, SampleMixin, Synthesizer
from skeeg.over_sampling._validation import check_classes, check_training_signals


def _unfitted_copy(sampler):
    """Copy a sampler without what it has learned; its parameters stay the same objects."""
    unfitted = copy.copy(sampler)
    for name in [name for name in vars(sampler) if name.endswith("_")]:
        delattr(unfitted, name)
    return unfitted


class BaseSignalSampler(SampleMixin, BaseOverSampler, metaclass=ABCMeta):
    """Over-sample classes with signals that a subclass knows how to draw.

    A subclass writes `_learn`.
    """

    # Groups are asked for by name, so that pipelines with metadata routing hand them on.
    __metadata_request__fit = {"groups": True}
    __metadata_request__fit_resample = {"groups": True}

    _parameter_constraints: dict = {
        **BaseOverSampler._parameter_constraints,
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "random_state": ["random_state"],
    }

    def __init__(self, *, sampling_strategy="auto", n_channels=1, random_state=None):
        super().__init__(sampling_strategy=sampling_strategy)
        self.n_channels = n_channels
        self.random_state = random_state

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = False
        tags.input_tags.three_d_array = True
        return tags

    @abstractmethod
    def _learn(self, signals, codes, groups, random):
        """Return an object whose `draw(codes, random)` draws a signal for each class code.

        Signals are `(n_samples, n_channels, n_times)`, and so are those drawn. The object tells in
        `codes` which classes it can draw.
        """

    @_fit_context(prefer_skip_nested_validation=True)
    def fit(self, X, y, groups=None):
        """Learn the signals of each class.

        Parameters
        ----------
        X : {array-like, dataframe} of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            Signals in any unit; two dimensions are channel-major.

        y : array-like of shape (n_samples,)
            Class of each signal.

        groups : array-like of shape (n_samples,), default=None
            Subject or recording of each signal.

        Returns
        -------
        self : object
            The fitted sampler. A fit that fails or is interrupted leaves it as it was.

        Raises
        ------
        ValueError
            If a signal, class or parameter is not legal; before any work.

        FloatingPointError
            If the training of a GAN diverges.
        """
        fitted, _ = self._train(X, y, groups)
        self.__dict__ = fitted.__dict__
        return self

    @_fit_context(prefer_skip_nested_validation=True)
    def fit_resample(self, X, y, groups=None):
        """Learn the signals and return them with synthetic ones below.

        Parameters
        ----------
        X : {array-like, dataframe} of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            Signals in any unit; two dimensions are channel-major.

        y : array-like of shape (n_samples,)
            Class of each signal.

        groups : array-like of shape (n_samples,), default=None
            Subject or recording of each signal.

        Returns
        -------
        X_resampled : {array-like, dataframe} of shape (n_samples_new, ...)
            The rows of X first and unchanged, then synthetic signals, class by class; in the
            container and the dtype of X.

        y_resampled : array-like of shape (n_samples_new,)
            Class of each signal, in the container of y.

        Raises
        ------
        ValueError
            If a signal, class or parameter is not legal; before any work.

        FloatingPointError
            If the training of a GAN diverges.
        """
        return self._fit_resample(X, y, groups)

    def _fit_resample(self, X, y, groups):
        fitted, random = self._train(X, y, groups)
        wanted = fitted.sampling_strategy_
        codes = np.searchsorted(fitted.classes_, list(wanted)).repeat(list(wanted.values()))
        synthetic = np.concatenate(list(fitted._synthesizer_.draw(codes, random, CHUNK)))
        X_resampled = append_rows(X, synthetic)
        y_resampled = stack(y, _safe_indexing(y, fitted._first_rows_[codes]))
        n_rows = len(X_resampled)
        fitted.synthetic_mask_ = np.arange(n_rows) >= n_rows - len(codes)
        fitted.groups_resampled_ = None if groups is None else extend_groups(groups, len(codes))
        self.__dict__ = fitted.__dict__
        return X_resampled, y_resampled

    def _train(self, X, y, groups):
        """Return a fitted copy, and the random state as the training leaves it."""
        fitted = _unfitted_copy(self)
        signals, codes = fitted._check_training_set(X, y, groups)
        random = check_random_state(self.random_state)
        source = fitted._learn(signals, codes, groups, random)
        fitted._synthesizer_ = Synthesizer(source, np.shape(X)[1:], signals.dtype)
        return fitted, random

    def _check_training_set(self, X, y, groups):
        """Learn what the input is like; return it as signals and class codes."""
        signals = check_training_signals(self, X)
        self.classes_, self._first_rows_, codes, self.sampling_strategy_ = check_classes(
            self, y, n_samples=len(signals)
        )
        self._class_counts_ = np.bincount(codes)
        check_groups(groups, n_samples=len(signals))
        return signals, codes
