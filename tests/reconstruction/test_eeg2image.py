"""EEG2Image draws what signals tell, and keeps the promises of an estimator.

It takes images beside signals, which the common checks of scikit-learn do not know of; what they
check and applies to it is checked here.
"""

import pickle

import numpy as np
import pytest
import sklearn
from numpy.testing import assert_array_equal
from numpydoc.docscrape import ClassDoc
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.exceptions import NotFittedError
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.tree import DecisionTreeClassifier

from skeeg.feature_extraction import BandPower, TripletEncoder
from skeeg.preprocessing import FlattenChannels
from skeeg.reconstruction import EEG2Image, ImageGAN
from tests.reconstruction.conftest import TINY


class MeanOfChannels(TransformerMixin, BaseEstimator):
    """Tell the mean of each channel; remember the groups."""

    def fit(self, X, y, groups=None):
        self.groups_ = groups
        self.n_features_in_ = X[0].size
        return self

    def transform(self, X):
        return X.mean(axis=2)


class Unchanged(TransformerMixin, BaseEstimator):
    """Keep signals as they are."""

    def fit(self, X, y=None):
        self.n_features_in_ = X[0].size
        return self

    def transform(self, X):
        return X


class Unwilling(MeanOfChannels):
    """Must not be asked to work."""

    def fit(self, X, y, groups=None):
        raise AssertionError("This is work.")


@pytest.fixture
def make_pairs(make_bars, rng):
    """Return a factory of signals whose means are those of the features of bars, and the bars."""

    def make(n_samples=40, **params):
        features, images, y = make_bars(n_samples, **params)
        noise = rng.standard_normal((n_samples, 2, 16))
        return features[:, :, np.newaxis] + noise - noise.mean(axis=2, keepdims=True), images, y

    return make


@pytest.fixture
def make_model():
    """Return a factory of models that train in no time."""

    def make(**params):
        parts = {"encoder": MeanOfChannels(), "generator": ImageGAN(**TINY)}
        return EEG2Image(**{**parts, "random_state": 0, **params})

    return make


def test_images_of_unseen_signals_show_their_class(make_pairs, make_model):
    signals, images, y = make_pairs(200)
    model = make_model(generator=ImageGAN(max_iter=60, width=8, batch_size=32))
    model.fit(signals[:150], images[:150], y[:150])
    assert model.score(signals[150:], images[150:], y[150:]) > 0.9
    assert model.predict(signals[150:]).shape == (50, 8, 8)


def test_the_score_compares_what_the_judge_sees_with_the_class(make_pairs, make_model, monkeypatch):
    signals, images, y = make_pairs(60)
    model = make_model().fit(signals, images, y)
    monkeypatch.setattr(model.generator_, "predict", lambda features: images)
    assert model.score(signals, images, y) == model.score(signals, images) == 1
    monkeypatch.setattr(model.generator_, "predict", lambda features: images[::-1])
    assert model.score(signals, images, y) == model.score(signals, images) == 0


def test_images_may_be_scored_in_another_size(make_pairs, make_model):
    signals, images, y = make_pairs()
    model = make_model(generator=ImageGAN(**TINY, image_size=16)).fit(signals, images, y)
    assert model.predict(signals).shape == (40, 16, 16)
    assert 0 <= model.score(signals, images) <= 1


def test_any_transformer_encodes_and_any_classifier_judges(make_pairs, make_model):
    signals, images, y = make_pairs(n_colours=3)
    encoder = make_pipeline(FlattenChannels(), LinearDiscriminantAnalysis())
    model = make_model(encoder=encoder, judge=DecisionTreeClassifier()).fit(signals, images, y)
    assert model.predict(signals).shape == (40, 8, 8, 3)
    assert model.n_features_in_ == 32
    assert isinstance(model.judge_, DecisionTreeClassifier)
    with pytest.raises(NotFittedError):
        encoder.transform(signals)  # what is fitted is a clone


def test_groups_are_handed_on_to_an_encoder_that_takes_them(make_pairs, make_model):
    signals, images, y = make_pairs()
    groups = np.arange(40) // 4
    model = make_model().fit(signals, images, y, groups=groups)
    assert_array_equal(model.encoder_.groups_, groups)
    other = make_model(encoder=BandPower(sampling_rate=16.0, bands={"all": (0, 8)}))
    other.fit(signals, images, y, groups=groups)


