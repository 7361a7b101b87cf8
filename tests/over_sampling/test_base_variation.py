"""What holds for every classical sampler, found by walking `__all__`."""

import pickle

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from threadpoolctl import threadpool_limits

from skeeg.over_sampling import BaseVariationSampler


class Copies(BaseVariationSampler):
    """Return windows as they are."""

    def _vary(self, waves, random):
        return waves


@pytest.fixture
def numbered():
    """Windows that tell their own number by their mean, and a class for each."""
    rows = np.arange(60)
    return rows[:, None] + np.array([-0.25, 0.25]), np.repeat([1, 0, 2], [10, 20, 30])


def test_windows_are_picked_at_random_within_their_class(numbered):
    X, y = numbered
    sampler = Copies().fit(X, y)
    for label in range(3):
        picked = sampler.sample(3000, label=label, random_state=0).mean(axis=1).round()
        rows, counts = np.unique(picked, return_counts=True)
        assert_array_equal(rows, np.flatnonzero(y == label))
        assert counts.min() > 0.5 * counts.mean()
        assert counts.max() < 1.5 * counts.mean()


def test_no_window_is_picked_twice_before_all_others(numbered):
    X, y = numbered
    for n_rows, counts in [(20, {1}), (40, {2}), (50, {2, 3}), (7, {0, 1})]:
        picked = Copies().fit(X, y).sample(n_rows, label=0, random_state=0).mean(axis=1).round()
        assert set(np.bincount(picked.astype(int), minlength=30)[10:30]) == counts
        assert not np.array_equal(picked, np.sort(picked))


def test_classes_are_drawn_as_often_as_they_were_seen(numbered):
    X, y = numbered
    picked = Copies().fit(X, y).sample(6000, random_state=0).mean(axis=1).round().astype(int)
    assert_allclose(np.bincount(y[picked]) / 6000, [20 / 60, 10 / 60, 30 / 60], atol=0.02)


def test_waveforms_are_standardised_and_put_back(rng):
    seen = []

    class Witness(BaseVariationSampler):
        def _vary(self, waves, random):
            seen.append(waves)
            return 2 * waves

    X = rng.standard_normal((8, 2, 30)) * 1e-5 + 3e-5
    X[:, 1] = 4.0
    drawn = Witness().fit(X, [0, 1] * 4).sample(5, random_state=0)
    (waves,) = seen
    assert_allclose(waves[:, 0].mean(axis=-1), 0, atol=1e-12)
    assert_allclose(waves[:, 0].std(axis=-1), 1)
    assert not waves[:, 1].any()
    assert_array_equal(drawn[:, 1], 4.0)
    assert set(drawn[:, 0].std(axis=-1).round(9)) <= set((2 * X[:, 0].std(axis=-1)).round(9))


def test_rows_do_not_depend_on_how_many_fit_into_a_block(numbered, monkeypatch):
    X, y = numbered
    whole = Copies().fit(X, y).sample(50, random_state=0)
    monkeypatch.setattr("skeeg.over_sampling._base_variation.BLOCK_VALUES", 7)
    assert_array_equal(Copies().fit(X, y).sample(50, random_state=0), whole)


def test_nothing_is_an_exact_copy(make_classical, data):
    drawn = make_classical().fit(data.data, data.target).sample(100, random_state=0)
    distances = np.abs(drawn[:, None] - data.data).max(axis=-1).min(axis=1)
    assert distances.min() > 1e-3 * data.data.std()


def test_windows_stay_as_loud_as_real_ones(make_classical, data):
    drawn = make_classical().fit(data.data, data.target).sample(400, random_state=0)
    real = np.log10(data.data.std(axis=1))
    assert abs(np.log10(drawn.std(axis=1)).mean() - real.mean()) < 0.1


@pytest.mark.parametrize("n_times", [1, 2, 3, 50])
def test_constant_windows_stay_constant(make_classical, n_times):
    X = np.repeat(np.arange(8.0), n_times).reshape(8, n_times)
    drawn = make_classical().fit(X, [0, 1] * 4).sample(20, random_state=0)
    assert_array_equal(drawn, np.repeat(drawn[:, :1], n_times, axis=1))
    assert set(drawn[:, 0]) <= set(range(8))


@pytest.mark.parametrize(
    "windows",
    [
        np.sin(np.arange(64) / 3),
        np.arange(64.0) ** 2,
        (-1.0) ** np.arange(64),
        np.eye(64)[30],
        np.eye(64)[0],
    ],
    ids=["sine", "drift", "alternation", "impulse", "first point"],
)
def test_predictable_windows_and_equal_channels(make_classical, windows, rng):
    X = np.stack([windows, windows, -2 * windows, rng.standard_normal(64)])
    X = X * np.arange(1, 7)[:, None, None]
    drawn = make_classical().fit(X, [0, 1] * 3).sample(50, random_state=0)
    assert np.isfinite(drawn).all()
    assert np.abs(drawn).max() < 10 * np.abs(X).max()


def test_threads_of_linear_algebra_do_not_matter(make_classical, rng):
    X = rng.standard_normal((4, 70, 200))
    sampler = make_classical().fit(X, [0, 1] * 2)
    with threadpool_limits(1):
        alone = sampler.sample(1, random_state=0)
    with threadpool_limits(2):
        assert_array_equal(sampler.sample(1, random_state=0), alone)


def test_changed_parameters_do_not_change_what_was_learned(make_classical, data):
    sampler = make_classical().fit(data.data, data.target)
    before = sampler.sample(4, random_state=0)
    numbers = {"order": 2, "sigma": 3.0, "scaling_sigma": 1.0, "time_sigma": 1.0, "n_knots": 9}
    sampler.set_params(**{k: numbers[k] for k in numbers.keys() & sampler.get_params().keys()})
    assert_array_equal(sampler.sample(4, random_state=0), before)


def test_pickles_of_fitted_samplers_hold_the_rows_once(make_classical, rng):
    X = rng.standard_normal((200, 100))
    sampler = make_classical().fit(X, np.arange(200) % 2)
    assert len(pickle.dumps(sampler)) < 1.1 * X.nbytes
