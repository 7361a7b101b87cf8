"""What is particular to WGAN-GP."""

import numpy as np

from skeeg.metrics import amplitude_distance
from skeeg.nn import WassersteinLoss
from skeeg.over_sampling import WGANGPSampler


def test_the_default_is_the_game_of_the_paper():
    loss = WGANGPSampler.default_loss
    assert isinstance(loss, WassersteinLoss)
    assert (loss.penalty, loss.n_critic) == (10, 5)


def test_few_steps_find_the_rhythm_and_the_amplitude(rng):
    times = np.arange(40) / 40
    phases = rng.uniform(0, 2 * np.pi, (60, 1))
    X = 30 * (np.sin(2 * np.pi * 6 * times + phases) + 0.3 * rng.standard_normal((60, 40)))
    sampler = WGANGPSampler(width=4, max_iter=30, batch_size=16, random_state=0)
    drawn = sampler.fit(X, np.arange(60) % 2).sample(60, random_state=0)
    assert np.abs(np.fft.rfft(drawn)).mean(axis=0).argmax() == 6
    assert amplitude_distance(X, drawn) < 0.1
