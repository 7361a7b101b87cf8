"""What all GAN samplers share: parameters, scaling and training."""

from abc import abstractmethod
from numbers import Integral, Real

import numpy as np
import pandas as pd
from imblearn.utils import Substitution
from sklearn.base import clone
from sklearn.utils._param_validation import Interval, StrOptions

from skeeg.nn import BaseLoss, RelativisticLoss
from skeeg.over_sampling._base import BaseSignalSampler
from skeeg.over_sampling._codec import SignalCodec
from skeeg.over_sampling._collapse import warn_of_collapse
from skeeg.over_sampling._docstring import ATTRIBUTES, PARAMETERS
from skeeg.over_sampling._game import Generators, play_games


@Substitution(parameters=PARAMETERS, attributes=ATTRIBUTES)
class BaseGANSampler(BaseSignalSampler):
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
        super().__init__(
            sampling_strategy=sampling_strategy, n_channels=n_channels, random_state=random_state
        )
        self.latent_dim = latent_dim
        self.width = width
        self.loss = loss
        self.conditional = conditional
        self.max_iter = max_iter
        self.batch_size = batch_size
        self.learning_rate = learning_rate
        self.accelerator = accelerator
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

    @abstractmethod
    def _make_generator(self, n_channels, n_times, n_classes):
        """Return a module; `generator(labels, random)` draws a signal for each label."""

    @abstractmethod
    def _make_discriminator(self, n_channels, n_times, n_classes):
        """Return a module; `discriminator(signals, labels, random)` scores each signal."""

    def _members_of_games(self):
        """Return the classes of each game; where none needs rows, a game for each learns it."""
        if self.conditional:
            return [np.arange(len(self.classes_))]
        wanted = [label for label, n in self.sampling_strategy_.items() if n > 0]
        codes = np.searchsorted(self.classes_, wanted or self.classes_)
        return list(codes.reshape(-1, 1))

    def _check_training_set(self, X, y, groups):
        if self.loss is not None:
            self.loss._validate_params()
        return super()._check_training_set(X, y, groups)

    def _make_codec(self, signals):
        """Return what turns signals into what the networks see, and back."""
        return SignalCodec(signals)

    def _learn(self, signals, codes, groups, random):
        """Train the games and keep their history."""
        codec = self._make_codec(signals)
        encoded = codec.encode(signals)
        members_of_games = self._members_of_games()
        games, histories = play_games(self, members_of_games, encoded, codes, random)
        if not self.conditional:
            for members, history in zip(members_of_games, histories, strict=True):
                history.insert(0, "label", self.classes_[members[0]])
        self.history_ = pd.concat(histories, ignore_index=True)
        self.n_iter_ = int(self.history_["iteration"].max())
        generators = Generators(codec, games)
        warn_of_collapse(generators, encoded, codes, self.classes_, random)
        return generators
