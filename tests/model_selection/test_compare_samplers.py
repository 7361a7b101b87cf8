"""compare_samplers: the same folds for all, real test rows, failures recorded, work kept."""

from threading import Lock

import numpy as np
import pandas as pd
import pytest
from imblearn.over_sampling import SMOTE, RandomOverSampler
from imblearn.pipeline import make_pipeline as make_imblearn_pipeline
from joblib import Memory
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.ensemble import AdaBoostClassifier
from sklearn.metrics import get_scorer, make_scorer, recall_score
from sklearn.model_selection import (
    GridSearchCV,
    StratifiedGroupKFold,
    StratifiedKFold,
    cross_val_score,
)
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.tree import DecisionTreeClassifier

from skeeg.feature_extraction import RootMeanSquare
from skeeg.model_selection import compare_samplers
from skeeg.over_sampling import JitterSampler
from skeeg.preprocessing import FlattenChannels

BASELINES = ["none", "class weights", "random oversampling", "SMOTE"]
MODEL = make_pipeline(RootMeanSquare(), DecisionTreeClassifier(max_depth=2, random_state=0))
FLAT = make_pipeline(FlattenChannels(), DecisionTreeClassifier(max_depth=3))


class Recorder(BaseEstimator):
    """A sampler that adds nothing and remembers what it was given, also in its clones."""

    calls = []

    def __init__(self, tag=0):
        self.tag = tag

    def fit_resample(self, X, y):
        self.calls.append((X, y))
        return X, y


class Duck:
    """A sampler that has a method and nothing else."""

    def fit_resample(self, X, y):
        return np.concatenate([X, X]), np.concatenate([y, y])


class Trap(BaseEstimator):
    """A sampler that raises in the call whose turn it is; a dose of None is harmless."""

    left = None
    error = ValueError

    def fit_resample(self, X, y):
        if Trap.left is not None:
            Trap.left -= 1
            if Trap.left < 0:
                raise Trap.error("trapped")
        return X, y


class Counted(ClassifierMixin, BaseEstimator):
    """Predicts the last class; counts how often it was fitted."""

    fits = 0

    def fit(self, X, y):
        Counted.fits += 1
        self.classes_ = np.unique(y)
        return self

    def predict(self, X):
        return np.repeat(self.classes_[-1], len(X))


@pytest.fixture(autouse=True)
def reset():
    Recorder.calls.clear()
    Trap.left, Trap.error, Counted.fits = None, ValueError, 0


def compare(samplers, data, estimator=MODEL, **settings):
    settings = {"groups": data.groups, "cv": 3, "random_state": 0, **settings}
    return compare_samplers(samplers, estimator, data.X, data.y, **settings)


def scores_of(comparison, name):
    return comparison.table.query("sampler == @name")["score"].to_numpy()


def without_seconds(comparison):
    return comparison.table.drop(columns="seconds")


def test_the_baselines_are_always_there_and_come_first(recordings):
    table = compare([JitterSampler()], recordings, n_repeats=2).table
    assert table["sampler"].unique().tolist() == [*BASELINES, "JitterSampler"]
    assert len(table) == 5 * 3 * 2
    assert (table["error"] == "").all()
    assert (table["seconds"] > 0).all()
    assert table["score"].between(0, 1).all()


@pytest.mark.parametrize("samplers", [{}, []])
def test_without_samplers_the_baselines_are_compared(recordings, samplers):
    comparison = compare(samplers, recordings)
    assert comparison.table["sampler"].unique().tolist() == BASELINES
    assert comparison.summary()["lead"].isna().all()


@pytest.mark.parametrize("sampler", [None, RandomOverSampler(random_state=5)])
def test_scores_are_those_of_cross_validation_with_a_pipeline(recordings, sampler):
    cv = StratifiedGroupKFold(4, shuffle=True, random_state=1)
    X, y = recordings.X.reshape(120, -1), recordings.y
    model = DecisionTreeClassifier(max_depth=3, random_state=0)
    expected = cross_val_score(
        make_imblearn_pipeline(sampler or "passthrough", model),
        X,
        y,
        groups=recordings.groups,
        cv=cv,
        scoring="balanced_accuracy",
    )
    comparison = compare_samplers(
        {"mine": sampler or JitterSampler()}, model, X, y, groups=recordings.groups, cv=cv
    )
    assert_allclose(scores_of(comparison, "mine" if sampler else "none"), expected)


