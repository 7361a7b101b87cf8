"""What the training loop tells networks beyond classes, and what they tell the loop."""

import numpy as np
import pytest
import torch
from torch import nn

from skeeg.nn import HingeLoss, RelativisticLoss, generate, train_gan

TINY = {"max_iter": 6, "batch_size": 8, "learning_rate": 0.01, "seed": 0}


class Line(nn.Module):
    """Draw a value that is linear in one condition."""

    def __init__(self):
        super().__init__()
        self.slope, self.offset = nn.Parameter(torch.empty(1)), nn.Parameter(torch.empty(1))

    def forward(self, conditions, random):
        return (self.slope * conditions + self.offset).view(-1, 1, 1)


class Expensive(Line):
    """Pays for its slope."""

    def penalty(self, conditions, random):
        return 100 * self.slope.square().sum()


class LineCritic(nn.Module):
    def __init__(self):
        super().__init__()
        self.score = nn.Sequential(nn.Linear(2, 32), nn.LeakyReLU(0.2), nn.Linear(32, 1))

    def forward(self, signals, conditions, random):
        return self.score(torch.cat([signals.flatten(1), conditions], 1)).squeeze(1)


class Told(nn.Module):
    """Keeps what it is told."""

    heard = None

    def adapt(self, advantage):
        Told.heard.append(advantage)


class AdaptiveCritic(LineCritic):
    def __init__(self):
        super().__init__()
        self.told = Told()


@pytest.fixture
def pairs(rng):
    """Conditions and values that are twice as large and 1 more; all of one class."""
    conditions = rng.standard_normal((64, 1)).astype("float32")
    return (2 * conditions + 1).reshape(64, 1, 1), np.zeros(64, dtype=int), conditions


def train(pairs, generator=Line, critic=LineCritic, loss=None, **settings):
    rows, labels, conditions = pairs
    settings = {**TINY, "conditions": conditions, **settings}
    return train_gan(generator, critic, loss or RelativisticLoss(), rows, labels, **settings)


def test_a_generator_learns_what_belongs_to_its_conditions(pairs):
    state, _, _ = train(pairs, max_iter=400, batch_size=32, learning_rate=0.02)
    drawn = generate(Line, state, [[-1.0], [0.0], [1.0]], seed=0).ravel()
    np.testing.assert_allclose(drawn, [-1, 1, 3], atol=0.3)


def test_conditions_of_the_class_alone_say_nothing_of_a_row(pairs):
    """The values of a class are all that is left to learn, whatever the condition."""
    state, _, _ = train(pairs, max_iter=400, batch_size=32, learning_rate=0.02, paired=False)
    assert abs(float(state["slope"][0])) < 3
    together, _, _ = train(pairs, max_iter=400, batch_size=32, learning_rate=0.02)
    assert not np.array_equal(state["slope"], together["slope"])


def test_a_penalty_is_added_to_the_loss_of_the_generator(pairs):
    free, dear = (train(pairs, generator, max_iter=100).state for generator in (Line, Expensive))
    assert abs(dear["slope"][0]) < 0.05 < abs(free["slope"][0])


@pytest.mark.parametrize("loss", [HingeLoss(), RelativisticLoss()])
def test_adaptive_modules_hear_every_fourth_iteration_how_surely_real_signals_win(pairs, loss):
    Told.heard = []
    train(pairs, critic=AdaptiveCritic, loss=loss, max_iter=9)
    assert len(Told.heard) == 3
    assert all(-1 <= advantage <= 1 for advantage in Told.heard)


def test_what_is_told_is_the_surplus_of_won_over_lost_comparisons(pairs):
    """A critic that prefers large values, and values that are larger than those drawn."""

    class Large(AdaptiveCritic):
        def forward(self, signals, conditions, random):
            return signals.flatten() + 0 * super().forward(signals, conditions, random)

    rows, labels, conditions = pairs
    for shift, expected in [(100, 1.0), (-100, -1.0)]:
        Told.heard = []
        train((rows + shift, labels, conditions), critic=Large, max_iter=1)
        assert Told.heard == [expected]


@pytest.mark.parametrize("paired", [False, True])
def test_an_interrupted_training_goes_on_with_its_conditions(pairs, tmp_path, paired):
    settings = {"max_iter": 60, "checkpoint": tmp_path, "paired": paired}
    whole = train(pairs, **settings).state["slope"]
    for file in tmp_path.iterdir():
        file.unlink()

    def interrupt(record):
        if record.iteration == 55:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(pairs, **settings, on_iter=interrupt)
    assert np.array_equal(train(pairs, **settings).state["slope"], whole)
