"""Mistakes that classifiers of EEG were seen to make, each prevented by a pipeline or refused."""

import re

import mne
import numpy as np
import pytest
from imblearn.pipeline import make_pipeline
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold, StratifiedGroupKFold, cross_val_predict, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg.datasets import load_edf, make_seizures
from skeeg.feature_extraction import BandPower, RootMeanSquare, WaveletFeatures, ZeroCrossingRate
from skeeg.model_selection import compare_samplers
from skeeg.over_sampling import JitterSampler
from skeeg.preprocessing import BandPassFilter, WaveletDenoiser


@pytest.fixture(scope="module")
def eeg():
    return make_seizures(12, 6, 128, n_channels=3, random_state=0)


@pytest.fixture
def folds(eeg):
    return list(StratifiedGroupKFold(3).split(eeg.data, eeg.target, eeg.groups))


class Recorder(ClassifierMixin, BaseEstimator):
    """Remember the rows of every fit and prediction."""

    seen = {"fit": [], "predict": []}

    def fit(self, X, y):
        self.classes_ = np.unique(y)
        self.seen["fit"].append(X)
        return self

    def predict(self, X):
        self.seen["predict"].append(X)
        return np.full(len(X), self.classes_[0])


@pytest.fixture
def recorder():
    Recorder.seen = {"fit": [], "predict": []}
    return Recorder()


def test_a_pipeline_cleans_what_is_predicted_as_it_cleaned_what_was_learned(rng):
    """A rhythm under a hum: who filters the training data alone is at a loss with the others."""
    y = np.arange(200) % 2
    seconds = np.arange(256) / 128
    rhythm = (1 + y)[:, None] * np.sin(2 * np.pi * 10 * seconds + rng.uniform(0, 6, (200, 1)))
    X = rhythm + rng.uniform(2, 6, (200, 1)) * np.sin(2 * np.pi * 50 * seconds)
    train, test = slice(0, 100), slice(100, 200)
    band = BandPassFilter(low=5, high=20, sampling_rate=128)
    model = make_pipeline(band, RootMeanSquare(), StandardScaler(), LogisticRegression())
    model.fit(X[train], y[train])
    assert model.score(X[test], y[test]) > 0.95
    assert model[1:].score(X[test], y[test]) < 0.6


def test_folds_hold_real_rows_only_and_each_of_them_once(eeg, folds, recorder):
    X = eeg.data.reshape(len(eeg.data), -1)
    model = make_pipeline(JitterSampler(n_channels=3, random_state=0), recorder)
    cross_val_predict(model, X, eeg.target, cv=folds)
    for (train, test), fitted, predicted in zip(folds, *recorder.seen.values(), strict=True):
        assert_array_equal(predicted, X[test])
        assert_array_equal(fitted[: len(train)], X[train])
        assert len(fitted) > len(train)


def test_synthetic_rows_come_from_the_training_fold(eeg, folds, recorder):
    """A sampler that repeats rows shows where they are from: none is one of the test fold."""
    copies = JitterSampler(sigma=1e-9, n_channels=3, random_state=0)
    X = eeg.data.reshape(len(eeg.data), -1).astype(np.float64)
    cross_val_predict(make_pipeline(copies, recorder), X, eeg.target, cv=folds)
    for (train, test), fitted in zip(folds, recorder.seen["fit"], strict=True):
        synthetic = fitted[len(train) :, None]
        assert len(synthetic)
        assert (abs(synthetic - X[train]).max(axis=2).min(axis=1) < 1e-3).all()
        assert (abs(synthetic - X[test]).max(axis=2) > 1).all()


def test_the_scaler_is_that_of_the_training_fold(eeg, folds):
    """A row is judged the same whatever rows are judged with it."""
    train, test = folds[0]
    model = make_pipeline(WaveletFeatures(), StandardScaler(), SVC())
    model.fit(eeg.data[train], eeg.target[train])
    together = model.decision_function(eeg.data[test])
    one_by_one = [model.decision_function(row[None])[0] for row in eeg.data[test]]
    assert_allclose(one_by_one, together)