def test_samplers_see_training_rows_only_and_test_rows_are_real(recordings):
    cv = StratifiedGroupKFold(3, shuffle=True, random_state=0)
    compare({"mine": Recorder()}, recordings, cv=cv)
    splits = list(cv.split(recordings.X, recordings.y, recordings.groups))
    assert len(Recorder.calls) == 3
    for (X, y), (train, _) in zip(Recorder.calls, splits, strict=True):
        assert_array_equal(X, recordings.X[train].reshape(len(train), -1))
        assert_array_equal(y, recordings.y[train])


def test_rows_that_are_added_are_counted(recordings):
    table = compare({"twice": Duck()}, recordings).table.set_index("sampler")
    assert (table.loc["twice", "n_synthetic"] == table.loc["twice", "n_train"]).all()
    assert (table.loc[["none", "class weights"], "n_synthetic"] == 0).all()
    assert (table.loc["SMOTE", "n_synthetic"] > 0).all()
    assert (table["n_train"] + table["n_test"] == 120).all()


def test_three_dimensions_are_the_same_as_flat_rows(recordings):
    samplers = {"own": JitterSampler(), "imblearn": SMOTE(k_neighbors=2), "any": Duck()}
    stacked = compare(samplers, recordings, FLAT)
    recordings.X = recordings.X.reshape(120, -1)
    samplers["own"].set_params(n_channels=2)
    flat = compare(samplers, recordings, FLAT)
    pd.testing.assert_frame_equal(without_seconds(stacked), without_seconds(flat))


def test_estimators_are_given_three_dimensions_after_flat_samplers(recordings):
    class TwoChannels(Counted):
        def fit(self, X, y):
            assert X.shape[1:] == (2, 10)
            return super().fit(X, y)

    comparison = compare({"any": Duck()}, recordings, TwoChannels())
    assert np.isnan(scores_of(comparison, "class weights")).all()
    assert (comparison.summary()["n_failed"].drop("class weights") == 0).all()


def test_tables_stay_tables(recordings):
    X = pd.DataFrame(recordings.X[:, 0]).add_prefix("t")

    class ByName(ClassifierMixin, BaseEstimator):
        def fit(self, X, y):
            self.tree_ = DecisionTreeClassifier(random_state=0).fit(X[["t0", "t1"]], y)
            self.classes_ = self.tree_.classes_
            return self

        def predict(self, X):
            return self.tree_.predict(X[["t0", "t1"]])

    comparison = compare_samplers([JitterSampler()], ByName(), X, pd.Series(recordings.y), cv=3)
    worked = comparison.table.query("sampler != 'class weights'")
    assert worked["score"].notna().all()


def test_an_int_gives_the_same_table_whatever_the_number_of_jobs(recordings):
    settings = {"samplers": {"mine": RandomOverSampler(shrinkage=0.1)}, "n_repeats": 2}
    first, second, parallel, other = (
        compare(data=recordings, estimator=FLAT, **settings, random_state=seed, n_jobs=n_jobs)
        for seed, n_jobs in ((0, None), (0, None), (0, 2), (1, None))
    )
    for again in (second, parallel):
        pd.testing.assert_frame_equal(without_seconds(again), without_seconds(first))
    assert not np.array_equal(other.table["score"], first.table["score"])


def test_nothing_that_is_given_is_changed(recordings):
    sampler, model = JitterSampler(), clone(MODEL)
    before, X = repr((sampler, model)), recordings.X.copy()
    compare([sampler], recordings, model)
    assert repr((sampler, model)) == before
    assert not hasattr(sampler, "classes_")
    assert not hasattr(model[-1], "classes_")
    assert_array_equal(recordings.X, X)


def test_samplers_compete_with_the_same_seeds(recordings):
    comparison = compare({"a": JitterSampler(), "b": JitterSampler()}, recordings, FLAT)
    assert_array_equal(scores_of(comparison, "a"), scores_of(comparison, "b"))


