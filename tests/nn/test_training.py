"""The loop: what it learns, what it records, what it leaves alone and how it ends."""

import threading
import time
from collections import Counter
from functools import partial

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import kstest

from skeeg.nn import (
    HingeLoss,
    LeastSquaresLoss,
    LogisticLoss,
    RelativisticLoss,
    WassersteinLoss,
    generate,
    launch,
    train_gan,
)

LABELS = np.arange(200) % 2
LOSSES = [LogisticLoss(), LeastSquaresLoss(), HingeLoss(), WassersteinLoss(), RelativisticLoss()]
SETTINGS = {"max_iter": 3, "batch_size": 8, "learning_rate": 1e-3, "seed": 0}


@pytest.fixture
def values(rng):
    """Return normal values: around 1 with a spread of 1, or around -1 with a spread of 0.5."""
    mean, spread = np.array([1, -1])[LABELS], np.array([1, 0.5])[LABELS]
    return (mean + spread * rng.standard_normal(200)).astype(np.float32).reshape(-1, 1, 1)


@pytest.fixture
def signals(rng):
    return rng.standard_normal((200, 1, 130)).astype(np.float32)


class Watched(RelativisticLoss):
    """A loss that counts how often it is asked, and when."""

    n_critic = 3

    def __init__(self):
        super().__init__()
        self.calls, self.rows, self.progress = Counter(), Counter(), []

    def at(self, progress):
        self.progress.append(progress)
        return self

    def discriminator_loss(self, critic, real, fake):
        self.calls["discriminator"] += 1
        self.rows["discriminator"] += len(real)
        return super().discriminator_loss(critic, real, fake)

    def generator_loss(self, critic, real, fake):
        self.calls["generator"] += 1
        self.rows["generator"] += len(fake)
        return super().generator_loss(critic, real, fake)


def assert_same(state, other):
    assert state.keys() == other.keys()
    for name, value in state.items():
        assert_array_equal(value, other[name])


def test_the_mean_and_the_spread_of_each_class_are_learned(toy, values):
    settings = {"max_iter": 200, "batch_size": 64, "learning_rate": 0.05, "seed": 0}
    state, *_ = train_gan(*toy, RelativisticLoss(), values, LABELS, **settings)
    for label in (0, 1):
        real = values[label == LABELS].ravel()
        fake = generate(toy[0], state, np.full(1000, label), seed=0).ravel()
        assert_allclose(fake.mean(), real.mean(), atol=0.15)
        assert_allclose(fake.std(), real.std(), atol=0.15)
        assert kstest(fake, real).statistic < 0.15


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: type(loss).__name__)
def test_threads_repeats_and_the_global_state_do_not_matter(
    convolutional, signals, set_threads, loss
):
    states = []
    for n_threads in (1, 2, 3):
        set_threads(n_threads)
        torch.manual_seed(n_threads)
        states.append(train_gan(*convolutional, loss, signals, LABELS, **SETTINGS)[0])
    assert_same(states[0], states[1])
    assert_same(states[0], states[2])


def test_another_seed_gives_another_result(toy, values):
    states = [
        train_gan(*toy, LogisticLoss(), values, LABELS, **{**SETTINGS, "seed": seed})[0]
        for seed in (0, 1)
    ]
    assert not np.array_equal(states[0]["mean.weight"], states[1]["mean.weight"])


