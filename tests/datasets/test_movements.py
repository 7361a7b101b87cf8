"""What simulated movements promise: sizes, rates, amplitudes, overlap, groups and seeds."""

import numpy as np
import pytest
from scipy.signal import welch
from sklearn.metrics import recall_score
from sklearn.model_selection import (
    GroupKFold,
    StratifiedGroupKFold,
    cross_val_predict,
    cross_val_score,
)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg.datasets import make_movements

REST, WALKING, RUNNING, SEIZURE = range(4)


@pytest.fixture(scope="module")
def movements():
    return make_movements(60, seizure_fraction=1.0, random_state=0)


def recordings(movements, label, n_windows=12):
    """Return whole recordings of a class, one for each subject who has it."""
    data = movements.data[movements.target == label].astype(float)
    return data.reshape(-1, n_windows * data.shape[1])


def log_power(data, sampling_rate=25.0):
    freqs, power = welch(data, fs=sampling_rate, nperseg=data.shape[-1], axis=-1)
    return freqs, np.log(power[..., 1:])


def test_the_bunch_is_complete():
    movements = make_movements(random_state=0)
    assert movements.data.shape == (30 * 3 * 12 + 6 * 12, 125)
    assert movements.data.dtype == np.float32
    assert np.isfinite(movements.data).all()
    assert movements.target.shape == movements.groups.shape == (1152,)
    assert movements.target_names == ["rest", "walking", "running", "seizure"]
    assert movements.sampling_rate == 25.0
    assert "milli-g" in movements.DESCR


def test_all_subjects_rest_walk_and_run_and_some_have_a_seizure():
    movements = make_movements(10, 3, seizure_fraction=0.3, random_state=0)
    for label, n_subjects in enumerate([10, 10, 10, 3]):
        subjects, counts = np.unique(
            movements.groups[movements.target == label], return_counts=True
        )
        assert len(subjects) == n_subjects
        assert (counts == 3).all()


@pytest.mark.parametrize(("fraction", "expected"), [(0.001, 1), (0.5, 5), (0.96, 10), (1, 10)])
def test_seizure_fraction_counts_subjects(fraction, expected):
    movements = make_movements(10, 2, 8, seizure_fraction=fraction, random_state=0)
    assert np.sum(movements.target == SEIZURE) == 2 * expected


@pytest.mark.parametrize("n_folds", [3, 5])
@pytest.mark.parametrize("seed", range(5))
def test_every_stratified_fold_holds_all_classes(n_folds, seed):
    movements = make_movements(n_windows=2, n_times=8, random_state=seed)
    folds = StratifiedGroupKFold(n_folds)
    for train, test in folds.split(movements.data, movements.target, movements.groups):
        assert len(set(movements.target[train])) == len(set(movements.target[test])) == 4


@pytest.mark.parametrize(("n_windows", "n_times"), [(1, 2), (1, 3), (7, 2), (3, 125), (2, 1001)])
def test_any_size_can_be_had(n_windows, n_times):
    movements = make_movements(3, n_windows, n_times, random_state=0)
    assert movements.data.shape == (10 * n_windows, n_times)
    assert np.isfinite(movements.data).all()
    assert movements.data.std() > 0


@pytest.mark.parametrize("sampling_rate", [1e-3, 1, 16, 100, 1e9])
def test_any_sampling_rate_gives_finite_signals(sampling_rate):
    movements = make_movements(4, sampling_rate=sampling_rate, random_state=0)
    assert movements.sampling_rate == sampling_rate
    assert np.isfinite(movements.data).all()


def test_windows_are_cut_from_one_continuous_recording():
    cut = make_movements(5, 12, 100, random_state=0)
    whole = make_movements(5, 1, 1200, random_state=0)
    np.testing.assert_array_equal(cut.data.reshape(-1, 1200), whole.data)


def test_a_hand_at_rest_feels_gravity_and_no_hand_feels_less_than_nothing(movements):
    assert np.median(movements.data[movements.target == REST]) == pytest.approx(1000, abs=5)
    assert movements.data.min() > -4 * 6


def test_more_vigorous_movements_are_larger(movements):
    sd = movements.data.std(axis=1)
    rest, walking, running, seizure = (np.median(sd[movements.target == k]) for k in range(4))
    assert rest < 40 < seizure < 300
    assert 150 < walking < 300
    assert 500 < running < 1000
    assert movements.data[movements.target == RUNNING].mean() > 1500