def test_class_weights_are_those_of_the_estimator(recordings):
    weighted = clone(MODEL).set_params(decisiontreeclassifier__class_weight="balanced")
    expected, direct = (compare({}, recordings, model) for model in (MODEL, weighted))
    assert_array_equal(scores_of(expected, "class weights"), scores_of(direct, "none"))
    assert not np.array_equal(scores_of(expected, "class weights"), scores_of(expected, "none"))


def test_class_weights_reach_what_is_tuned(recordings):
    search = GridSearchCV(DecisionTreeClassifier(), {"max_depth": [1, 2]}, cv=2)
    recordings.X = recordings.X.reshape(120, -1)
    comparison = compare({}, recordings, search, groups=None)
    assert (comparison.table["error"] == "").all()


def test_an_estimator_without_class_weights_is_recorded(recordings):
    model = make_pipeline(RootMeanSquare(), KNeighborsClassifier(3))
    table = compare({}, recordings, model).table.set_index("sampler")
    errors = table.loc["class weights", "error"].unique().tolist()
    assert errors == ["The estimator has no parameter class_weight."]
    assert table.loc["class weights", "score"].isna().all()
    assert table.drop("class weights")["score"].notna().all()


def test_a_sampler_that_fails_does_not_end_the_comparison(recordings):
    Trap.left = 1
    comparison = compare({"trap": Trap(), "mine": JitterSampler()}, recordings)
    table = comparison.table.set_index("sampler")
    assert table.loc["trap", "error"].tolist() == ["", *["ValueError: trapped"] * 2]
    assert table.loc["trap", "n_synthetic"].isna().tolist() == [False, True, True]
    assert table.loc["mine", "score"].notna().all()
    assert comparison.summary()["n_failed"].tolist() == [0, 0, 0, 0, 2, 0]


def test_an_estimator_that_fails_by_itself_raises(recordings):
    with pytest.raises(ValueError, match="Found array with dim 3"):
        compare([JitterSampler()], recordings, DecisionTreeClassifier())


class AsksForGroups(BaseEstimator):
    """A sampler that wants the groups of its rows."""

    __metadata_request__fit_resample = {"groups": True}

    def fit_resample(self, X, y, groups):
        Recorder.calls.append((groups, y))
        return np.concatenate([X, X[:1]]), np.concatenate([y, y[:1]])


class ClassifierOfGroups(Counted):
    """A classifier that wants groups, and may have more rows."""

    __metadata_request__fit = {"groups": True}

    def fit(self, X, y, groups):
        assert len(X) >= len(groups)
        return super().fit(X, y)


@pytest.mark.parametrize("in_pipeline", [False, True])
def test_groups_are_given_to_those_who_ask(recordings, in_pipeline):
    model = ClassifierOfGroups()
    model = make_pipeline(FlattenChannels(), model) if in_pipeline else model
    comparison = compare({"mine": AsksForGroups()}, recordings, model)
    errors = comparison.table.query("sampler != 'class weights'")["error"]
    assert errors.tolist() == [""] * 12
    for groups, y in Recorder.calls:
        assert_array_equal(np.where(groups % 3 == 0, "rare", "common"), y)


class Taker(BaseEstimator):
    """A sampler that returns rows in another order, and says which if it is open about it."""

    def __init__(self, open_about_it):
        self.open_about_it = open_about_it

    def fit_resample(self, X, y):
        rows = np.random.default_rng(0).permutation(len(X))[:-2]
        if self.open_about_it:
            self.sample_indices_ = rows
        return X[rows], y[rows]


class KnowsGroups(Counted):
    """A classifier whose first value holds the group of each row."""

    __metadata_request__fit = {"groups": True}

    def fit(self, X, y, groups):
        assert_array_equal(X[: len(groups), 0, 0], groups)
        return super().fit(X, y)


def test_groups_follow_rows_that_a_sampler_removes_or_moves(recordings):
    recordings.X[:, 0, 0] = recordings.groups
    samplers = {"open": Taker(True), "secretive": Taker(False), "adds": Duck()}
    table = compare(samplers, recordings, KnowsGroups()).table.set_index("sampler")
    assert set(table.loc[["none", "SMOTE", "open", "adds"], "error"]) == {""}
    errors = table.loc["secretive", "error"]
    assert errors.str.contains("Taker returns other rows .* has no sample_indices_").all()
    # who asks for none can do without
    assert set(compare(samplers, recordings, Counted()).table["error"][:3]) == {""}