def test_fits_side_by_side_do_not_matter(convolutional, signals):
    def train():
        states.append(train_gan(*convolutional, loss, signals, LABELS, **SETTINGS)[0])

    loss, states = RelativisticLoss(), []
    train()
    threads = [threading.Thread(target=train) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert_same(states[0], states[1])
    assert_same(states[0], states[2])


def test_nothing_outside_changes(convolutional, signals, global_state):
    arguments = *convolutional, RelativisticLoss(), signals, LABELS
    train_gan(*arguments, **SETTINGS)  # the first import of Fabric is not ours to undo
    before, rows = global_state(), signals.copy()
    train_gan(*arguments, **SETTINGS)
    assert global_state() == before
    assert_array_equal(signals, rows)


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_a_caller_without_gradients_can_train_and_draw(toy, values, mode):
    arguments = *toy, LogisticLoss(), values, LABELS
    expected, *_ = train_gan(*arguments, **SETTINGS)
    with mode():
        state, *_ = train_gan(*arguments, **SETTINGS)
        assert len(generate(toy[0], state, [0, 1], seed=0)) == 2
        assert not torch.is_grad_enabled()
    assert_same(state, expected)


def test_every_iteration_is_recorded_and_reported(toy, values):
    reported = []
    arguments = *toy, LogisticLoss(), values, LABELS
    _, history, _ = train_gan(*arguments, **{**SETTINGS, "max_iter": 10}, on_iter=reported.append)
    assert reported == history
    assert [record.iteration for record in history] == list(range(1, 11))
    rates = [record.learning_rate for record in history]
    assert_allclose(rates, 1e-3 * np.linspace(1, 0.1, 11)[:-1])
    seconds = [record.seconds for record in history]
    assert seconds == sorted(seconds)
    for name in ("discriminator_loss", "generator_loss"):
        assert np.isfinite([getattr(record, name) for record in history]).all()


def test_the_recorded_losses_are_those_of_the_batch(toy, values):
    class Undecided(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.slope = torch.nn.Parameter(torch.empty(1))  # begins at zero

        def forward(self, signals, labels, random):
            return self.slope * signals.flatten()

    arguments = toy[0], Undecided, LogisticLoss(), values, LABELS
    _, history, _ = train_gan(*arguments, **{**SETTINGS, "learning_rate": 1e-12})
    for record in history:
        assert_allclose(record.discriminator_loss, np.log(4), rtol=1e-6)
        assert_allclose(record.generator_loss, np.log(2), rtol=1e-6)


def test_a_step_follows_the_mean_slope_of_both_halves_of_a_batch(toy, values):
    class Mean(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.mean = torch.nn.Parameter(torch.empty(1))  # begins at zero

        def forward(self, labels, random):
            return self.mean.expand(len(labels), 1, 1)

    class Torn(LogisticLoss):
        def generator_loss(self, critic, real, fake):
            return fake.mean() * (1 if len(fake) == 2 else -3)

    settings = {"max_iter": 1, "batch_size": 3, "learning_rate": 0.1, "seed": 0}
    state, *_ = train_gan(Mean, toy[1], Torn(), values, LABELS, **settings)
    assert_allclose(state["mean"], [0.1], rtol=1e-6)


@pytest.mark.parametrize("batch_size", [2, 7])
def test_the_loss_decides_how_often_the_critic_steps(toy, values, batch_size):
    loss = Watched()
    train_gan(*toy, loss, values, LABELS, **{**SETTINGS, "batch_size": batch_size})
    # 3 iterations, 3 steps of the critic in each, 2 halves of every batch
    assert loss.calls == {"discriminator": 3 * 3 * 2, "generator": 3 * 2}
    assert loss.rows == {"discriminator": 3 * 3 * batch_size, "generator": 3 * batch_size}
    assert_allclose(loss.progress, [0, 1 / 3, 2 / 3])


def test_without_averaging_the_last_parameters_are_returned(toy, values):
    arguments = *toy, LogisticLoss(), values, LABELS
    last, *_ = train_gan(*arguments, **SETTINGS, averaging=0.0)
    averaged, *_ = train_gan(*arguments, **SETTINGS)
    assert not np.array_equal(last["mean.weight"], averaged["mean.weight"])
    # Adam's first steps are as long as the learning rate, whatever the slope
    first, *_ = train_gan(*arguments, **{**SETTINGS, "max_iter": 1})
    assert np.abs(last["mean.weight"] - first["mean.weight"]).max() <= 2.5e-3


def test_divergence_is_reported_with_its_iteration(toy, values):
    running, settings = threading.enumerate(), {**SETTINGS, "learning_rate": 1e30}
    with pytest.raises(FloatingPointError, match=r"iteration [123]:.*learning_rate \(now 1e\+30\)"):
        train_gan(*toy, LeastSquaresLoss(), values, LABELS, **settings)
    assert threading.enumerate() == running


def test_divergence_in_the_last_step_is_seen(toy, values):
    """The losses of the only iteration are those before its step, and finite."""
    settings = {**SETTINGS, "max_iter": 1, "learning_rate": 1e39}
    with pytest.raises(FloatingPointError, match="iteration 1:"):
        train_gan(*toy, LogisticLoss(), values, LABELS, **settings)


def test_an_interrupt_stops_at_once_and_leaves_no_thread_behind(toy, values, global_state):
    iterations = []

    def interrupt(record):
        iterations.append(record.iteration)
        if len(iterations) == 2:
            raise KeyboardInterrupt

    settings = {**SETTINGS, "max_iter": 1000, "on_iter": interrupt}
    before = global_state()
    with pytest.raises(KeyboardInterrupt):
        train_gan(*toy, RelativisticLoss(), values, LABELS, **settings)
    assert iterations == [1, 2]
    assert global_state() == before


def test_time_is_kept_and_sets_the_pace(toy, values):
    def wait(record):
        time.sleep(0.02)

    settings = {**SETTINGS, "max_iter": 100_000, "max_time": 0.5, "on_iter": wait}
    *_, history, _ = train_gan(*toy, RelativisticLoss(), values, LABELS, **settings)
    assert 1 < len(history) < 30
    assert history[-1].seconds < 5
    assert history[0].learning_rate > 0.9 * SETTINGS["learning_rate"]
    assert history[-1].learning_rate < 0.2 * SETTINGS["learning_rate"]
    assert history[-1].penalty < 0.2 * history[0].penalty


def test_without_any_time_there_is_one_step(toy, values):
    settings = {**SETTINGS, "max_time": 1e-9}
    *_, history, _ = train_gan(*toy, RelativisticLoss(), values, LABELS, **settings)
    assert len(history) == 1


@pytest.mark.parametrize("loss", LOSSES, ids=lambda loss: type(loss).__name__)
def test_half_the_precision_gives_nearly_the_same_losses(convolutional, signals, loss):
    training = partial(train_gan, *convolutional, loss, signals, LABELS, **SETTINGS)
    whole, half = launch(training), launch(training, precision="bf16-mixed")
    for record, other in zip(whole.history, half.history, strict=True):
        assert other.discriminator_loss != record.discriminator_loss
        assert_allclose(other[1:3], record[1:3], rtol=0.02, atol=0.02)
    first, last = (training.players["discriminator.stage.weight"] for training in (whole, half))
    steps = SETTINGS["max_iter"] * loss.n_critic * SETTINGS["learning_rate"]
    assert np.abs(first - last).mean() < 0.5 * steps


def test_more_processes_than_rows_in_a_batch_are_refused(toy, values):
    with pytest.raises(ValueError, match="batch_size=1 is less than the 2 "):
        train_gan(*toy, LogisticLoss(), values, LABELS, **{**SETTINGS, "batch_size": 1})


def test_a_missing_device_is_named(toy, values):
    accelerator = "mps" if torch.cuda.is_available() else "cuda"
    with pytest.raises(ValueError, match=f"accelerator='{accelerator}'"):
        launch(lambda fabric: None, accelerator=accelerator)


def test_networks_with_buffers_are_refused(toy, values):
    with pytest.raises(ValueError, match="BatchNorm1d has buffers"):
        train_gan(
            lambda: torch.nn.BatchNorm1d(1), toy[1], LogisticLoss(), values, LABELS, **SETTINGS
        )
