"""The contract of all GAN samplers, kept once."""

import copy
from abc import ABCMeta, abstractmethod
from numbers import Integral, Real

import numpy as np
import pandas as pd
from imblearn.over_sampling.base import BaseOverSampler
from imblearn.utils import Substitution
from sklearn.base import _fit_context, clone
from sklearn.utils import _safe_indexing, check_random_state
from sklearn.utils._param_validation import Interval, StrOptions

from skeeg.nn import BaseLoss, RelativisticLoss
from skeeg.over_sampling._codec import SignalCodec
from skeeg.over_sampling._collapse import warn_of_collapse
from skeeg.over_sampling._containers import append_rows, extend_groups, stack
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS
from skeeg.over_sampling._game import play_games
from skeeg.over_sampling._synthesizer import CHUNK, SampleMixin, Synthesizer
from skeeg.over_sampling._validation import check_classes, check_groups, check_training_signals


def _unfitted_copy(sampler):
    """Copy a sampler without what it has learned; its parameters stay the same objects."""
    unfitted = copy.copy(sampler)
    for name in [name for name in vars(sampler) if name.endswith("_")]:
        delattr(unfitted, name)
    return unfitted


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class BaseGANSampler(SampleMixin, BaseOverSampler, metaclass=ABCMeta):
    """Over-sample classes with signals drawn from a generative adversarial network.

    Everything but the two networks happens here: validation, scaling, training, drawing and the
    containers of the output. A subclass writes `_make_generator` and `_make_discriminator` and,
    where it has one, its `default_loss`.

    Networks see signals of shape `(n_samples, n_channels, n_times + 2)`: a waveform of zero mean
    and unit root mean square, then the standardised log-amplitude and mean of the channel. They
    must build for any `n_times >= 1`.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    WaveGANSampler : A subclass.
    skeeg.nn : Losses and building blocks.

    Examples
    --------
    A new GAN is two methods, here for networks that learn the spectrum alone:

    >>> import torch
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.nn import LatentCode, ProjectionHead, SignalHead, SpectrumFeatures
    >>> from skeeg.over_sampling import BaseGANSampler
    >>> class Generator(torch.nn.Module):
    ...     def __init__(self, n_channels, n_times, n_classes, latent_dim):
    ...         super().__init__()
    ...         self.code = LatentCode(n_classes, latent_dim)
    ...         self.head = SignalHead(self.code.size, n_channels, n_times)
    ...         self.shape = n_channels, n_times
    ...     def forward(self, labels, random):
    ...         silence = torch.zeros(len(labels), *self.shape, device=labels.device)
    ...         return self.head(silence, self.code(labels, random), random)
    >>> class Discriminator(torch.nn.Module):
    ...     def __init__(self, n_channels, n_times, n_classes):
    ...         super().__init__()
    ...         self.spectrum = SpectrumFeatures(n_channels, n_times)
    ...         self.head = ProjectionHead(self.spectrum.size, n_classes)
    ...     def forward(self, signals, labels, random):
    ...         return self.head(self.spectrum(signals), labels)
    >>> class SpectrumGANSampler(BaseGANSampler):
    ...     def _make_generator(self, n_channels, n_times, n_classes):
    ...         return Generator(n_channels, n_times, n_classes, self.latent_dim)
    ...     def _make_discriminator(self, n_channels, n_times, n_classes):
    ...         return Discriminator(n_channels, n_times, n_classes)
    >>> data = make_seizures(random_state=0)
    >>> sampler = SpectrumGANSampler(max_iter=100, random_state=0)
    >>> X, y = sampler.fit_resample(data.data, data.target)
    >>> X.shape, int(sampler.synthetic_mask_.sum())
    ((768, 178), 288)
    """

    default_loss = RelativisticLoss()

    # Groups are asked for by name, so that pipelines with metadata routing hand them on.
    __metadata_request__fit = {"groups": True}
    __metadata_request__fit_resample = {"groups": True}

    _parameter_constraints: dict = {
        **BaseOverSampler._parameter_constraints,
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "latent_dim": [Interval(Integral, 1, None, closed="left")],
        "width": [Interval(Integral, 1, None, closed="left")],
        "loss": [BaseLoss, None],
        "conditional": ["boolean"],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "batch_size": [Interval(Integral, 2, None, closed="left")],
        "learning_rate": [Interval(Real, 0, None, closed="neither"), None],
        "accelerator": [StrOptions({"auto", "cpu", "cuda", "gpu", "mps"})],
        "verbose": ["verbose"],
    }

    def __init__(
        self,
        *,
        sampling_strategy="auto",
        n_channels=1,
        latent_dim=100,
        width=32,
        loss=None,
        conditional=True,
        max_iter=500,
        batch_size=64,
        learning_rate=None,
        accelerator="cpu",
        random_state=None,
        verbose=False,
    ):
        super().__init__(sampling_strategy=sampling_strategy)
        self.n_channels = n_channels
        self.latent_dim = latent_dim
        self.width = width
        self.loss = loss
        self.conditional = conditional
        self.max_iter = max_iter
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.accelerator = accelerator
        self.random_state = random_state
        self.verbose = verbose

    def set_params(self, **params):
        """Set parameters; those of the loss, `loss__penalty`, also where the loss is None.

        Parameters
        ----------
        **params : dict
            Names and values. What belongs to the loss and finds none is set on a copy of
            `default_loss`, so that a grid can reach it.

        Returns
        -------
        self : object
            The sampler.
        """
        for_loss = any(name.startswith("loss__") for name in params)
        if for_loss and params.get("loss", self.loss) is None:
            params = {**params, "loss": clone(self.default_loss)}
        return super().set_params(**params)

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = False
        tags.input_tags.three_d_array = True
        return tags

    @abstractmethod
    def _make_generator(self, n_channels, n_times, n_classes):
        """Return a module; `generator(labels, random)` draws a signal for each label."""

    @abstractmethod
    def _make_discriminator(self, n_channels, n_times, n_classes):
        """Return a module; `discriminator(signals, labels, random)` scores each signal."""

    @_fit_context(prefer_skip_nested_validation=True)
    def fit(self, X, y, groups=None):
        """Train the networks on signals and their classes.

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
            If a signal, class or parameter is not legal; before any training.

        FloatingPointError
            If the training diverges.
        """
        fitted, _ = self._train(X, y, groups)
        self.__dict__ = fitted.__dict__
        return self

    @_fit_context(prefer_skip_nested_validation=True)
    def fit_resample(self, X, y, groups=None):
        """Train the networks and return the data with synthetic signals below it.

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
            If a signal, class or parameter is not legal; before any training.

        FloatingPointError
            If the training diverges.
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
        codec = SignalCodec(signals)
        encoded = codec.encode(signals)
        games = fitted._learn(encoded, codes, random)
        fitted._synthesizer_ = Synthesizer(codec, games, np.shape(X)[1:], signals.dtype)
        warn_of_collapse(fitted._synthesizer_, encoded, codes, fitted.classes_, random)
        return fitted, random

    def _check_training_set(self, X, y, groups):
        """Learn what the input is like; return it as signals and class codes."""
        signals = check_training_signals(self, X)
        self.classes_, self._first_rows_, codes, self.sampling_strategy_ = check_classes(
            self, y, n_samples=len(signals)
        )
        self._class_counts_ = np.bincount(codes)
        check_groups(groups, n_samples=len(signals))
        if self.loss is not None:
            self.loss._validate_params()
        return signals, codes

    def _members_of_games(self):
        """Return the classes of each game; where none needs rows, a game for each learns it."""
        if self.conditional:
            return [np.arange(len(self.classes_))]
        wanted = [label for label, n in self.sampling_strategy_.items() if n > 0]
        codes = np.searchsorted(self.classes_, wanted or self.classes_)
        return list(codes.reshape(-1, 1))

    def _learn(self, encoded, codes, random):
        """Train the games and keep their history."""
        members_of_games = self._members_of_games()
        games, histories = play_games(self, members_of_games, encoded, codes, random)
        if not self.conditional:
            for members, history in zip(members_of_games, histories, strict=True):
                history.insert(0, "label", self.classes_[members[0]])
        self.history_ = pd.concat(histories, ignore_index=True)
        self.n_iter_ = int(self.history_["iteration"].max())
        return games
