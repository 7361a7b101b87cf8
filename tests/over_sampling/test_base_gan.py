"""The contract of every GAN sampler, found by walking `__all__`."""

import pickle
from collections import Counter
from functools import partial

import numpy as np
import pytest
import torch
from imblearn.pipeline import Pipeline
from numpy.testing import assert_array_equal
from sklearn.exceptions import ConvergenceWarning, FitFailedWarning
from sklearn.model_selection import GridSearchCV
from sklearn.svm import SVC

from skeeg.feature_extraction import WaveletFeatures
from skeeg.nn import LogisticLoss, RelativisticLoss, WassersteinLoss
from skeeg.nn._parameters import build

# A handful of iterations on a few rows need not converge.
pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


class TestRows:
    def test_counts_of_a_game_per_class_are_exact(self, make_gan, three_classes):
        sampler = make_gan(sampling_strategy={"a": 13, "c": 50}, conditional=False)
        _, y = sampler.fit_resample(*three_classes)
        assert Counter(y.tolist()) == {"a": 13, "b": 5, "c": 50}
        assert Counter(y[35:].tolist()) == sampler.sampling_strategy_ == {"a": 3, "c": 30}

    def test_amplitudes_stay_within_those_seen(self, make_gan, data):
        sampler = make_gan().fit(data.data, data.target)
        deviations = sampler.sample(200, random_state=0).std(axis=1)
        assert deviations.min() >= 0.99 * data.data.std(axis=1).min()
        assert deviations.max() <= 1.01 * data.data.std(axis=1).max()


class TestFittedState:
    def test_history(self, make_gan, data):
        sampler = make_gan(max_iter=3).fit(data.data, data.target)
        assert sampler.n_iter_ == 3
        assert sampler.history_["iteration"].tolist() == [1, 2, 3]
        measured = sampler.history_.drop(columns=["penalty", "validation_distance"])
        assert np.isfinite(measured.to_numpy(float)).all()
        assert sampler.history_["seconds"].is_monotonic_increasing

    def test_history_of_a_game_per_class(self, make_gan, three_classes):
        sampler = make_gan(conditional=False, max_iter=2).fit(*three_classes)
        assert sampler.history_["label"].tolist() == ["a", "a", "b", "b"]

    def test_only_trained_classes_can_be_sampled(self, make_gan, three_classes):
        sampler = make_gan(conditional=False).fit(*three_classes)
        assert sampler.sample(5, label="b").shape == sampler.sample(5).shape == (5, 12)
        with pytest.raises(ValueError, match=r"label='c' is not among .* \['a', 'b'\]"):
            sampler.sample(1, label="c")

    def test_changed_parameters_do_not_break_what_was_learned(self, make_gan, data):
        sampler = make_gan().fit(data.data, data.target)
        before = sampler.sample(4, random_state=0)
        sampler.set_params(width=5, latent_dim=7)
        assert_array_equal(sampler.sample(4, random_state=0), before)

    @pytest.mark.parametrize("error", [KeyboardInterrupt, FloatingPointError])
    def test_an_interrupted_fit_leaves_the_sampler_as_it_was(
        self, make_gan, data, multichannel, monkeypatch, error
    ):
        sampler = make_gan().fit(data.data, data.target)
        before = pickle.dumps(sampler)

        def interrupt(*args, **kwargs):
            raise error

        monkeypatch.setattr("skeeg.over_sampling._game.train_gan", interrupt)
        for method in (sampler.fit, sampler.fit_resample):
            with pytest.raises(error):
                method(multichannel.data, multichannel.target)
            assert pickle.dumps(sampler) == before

    def test_divergence_is_an_error_that_grids_survive(self, make_gan, data):
        sampler = make_gan(learning_rate=1e30, max_iter=20)
        with pytest.raises(FloatingPointError, match="diverged at iteration"):
            sampler.fit(data.data, data.target)

    def test_collapse_is_a_warning(self, make_gan, data):
        # Five copies of each row leave no neighbourhood to hit by chance.
        X, y = np.tile(data.data, (6, 1)), np.tile(data.target, 6)
        with pytest.warns(ConvergenceWarning, match="vary too little"):
            make_gan(learning_rate=1e-9).fit(X, y)

    def test_progress_is_shown_on_request(self, make_gan, data, capsys):
        make_gan().fit(data.data, data.target)
        assert capsys.readouterr().err == ""
        make_gan(verbose=True, max_iter=2).fit(data.data, data.target)
        shown = capsys.readouterr().err
        assert "2/2" in shown
        assert "discriminator=" in shown

    @pytest.mark.parametrize("loss", [LogisticLoss(), WassersteinLoss(n_critic=2)], ids=repr)
    def test_losses_can_be_swapped(self, make_gan, data, loss):
        default = make_gan().fit(data.data, data.target)
        other = make_gan(loss=loss).fit(data.data, data.target)
        assert other.loss is loss
        assert other.history_["learning_rate"].iloc[0] == loss.learning_rate
        assert not other.history_.equals(default.history_)


