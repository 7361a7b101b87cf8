"""What changes while a game is played, and how it is shared among processes."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_array_equal

from skeeg.nn import RelativisticLoss, train_gan
from skeeg.nn._one_process import OneProcess
from skeeg.nn._players import Players

LABELS = np.arange(20) % 2
SETTINGS = {"max_iter": 4, "batch_size": 8, "learning_rate": 0.01, "seed": 0}


@pytest.fixture
def values(rng):
    return rng.standard_normal((20, 1, 1)).astype(np.float32)


@pytest.fixture
def make_players(toy):
    def make(seed):
        options = {"betas": (0.0, 0.9), "averaging": 0.9, "fabric": OneProcess()}
        return Players(*toy, seed=seed, **options)

    return make


def assert_same(arrays, others):
    assert arrays.keys() == others.keys()
    for name, value in arrays.items():
        assert_array_equal(value, others[name], err_msg=name)


def step(players):
    """Take a step down a slope of random numbers."""
    sizes = [p.numel() for p in players.discriminator.parameters()]
    slope = torch.randn(sum(sizes), generator=players.randoms[0])
    players.tell(progress=0.5, learning_rate=0.1)
    return players.descend(0, [(torch.tensor(3.0), slope), (torch.tensor(5.0), slope)])


def test_players_go_on_where_others_stood(make_players):
    players, other = make_players(0), make_players(1)
    step(players)
    other.go_on_from(players.state())
    assert_same(other.state(), players.state())
    assert step(players) == step(other) == 4.0
    assert_same(other.state(), players.state())


def test_a_start_leaves_the_random_numbers_alone(make_players):
    players, other = make_players(0), make_players(1)
    step(players)
    before = other.state()["random"]
    other.start_from(players.networks_and_moments())
    assert_same(other.networks_and_moments(), players.networks_and_moments())
    assert_array_equal(other.state()["random"], before)


def test_what_was_handed_out_does_not_change(make_players):
    players = make_players(0)
    arrays = players.state()
    copies = {name: value.copy() for name, value in arrays.items()}
    step(players)
    assert_same(arrays, copies)


def test_networks_of_other_sizes_are_refused(make_players):
    arrays = make_players(0).state()
    arrays["generator.mean.weight"] = np.zeros((3, 1), np.float32)
    with pytest.raises(ValueError, match=r"earlier training have other sizes.*number of classes"):
        make_players(0).start_from(arrays)


def test_a_start_takes_the_networks_over(toy, values):
    arguments = *toy, RelativisticLoss(), values, LABELS
    first = train_gan(*arguments, **SETTINGS)
    settings = {**SETTINGS, "learning_rate": 1e-30, "max_iter": 1}
    second = train_gan(*arguments, **settings, start=first.players)
    for name, value in first.players.items():
        if not name.startswith(("adam", "averaged")):
            assert_array_equal(second.players[name], value, err_msg=name)
    assert second.history[0].iteration == 1


class Growing(torch.nn.Module):
    """Remember how far the training was at each call."""

    progress = 1.0

    def __init__(self):
        super().__init__()
        self.mean = torch.nn.Parameter(torch.empty(1))
        self.seen = []

    def forward(self, labels, random):
        self.seen.append(self.progress)
        return self.mean.expand(len(labels), 1, 1)


@pytest.mark.parametrize("start", [False, True])
def test_modules_are_told_how_far_the_training_is(toy, values, start):
    made = []

    def make_generator():
        made.append(Growing())
        return made[-1]

    arguments = make_generator, toy[1], RelativisticLoss(), values, LABELS
    first = train_gan(*arguments, **SETTINGS)
    if start:  # and what has grown up is not told to start small again
        train_gan(*arguments, **SETTINGS, start=first.players)
    assert set(made[-1].seen) == ({1.0} if start else {0.0, 0.25, 0.5, 0.75})