def autocorrelation(data, lags):
    centred = data - data.mean(axis=1, keepdims=True)
    products = [np.mean(centred[:, lag:] * centred[:, :-lag], axis=1) for lag in lags]
    return np.array(products) / centred.var(axis=1)


@pytest.mark.parametrize(("label", "slowest", "fastest"), [(WALKING, 1.6, 2.1), (RUNNING, 2.5, 3)])
def test_gait_repeats_after_two_steps(movements, label, slowest, fastest):
    lags = np.arange(16, 34)
    found = autocorrelation(movements.data[movements.target == label], lags)
    cadence = 2 * movements.sampling_rate / lags[found.argmax(axis=0)]
    assert np.median(found.max(axis=0)) > 0.6
    assert np.mean((cadence > slowest - 0.1) & (cadence < fastest + 0.2)) > 0.9


def test_rest_does_not_repeat(movements):
    found = autocorrelation(movements.data[movements.target == REST], np.arange(16, 34))
    assert np.median(found.max(axis=0)) < 0.4


def jerk_rate(data):
    """Return the strongest frequency between 1.5 and 6 Hz."""
    freqs, power = welch(data, fs=25.0, nperseg=250, axis=-1)
    band = (freqs > 1.5) & (freqs < 6)
    return freqs[band][power[:, band].argmax(axis=1)]


def test_seizures_stiffen_first_then_jerk_ever_more_slowly(movements):
    seizures = recordings(movements, SEIZURE)
    tonic, early, late = seizures[:, :200], seizures[:, 600:900], seizures[:, 1200:]
    assert np.median(tonic.std(axis=1) / early.std(axis=1)) < 0.6
    assert np.median(jerk_rate(early)) > np.median(jerk_rate(late)) + 0.4
    assert 2 < np.median(jerk_rate(late)) < np.median(jerk_rate(early)) < 5
    freqs, power = welch(tonic, fs=25.0, nperseg=125, axis=-1)
    assert 6 < np.median(freqs[power.argmax(axis=1)]) < 11


def test_subjects_keep_their_vigour(movements):
    log_sd = np.log(recordings(movements, WALKING).reshape(60, 12, 125).std(axis=-1))
    assert log_sd.mean(axis=1).var() > 3 * log_sd.var(axis=1).mean() / 12


def test_seizures_can_be_learned_but_not_perfectly():
    found = []
    for seed in range(4):
        movements = make_movements(random_state=seed)
        X = log_power(movements.data)[1]
        model = make_pipeline(StandardScaler(), SVC())
        cv, groups = StratifiedGroupKFold(4), movements.groups
        predicted = cross_val_predict(model, X, movements.target, groups=groups, cv=cv)
        found.append(recall_score(movements.target, predicted, average=None))
    recall = np.mean(found, axis=0)
    assert (recall[:SEIZURE] > 0.9).all()
    assert 0.6 < recall[SEIZURE] < 0.97


def test_subjects_can_be_told_apart_by_how_they_walk(movements):
    rows = movements.target == WALKING
    X, order = log_power(movements.data[rows])[1], np.tile(np.arange(12), 60)
    model = make_pipeline(StandardScaler(), SVC(C=10))
    cv, subjects = GroupKFold(3), movements.groups[rows]
    assert cross_val_score(model, X, subjects, groups=order, cv=cv).mean() > 10 / 60


def test_a_seed_gives_the_same_data():
    sizes = 4, 2, 50
    first, again, state, other = (
        make_movements(*sizes, random_state=seed) for seed in (3, 3, np.random.RandomState(3), 4)
    )
    for name in ("data", "target", "groups"):
        np.testing.assert_array_equal(first[name], again[name])
        np.testing.assert_array_equal(first[name], state[name])
    assert not np.array_equal(first.data, other.data)


def test_a_seed_leaves_the_global_state_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    make_movements(4, random_state=0)
    np.testing.assert_array_equal(before, np.random.get_state()[1])  # noqa: NPY002


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n_subjects", 1),
        ("n_subjects", 4.0),
        ("n_windows", 0),
        ("n_times", 1),
        ("n_times", "125"),
        ("sampling_rate", 0),
        ("sampling_rate", None),
        ("sampling_rate", float("inf")),
        ("sampling_rate", float("nan")),
        ("seizure_fraction", 0),
        ("seizure_fraction", 1.5),
        ("seizure_fraction", float("nan")),
        ("random_state", "seed"),
    ],
)
def test_bad_parameters_are_named(name, value):
    with pytest.raises(ValueError, match=f"'{name}' parameter of make_movements"):
        make_movements(**{name: value})
