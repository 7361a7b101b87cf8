"""The contract of all GAN samplers, kept once."""

import copy
from abc import ABCMeta, abstractmethod
from functools import partial
from numbers import Integral, Real
from warnings import warn

import numpy as np
import pandas as pd
from imblearn.over_sampling.base import BaseOverSampler
from sklearn.base import _fit_context, clone
from sklearn.exceptions import ConvergenceWarning
from sklearn.utils import _safe_indexing, check_random_state, check_scalar, gen_batches
from sklearn.utils._param_validation import Interval, StrOptions
from sklearn.utils.validation import check_is_fitted
from tqdm.auto import tqdm

from skeeg.nn import BaseLoss, RelativisticLoss, train_gan
from skeeg.over_sampling._codec import N_LEVELS, SignalCodec
from skeeg.over_sampling._collapse import MOST_COMPARED, has_collapsed
from skeeg.over_sampling._containers import append_rows, extend_groups, fit_into, stack
from skeeg.over_sampling._game import Game
from skeeg.over_sampling._validation import check_classes, check_groups, check_training_signals

CHUNK = 1024


def draw_seed(random):
    return int(random.randint(np.iinfo(np.int32).max))


def _show(bar, record):
    """Move a progress bar on by one iteration."""
    bar.set_postfix(
        discriminator=f"{record['discriminator_loss']:.3f}",
        generator=f"{record['generator_loss']:.3f}",
        refresh=False,
    )
    bar.update()


def _unfitted_copy(sampler):
    """Copy a sampler without what it has learned; its parameters stay the same objects."""
    unfitted = copy.copy(sampler)
    for name in [name for name in vars(sampler) if name.endswith("_")]:
        delattr(unfitted, name)
    return unfitted


