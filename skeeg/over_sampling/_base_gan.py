"""What all GAN samplers share: parameters, scaling and training."""

from abc import abstractmethod
from numbers import Integral, Real
from os import PathLike

import numpy as np
import pandas as pd
from imblearn.utils import Substitution
from sklearn.utils._param_validation import Interval, StrOptions

from skeeg._default_loss import DefaultLossMixin
from skeeg._held_out import choose_held_out
from skeeg.nn import BaseLoss, RelativisticLoss
from skeeg.nn._checkpoint import check_folder
from skeeg.over_sampling._base import BaseSignalSampler
from skeeg.over_sampling._codec import SignalCodec
from skeeg.over_sampling._collapse import warn_of_collapse
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS
from skeeg.over_sampling._game import Generators, TrainingSet, play_games
from skeeg.over_sampling._held_out import check_held_out
from skeeg.over_sampling._signature import inherit_parameters
from skeeg.over_sampling._warm_start import Memory


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class BaseGANSampler(DefaultLossMixin, BaseSignalSampler):
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

    _parameter_constraints: dict = {
        **BaseSignalSampler._parameter_constraints,
        "latent_dim": [Interval(Integral, 1, None, closed="left")],
        "width": [Interval(Integral, 1, None, closed="left")],
        "loss": [BaseLoss, None],
        "conditional": ["boolean"],
        "max_iter": [Interval(Integral, 1, None, closed="left")],
        "max_time": [Interval(Real, 0, None, closed="neither"), None],
        "batch_size": [Interval(Integral, 2, None, closed="left")],
        "learning_rate": [Interval(Real, 0, None, closed="neither"), None],
        "validation_fraction": [Interval(Real, 0, 1, closed="neither"), None],
        "n_iter_no_change": [Interval(Integral, 1, None, closed="left"), None],
        "tol": [Interval(Real, 0, None, closed="left")],
        "warm_start": ["boolean"],
        "checkpoint": [str, PathLike, None],
        "accelerator": [StrOptions({"auto", "cpu", "cuda", "gpu", "mps"})],
        "devices": [Interval(Integral, 1, None, closed="left"), list, StrOptions({"auto"})],
        "precision": [StrOptions({"32-true", "bf16-mixed"})],
        "strategy": [StrOptions({"auto", "ddp", "ddp_spawn", "ddp_notebook"})],
        "num_nodes": [Interval(Integral, 1, None, closed="left")],
        "verbose": ["verbose"],
    }

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        inherit_parameters(cls)

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
        max_time=None,
        batch_size=64,
        learning_rate=None,
        validation_fraction=None,
        n_iter_no_change=None,
        tol=0.05,
        warm_start=False,
        checkpoint=None,
        accelerator="cpu",
        devices=1,
        precision="32-true",
        strategy="auto",
        num_nodes=1,
        random_state=None,
        verbose=False,
    ):
        super().__init__(
            sampling_strategy=sampling_strategy, n_channels=n_channels, random_state=random_state
        )
        self.latent_dim = latent_dim
        self.width = width
        self.loss = loss
        self.conditional = conditional
        self.max_iter = max_iter
        self.max_time = max_time
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.tol = tol
        self.warm_start = warm_start
        self.checkpoint = checkpoint
        self.accelerator = accelerator
        self.devices = devices
        self.precision = precision
        self.strategy = strategy
        self.num_nodes = num_nodes
        self.verbose = verbose

    @abstractmethod
    def _make_generator(self, n_channels, n_times, n_classes):
        """Return a module; `generator(labels, random)` draws a signal for each label."""

    @abstractmethod
    def _make_discriminator(self, n_channels, n_times, n_classes):
        """Return a module; `discriminator(signals, labels, random)` scores each signal."""

    def _check_training_set(self, X, y, groups):
        if self.loss is not None:
            self.loss._validate_params()
        if self.n_iter_no_change is not None and self.validation_fraction is None:
            raise ValueError(
                f"n_iter_no_change={self.n_iter_no_change} needs held-out signals to see no change "
                "in: set validation_fraction as well, 0.1 for example."
            )
        check_folder(self.checkpoint)
        return super()._check_training_set(X, y, groups)

    def _make_codec(self, signals):
        """Return what turns signals into what the networks see, and back."""
        return SignalCodec(signals)

    def _learn(self, signals, codes, groups, random):
        """Train the games and keep their history."""
        members_of_games = self._members_of_games()
        memory = vars(self).pop("_memory", None)
        if not self.warm_start:
            memory = None
        starts = memory and memory.starts_of(self.classes_, members_of_games)
        held_out = self._hold_out(codes, groups, random)
        codec = self._make_codec(signals[~held_out])
        data = TrainingSet(signals.shape[1:], codec, codec.encode(signals), codes, held_out)
        games, histories, players = play_games(self, members_of_games, data, random, starts)
        self.history_ = self._join(histories, members_of_games)
        if memory:
            self.history_ = memory.append(self.history_)
        self.n_iter_ = int(self.history_["iteration"].max())
        if self.warm_start:
            self._memory = Memory(self.classes_, members_of_games, players, self.history_)
        generators = Generators(codec, games)
        warn_of_collapse(generators, data.encoded, codes, self.classes_, random)
        return generators

    def _join(self, histories, members_of_games):
        """Return the histories of all games as one; each tells its class where it has but one."""
        if not self.conditional:
            for members, history in zip(members_of_games, histories, strict=True):
                history.insert(0, "label", self.classes_[members[0]])
        return pd.concat(histories, ignore_index=True)

    def _members_of_games(self):
        """Return the classes of each game; where none needs rows, a game for each learns it."""
        if self.conditional:
            return [np.arange(len(self.classes_))]
        return list(self._wanted().reshape(-1, 1))

    def _wanted(self):
        """Return the codes of the classes that get rows, or of all where none does."""
        wanted = [label for label, n in self.sampling_strategy_.items() if n > 0]
        return np.searchsorted(self.classes_, wanted or self.classes_)

    def _hold_out(self, codes, groups, random):
        """Return which rows to keep out of the training."""
        if self.validation_fraction is None:
            return np.zeros(len(codes), dtype=bool)
        held_out = choose_held_out(self.validation_fraction, codes, groups, random)
        check_held_out(held_out, codes, groups, self._wanted(), self.classes_)
        return held_out
