"""Scores of classifiers and of Inception: closed forms, splits, and what the score misses."""

import numpy as np
import pytest
import torch
from sklearn.dummy import DummyClassifier

from skeeg.datasets import make_eeg_images
from skeeg.metrics import classifier_score, inception_score


@pytest.fixture(scope="module")
def digits():
    pairs = make_eeg_images(12, 4, image_size=8, random_state=0)
    half = pairs.groups < 6
    return pairs.images[half], pairs.target[half], pairs.images[~half], pairs.target[~half]


def coded(classes):
    """Images of a single pixel, which tells the class."""
    return np.asarray(classes, dtype=np.uint8).reshape(-1, 1, 1)


def logits_of(table):
    """Return an Inception that looks up the log-probabilities of a class."""
    return lambda images: np.log(np.asarray(table))[images[:, 0, 0]]


def test_the_formula_holds():
    table = np.array([[0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])
    classes = np.array([0, 0, 0, 1])
    p = table[classes]
    expected = np.exp((p * np.log(p / p.mean(axis=0))).sum(axis=1).mean())
    found = inception_score(coded(classes), logits_of(table), n_splits=1)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(("n_seen", "expected"), [(1, 1), (3, 3), (5, 5)])
def test_sure_and_even_over_classes_scores_their_number(n_seen, expected):
    classes = np.arange(15 * n_seen) % n_seen
    sure = logits_of(0.999999 * np.eye(5) + 1e-9)
    assert inception_score(coded(classes), sure, n_splits=1) == pytest.approx(expected, rel=1e-3)


def test_images_sorted_by_class_are_not_split_by_class():
    classes = np.repeat(np.arange(5), 40)
    sure = logits_of(0.999999 * np.eye(5) + 1e-9)
    assert inception_score(coded(classes), sure, n_splits=5, random_state=0) > 4.5


def test_a_network_of_torch_gets_three_colours():
    class Network(torch.nn.Module):
        def forward(self, x):
            return 50.0 * torch.nn.functional.one_hot(x[:, 2, 0, 0].long(), 4)

    found = inception_score(coded(np.arange(40) % 4), Network().eval(), n_splits=1)
    assert found == pytest.approx(4)


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_a_function_may_return_a_tensor_that_remembers_its_gradient(dtype):
    weight = torch.eye(4, dtype=dtype, requires_grad=True)
    classes = np.arange(40) % 4

    def logits(images):
        return 50 * weight[classes]

    with torch.enable_grad():
        found = inception_score(coded(classes), logits, n_splits=1)
    assert found == pytest.approx(4, rel=1e-3)


def test_real_images_score_high_and_worse_ones_lower(digits, rng):
    real, y, other, _ = digits
    noise = rng.integers(0, 256, other.shape)
    found = [
        classifier_score(real, y, ((1 - a) * other + a * noise).astype(np.uint8), random_state=0)
        for a in (0, 0.5, 1)
    ]
    assert found[0] > 6
    assert found[0] > found[1] > found[2] >= 1


def test_lost_classes_lower_the_score(digits):
    real, y, other, y_other = digits
    assert classifier_score(real, y, other[y_other < 2], random_state=0) < 2.5


def test_one_image_of_each_class_has_the_best_score(digits):
    """What the documentation warns of."""
    real, y, _, _ = digits
    first = real[[np.flatnonzero(y == digit)[0] for digit in range(10)]]
    repeated = first.repeat(20, axis=0)
    assert classifier_score(real, y, repeated, n_splits=1, random_state=0) > 8


def test_the_classifier_is_cloned_and_may_be_any(digits):
    real, y, other, _ = digits
    judge = DummyClassifier()
    assert classifier_score(real, y, other, classifier=judge) == pytest.approx(1)
    assert not hasattr(judge, "classes_")


def test_a_seed_gives_the_same(digits):
    real, y, other, _ = digits
    first, again = (classifier_score(real, y, other, random_state=3) for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda r, y, s: (r / 255, y, s), "images_real is float64"),
        (lambda r, y, s: (r, y, s[..., None]), "images_synthetic is uint8 of shape"),
        (lambda r, y, s: (r, y, s[:, 1:]), "of one size"),
        (lambda r, y, s: (r, y[1:], s), "inconsistent numbers"),
        (lambda r, y, s: (r, y * 0, s), "1 class, 0"),
        (lambda r, y, s: (r, y, s[:9]), "n_splits=10 is more than the 9 images"),
    ],
)
def test_bad_images_are_named(digits, spoil, message):
    with pytest.raises(ValueError, match=message):
        classifier_score(*spoil(*digits[:3]), random_state=0)


@pytest.mark.parametrize(
    ("inception", "message"),
    [
        (lambda images: images, "inception returned an array of shape"),
        (lambda images: np.full((len(images), 3), np.inf), "finite numbers"),
        (None, "'inception' parameter of inception_score"),
    ],
)
def test_bad_networks_are_named(inception, message):
    with pytest.raises(ValueError, match=message):
        inception_score(coded(range(20)), inception)
