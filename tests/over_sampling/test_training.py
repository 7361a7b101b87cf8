"""How long a sampler trains, what it keeps and where it goes on."""

import numpy as np
import pandas as pd
import pytest
from imblearn.pipeline import make_pipeline
from numpy.testing import assert_array_equal
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold
from sklearn.svm import SVC

from skeeg.datasets import make_seizures
from skeeg.over_sampling import WaveGANSampler, _game

TINY = {"batch_size": 4, "latent_dim": 3, "width": 2, "random_state": 0}


@pytest.fixture
def data():
    """Simulated seizures: 32 windows of 8 recordings, two of them with seizures."""
    return make_seizures(8, 4, 40, seizure_fraction=0.25, random_state=0)


@pytest.fixture
def make():
    return lambda **params: WaveGANSampler(**{**TINY, "max_iter": 60, **params})


class TestValidation:
    def test_the_distance_is_in_the_history(self, make, data):
        sampler = make(validation_fraction=0.25).fit(data.data, data.target, groups=data.groups)
        measured = sampler.history_.set_index("iteration")["validation_distance"].dropna()
        assert measured.index.tolist() == [25, 50, 60]
        assert (measured > 0).all()

    def test_groups_decide_what_is_held_out(self, make, data):
        samples = [
            make(validation_fraction=0.25)
            .fit(data.data, data.target, groups=groups)
            .sample(2, 1, 0)
            for groups in (data.groups, None)
        ]
        assert not np.array_equal(*samples)

    def test_held_out_signals_do_not_reach_the_networks(self, make, data, monkeypatch):
        trained = []

        def spy(*args, **settings):
            trained.append((args[3], settings["held_out"].rows))
            return train_gan(*args, **settings)

        train_gan = _game.train_gan
        monkeypatch.setattr(_game, "train_gan", spy)
        make(validation_fraction=0.25).fit(data.data, data.target, groups=data.groups)
        [(rows, held_out)] = trained
        assert len(rows) + len(held_out) == len(data.data)
        distances = np.abs(rows[:, None] - held_out).max(axis=(2, 3))
        assert distances.min() > 0

    def test_a_training_without_progress_ends(self, make, data):
        sampler = make(validation_fraction=0.25, n_iter_no_change=25, tol=1000.0, max_iter=500).fit(
            data.data, data.target
        )
        assert sampler.n_iter_ == 50

    def test_every_game_has_held_out_signals_of_its_own(self, make, data):
        sampler = make(
            validation_fraction=0.25, conditional=False, sampling_strategy={0: 30, 1: 30}
        )
        history = sampler.fit(data.data, data.target).history_
        measured = history.dropna(subset="validation_distance")
        assert measured["label"].tolist() == [0, 0, 0, 1, 1, 1]

    def test_a_class_without_enough_groups_is_named(self, make, data):
        groups = np.where(data.target == 1, 0, 1 + np.arange(len(data.target)) % 5)
        message = r"hold out nothing of class 1, which has 1 groups.*validation_fraction=None"
        with pytest.raises(ValueError, match=message):
            make(validation_fraction=0.1).fit(data.data, data.target, groups=groups)

    def test_no_change_needs_something_to_change(self, make, data):
        with pytest.raises(ValueError, match=r"n_iter_no_change=5 needs .* validation_fraction"):
            make(n_iter_no_change=5).fit(data.data, data.target)


class TestTime:
    @pytest.mark.parametrize("conditional", [True, False])
    def test_a_fit_ends_in_time(self, make, data, conditional):
        sampler = make(
            max_iter=1_000_000,
            max_time=0.4,
            conditional=conditional,
            sampling_strategy={0: 30, 1: 30},
        )
        history = sampler.fit(data.data, data.target).history_
        ends = history.groupby("label" if "label" in history else lambda _: 0)["seconds"].max()
        assert 0.3 < ends.sum() < 5
        assert (ends > 0.1).all()


