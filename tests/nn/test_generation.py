"""Drawing from a trained generator."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal

from skeeg.nn import generate
from skeeg.nn._parameters import build, to_numpy


@pytest.fixture
def two_classes(toy):
    """Return a generator with normal values around 5 and, wider, around -5."""
    state = {"mean.weight": np.array([[5.0], [-5.0]]), "spread.weight": np.array([[1.0], [2.0]])}
    return toy[0], {name: value.astype(np.float32) for name, value in state.items()}


def test_each_label_gets_a_signal_of_its_class(two_classes):
    labels = np.arange(4000) % 2
    signals = generate(*two_classes, labels, seed=0)
    assert signals.shape == (4000, 1, 1)
    assert signals.dtype == np.float32
    for label, mean, spread in [(0, 5, 1), (1, -5, 2)]:
        assert_allclose(signals[labels == label].mean(), mean, atol=0.15)
        assert_allclose(signals[labels == label].std(), spread, atol=0.1)


def test_labels_may_be_a_list_or_none_at_all(two_classes):
    assert generate(*two_classes, [1, 0], seed=0).shape == (2, 1, 1)
    assert generate(*two_classes, [], seed=0).shape == (0, 1, 1)


def test_the_seed_decides(two_classes):
    first, again, other = (generate(*two_classes, [0, 1], seed=seed) for seed in (0, 0, 1))
    assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_the_number_of_threads_does_not_matter(convolutional, set_threads):
    make_generator, _ = convolutional
    state, drawn = to_numpy(build(make_generator, seed=0)), []
    for n_threads in (1, 2, 3):
        set_threads(n_threads)
        drawn.append(generate(make_generator, state, np.arange(64) % 2, seed=0))
    assert_array_equal(drawn[0], drawn[1])
    assert_array_equal(drawn[0], drawn[2])


def test_drawing_keeps_no_graph():
    class Asked(torch.nn.Module):
        def forward(self, labels, random):
            return torch.full((len(labels),), float(torch.is_grad_enabled()))

    assert not generate(Asked, {}, [0, 0], seed=0).any()


def test_nothing_outside_changes(two_classes, global_state):
    before = global_state()
    generate(*two_classes, [0, 1], seed=0)
    assert global_state() == before
