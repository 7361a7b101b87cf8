"""What all metrics that compare sets of windows have in common: layouts, units and refusals."""

from functools import partial

import numpy as np
import pytest

from skeeg.metrics import (
    amplitude_distance,
    coherence_distance,
    distance_to_closest_record,
    frechet_distance,
    maximum_mean_discrepancy,
    membership_auc,
    precision_recall_coverage,
    spectral_distance,
    two_sample_auc,
)

RATE = 100.0
OF_TWO_SETS = [
    partial(spectral_distance, sampling_rate=RATE),
    partial(coherence_distance, sampling_rate=RATE),
    amplitude_distance,
    frechet_distance,
    maximum_mean_discrepancy,
    precision_recall_coverage,
    partial(two_sample_auc, random_state=0),
]
OF_NOVELTY = [
    partial(distance_to_closest_record, random_state=0),
    partial(membership_auc, random_state=0),
]


def name(metric):
    return getattr(metric, "func", metric).__name__


def each(metrics):
    return pytest.mark.parametrize("metric", metrics, ids=name)


def draw(make_signals, metric):
    """Return as many sets of two channels as a metric compares."""
    return [make_signals(20, 64, 2) for _ in range(2 if metric in OF_TWO_SETS else 3)]


@each(OF_TWO_SETS + OF_NOVELTY)
def test_both_layouts_give_the_same_bits_and_input_is_left_alone(make_signals, metric):
    sets = draw(make_signals, metric)
    kept = [X.copy() for X in sets]
    found = metric(*sets)
    assert found == metric(*(X.reshape(20, -1) for X in sets), n_channels=2)
    assert found == metric(sets[0].reshape(20, -1), *sets[1:], n_channels=2)
    for X, copy in zip(sets, kept, strict=True):
        np.testing.assert_array_equal(X, copy)


@each(OF_TWO_SETS + OF_NOVELTY)
def test_constant_windows_are_no_error(metric):
    sets = np.ones((3, 20, 2, 64))
    found = metric(*sets[: 2 if metric in OF_TWO_SETS else 3])
    assert np.isfinite(found).all()


@each(OF_TWO_SETS + OF_NOVELTY)
@pytest.mark.parametrize("scale", [1e-150, 1e-6, 1e150])
def test_the_unit_does_not_matter(make_signals, metric, scale):
    sets = draw(make_signals, metric)
    assert metric(*(scale * X for X in sets)) == pytest.approx(metric(*sets), abs=1e-4)


@each(OF_TWO_SETS + OF_NOVELTY)
def test_windows_that_cannot_be_compared_are_named(make_signals, metric):
    X, *others = draw(make_signals, metric)
    with pytest.raises(ValueError, match=r"\(2, 64\) in X_\w+ and \(2, 32\) in X_synthetic"):
        metric(X, *others[:-1], others[-1][..., :32])
    with pytest.raises(ValueError, match="n_channels=3 does not divide the 128 columns"):
        metric(*(each.reshape(20, -1) for each in (X, *others)), n_channels=3)
    others[-1][3, 1, 7] = np.nan
    with pytest.raises(ValueError, match="X_synthetic contains NaN"):
        metric(X, *others)
