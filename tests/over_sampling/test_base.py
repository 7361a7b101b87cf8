"""The contract of every sampler, found by walking `__all__`."""

import pickle
from collections import Counter

import numpy as np
import pandas as pd
import polars as pl
import pytest
import sklearn
from imblearn.pipeline import Pipeline
from numpy.testing import assert_array_equal
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold, cross_val_score
from sklearn.svm import SVC

from skeeg.feature_extraction import WaveletFeatures
from skeeg.over_sampling import AtLeast, Multiply

# A handful of iterations on a few rows need not converge.
pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


def cross_validate(sampler, data, **options):
    """Scores of a pipeline of three-dimensional signals."""
    return cross_val_score(
        Pipeline([("aug", sampler), ("feat", WaveletFeatures()), ("svm", SVC())]),
        data.data,
        np.arange(24) % 3 == 0,
        groups=data.groups,
        cv=StratifiedGroupKFold(2),
        error_score="raise",
        **options,
    )


class TestRows:
    def test_original_rows_come_first_and_unchanged(self, make_sampler, data):
        X, y = data.data.copy(), data.target.copy()
        X_resampled, y_resampled = make_sampler().fit_resample(X, y)
        assert_array_equal(X_resampled[: len(X)], data.data)
        assert_array_equal(y_resampled[: len(X)], data.target)
        assert_array_equal(X, data.data)

    @pytest.mark.parametrize(
        ("strategy", "expected"),
        [
            ("auto", {"a": 20, "b": 20, "c": 20}),
            ("minority", {"a": 10, "b": 20, "c": 20}),
            ({"a": 13, "c": 50}, {"a": 13, "b": 5, "c": 50}),
            (lambda y: {"b": 7}, {"a": 10, "b": 7, "c": 20}),
        ],
    )
    def test_counts_are_exact(self, make_sampler, three_classes, strategy, expected):
        sampler = make_sampler(sampling_strategy=strategy)
        _, y = sampler.fit_resample(*three_classes)
        assert Counter(y.tolist()) == expected
        added = sampler.synthetic_mask_
        assert added.sum() == sum(sampler.sampling_strategy_.values()) == len(y) - 35
        assert not added[:35].any()
        assert Counter(y[added].tolist()) == Counter(sampler.sampling_strategy_)

    def test_balanced_data_can_be_enlarged(self, make_sampler, data):
        y = np.arange(24) % 2
        for strategy, expected in [(Multiply(1.5), [18, 18]), (AtLeast(20), [20, 20])]:
            _, resampled = make_sampler(sampling_strategy=strategy).fit_resample(data.data, y)
            assert np.bincount(resampled).tolist() == expected

    def test_ratio_for_two_classes(self, make_sampler, data):
        _, y = make_sampler(sampling_strategy=0.5).fit_resample(data.data, data.target)
        assert np.bincount(y).tolist() == [18, 9]

    def test_balanced_data_stay_as_they_are(self, make_sampler, data):
        y = np.arange(len(data.data)) % 2
        sampler = make_sampler()
        X, _ = sampler.fit_resample(data.data, y)
        assert_array_equal(X, data.data)
        assert sampler.sample(3, label=0).shape == (3, 40)

    def test_flat_and_three_dimensional_signals_give_the_same_numbers(
        self, make_sampler, multichannel
    ):
        X, y = multichannel.data, multichannel.target
        three, _ = make_sampler().fit_resample(X, y)
        sampler = make_sampler(n_channels=3)
        flat, _ = sampler.fit_resample(X.reshape(len(X), -1), y)
        assert three.shape[1:] == (3, 40)
        assert_array_equal(flat, three.reshape(len(three), -1))
        assert sampler.n_features_in_ == make_sampler().fit(X, y).n_features_in_ == 120

    @pytest.mark.parametrize("n_times", [1, 2, 3, 16, 17, 65])
    def test_any_length_will_do(self, make_sampler, rng, n_times):
        X = rng.standard_normal((12, 2, n_times))
        X_resampled, _ = make_sampler().fit_resample(X, [0] * 8 + [1] * 4)
        assert X_resampled.shape == (16, 2, n_times)
        assert np.isfinite(X_resampled).all()

    @pytest.mark.parametrize("scale", [1e-25, 1e-6, 1.0, 1e25])
    def test_units_do_not_matter(self, make_sampler, data, scale):
        X = data.data.astype(float)
        expected, _ = make_sampler().fit_resample(X, data.target)
        scaled, _ = make_sampler().fit_resample(X * scale, data.target)
        # The networks run in single precision and may amplify a rounding error a little.
        np.testing.assert_allclose(scaled / scale, expected, atol=1e-2 * np.abs(expected).max())

    def test_a_dead_channel_stays_dead(self, make_sampler, multichannel):
        X = multichannel.data.copy()
        X[:, 1], X[:, 2] = 0, 7
        sampler = make_sampler().fit(X, multichannel.target)
        dead = sampler.sample(5, random_state=0)[:, 1:]
        assert_array_equal(dead, np.broadcast_to([[[0], [7]]], dead.shape))