@pytest.mark.parametrize("make_step", [WaveletFeatures, RootMeanSquare, WaveletDenoiser])
def test_channels_stay_in_the_row_of_their_sample(eeg, make_step):
    assert len(make_step().fit_transform(eeg.data)) == len(eeg.data)
    flat = eeg.data.reshape(len(eeg.data), -1)
    assert len(make_step(n_channels=3).fit_transform(flat)) == len(eeg.data)


def test_channels_as_separate_rows_do_not_fit_the_labels(eeg):
    rows = eeg.data.reshape(-1, eeg.data.shape[-1])
    with pytest.raises(ValueError, match=re.escape(f"[{len(rows)}, {len(eeg.target)}]")):
        make_pipeline(RootMeanSquare(), SVC()).fit(rows, eeg.target)


@pytest.fixture
def save_recording(tmp_path):
    """Return a function that writes two seconds of one channel with the class inside the file."""

    def save(name, label, sampling_rate=100):
        info = mne.create_info(["Cz"], sampling_rate, "eeg")
        raw = mne.io.RawArray(np.full((1, 2 * sampling_rate), 1e-6), info, verbose="error")
        raw.set_annotations(mne.Annotations(0, 2, label))
        path = tmp_path / f"{name}_raw.fif"
        raw.save(path, verbose="error")
        return path

    return save


def test_labels_stay_with_their_files_in_any_order(save_recording):
    paths = [save_recording(name, label) for name, label in [("b", "rest"), ("a", "seizure")]]
    expected = {("b", "rest"), ("a", "seizure")}
    for order in (paths, paths[::-1]):
        loaded = load_edf(order, n_times=100)
        names = np.array(loaded.target_names)[loaded.target]
        assert {
            (group[0], name) for group, name in zip(loaded.groups, names, strict=True)
        } == expected


def test_recordings_of_several_rates_are_not_mixed(save_recording):
    paths = [save_recording("a", "rest", 100), save_recording("b", "rest", 125)]
    with pytest.raises(ValueError, match=r"100.*125|125.*100"):
        load_edf(paths, n_times=100)
    assert load_edf(paths, n_times=100, sampling_rate=100).sampling_rate == 100


def test_bands_in_hertz_ask_for_the_sampling_rate(eeg):
    with pytest.raises(ValueError, match="sampling_rate"):
        BandPower().fit(eeg.data)


def test_a_signal_that_rises_crosses_zero_once_at_most():
    """Counting the steps that are not zero, as was done, gives all of them."""
    rising = np.arange(1.0, 101.0)[None]
    assert ZeroCrossingRate().fit_transform(rising) == 0
    assert_allclose(ZeroCrossingRate().fit_transform(rising - 50.5), 1 / 99)


def test_a_comparison_refuses_folds_that_share_groups(eeg):
    folds = [(np.arange(0, 72, 2), np.arange(1, 72, 2))]
    with pytest.raises(ValueError, match="group"):
        compare_samplers(
            {"jitter": JitterSampler()},
            make_pipeline(WaveletFeatures(), SVC()),
            eeg.data,
            eeg.target,
            groups=eeg.groups,
            cv=folds,
        )


def test_windows_of_a_recording_on_both_sides_are_rewarded(rng):
    """Classes drawn at random for recordings: all there is to learn is who it is."""
    groups = np.repeat(np.arange(20), 10)
    y = rng.permutation(np.arange(20) % 2)[groups]
    levels = 10 ** rng.permutation(np.linspace(-3, 3, 20))
    X = levels[groups, None] * rng.normal(0, 1, (200, 64))
    model = make_pipeline(WaveletFeatures(statistics=["log_std"]), KNeighborsClassifier(1))
    by_window = cross_val_score(model, X, y, cv=KFold(5, shuffle=True, random_state=0)).mean()
    by_group = cross_val_score(model, X, y, groups=groups, cv=StratifiedGroupKFold(5)).mean()
    assert by_window > 0.85 > by_group + 0.2
