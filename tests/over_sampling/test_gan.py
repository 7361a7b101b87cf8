"""What is particular to the GAN of dense layers."""

from functools import partial

import numpy as np
import pytest
import torch
from torch import nn

from skeeg.metrics import amplitude_distance
from skeeg.nn import LogisticLoss
from skeeg.nn._parameters import build
from skeeg.over_sampling import GANSampler
from skeeg.over_sampling._collapse import diversity

LABELS = torch.tensor([0, 1, 1, 0])


def networks(n_channels, n_times, width=4):
    """Both networks for two classes."""
    sampler, sizes = GANSampler(width=width, latent_dim=5), (n_channels, n_times, 2)
    return [
        build(partial(make, *sizes), seed=0)
        for make in (sampler._make_generator, sampler._make_discriminator)
    ]


@pytest.mark.parametrize("width", [1, 4])
def test_layers_are_dense_and_as_wide_as_asked(width):
    for network in networks(2, 30, width):
        layers = [m for m in network.modules() if not list(m.children()) and list(m.parameters())]
        assert {type(layer) for layer in layers} == {nn.Linear, nn.Embedding}
        assert [layer.out_features for layer in network.layers] == [8 * width] * 2


def test_the_loss_is_that_of_the_original_with_a_penalty():
    assert isinstance(GANSampler().default_loss, LogisticLoss)
    assert GANSampler().set_params(loss__penalty=0).loss.penalty == 0


def test_tones_of_two_classes_are_learned_in_all_their_phases(rng):
    times = np.arange(32) / 32
    y = np.repeat([0, 1], 100)
    frequency, amplitude = np.where(y, 10, 3)[:, None], np.where(y, 50, 5)[:, None]
    amplitude = amplitude * rng.lognormal(0, 0.3, (200, 1))
    tones = np.sin(2 * np.pi * frequency * times + rng.uniform(0, 2 * np.pi, (200, 1)))
    X = amplitude * (tones + 0.3 * rng.standard_normal((200, 32)))
    sampler = GANSampler(width=8, max_iter=150, random_state=0).fit(X, y)
    for label in (0, 1):
        drawn = sampler.sample(100, label=label, random_state=0)
        spectra = np.fft.rfft(drawn)[:, 10 if label else 3]
        assert np.abs(np.fft.rfft(drawn)).mean(axis=0).argmax() == (10 if label else 3)
        assert np.abs(np.mean(spectra / np.abs(spectra))) < 0.4
        assert amplitude_distance(X[y == label], drawn) < 0.1
        assert diversity(X[y == label], drawn) > 0.5