class TestTypes:
    @pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int8", "int16", "uint8"])
    def test_dtype_is_kept(self, make_sampler, data, dtype):
        scaled = 100 * data.data / np.abs(data.data).max()
        X = (scaled - (scaled.min() if dtype == "uint8" else 0)).astype(dtype)
        sampler = make_sampler()
        X_resampled, _ = sampler.fit_resample(X, data.target)
        assert X_resampled.dtype == sampler.sample(2).dtype == dtype
        assert_array_equal(X_resampled[:24], X)

    def test_integers_are_rounded_not_cut(self, make_sampler, rng):
        # Values around 10.6 would all become 10 if they were cut.
        X = rng.normal(10.6, 0.3, (40, 16))
        y = [0] * 30 + [1] * 10
        sampler = make_sampler()
        whole = sampler.fit_resample(np.rint(X).astype(int), y)[0][sampler.synthetic_mask_]
        assert abs(whole.mean() - np.rint(X).mean()) < 0.3

    def test_frames_of_pandas(self, make_sampler, data):
        X = pd.DataFrame(np.rint(data.data)).astype({0: "int32", 1: "Int64", 2: "float32"})
        X.columns = [f"t{i}" for i in range(40)]
        y = pd.Series(np.where(data.target, "seizure", "rest"), name="state")
        X_resampled, y_resampled = make_sampler().fit_resample(X, y)
        assert X_resampled.dtypes.equals(X.dtypes)
        pd.testing.assert_frame_equal(X_resampled[:24], X)
        pd.testing.assert_series_equal(y_resampled[:24], y)
        assert_array_equal(X_resampled.index, np.arange(36))
        assert_array_equal(y_resampled[24:], "seizure")

    def test_frames_of_polars(self, make_sampler, data):
        X = pl.DataFrame(data.data, schema=[f"t{i}" for i in range(40)])
        X = X.with_columns(pl.col("t0").cast(pl.Int16))
        y = pl.Series("state", ["seizure" if t else "rest" for t in data.target])
        X_resampled, y_resampled = make_sampler().fit_resample(X, y)
        assert X_resampled.schema == X.schema
        assert X_resampled[:24].equals(X)
        assert y_resampled.name == "state"
        assert y_resampled[24:].to_list() == ["seizure"] * 12

    def test_sparse_frames_are_taken_as_dense(self, make_sampler, data):
        dense = pd.DataFrame(data.data.astype(float))
        sparse = dense.astype(pd.SparseDtype(float, 0.0))
        expected, _ = make_sampler().fit_resample(dense, data.target)
        found, _ = make_sampler().fit_resample(sparse, data.target)
        assert_array_equal(found.sparse.to_dense(), expected)

    def test_lists(self, make_sampler, data):
        X, y = make_sampler().fit_resample(data.data.tolist(), data.target.tolist())
        assert isinstance(X, list)
        assert isinstance(y, list)
        assert len(X) == len(y) == 36

    @pytest.mark.parametrize(
        "names",
        [("rest", "seizure"), (False, True), (-1, 1), (0.0, 1.0), (np.uint8(3), np.uint8(200))],
        ids=str,
    )
    def test_labels_of_any_type(self, make_sampler, data, names):
        y = np.array(names)[data.target]
        sampler = make_sampler()
        _, y_resampled = sampler.fit_resample(data.data, y)
        assert y_resampled.dtype == y.dtype
        assert sampler.sample(2, label=names[1]).shape == (2, 40)

    def test_labels_of_objects_and_of_categories(self, make_sampler, data):
        y = np.array(["rest", "seizure"], dtype=object)[data.target]
        assert make_sampler().fit_resample(data.data, y)[1].dtype == object
        categories = pd.Series(y, dtype="category")
        assert make_sampler().fit_resample(data.data, categories)[1].dtype == categories.dtype


