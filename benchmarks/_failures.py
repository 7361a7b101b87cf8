"""Faults that a generator may have, planted into real windows of other recordings."""

from typing import NamedTuple

import numpy as np
from scipy.signal import butter, sosfiltfilt
from scipy.stats import norm

N_WINDOWS = 4  # of each recording in a part


class Part(NamedTuple):
    """Windows of shape (n_samples, n_channels, n_times), their classes and recordings."""

    X: np.ndarray
    y: np.ndarray
    groups: np.ndarray

    def take(self, rows):
        """Return some of the windows."""
        return Part(self.X[rows], self.y[rows], self.groups[rows])


class Split(NamedTuple):
    """Parts of different recordings; siblings are other windows of the training recordings."""

    train: Part
    siblings: Part
    holdout: Part
    new: Part
    more: Part


def divide(data, random):
    """Divide the recordings of each class by three, and their windows by two."""
    recordings, first, place = np.unique(data.groups, return_index=True, return_inverse=True)
    third = np.empty(len(recordings), dtype=int)
    for label in np.unique(data.y):
        of_class = np.flatnonzero(data.y[first] == label)
        third[of_class] = random.permutation(len(of_class)) % 3
    late = np.arange(len(data.X)) - first[place] >= N_WINDOWS
    parts = [data.take((third[place] == i) & (late == half)) for i in range(3) for half in (0, 1)]
    train, siblings, holdout, _, new, more = parts
    return Split(train, siblings, holdout, new, more)


def rms(X):
    """Root mean square about the mean, of every channel."""
    return X.std(axis=-1, keepdims=True)


def copies(split, rate, random):
    """Draw the training windows."""
    return split.train


def noisy_copies(split, rate, random):
    """Draw the training windows with a tenth of noise."""
    noise = rms(split.train.X) * random.standard_normal(split.train.X.shape)
    return split.train._replace(X=split.train.X + 0.1 * noise)