def test_splitters_in_estimators_shuffle_by_the_seed(recordings):
    cv = StratifiedKFold(3, shuffle=True)
    grid = {"decisiontreeclassifier__max_depth": [1, 2, 4, 8]}
    search = GridSearchCV(FLAT, grid, cv=cv)
    first, second = (compare({}, recordings, search).table["score"] for _ in range(2))
    assert_array_equal(first, second)
    assert cv.random_state is None


def test_ensembles_that_hand_nothing_on_can_be_compared_by(recordings):
    comparison = compare({}, recordings, make_pipeline(RootMeanSquare(), AdaBoostClassifier()))
    assert scores_of(comparison, "SMOTE").min() > 0


@pytest.mark.parametrize(
    ("scoring", "metric"),
    [
        ("roc_auc", "roc auc"),
        ("neg_log_loss", "neg log loss"),
        (make_scorer(recall_score, pos_label="rare"), "score"),
    ],
)
def test_scores_can_be_others(recordings, scoring, metric):
    comparison = compare({}, recordings, scoring=scoring, cv=[[np.arange(60), np.arange(60, 120)]])
    fitted = clone(MODEL).fit(recordings.X[:60], recordings.y[:60])
    scorer = get_scorer(scoring)
    assert scores_of(comparison, "none") == scorer(fitted, recordings.X[60:], recordings.y[60:])
    assert comparison.metric == metric


def test_an_interrupted_comparison_resumes_to_the_same_table(recordings, tmp_path):
    samplers = {"trap": Trap(), "mine": JitterSampler()}
    expected = compare(samplers, recordings, FLAT)
    Trap.left, Trap.error = 1, KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        compare(samplers, recordings, FLAT, memory=tmp_path)
    Trap.left = None
    resumed = compare(samplers, recordings, FLAT, memory=tmp_path)
    pd.testing.assert_frame_equal(without_seconds(resumed), without_seconds(expected))


@pytest.mark.parametrize("kind", ["str", "path", "joblib"])
def test_what_is_remembered_is_not_fitted_again(recordings, tmp_path, kind):
    memory = {"str": str(tmp_path), "path": tmp_path, "joblib": Memory(tmp_path, verbose=0)}
    settings = {"estimator": Counted(), "memory": memory[kind]}
    first = compare({}, recordings, **settings)
    assert Counted.fits == 3 * 3
    again = compare({}, recordings, **settings)
    assert Counted.fits == 3 * 3
    pd.testing.assert_frame_equal(again.table, first.table)
    compare({"mine": JitterSampler()}, recordings, **settings)
    assert Counted.fits == 3 * 3 + 3
    compare({"other name": JitterSampler()}, recordings, **settings)
    assert Counted.fits == 3 * 3 + 3
    compare({}, recordings, **settings, n_repeats=2)
    assert Counted.fits == 3 * 3 + 3 + 3 * 3


