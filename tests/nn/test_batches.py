"""Batches are balanced, complete and drawn from one source."""

import pytest
import torch
from scipy.stats import chisquare

from skeeg.nn._batches import balanced_batches

LABELS = torch.tensor([2, 0, 1, 0, 0, 2, 0, 0])


@pytest.fixture
def draw():
    """Return a function that draws rows that know their number and class."""
    return balanced_batches(torch.stack([torch.arange(8), LABELS], 1), LABELS)


@pytest.mark.parametrize("batch_size", [1, 2, 3, 7, 30])
def test_classes_are_as_equal_as_they_can_be(draw, batch_size, torch_rng):
    for _ in range(20):
        _, classes = draw(batch_size, torch_rng)
        counts = classes.bincount(minlength=3)
        assert counts.sum() == batch_size
        assert counts.max() - counts.min() <= 1


def test_rows_come_with_their_class(draw, torch_rng):
    rows, classes = draw(100, torch_rng)
    assert rows[:, 1].equal(classes)


def test_rows_of_a_class_are_equally_frequent(draw, torch_rng):
    rows, _ = draw(6000, torch_rng)
    counts, expected = rows[:, 0].bincount(minlength=8), 2000 / LABELS.bincount()[LABELS]
    assert chisquare(counts, expected.double()).pvalue > 0.01


def test_small_batches_reach_every_class(draw, torch_rng):
    drawn = torch.cat([draw(1, torch_rng)[1] for _ in range(300)])
    assert chisquare(drawn.bincount(minlength=3)).pvalue > 0.01


def test_the_source_decides(draw):
    first, again, other = (draw(30, torch.Generator().manual_seed(i))[0] for i in (0, 0, 1))
    assert first.equal(again)
    assert not first.equal(other)


def draw_conditions(torch_rng, *, paired):
    numbers = torch.arange(8)
    conditions = torch.stack([10 * numbers, LABELS], 1)
    return balanced_batches(numbers, LABELS, conditions, paired=paired)(600, torch_rng)


def test_pairs_stay_together(torch_rng):
    rows, conditions = draw_conditions(torch_rng, paired=True)
    assert conditions[:, 0].equal(10 * rows)


def test_without_pairs_any_conditions_of_the_class_come_with_a_row(torch_rng):
    rows, conditions = draw_conditions(torch_rng, paired=False)
    assert conditions[:, 1].equal(LABELS[rows])
    of_the_first_class = LABELS[rows] == 0
    partners = torch.stack([rows, conditions[:, 0] // 10], 1)[of_the_first_class].unique(dim=0)
    assert len(partners) == 5 * 5