class TestWarmStart:
    def test_the_next_fit_goes_on(self, make, data):
        sampler = make(warm_start=True).fit(data.data, data.target)
        first = sampler.history_
        sampler.set_params(learning_rate=1e-30).fit(data.data, data.target)
        assert sampler.n_iter_ == 120
        assert sampler.history_["iteration"].tolist() == list(range(1, 121))
        assert sampler.history_["seconds"].is_monotonic_increasing
        pd.testing.assert_frame_equal(sampler.history_[:60], first)
        # a standstill: the generator is the one of the first fit, and not an untrained one
        again = clone(sampler).set_params(warm_start=False, learning_rate=None)
        expected = again.fit(data.data, data.target).history_["generator_loss"].iloc[-1]
        losses = sampler.history_["generator_loss"][60:]
        assert abs(losses.mean() - expected) < abs(first["generator_loss"][0] - expected)

    def test_clones_and_other_fits_begin_anew(self, make, data):
        sampler = make(warm_start=True).fit(data.data, data.target)
        expected = sampler.sample(2, 1, 0)
        assert_array_equal(clone(sampler).fit(data.data, data.target).sample(2, 1, 0), expected)
        sampler.set_params(warm_start=False).fit(data.data, data.target)
        assert_array_equal(sampler.sample(2, 1, 0), expected)
        assert sampler.n_iter_ == 60
        sampler.set_params(warm_start=True).fit(data.data, data.target)
        assert sampler.n_iter_ == 60

    @pytest.mark.parametrize("conditional", [True, False])
    def test_other_classes_are_refused(self, make, data, conditional):
        sampler = make(warm_start=True, conditional=conditional).fit(data.data, data.target)
        expected = sampler.sample(2, 1, 0)
        with pytest.raises(ValueError, match="Set warm_start=False to begin"):
            sampler.fit(data.data, np.where(data.target == 1, "seizure", "rest"))
        assert_array_equal(sampler.sample(2, 1, 0), expected)

    def test_other_lengths_are_refused(self, make, data):
        sampler = make(warm_start=True).fit(data.data, data.target)
        with pytest.raises(ValueError, match="other sizes"):
            sampler.fit(data.data[:, :-8], data.target)


class TestCheckpoint:
    def test_an_interrupted_fit_goes_on_to_the_same_signals(
        self, make, data, tmp_path, monkeypatch
    ):
        expected = make().fit_resample(data.data, data.target)[0]
        sampler = make(checkpoint=tmp_path)
        show = _game.ProgressBar.__call__

        def interrupt(bar, record):
            show(bar, record)
            if record.iteration == 55:
                raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(_game.ProgressBar, "__call__", interrupt)
            with pytest.raises(KeyboardInterrupt):
                sampler.fit_resample(data.data, data.target)
        assert not hasattr(sampler, "classes_")
        assert len(list(tmp_path.iterdir())) == 1
        assert_array_equal(sampler.fit_resample(data.data, data.target)[0], expected)

    def test_the_folds_of_a_grid_share_a_folder(self, make, data, tmp_path):
        pipeline = make_pipeline(make(max_iter=2, checkpoint=tmp_path / "new"), SVC())
        grid = GridSearchCV(
            pipeline, {"wavegansampler__width": [2, 3]}, cv=StratifiedGroupKFold(2), refit=False
        )
        grid.fit(data.data, data.target, groups=data.groups)
        assert len(list((tmp_path / "new").iterdir())) == 4

    def test_a_file_is_no_folder(self, make, data, tmp_path):
        path = tmp_path / "file"
        path.write_text("mine")
        with pytest.raises(ValueError, match="file' is a file; it must be a folder"):
            make(checkpoint=str(path)).fit(data.data, data.target)
        assert path.read_text() == "mine"


def test_half_the_precision_trains(make, data):
    sampler = make(precision="bf16-mixed")
    X, _ = sampler.fit_resample(data.data, data.target)
    assert np.isfinite(X).all()
    assert not np.array_equal(X, make().fit_resample(data.data, data.target)[0])


def test_two_processes_draw_what_one_draws(make, data):
    expected = make(max_iter=2).fit_resample(data.data, data.target)[0]
    found = make(max_iter=2, devices=2, verbose=True).fit_resample(data.data, data.target)[0]
    assert_array_equal(found, expected)