def half_later(split, rate, random):
    """Draw the training recordings half a window later."""
    both = join(split.train, split.siblings)
    by_recording = both.X[np.argsort(both.groups, kind="stable")]
    n_channels, n_times = by_recording.shape[1:]
    windows = by_recording.reshape(-1, 2 * N_WINDOWS, n_channels, n_times).swapaxes(1, 2)
    recordings = windows.reshape(-1, n_channels, 2 * N_WINDOWS * n_times)
    later = recordings[..., n_times // 2 : n_times // 2 + N_WINDOWS * n_times]
    X = later.reshape(-1, n_channels, N_WINDOWS, n_times).swapaxes(1, 2)
    return split.train._replace(X=X.reshape(-1, n_channels, n_times))


def few_copies(split, rate, random):
    """Draw a copy one time in twelve."""
    rows = random.permutation(len(split.train.X))[: len(split.new.X) // 12]
    return join(split.new.take(slice(len(rows), None)), split.train.take(rows))


def often_the_same(split, rate, random):
    """Mix few of the training windows into a third of the new ones."""
    n_rows, n_sources = len(split.new.X) // 3, len(split.train.X) // 33
    rows = random.permutation(len(split.new.X))[:n_rows]
    sources = random.permutation(len(split.train.X))[np.arange(n_rows) % n_sources]
    X, source = split.new.X.copy(), split.train.X[sources]
    X[rows] = rms(X[rows]) * (0.8 * X[rows] / rms(X[rows]) + 0.6 * source / rms(source))
    return split.new._replace(X=X)


def collapse(split, rate, random):
    """Draw the same thirty windows again and again."""
    rows = random.permutation(len(split.new.X))[:30][np.arange(len(split.new.X)) % 30]
    return split.new.take(rows)._replace(groups=np.arange(len(rows)))


def repeats(split, rate, random):
    """Draw a third of the windows not at all and another third twice."""
    rows = random.permutation(len(split.new.X))
    n_kept = round(0.65 * len(rows))
    return split.new.take(np.concatenate([rows[:n_kept], rows[: len(rows) - n_kept]]))


def missing_mode(split, rate, random):
    """Never draw the strongest sixth of the windows, most of the seizures."""
    amplitude = rms(split.new.X).mean(axis=(1, 2))
    return split.new.take(amplitude < np.quantile(amplitude, 5 / 6))


def louder(split, rate, random):
    """Draw everything one and a half times as strong."""
    return split.new._replace(X=1.5 * split.new.X)


def slightly_louder(split, rate, random):
    """Draw everything a fifth stronger."""
    return split.new._replace(X=1.2 * split.new.X)


def bell_shaped(split, rate, random):
    """Draw amplitudes nearer to a bell curve than they are, of the right mean and spread."""
    log_amplitude = np.log(rms(split.new.X).mean(axis=(1, 2)))
    ranks = np.argsort(np.argsort(log_amplitude))
    bell = norm(log_amplitude.mean(), log_amplitude.std()).ppf((ranks + 0.5) / len(ranks))
    gain = np.exp(0.6 * (bell - log_amplitude))
    return split.new._replace(X=split.new.X * gain[:, np.newaxis, np.newaxis])


def wrong_spectrum(split, rate, random):
    """Draw nothing above 20 Hz."""
    low = butter(4, 20, fs=rate, output="sos")
    return split.new._replace(X=sosfiltfilt(low, split.new.X, axis=-1))


def echo(split, rate, random):
    """Draw a faint echo in every window, a quarter of a second later."""
    return split.new._replace(X=split.new.X + 0.3 * np.roll(split.new.X, round(rate / 4), axis=-1))


def noise(split, rate, random):
    """Draw white noise one time in eight."""
    X = split.new.X.copy()
    rows = random.permutation(len(X))[: len(X) // 8]
    X[rows] = rms(X[rows]) * random.standard_normal(X[rows].shape)
    return split.new._replace(X=X)


def artefacts(split, rate, random):
    """Draw a single step in each channel, somewhere, one time in fifty."""
    X = split.new.X.copy()
    times = np.arange(X.shape[-1])
    for row in random.permutation(len(X))[: len(X) // 50]:
        middle = random.integers(len(times) // 4, 3 * len(times) // 4, (X.shape[1], 1))
        step = np.where(times < middle, -1, 1) * random.choice([-1, 1], (X.shape[1], 1))
        X[row] = rms(X[row]) * (step + 0.01 * random.standard_normal(step.shape))
    return split.new._replace(X=X)


def scrambled_phases(split, rate, random):
    """Draw each window's spectrum with new phases, the same in all channels."""
    spectra = np.fft.rfft(split.new.X, axis=-1)
    turn = np.exp(2j * np.pi * random.uniform(size=(len(split.new.X), 1, spectra.shape[-1])))
    turn[..., 0] = 1
    return split.new._replace(X=np.fft.irfft(spectra * turn, split.new.X.shape[-1], axis=-1))


def offset(split, rate, random):
    """Draw windows whose mean is off by a third of their amplitude."""
    return split.new._replace(X=split.new.X + rms(split.new.X) / 3)


def fixed_pattern(split, rate, random):
    """Draw the same faint oscillation in every window."""
    pattern = np.sin(2 * np.pi * 8 * np.arange(split.new.X.shape[-1]) / rate)
    return split.new._replace(X=split.new.X + 0.09 * rms(split.new.X) * pattern)


def flipped_channel(split, rate, random):
    """Draw the last channel upside down one time in eight."""
    X = split.new.X.copy()
    X[: len(X) // 8, -1] *= -1
    return split.new._replace(X=X)


def shuffled_labels(split, rate, random):
    """Draw windows of the wrong class."""
    return split.new._replace(y=random.permutation(split.new.y))


def join(*parts):
    """Windows of several parts, one after the other."""
    return Part(*map(np.concatenate, zip(*parts, strict=True)))


FAILURES = {
    failure.__name__: failure
    for failure in (
        copies,
        noisy_copies,
        half_later,
        few_copies,
        often_the_same,
        collapse,
        repeats,
        missing_mode,
        louder,
        slightly_louder,
        bell_shaped,
        wrong_spectrum,
        echo,
        noise,
        artefacts,
        scrambled_phases,
        offset,
        fixed_pattern,
        flipped_channel,
        shuffled_labels,
    )
}