@pytest.mark.parametrize(
    "change",
    [
        {"random_state": 1},
        {"scoring": "accuracy"},
        {"cv": 4},
        {"samplers": {"mine": JitterSampler(sigma=0.3)}},
        {"X": 2.0},
        {"y": "rare"},
        {"groups": 99},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_decides_a_score_is_remembered_with_it(recordings, tmp_path, change):
    settings = {"samplers": {"mine": JitterSampler()}, "estimator": Counted(), "memory": tmp_path}
    cv = list(StratifiedGroupKFold(3).split(recordings.X, recordings.y, recordings.groups))
    compare(data=recordings, cv=cv, **settings)
    fits = Counted.fits
    for name in change.keys() & {"X", "y", "groups"}:
        values = getattr(recordings, name).copy()
        values[-1] = change[name]
        setattr(recordings, name, values)
    changed = {name: change[name] for name in change.keys() - {"X", "y", "groups"}}
    compare(data=recordings, **{"cv": cv, **settings, **changed})
    assert Counted.fits > fits


def test_failures_are_not_remembered(recordings, tmp_path):
    Trap.left = 0
    failed = compare({"trap": Trap()}, recordings, memory=tmp_path)
    assert failed.summary().loc["trap", "n_failed"] == 3
    Trap.left = None
    cured = compare({"trap": Trap()}, recordings, memory=tmp_path)
    assert cured.summary().loc["trap", "n_failed"] == 0


def test_what_cannot_be_pickled_is_refused_before_any_fit(recordings, tmp_path):
    model = make_pipeline(FunctionTransformer(lambda X: X), Counted())
    with pytest.raises(ValueError, match=r"memory takes .* that can be pickled: .*lambda"):
        compare({}, recordings, model, memory=tmp_path)
    assert Counted.fits == 0
    assert len(compare({}, recordings, model).table) == 12


def test_a_sampler_that_cannot_be_pickled_is_refused_too(recordings, tmp_path):
    with pytest.raises(ValueError, match=r"memory takes .* that can be pickled"):
        compare({"mine": Recorder(tag=Lock())}, recordings, Counted(), memory=tmp_path)
    assert Counted.fits == 0


def test_progress_goes_to_stderr(recordings, capsys):
    compare({}, recordings, verbose=True)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Comparing samplers" in shown.err
    assert "12/12" in shown.err
    compare({}, recordings)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("broken", "error", "message"),
    [
        ({"samplers": JitterSampler()}, ValueError, "'samplers' parameter"),
        ({"samplers": [JitterSampler, SMOTE]}, TypeError, "'.*' must be an object with the method"),
        ({"samplers": [JitterSampler]}, TypeError, "'.*' must be an object with the method fit_r"),
        ({"samplers": {"mine": MODEL}}, TypeError, "'mine' must be an object with"),
        ({"samplers": {1: JitterSampler()}}, TypeError, "names of samplers must be str; got 1"),
        ({"samplers": {"none": JitterSampler()}}, ValueError, "name 'none' belongs to"),
        ({"samplers": [SMOTE()]}, ValueError, "name 'SMOTE' belongs to"),
        ({"samplers": [JitterSampler(), JitterSampler()]}, ValueError, "several .* JitterSampler"),
        ({"estimator": JitterSampler()}, ValueError, "'estimator' parameter"),
        ({"X": np.zeros(120)}, ValueError, "X has 1 dimensions"),
        ({"X": np.zeros((120, 1, 1, 1))}, ValueError, "X has 4 dimensions"),
        ({"X": np.zeros((119, 2))}, ValueError, r"inconsistent numbers of samples: \[119, 120\]"),
        ({"y": np.linspace(0, 1, 120)}, ValueError, "Unknown label type: continuous"),
        ({"y": np.zeros(120)}, ValueError, r"at least two classes; got \[0.0\]"),
        ({"y": np.zeros((120, 2), dtype=int)}, ValueError, "y should be a 1d array"),
        ({"groups": np.zeros(119)}, ValueError, "groups has 119 entries"),
        ({"groups": np.full(120, np.nan)}, ValueError, "groups contains NaN"),
        ({"cv": 1}, ValueError, "least one train/test split|n_splits"),
        ({"cv": "five"}, ValueError, "'cv' parameter"),
        ({"scoring": "accurate"}, ValueError, "'scoring' parameter"),
        ({"n_repeats": 0}, ValueError, "'n_repeats' parameter"),
        ({"n_jobs": "two"}, ValueError, "'n_jobs' parameter"),
        ({"random_state": -1}, ValueError, "'random_state' parameter"),
        ({"memory": 3}, ValueError, "'memory' parameter"),
        (
            {"memory": "folder", "random_state": None},
            ValueError,
            "memory takes an int as random_st",
        ),
    ],
)
def test_bad_input_is_named_before_any_fit(recordings, broken, error, message):
    arguments = {**vars(recordings), "samplers": {"mine": Recorder()}, "estimator": Counted()}
    with pytest.raises(error, match=message):
        compare_samplers(**{"cv": 3, "random_state": 0, **arguments, **broken})
    assert Counted.fits == 0
    assert not Recorder.calls
