"""Signals in which known channels carry the classes, and classifiers fitted on them."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from skeeg.classification import EEGNetClassifier
from skeeg.feature_extraction import FourierFeatures

CLASSES = np.array(["clap", "rest", "walk"])
PLANTED = {"clap": 2, "walk": 0}  # every channel has a rhythm in a third of the signals


def draw_planted(seed, n_samples=240, n_channels=4, n_times=64):
    """Draw signals in µV: one class has its rhythm in channel 2, another in channel 0."""
    rng = np.random.default_rng(seed)
    y = CLASSES[rng.permutation(np.arange(n_samples) % 3)]
    has_rhythm = rng.random((n_samples, n_channels)) < 1 / 3
    for label, channel in PLANTED.items():
        has_rhythm[:, channel] = y == label
    phase = rng.uniform(0, 2 * np.pi, (n_samples, n_channels, 1))
    rhythm = 1.5 * np.sin(0.6 * np.arange(n_times) + phase) * has_rhythm[..., np.newaxis]
    return 20 * (rng.standard_normal(rhythm.shape) + rhythm), y


def unfitted_linear():
    features = FourierFeatures(n_bins=8, channel_names=["a", "b", "c", "d"])
    return make_pipeline(features, StandardScaler(), LogisticRegression(C=0.1))


@pytest.fixture(scope="session")
def make_planted():
    return draw_planted


@pytest.fixture(scope="session")
def make_linear():
    return unfitted_linear


@pytest.fixture(scope="session")
def names_what_was_planted():
    """Return a function that tells whether the planted channels come first in a table."""

    def judge(table):
        return all(table.loc[label].argmax() == channel for label, channel in PLANTED.items())

    return judge


@pytest.fixture(scope="session")
def planted():
    """Signals and classes that nothing has been fitted on."""
    return draw_planted(seed=1, n_samples=90)


@pytest.fixture(scope="session")
def linear():
    return unfitted_linear().fit(*draw_planted(seed=0))


@pytest.fixture(scope="session")
def net():
    net = EEGNetClassifier(learning_rate=0.01, max_iter=20, batch_size=32, random_state=0)
    return net.fit(*draw_planted(seed=0))