@pytest.mark.parametrize("routing", [False, True])
@pytest.mark.parametrize(
    ("make_encoder", "path"),
    [
        (lambda taker: make_pipeline(Unchanged(), taker), [-1]),
        (lambda taker: make_pipeline(taker, LinearDiscriminantAnalysis()), [0]),
        (lambda taker: make_pipeline("passthrough", make_pipeline(taker)), [-1, 0]),
    ],
    ids=["last", "first", "nested"],
)
def test_groups_reach_the_steps_of_a_pipeline(make_pairs, make_model, make_encoder, path, routing):
    groups = np.arange(40) // 4
    with sklearn.config_context(enable_metadata_routing=routing):
        taker = MeanOfChannels()
        encoder = make_encoder(taker.set_fit_request(groups=True) if routing else taker)
        fitted = make_model(encoder=encoder).fit(*make_pairs(), groups=groups).encoder_
    for place in path:
        fitted = fitted[place]
    assert_array_equal(fitted.groups_, groups)


@pytest.mark.parametrize("routing", [False, True])
def test_a_pipeline_that_takes_no_groups_gets_none(make_pairs, make_model, routing):
    encoder = make_pipeline(FlattenChannels(), LinearDiscriminantAnalysis())
    with sklearn.config_context(enable_metadata_routing=routing):
        model = make_model(encoder=encoder).fit(*make_pairs(), groups=np.arange(40) // 4)
    assert model.predict(make_pairs()[0]).shape == (40, 8, 8)


def test_the_encoder_is_the_triplet_encoder_where_none_is_given(make_pairs, make_model):
    signals, images, y = make_pairs()
    model = make_model(encoder=None).set_params(encoder__max_iter=2).fit(signals, images, y)
    assert isinstance(model.encoder_, TripletEncoder)
    assert model.encoder_.max_iter == 2


def test_a_search_over_parameters_finds_its_way(make_pairs, make_model):
    signals, images, y = make_pairs(60)
    groups = np.arange(60) // 6
    with sklearn.config_context(enable_metadata_routing=True):
        search = GridSearchCV(make_model(), {"generator__width": [1, 2]}, cv=GroupKFold(2))
        search.fit(signals, images, labels=y, groups=groups)
        scores = cross_val_score(
            make_model(), signals, images, cv=GroupKFold(2), params={"labels": y, "groups": groups}
        )
    assert np.isfinite(search.cv_results_["mean_test_score"]).all()
    assert np.isfinite(scores).all()
    assert len(search.best_estimator_.encoder_.groups_) == 60


def bits_of(model, pairs):
    model = clone(model).fit(*pairs)
    return model.predict(pairs[0]).tobytes() + model.sample(pairs[0], random_state=0).tobytes()


def test_one_seed_gives_the_same_bits_every_time(make_pairs, make_model):
    pairs, model = make_pairs(), make_model().set_params(generator__random_state=None)
    expected = bits_of(model, pairs)
    assert bits_of(model, pairs) == expected
    assert bits_of(pickle.loads(pickle.dumps(model)), pairs) == expected
    assert bits_of(clone(model).set_params(random_state=1), pairs) != expected


def test_parts_keep_a_random_state_of_their_own(make_pairs, make_model):
    pairs = make_pairs()
    fitted = make_model(generator=ImageGAN(**{**TINY, "random_state": 7})).fit(*pairs)
    assert fitted.generator_.random_state == 7
    assert fitted.judge_.random_state is not None
    assert fitted.generator.random_state == 7


def test_a_pickle_draws_the_same(make_pairs, make_model):
    signals, images, y = make_pairs()
    model = make_model().fit(signals, images, y)
    thawed = pickle.loads(pickle.dumps(model))
    assert_array_equal(thawed.predict(signals), model.predict(signals))
    assert_array_equal(
        thawed.sample(signals, 2, random_state=0), model.sample(signals, 2, random_state=0)
    )


def test_parameters_are_shown_cloned_and_set_where_there_is_no_part():
    assert repr(EEG2Image(random_state=0)) == "EEG2Image(random_state=0)"
    model = EEG2Image().set_params(generator__loss__penalty=0.25, judge__C=2.0)
    assert model.generator.loss.penalty == 0.25
    assert model.judge.C == 2.0
    assert model.encoder is None
    assert clone(model).get_params()["generator__loss__penalty"] == 0.25
    assert EEG2Image().generator is None


@pytest.mark.parametrize("name", ["encoder", "generator", "judge", "random_state"])
def test_parameters_are_checked(make_pairs, make_model, name):
    with pytest.raises(ValueError, match=f"The '{name}' parameter of EEG2Image must be"):
        make_model(**{name: object()}).fit(*make_pairs())


def test_documented_attributes_are_those_of_a_fitted_model(make_pairs, make_model):
    model = make_model().fit(*make_pairs())
    learned = {name for name in vars(model) if name.endswith("_")} | {"n_features_in_"}
    assert learned == {attribute.name for attribute in ClassDoc(EEG2Image)["Attributes"]}


def test_a_fit_that_fails_leaves_nothing_behind(make_pairs, make_model):
    model = make_model(generator=ImageGAN(**{**TINY, "max_iter": 30}, learning_rate=1e30))
    with pytest.raises(FloatingPointError):
        model.fit(*make_pairs())
    with pytest.raises(NotFittedError):
        model.predict(make_pairs()[0])


def test_a_refit_that_fails_leaves_the_model_as_it_was(make_pairs, make_model):
    signals, images, y = make_pairs()
    model = make_model().fit(signals, images, y)
    expected = model.predict(signals)
    model.set_params(generator__max_iter=30, generator__learning_rate=1e30)
    with pytest.raises(FloatingPointError):
        model.fit(signals.repeat(2, axis=1), images, y == "lies")
    assert model.n_features_in_ == 32
    assert model.classes_.tolist() == ["lies", "stands"]
    assert_array_equal(model.predict(signals), expected)


@pytest.mark.parametrize(("known", "given"), [(1, 3), (3, 1)])
def test_images_to_score_have_the_colours_of_those_known(make_pairs, make_model, known, given):
    model = make_model().fit(*make_pairs(n_colours=known))
    signals, images, _ = make_pairs(n_colours=given)
    names = {1: "grey", 3: "RGB"}
    message = f"images are {names[given]}, and those .* fitted on are {names[known]}"
    with pytest.raises(ValueError, match=message):
        model.score(signals, images)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda X, i, y: (X, i[1:], y), "X has 40 signals and images has 39 images"),
        (lambda X, i, y: (X[1:], i, y), "inconsistent numbers of samples"),
        (lambda X, i, y: (X, i, y[1:]), "inconsistent numbers of samples"),
        (lambda X, i, y: (X, i * 1.0, y), "contains 255.0 at .*; floats must be from 0 to 1"),
        (lambda X, i, y: (X, i[:, :6], y), "6 by 8 pixels; they must be square"),
        (lambda X, i, y: (X, i[:, :7, :7], y), "images are 7 pixels wide"),
        (lambda X, i, y: (X, i[:, 0], y), r"shape \(40, 8\)"),
        (lambda X, i, y: (X, i, y == "?"), "y has 1 class, False; EEG2Image needs at least 2"),
        (lambda X, i, y: (X, i, None), "EEG2Image requires y to be passed"),
        (lambda X, i, y: (X, i, np.arange(40) / 7), "Unknown label type: continuous"),
        (lambda X, i, y: (X, i, y, np.arange(39)), "groups has 39 entries"),
    ],
)
def test_bad_input_is_named_before_any_work(make_pairs, make_model, change, message):
    with pytest.raises(ValueError, match=message):
        make_model(encoder=Unwilling()).fit(*change(*make_pairs()))


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"image_size": 9}, "image_size=9, and networks draw"),
        ({"width": 0}, "The 'width' parameter of ImageGAN"),
        ({"loss__penalty": -1}, "The 'penalty' parameter of RelativisticLoss"),
    ],
)
def test_a_generator_that_cannot_be_is_refused_before_any_work(
    make_pairs, make_model, params, message
):
    generator = ImageGAN().set_params(**params)
    with pytest.raises(ValueError, match=message):
        make_model(encoder=Unwilling(), generator=generator).fit(*make_pairs())


def test_drawing_needs_a_fit_and_the_score_an_image_for_each_signal(make_pairs, make_model):
    signals, images, y = make_pairs()
    for method in ("predict", "sample"):
        with pytest.raises(NotFittedError):
            getattr(EEG2Image(), method)(signals)
    with pytest.raises(NotFittedError):
        EEG2Image().score(signals, images, y)
    assert not hasattr(EEG2Image(), "n_features_in_")
    with pytest.raises(ValueError, match="X has 40 signals and images has 39 images"):
        make_model().fit(signals, images, y).score(signals, images[1:])