class TestNetworks:
    @pytest.mark.parametrize(("n_channels", "n_times"), [(1, 1), (3, 17), (1, 178)])
    def test_every_parameter_has_an_influence(self, make_gan, n_channels, n_times):
        """At some time of the training, and once gates, which start closed, have opened."""
        sampler, sizes = make_gan(width=4), (n_channels, n_times, 2)
        networks = (
            build(partial(sampler._make_generator, *sizes), seed=0),
            build(partial(sampler._make_discriminator, *sizes), seed=1),
        )
        parameters = [pair for network in networks for pair in network.named_parameters()]
        for name, parameter in parameters:
            if name.endswith(".gate"):
                parameter.data.fill_(0.5)
        labels, random = torch.tensor([0, 1, 1, 0]), torch.Generator().manual_seed(0)
        for progress in np.linspace(0, 1, 21):
            for network in networks:
                network.progress = float(progress)
            signals = networks[0](labels, random)
            assert signals.flatten(1).shape == (4, n_channels * (n_times + 2))
            networks[1](signals, labels, random).square().sum().backward()
        # A single point has no waveform, so that nothing which makes one can matter.
        if n_times > 1:
            assert [name for name, p in parameters if not p.grad.any()] == []


class TestPipelines:
    def test_a_grid_reaches_the_default_loss(self, make_gan):
        sampler = make_gan()
        (name, *_) = sampler.default_loss.get_params()
        pipe = Pipeline([("gan", sampler)]).set_params(**{f"gan__loss__{name}": 0.25})
        assert pipe["gan"].loss.get_params()[name] == 0.25
        assert type(pipe["gan"].loss) is type(sampler.default_loss)
        assert sampler.default_loss.get_params()[name] != 0.25
        with pytest.raises(ValueError, match="Invalid parameter 'nonsense'"):
            make_gan().set_params(loss__nonsense=1)

    def test_grid_over_the_parameters_of_a_loss(self, make_gan, data):
        steps = [("gan", make_gan(loss=RelativisticLoss())), ("feat", WaveletFeatures())]
        grid = {"gan__loss__penalty": [0.1, 1.0], "gan__sampling_strategy": ["auto", 0.9]}
        search = GridSearchCV(
            Pipeline([*steps, ("svm", SVC())]), grid, cv=2, error_score="raise"
        ).fit(data.data, data.target)
        assert len(search.cv_results_["params"]) == 4

    def test_divergence_scores_nan_in_a_grid(self, make_gan, data):
        pipe = Pipeline([("gan", make_gan(max_iter=5)), ("svm", SVC())])
        grid = GridSearchCV(pipe, {"gan__learning_rate": [1e-3, 1e30]}, cv=2, refit=False)
        with (
            pytest.warns(FitFailedWarning),
            pytest.warns(UserWarning, match="scores are non-finite"),
        ):
            grid.fit(data.data, data.target)
        assert np.isnan(grid.cv_results_["mean_test_score"]).tolist() == [False, True]
