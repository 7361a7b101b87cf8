"""The training of encoders: what it learns, what it keeps, and that nothing outside matters."""

from functools import partial

import numpy as np
import pytest
import torch

from skeeg.nn import ConvolutionalEncoder, MultiSimilarityLoss, train_encoder
from skeeg.nn._encoder_training import recognise
from skeeg.nn._parameters import from_numpy

SETTINGS = {"max_iter": 4, "batch_size": 12, "learning_rate": 0.01, "seed": 0}
NETWORK = partial(ConvolutionalEncoder, 1, 24, 4, width=8, dropout=0)


@pytest.fixture
def waves(rng):
    """Three classes of sines of different frequency, in noise."""
    labels = np.arange(60) % 3
    phase = rng.uniform(0, 1, (60, 1, 1))
    rate = np.array([1, 3, 6])[labels][:, None, None] / 24
    signals = np.sin(2 * np.pi * rate * np.arange(24) + phase)
    return (signals + 0.3 * rng.standard_normal(signals.shape)).astype(np.float32), labels


@pytest.fixture
def train(waves):
    def train(held_out=None, **settings):
        held_out = np.arange(60) >= 48 if held_out is None else held_out
        loss = settings.pop("loss", MultiSimilarityLoss())
        return train_encoder(NETWORK, loss, *waves, held_out, **(SETTINGS | settings))

    return train


def same(first, second):
    return all(np.array_equal(first.state[name], second.state[name]) for name in first.state)


def test_signals_that_are_kept_out_are_recognised(train):
    last = train(max_iter=40).history[-1]
    assert last.valid_accuracy == 1
    assert last.valid_margin > 0.5


def test_the_result_depends_on_the_seed_alone(train):
    before = torch.get_rng_state()
    first, n_threads = train(), torch.get_num_threads()
    try:
        torch.set_num_threads(3)
        assert same(train(), first)
    finally:
        torch.set_num_threads(n_threads)
    assert not same(train(seed=1), first)
    assert torch.equal(torch.get_rng_state(), before)


def test_the_best_pass_is_kept(train, waves, rng):
    rng.shuffle(waves[1])  # what is learned is of no use
    training = train(max_iter=12, seed=1)
    rows, labels = map(torch.as_tensor, waves)
    codes = from_numpy(NETWORK, training.state)(rows)
    found = recognise(codes[48:], labels[48:], codes[:48], labels[:48])
    records = [(record.valid_accuracy, record.valid_margin) for record in training.history]
    assert found == pytest.approx(max(records))
    assert records[-1] < max(records)


def test_what_is_kept_out_does_not_change_the_passes(train, waves):
    rows, _ = waves
    losses = [record.train_loss for record in train().history]
    rows[48:] += 1
    assert [record.train_loss for record in train().history] == losses


def test_without_rows_kept_out_the_last_pass_stays(train):
    training = train(held_out=np.zeros(60, dtype=bool), patience=1)
    assert len(training.history) == 4
    assert np.isnan([record.valid_accuracy for record in training.history]).all()


def test_patience_ends_the_training(train):
    """Steps that are too small to change anything are no improvement."""
    assert len(train(learning_rate=1e-30, max_iter=50, patience=3).history) == 4


def test_divergence_is_told(train):
    with pytest.raises(FloatingPointError, match=r"diverged.*Lower learning_rate=0.01"):
        train(loss=lambda codes, labels: codes.sum() * float("nan"))


@pytest.mark.parametrize("held_out", [np.arange(60) >= 48, np.zeros(60, dtype=bool)], ids=sum)
@pytest.mark.parametrize("learning_rate", [1e10, 1e38, 1e300])
def test_divergence_in_the_only_step_is_told(train, held_out, learning_rate):
    """No loss is computed after it."""
    with pytest.raises(FloatingPointError, match="diverged: a code is nan"):
        train(held_out=held_out, max_iter=1, batch_size=60, learning_rate=learning_rate)


def test_recognition_is_by_the_mean_direction_of_each_class():
    known = torch.tensor([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
    codes = torch.tensor([[0.6, 0.8], [0.8, 0.6]])
    found = recognise(codes, torch.tensor([1, 1]), known, torch.tensor([0, 1, 1]))
    assert found == pytest.approx((0.5, 0.0))
