"""Precision, recall, density and coverage: the definitions, closed forms and planted faults."""

import numpy as np
import pytest
from prdc import compute_prdc
from sklearn.preprocessing import FunctionTransformer

from skeeg.metrics import precision_recall_coverage

RAW = FunctionTransformer()


def measure(real, synthetic, **options):
    return precision_recall_coverage(real, synthetic, features=RAW, **options)


def reference(real, synthetic, k):
    """Definitions, window by window."""
    mean, sd = real.mean(axis=0), real.std(axis=0)
    real, synthetic = (real - mean) / sd, (synthetic - mean) / sd

    def reach(X):
        return [sorted(np.linalg.norm(X - x, axis=1))[k] for x in X]

    def inside(rows, centres):
        pairs = list(zip(centres, reach(centres), strict=True))
        return np.array([[np.linalg.norm(x - c) < r for c, r in pairs] for x in rows])

    in_real, in_synthetic = inside(synthetic, real), inside(real, synthetic)
    return (
        in_real.any(axis=1).mean(),
        in_synthetic.any(axis=1).mean(),
        in_real.sum(axis=1).mean() / k,
        in_real.any(axis=0).mean(),
    )


@pytest.mark.parametrize("n_neighbors", [1, 3, 7])
def test_agrees_with_the_definitions(rng, n_neighbors):
    real, synthetic = rng.standard_normal((40, 3)), rng.normal(0.5, 1.5, (30, 3))
    found = measure(real, synthetic, n_neighbors=n_neighbors)
    assert found == pytest.approx(reference(real, synthetic, n_neighbors))


@pytest.mark.parametrize("n_neighbors", [1, 3, 7])
@pytest.mark.parametrize("shift", [0.0, 0.5, 3.0])
def test_agrees_with_prdc(rng, n_neighbors, shift):
    real, synthetic = rng.standard_normal((80, 5)), rng.normal(shift, 1.5, (60, 5))
    scaled = [(X - real.mean(axis=0)) / real.std(axis=0) for X in (real, synthetic)]
    expected = compute_prdc(*scaled, nearest_k=n_neighbors)
    found = measure(real, synthetic, n_neighbors=n_neighbors)
    assert found._asdict() == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("n_times", "recall"), [(3, 1.0), (4, 0.0)])
def test_what_occurs_too_often_has_no_neighbourhood(n_times, recall):
    real = np.eye(5)
    found = measure(real, real.repeat(n_times, axis=0), n_neighbors=3)
    assert found.recall == recall
    assert found.precision == found.coverage == 1


def test_batches_make_no_difference(rng, monkeypatch):
    real, synthetic = rng.standard_normal((40, 3)), rng.normal(0.5, 1.5, (30, 3))
    expected = measure(real, synthetic)
    monkeypatch.setattr("skeeg.metrics._precision_recall_coverage.BATCH_ROWS", 7)
    assert measure(real, synthetic) == expected


@pytest.mark.parametrize("n_neighbors", [1, 2, 5])
def test_equal_distributions_have_their_closed_form(rng, n_neighbors):
    real, synthetic = rng.standard_normal((2, 2000, 2))
    found = measure(real, synthetic, n_neighbors=n_neighbors)
    assert found.density == pytest.approx(1, abs=0.1)
    assert found.coverage == pytest.approx(1 - 0.5**n_neighbors, abs=0.04)


def test_copies_are_at_the_best(make_signals):
    X = make_signals(30)
    assert precision_recall_coverage(X, X[::-1]) == (1, 1, 1, 1)


def test_sets_far_apart_have_nothing_in_common(make_signals):
    X = make_signals(30)
    assert precision_recall_coverage(X, 1e6 * X) == (0, 0, 0, 0)


def test_a_missing_mode_lowers_recall_and_coverage_only(rng):
    modes = rng.standard_normal((2, 200, 2)) + [[[0, 0]], [[50, 0]]]
    found = measure(np.concatenate(modes), rng.standard_normal((400, 2)))
    assert found.precision > 0.9
    assert found.recall < 0.55
    assert found.coverage < 0.55


def test_an_invented_mode_lowers_precision_and_density_only(rng):
    real = rng.standard_normal((400, 2))
    invented = rng.standard_normal((400, 2)) + [50, 0]
    found = measure(real, np.concatenate([rng.standard_normal((400, 2)), invented]))
    assert found.precision == pytest.approx(0.5, abs=0.05)
    assert found.density == pytest.approx(0.5, abs=0.1)
    assert found.recall > 0.9
    assert found.coverage > 0.9


def test_collapse_lowers_recall_and_coverage(rng):
    real = rng.standard_normal((400, 2))
    found = measure(real, 0.01 * rng.standard_normal((400, 2)))
    assert found.precision == 1
    assert found.recall < 0.1
    assert found.coverage < 0.1


def test_a_real_window_far_off_fools_precision_but_not_density(rng):
    real = np.concatenate([rng.standard_normal((200, 2)), [[1000, 0]]])
    invented = rng.normal([500, 0], 1, (200, 2))
    found = measure(real, invented)
    assert found.precision == 1
    assert found.density < 0.3
    assert found.coverage < 0.05


@pytest.mark.parametrize(("sizes", "name"), [((5, 9), "X_real"), ((9, 5), "X_synthetic")])
def test_too_few_windows_for_their_neighbours_are_refused(make_signals, sizes, name):
    real, synthetic = (make_signals(size) for size in sizes)
    with pytest.raises(ValueError, match=f"n_neighbors=5 takes more than 5.*{name} has 5"):
        precision_recall_coverage(real, synthetic)
