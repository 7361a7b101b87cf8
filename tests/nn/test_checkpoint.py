"""A training that is cut off goes on to the same result."""

import os
from functools import partial

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from skeeg.nn import HeldOut, RelativisticLoss, WassersteinLoss, train_gan
from skeeg.nn._checkpoint import Checkpoint
from skeeg.nn._one_process import OneProcess
from tests.nn.conftest import Critic

LABELS = np.arange(20) % 2
SETTINGS = {"max_iter": 120, "batch_size": 8, "learning_rate": 0.01, "seed": 0}


@pytest.fixture
def values(rng):
    return rng.standard_normal((20, 1, 1)).astype(np.float32)


def mean_apart(real, synthetic, labels):
    return abs(float(real.mean() - synthetic.mean()))


class InterruptedFitError(Exception):
    """Stands for Ctrl-C, a lost machine, the end of a job."""


def interrupt_at(iteration):
    def on_iter(record):
        if record.iteration == iteration:
            raise InterruptedFitError

    return on_iter


@pytest.fixture
def train(toy, values, tmp_path):
    def train(loss=None, **options):
        options = {"checkpoint": tmp_path / "runs", **SETTINGS, **options}
        held_out = HeldOut(values[:6], LABELS[:6], mean_apart, 100)
        arguments = *toy, loss or RelativisticLoss(), values[6:], LABELS[6:]
        return train_gan(*arguments, held_out=held_out, **options)

    return train


def assert_same(training, other):
    for part in ("state", "players"):
        arrays, others = getattr(training, part), getattr(other, part)
        assert arrays.keys() == others.keys()
        for name, value in arrays.items():
            assert_array_equal(value, others[name], err_msg=name)
    for record, same in zip(training.history, other.history, strict=True):
        assert_array_equal(record[:-1], same[:-1])  # all but the seconds


@pytest.mark.parametrize(
    ("loss", "interrupted_at"),
    [
        (RelativisticLoss(), [1]),
        (RelativisticLoss(), [50, 100]),
        (WassersteinLoss(n_critic=2), [70]),
    ],
    ids=str,
)
def test_what_was_interrupted_ends_as_if_it_had_not_been(train, loss, interrupted_at):
    whole = train(loss, checkpoint=None)
    for iteration in interrupted_at:
        with pytest.raises(InterruptedFitError):
            train(loss, on_iter=interrupt_at(iteration))
    assert_same(train(loss), whole)


def test_it_goes_on_and_does_not_begin_again(train):
    with pytest.raises(InterruptedFitError):
        train(on_iter=interrupt_at(70))
    iterations = []
    history = train(on_iter=lambda record: iterations.append(record.iteration)).history
    assert iterations == list(range(51, 121))
    assert [record.iteration for record in history] == list(range(1, 121))
    seconds = [record.seconds for record in history]
    assert seconds == sorted(seconds)


def test_what_is_finished_is_not_repeated(train):
    finished, iterations = train(), []
    assert_same(train(on_iter=iterations.append), finished)
    assert not iterations


@pytest.mark.parametrize(
    "change", [{"seed": 1}, {"max_iter": 130}, {"batch_size": 9}, {"learning_rate": 0.02}], ids=str
)
def test_another_training_has_another_file(train, tmp_path, change):
    train()
    iterations = []
    train(**change, on_iter=lambda record: iterations.append(record.iteration))
    assert iterations[0] == 1
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_other_data_or_losses_have_another_file(toy, values, tmp_path):
    settings = {**SETTINGS, "max_iter": 1, "checkpoint": tmp_path}
    for loss in (RelativisticLoss(), RelativisticLoss(penalty=1)):
        for rows in (values, values + 1):
            train_gan(*toy, loss, rows, LABELS, **settings)
    assert len(list(tmp_path.iterdir())) == 4


class Sharp(Critic):
    """Has as many parameters as its parent."""


class Steep(Critic):
    """Has a setting that changes none of its parameters."""

    def __init__(self, n_classes, slope):
        super().__init__(n_classes)
        self.slope, self.shape = slope, lambda scores: slope * scores

    def forward(self, *arguments):
        return self.shape(super().forward(*arguments))


@pytest.mark.parametrize(
    "changed", [partial(Sharp, 2), partial(Steep, 2, 2.0), partial(Steep, 2, 3.0)], ids=str
)
def test_other_networks_of_equal_shapes_have_another_file(toy, values, tmp_path, changed):
    make_generator, make_discriminator = toy
    settings = {**SETTINGS, "max_iter": 1, "checkpoint": tmp_path}
    for make in (make_discriminator, changed, partial(Steep, 2, 1.0), make_discriminator, changed):
        train_gan(make_generator, make, RelativisticLoss(), values, LABELS, **settings)
    assert len(list(tmp_path.iterdir())) == 3


def test_a_file_in_place_of_the_folder_is_refused_before_any_training(toy, values, tmp_path):
    path = tmp_path / "file"
    path.touch()
    iterations = []
    settings = {**SETTINGS, "checkpoint": path, "on_iter": iterations.append}
    with pytest.raises(ValueError, match="file' is a file; it must be a folder"):
        train_gan(*toy, RelativisticLoss(), values, LABELS, **settings)
    assert not iterations


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path, monkeypatch):
    checkpoint = Checkpoint(tmp_path, "one", OneProcess())
    checkpoint.write(lambda: {"a": np.arange(3)})

    def fail(source, target):
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        checkpoint.write(lambda: {"a": np.arange(9)})
    assert_array_equal(checkpoint.read()["a"], np.arange(3))
    assert len(list(tmp_path.iterdir())) == 1


def test_a_broken_file_is_named(tmp_path):
    checkpoint = Checkpoint(tmp_path, "one", OneProcess())
    checkpoint.path.write_bytes(b"half of a fi")
    with pytest.raises(ValueError, match=rf"{checkpoint.path.name} is not a checkpoint.*delete it"):
        checkpoint.read()
