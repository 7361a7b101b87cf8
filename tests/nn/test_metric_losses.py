"""Losses on pairs and triplets: their closed forms, on codes few enough to count."""

import sys
from itertools import permutations

import pytest
import torch
from torch.nn.functional import normalize

from skeeg.nn import MultiSimilarityLoss, TripletLoss

LOSSES = [TripletLoss(mining=mining) for mining in ("semihard", "hard", "all", "multisimilarity")]
LOSSES.append(MultiSimilarityLoss())
EACH = pytest.mark.parametrize("loss", LOSSES, ids=repr)
MARGIN = 0.2
KEPT = {
    "all": lambda gap: gap <= MARGIN,
    "hard": lambda gap: gap <= 0,
    "semihard": lambda gap: 0 < gap <= MARGIN,
}


@pytest.fixture
def batch():
    random = torch.Generator().manual_seed(0)
    codes = normalize(torch.randn(12, 3, generator=random))
    return codes.requires_grad_(), torch.arange(12) % 3


@pytest.mark.parametrize("mining", list(KEPT))
def test_triplets_are_those_of_the_formula(batch, mining):
    codes, labels = batch
    distance = torch.cdist(codes, codes)
    terms = [
        distance[a, p] - distance[a, n] + MARGIN
        for a, p, n in permutations(range(12), 3)
        if labels[a] == labels[p] != labels[n] and KEPT[mining](distance[a, n] - distance[a, p])
    ]
    expected = torch.stack(terms).mean()
    torch.testing.assert_close(TripletLoss(mining=mining)(codes, labels), expected)


def test_multi_similarity_is_that_of_the_formula(batch):
    codes, labels = batch
    alpha, beta, base, epsilon = 3.0, 7.0, 0.3, 0.05
    cosine, same = codes @ codes.T, labels[:, None] == labels
    total = 0
    for i in range(12):
        positives = cosine[i, same[i] & (torch.arange(12) != i)]
        negatives = cosine[i, ~same[i]]
        farthest, nearest = positives.min(), negatives.max()  # the hardest of either kind
        positives = positives[positives - epsilon < nearest]
        negatives = negatives[negatives + epsilon > farthest]
        total = total + torch.log1p(torch.exp(-alpha * (positives - base)).sum()) / alpha
        total = total + torch.log1p(torch.exp(beta * (negatives - base)).sum()) / beta
    loss = MultiSimilarityLoss(alpha=alpha, beta=beta, base=base, epsilon=epsilon)
    torch.testing.assert_close(loss(codes, labels), total / 12)


@EACH
def test_classes_that_lie_apart_cost_less_than_mixed_ones(loss):
    labels = torch.arange(12) % 3
    apart = torch.eye(3)[labels]
    mixed = normalize(apart + 0.5 * apart.roll(1, 0))
    assert loss(apart, labels) <= loss(mixed, labels)
    assert loss(apart, labels) < 0.15


@EACH
def test_a_step_down_the_gradient_lowers_the_loss(loss, batch):
    codes, labels = batch
    value = loss(codes, labels)
    (slope,) = torch.autograd.grad(value, codes)
    assert slope.abs().sum() > 0
    if not isinstance(loss, TripletLoss):  # whose set of triplets changes
        assert loss(normalize(codes - 0.01 * slope), labels) < value


@EACH
def test_nothing_global_is_touched(loss, batch):
    before = torch.get_rng_state()
    first, again = loss(*batch), loss(*batch)
    assert torch.equal(first, again)
    assert torch.equal(torch.get_rng_state(), before)


@EACH
def test_a_batch_of_one_class_gives_a_number(loss):
    value = loss(torch.eye(4).requires_grad_(), torch.zeros(4, dtype=torch.long))
    value.backward()
    assert torch.isfinite(value)


@EACH
def test_the_extra_is_named_where_the_library_is_missing(loss, batch, monkeypatch):
    monkeypatch.setitem(sys.modules, "pytorch_metric_learning", None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[image\]"):
        loss(*batch)