class BaseGANSampler(BaseOverSampler, metaclass=ABCMeta):
    """Over-sample classes with signals drawn from a generative adversarial network.

    Everything but the two networks happens here: validation, scaling, training, drawing and the
    containers of the output. A subclass writes `_make_generator` and `_make_discriminator` and,
    where it has one, its `default_loss`.

    Networks see signals of shape `(n_samples, n_channels, n_times + 2)`: a waveform of zero mean
    and unit root mean square, then the standardised log-amplitude and mean of the channel. They
    must build for any `n_times >= 1`.
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
        max_iter=1000,
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
        synthetic = np.concatenate(list(fitted._draw(codes, CHUNK, random)))
        X_resampled = append_rows(X, synthetic)
        y_resampled = stack(y, _safe_indexing(y, fitted._first_rows_[codes]))
        n_rows = len(X_resampled)
        fitted.synthetic_mask_ = np.arange(n_rows) >= n_rows - len(codes)
        fitted.groups_resampled_ = None if groups is None else extend_groups(groups, len(codes))
        self.__dict__ = fitted.__dict__
        return X_resampled, y_resampled

    def sample(self, n_samples, label=None, random_state=None):
        """Draw synthetic signals from the trained generator.

        Parameters
        ----------
        n_samples : int
            Number of signals.

        label : object, default=None
            Class of the signals. None draws from all trained classes as often as they were in the
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
            If the class was not trained.
        """
        return np.concatenate(list(self.iter_samples(n_samples, label, random_state)))

    def iter_samples(self, n_samples, label=None, random_state=None, *, chunk_size=CHUNK):
        """Draw synthetic signals chunk by chunk, for more than fit into memory.

        Parameters
        ----------
        n_samples : int
            Number of signals in total.

        label : object, default=None
            Class of the signals. None draws from all trained classes as often as they were in the
            training data.

        random_state : int, RandomState instance or None, default=None
            Source of the draw; an int gives the same signals at each call.

        chunk_size : int, default=1024
            Largest number of signals in a chunk.

        Yields
        ------
        X : ndarray of shape (n_chunk, n_channels * n_times) or (n_chunk, n_channels, n_times)
            Signals in the unit, layout and dtype of the training data.

        Raises
        ------
        ValueError
            If the class was not trained.
        """
        check_is_fitted(self)
        check_scalar(n_samples, "n_samples", Integral, min_val=0)
        check_scalar(chunk_size, "chunk_size", Integral, min_val=1)
        random = check_random_state(random_state)
        return self._draw(self._draw_codes(n_samples, label, random), chunk_size, random)

    def _draw_codes(self, n_samples, label, random):
        """Resolve a label, or None, to the code of the class of each signal."""
        trained = np.concatenate([game.codes for game in self._games_])
        if label is None:
            weights = self._class_counts_[trained]
            return random.choice(trained, n_samples, p=weights / weights.sum())
        code = trained[self.classes_[trained] == label]
        if len(code) == 0:
            raise ValueError(
                f"label={label!r} is not among the trained classes "
                f"{self.classes_[trained].tolist()}."
            )
        return code.repeat(n_samples)

    def _draw(self, codes, chunk_size, random):
        """Yield signals of the given classes in the layout and dtype of the training data."""
        for rows in gen_batches(max(1, len(codes)), chunk_size):
            signals = self._codec_.decode(self._draw_encoded(codes[rows], random))
            values = fit_into(signals, [self._dtype_]).astype(self._dtype_)
            yield values.reshape(len(values), *self._layout_)

    def _draw_encoded(self, codes, random):
        encoded = np.empty((len(codes), *self._codec_.shape), dtype=np.float32)
        for game in self._games_:
            rows = np.isin(codes, game.codes)
            encoded[rows] = game.draw(codes[rows], draw_seed(random))
        return encoded

    def _train(self, X, y, groups):
        """Return a fitted copy, and the random state as the training leaves it."""
        fitted = _unfitted_copy(self)
        signals, codes = fitted._check_training_set(X, y, groups)
        random = check_random_state(self.random_state)
        fitted._codec_ = SignalCodec(signals)
        encoded = fitted._codec_.encode(signals)
        fitted._play(encoded, codes, random)
        fitted._warn_of_collapse(encoded, codes, random)
        return fitted, random

    def _check_training_set(self, X, y, groups):
        """Learn what the input is like; return it as signals and class codes."""
        signals = check_training_signals(self, X)
        self._layout_, self._dtype_ = np.shape(X)[1:], signals.dtype
        self.classes_, self._first_rows_, codes, self.sampling_strategy_ = check_classes(
            self, y, n_samples=len(signals)
        )
        self._class_counts_ = np.bincount(codes)
        check_groups(groups, n_samples=len(signals))
        if self.loss is not None:
            self.loss._validate_params()
        return signals, codes

    def _codes_of_games(self):
        """Return the classes of each game; without wishes, a game per class learns them all."""
        if self.conditional:
            return [np.arange(len(self.classes_))]
        wanted = [label for label, n in self.sampling_strategy_.items() if n > 0]
        codes = np.searchsorted(self.classes_, wanted or self.classes_)
        return codes.reshape(-1, 1)

    def _play(self, encoded, codes, random):
        """Train the network of each game."""
        games = self._codes_of_games()
        self._games_, histories = [], []
        with tqdm(
            desc=type(self).__name__,
            total=len(games) * self.max_iter,
            disable=not self.verbose,
            unit="iter",
        ) as bar:
            for members in games:
                game, history = self._play_one(members, encoded, codes, random, bar)
                self._games_.append(game)
                histories.append(history)
        self.history_ = pd.concat(histories, ignore_index=True)
        self.n_iter_ = int(self.history_["iteration"].max())

    def _play_one(self, members, encoded, codes, random, bar):
        """Train one network on the classes that are its members."""
        rows = np.isin(codes, members)
        # A copy keeps the parameters of this fit, whatever set_params does to the sampler later.
        recipe = clone(self)
        n_channels, n_values = encoded.shape[1:]
        sizes = n_channels, n_values - N_LEVELS, len(members)
        loss = self.default_loss if self.loss is None else self.loss
        make_generator = partial(recipe._make_generator, *sizes)
        state, records = train_gan(
            make_generator,
            partial(recipe._make_discriminator, *sizes),
            loss,
            encoded[rows],
            np.searchsorted(members, codes[rows]),
            max_iter=self.max_iter,
            batch_size=self.batch_size,
            learning_rate=self.learning_rate or loss.learning_rate,
            seed=draw_seed(random),
            accelerator=self.accelerator,
            on_iter=partial(_show, bar),
        )
        history = pd.DataFrame(records)
        if not self.conditional:
            history.insert(0, "label", self.classes_[members[0]])
        return Game(members, make_generator, state, self.accelerator), history

    def _warn_of_collapse(self, encoded, codes, random):
        """Compare the variety of drawn signals with that of the real ones, class by class."""
        for code in np.concatenate([game.codes for game in self._games_]):
            real = encoded[codes == code][:MOST_COMPARED]
            drawn = self._draw_encoded(np.full(len(real), code), random)
            if has_collapsed(real, drawn):
                warn(
                    f"The generator draws hardly different signals for class "
                    f"{self.classes_[code : code + 1].tolist()[0]!r}: it has collapsed, or "
                    f"max_iter={self.max_iter} is too short. Look at history_, change max_iter, "
                    "or use a loss with a gradient penalty.",
                    ConvergenceWarning,
                    stacklevel=5,
                )
