"""The best generator is kept, and a training without progress ends."""

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from skeeg.nn import HeldOut, RelativisticLoss, train_gan

SETTINGS = {"max_iter": 100, "batch_size": 8, "learning_rate": 0.01, "seed": 0}
LABELS = np.arange(20) % 2


@pytest.fixture
def values(rng):
    return rng.standard_normal((20, 1, 1)).astype(np.float32)


class Judge:
    """Give the distances of a list, one after the other, and remember what was compared."""

    def __init__(self, *distances):
        self.distances, self.compared = list(distances), []

    def __call__(self, real, synthetic, labels):
        self.compared.append((real, synthetic, labels))
        return self.distances[len(self.compared) - 1]


def train(toy, values, judge, **options):
    held_out = HeldOut(values[:6], LABELS[:6], judge, **options)
    rows = values[6:], LABELS[6:]
    return train_gan(*toy, RelativisticLoss(), *rows, **SETTINGS, held_out=held_out)


def test_the_best_of_all_generators_is_returned(toy, values):
    kept = train(toy, values, Judge(3.0, 1.0, 2.0, 4.0))
    fewer = {**SETTINGS, "max_iter": 50}
    last = train_gan(*toy, RelativisticLoss(), values[6:], LABELS[6:], **fewer)
    # pace and so parameters differ from those of a shorter training, but not by much
    for name, value in kept.state.items():
        assert np.abs(value - last.state[name]).max() < 0.2
    whole = train(toy, values, Judge(3.0, 2.0, 1.0, 0.5))
    assert any(not np.array_equal(kept.state[name], whole.state[name]) for name in kept.state)


def test_every_twenty_fifth_iteration_is_measured_and_the_last(toy, values):
    judge = Judge(4.0, 3.0, 2.0, 1.0)
    history = train(toy, values, judge).history
    measured = {record.iteration: record.validation_distance for record in history}
    assert {at: found for at, found in measured.items() if np.isfinite(found)} == {
        25: 4.0,
        50: 3.0,
        75: 2.0,
        100: 1.0,
    }
    for real, synthetic, labels in judge.compared:
        assert_array_equal(real, values[:6])
        assert_array_equal(labels, LABELS[:6])
        assert synthetic.shape == real.shape


def test_the_same_draws_are_compared_each_time(toy, values):
    judge = Judge(1.0, 1.0, 1.0, 1.0)
    held_out = HeldOut(values[:6], LABELS[:6], judge)
    settings = {**SETTINGS, "learning_rate": 1e-20}
    train_gan(
        *toy, RelativisticLoss(), values[6:], LABELS[6:], **settings, averaging=0, held_out=held_out
    )
    draws = [synthetic for _, synthetic, _ in judge.compared]
    assert_array_equal(draws[0], draws[-1])


@pytest.mark.parametrize(
    ("distances", "n_iter"),
    [((1.0, 2.0, 2.0, 2.0), 75), ((4.0, 3.0, 2.0, 1.0), 100), ((4.0, 3.99, 3.98, 3.97), 75)],
    ids=["worse", "better", "hardly better"],
)
def test_a_training_without_progress_ends(toy, values, distances, n_iter):
    history = train(toy, values, Judge(*distances), patience=50, tol=0.1).history
    assert len(history) == n_iter


def test_measuring_changes_nothing_about_the_training(toy, values):
    measured = train(toy, values, Judge(4.0, 3.0, 2.0, 1.0))
    plain = train_gan(*toy, RelativisticLoss(), values[6:], LABELS[6:], **SETTINGS)
    for name, value in plain.state.items():
        assert_array_equal(measured.state[name], value)


def test_a_generator_that_cannot_be_measured_is_returned_as_it_ended(toy, values):
    kept = train(toy, values, Judge(*[np.nan] * 4))
    plain = train_gan(*toy, RelativisticLoss(), values[6:], LABELS[6:], **SETTINGS)
    for name, value in plain.state.items():
        assert_array_equal(kept.state[name], value)