class TestGroups:
    @pytest.mark.parametrize(
        "groups",
        [
            np.arange(24) // 6,
            [f"r{i // 6}" for i in range(24)],
            (np.arange(24) // 6 + 252).astype(np.uint8),
            (np.arange(24) // 6).astype("M8[D]"),
        ],
    )
    def test_synthetic_rows_are_a_group_of_their_own(self, make_sampler, data, groups):
        sampler = make_sampler()
        sampler.fit_resample(data.data, data.target, groups=groups)
        assert_array_equal(sampler.groups_resampled_[:24], groups)
        (synthetic,) = set(sampler.groups_resampled_[24:])
        assert synthetic not in set(groups)

    def test_without_groups_there_are_none(self, make_sampler, data):
        sampler = make_sampler()
        sampler.fit_resample(data.data, data.target)
        assert sampler.groups_resampled_ is None

    def test_a_pipeline_hands_groups_on(self, make_sampler, data):
        with sklearn.config_context(enable_metadata_routing=True):
            pipe = Pipeline([("aug", make_sampler()), ("svm", SVC())])
            pipe.fit(data.data, data.target, groups=data.groups)
        assert len(pipe["aug"].groups_resampled_) == 36


class TestFittedState:
    def test_sample_and_its_chunks_agree(self, make_sampler, data):
        sampler = make_sampler().fit(data.data, data.target)
        whole = sampler.sample(10, label=1, random_state=3)
        chunks = list(sampler.iter_samples(10, label=1, random_state=3, chunk_size=4))
        assert [len(chunk) for chunk in chunks] == [4, 4, 2]
        assert whole.shape == (10, 40)
        assert_array_equal(whole, sampler.sample(10, label=1, random_state=3))
        assert not np.array_equal(whole, sampler.sample(10, label=1, random_state=4))

    def test_no_signals_have_a_shape_too(self, make_sampler, data, multichannel):
        assert make_sampler().fit(data.data, data.target).sample(0).shape == (0, 40)
        fitted = make_sampler().fit(multichannel.data, multichannel.target)
        assert fitted.sample(0, label=1).shape == (0, 3, 40)

    def test_sample_without_label_draws_classes_as_often_as_seen(self, make_sampler, data):
        # Classes of different mean are told apart by it.
        X = data.data + 1e6 * data.target[:, None]
        sampler = make_sampler().fit(X, data.target)
        codes = sampler._draw_codes(1000, None, np.random.RandomState(0))
        assert abs(codes.mean() - 0.25) < 0.05

    @pytest.mark.parametrize("label", ["x", ["a", "b"], np.array(["a", "b"]), 1.5, ("a",)], ids=str)
    def test_one_class_at_a_time_can_be_named(self, make_sampler, three_classes, label):
        sampler = make_sampler().fit(*three_classes)
        with pytest.raises(ValueError, match=r"is not among the trained classes \['a', 'b', 'c'\]"):
            sampler.sample(2, label=label)

    def test_sample_before_fit(self, make_sampler):
        with pytest.raises(NotFittedError):
            make_sampler().sample(1)

    def test_an_error_at_the_end_of_a_fit_leaves_the_sampler_as_it_was(
        self, make_sampler, data, multichannel, monkeypatch
    ):
        sampler = make_sampler().fit(data.data, data.target)
        before = pickle.dumps(sampler)
        monkeypatch.setattr("skeeg.over_sampling._base.Synthesizer", lambda *args: 1 / 0)
        for method in (sampler.fit, sampler.fit_resample):
            with pytest.raises(ZeroDivisionError):
                method(multichannel.data, multichannel.target)
            assert pickle.dumps(sampler) == before

    def test_what_was_learned_does_not_change_with_the_data(self, make_sampler, data):
        X = data.data.copy()
        sampler = make_sampler().fit(X, data.target)
        before = sampler.sample(4, random_state=0)
        X[:] = 0
        assert_array_equal(sampler.sample(4, random_state=0), before)

    def test_a_second_fit_forgets_the_first(self, make_sampler, data, multichannel):
        sampler = make_sampler()
        sampler.fit_resample(data.data, data.target, groups=data.groups)
        sampler.fit(multichannel.data, multichannel.target)
        assert not hasattr(sampler, "synthetic_mask_")
        assert sampler.sample(2).shape == (2, 3, 40)


class TestPipelines:
    def test_three_dimensional_cross_validation(self, make_sampler, multichannel):
        assert np.isfinite(cross_validate(make_sampler(), multichannel)).all()

    def test_cross_validation_in_processes(self, one_of_each, multichannel):
        for sampler in one_of_each:
            expected = cross_validate(sampler, multichannel)
            assert_array_equal(cross_validate(sampler, multichannel, n_jobs=2), expected)

    def test_a_grid_tunes_the_strategy(self, make_sampler, data):
        pipe = Pipeline([("aug", make_sampler()), ("feat", WaveletFeatures()), ("svm", SVC())])
        grid = [
            {"aug__sampling_strategy": [AtLeast(10)]},
            {"aug__sampling_strategy": [Multiply(1)], "aug__sampling_strategy__k": [1.5, 2]},
        ]
        search = GridSearchCV(pipe, grid, cv=2, error_score="raise", refit=False)
        search.fit(data.data, data.target)
        assert len(search.cv_results_["params"]) == 3

    def test_clone_keeps_nothing_learned(self, make_sampler, data):
        sampler = make_sampler().fit(data.data, data.target)
        assert not [name for name in vars(clone(sampler)) if name.endswith("_")]
