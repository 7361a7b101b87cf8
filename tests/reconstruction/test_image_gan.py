"""ImageGAN learns bars, and keeps the promises of an estimator.

It takes images beside features, which the common checks of scikit-learn do not know of; what they
check and applies to it is checked here.
"""

import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pytest
import torch
from joblib import Parallel, delayed
from numpy.testing import assert_allclose, assert_array_equal
from numpydoc.docscrape import ClassDoc
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from skeeg.nn import HingeLoss, RelativisticLoss
from skeeg.reconstruction import ImageGAN, _game


@pytest.fixture
def trained(monkeypatch):
    """Remember what is trained; nothing is."""
    seen = []
    monkeypatch.setattr(_game, "train_gan", lambda *args, **settings: seen.append(settings))
    return seen


def orientation(images):
    """Positive where bars lie: rows differ more than columns do."""
    images = images.astype(float)
    return images.mean(axis=2).std(axis=1) - images.mean(axis=1).std(axis=1)


@pytest.mark.parametrize("pairing", ["class", "one-to-one"])
def test_images_show_what_the_features_tell(make_bars, make_gan, pairing):
    features, images, y = make_bars(200)
    gan = make_gan(max_iter=60, width=8, batch_size=32, pairing=pairing)
    gan.fit(features[:150], images[:150], y[:150])
    lies = y[150:] == "lies"
    for drawn in (gan.predict(features[150:]), gan.sample(features[150:], random_state=0)[:, 0]):
        assert np.mean((orientation(drawn) > 0) == lies) > 0.9


def test_one_to_one_pairs_tell_more_than_the_class(make_gan, rng):
    """The brightness of an image is its feature; there is one class, or none at all."""
    levels = rng.uniform(0, 1, (200, 1))
    images = np.broadcast_to(levels[:, :, np.newaxis], (200, 8, 8))
    gan = make_gan(max_iter=150, width=4, batch_size=32, pairing="one-to-one", mode_seeking=0)
    gan.fit(levels, images)
    means = gan.predict([[0.1], [0.5], [0.9]]).mean(axis=(1, 2)) / 255
    assert_allclose(means, [0.1, 0.5, 0.9], atol=0.15)


@pytest.mark.parametrize("n_colours", [1, 3])
@pytest.mark.parametrize("image_size", [None, 12])
def test_images_have_the_size_and_the_colours_of_those_given(
    make_bars, make_gan, n_colours, image_size
):
    features, images, y = make_bars(n_colours=n_colours)
    gan = make_gan(image_size=image_size).fit(features, images, y)
    size = image_size or 8
    shape = (size, size) if n_colours == 1 else (size, size, 3)
    assert gan.image_shape_ == shape
    assert gan.predict(features[:5]).shape == (5, *shape)
    drawn = gan.sample(features[:5], n_per_signal=4, random_state=0)
    assert drawn.shape == (5, 4, *shape)
    assert drawn.dtype == np.uint8


def test_a_prediction_does_not_depend_on_the_rows_beside_it(make_bars, make_gan, rng):
    features, images, y = make_bars(70)
    gan = make_gan().fit(features, images, y)
    expected, order = gan.predict(features), rng.permutation(70)
    assert_array_equal(gan.predict(features[order]), expected[order])
    one_by_one = np.concatenate([gan.predict(features[i : i + 1]) for i in range(70)])
    assert_array_equal(one_by_one, expected)


def test_samples_of_a_signal_differ_and_a_seed_repeats_them(make_bars, make_gan):
    features, images, y = make_bars()
    gan = make_gan(max_iter=10, width=8).fit(features, images, y)
    first, second = (gan.sample(features, 3, random_state=1) for _ in range(2))
    assert_array_equal(first, second)
    assert (first[:, 0] != first[:, 1]).any(axis=(1, 2)).all()
    assert not np.array_equal(gan.sample(features, 3, random_state=2), first)


def test_the_unit_of_features_does_not_matter(make_bars, make_gan):
    features, images, y = make_bars()
    scale = 2.0**-20  # a power of two only moves the exponent
    expected = make_gan().fit(features, images, y).predict(features)
    small = make_gan().fit(features * scale, images, y)
    assert_array_equal(small.predict(features * scale), expected)


def test_float32_features_may_have_a_small_unit(make_bars, make_gan):
    features, images, y = make_bars()
    features = (features * 2.0**-90).astype(np.float32)  # of which the squares are no floats
    gan = make_gan().fit(features, images, y)
    assert_allclose(gan.scale_, (features - features.mean(axis=0)).astype(float).std(), rtol=1e-5)
    expected = make_gan().fit(features * np.float32(2.0**90), images, y)
    assert_array_equal(gan.predict(features), expected.predict(features * np.float32(2.0**90)))


def test_features_that_are_all_the_same_can_be_learned_from(make_bars, make_gan):
    features, images, y = make_bars()
    gan = make_gan().fit(np.ones_like(features), images, y)
    assert gan.scale_ == 1


def bits_of(gan, data):
    """Top-level, so that worker processes can find it."""
    gan = clone(gan).fit(*data)
    return gan.predict(data[0]).tobytes() + gan.sample(data[0], 2, random_state=0).tobytes()


LARGER = {"width": 16, "batch_size": 32, "image_size": 16}


def test_one_seed_gives_the_same_bits_every_time(make_bars, make_gan):
    data, gan = make_bars(), make_gan(**LARGER)
    expected = bits_of(gan, data)
    assert bits_of(gan, data) == expected
    assert bits_of(pickle.loads(pickle.dumps(gan)), data) == expected
    assert bits_of(make_gan(**LARGER, random_state=1), data) != expected
    with ThreadPoolExecutor(2) as pool:
        assert set(pool.map(bits_of, [gan] * 3, [data] * 3)) == {expected}
    assert set(Parallel(2)(delayed(bits_of)(gan, data) for _ in range(2))) == {expected}


@pytest.mark.parametrize("n_threads", [1, 2, 3])
def test_torch_threads_do_not_matter(make_bars, make_gan, n_threads):
    data, gan = make_bars(), make_gan(**LARGER)
    expected, before = bits_of(gan, data), torch.get_num_threads()
    torch.set_num_threads(n_threads)
    try:
        assert bits_of(gan, data) == expected
    finally:
        torch.set_num_threads(before)


def test_nothing_global_is_touched(make_bars, make_gan):
    data = make_bars()

    def state():
        numpy = pickle.dumps(np.random.mtrand._rand)
        return numpy, torch.get_rng_state().tolist(), torch.get_num_threads()

    before = state()
    make_gan().fit(*data).sample(data[0], random_state=0)
    assert state() == before


def test_input_stays_as_it_was(make_bars, make_gan):
    data = make_bars()
    before = [array.copy() for array in data]
    make_gan(image_size=16).fit(*data).predict(data[0])
    for now, then in zip(data, before, strict=True):
        assert_array_equal(now, then)


def test_a_pickle_holds_numpy_and_draws_the_same(make_bars, make_gan):
    features, images, y = make_bars()
    gan = make_gan().fit(features, images, y)
    content = pickle.dumps(gan)
    assert b"torch._utils" not in content
    thawed = pickle.loads(content)
    assert_array_equal(thawed.predict(features), gan.predict(features))


def test_parameters_set_after_the_fit_do_not_change_what_is_drawn(make_bars, make_gan):
    features, images, y = make_bars()
    gan = make_gan().fit(features, images, y)
    expected = gan.predict(features)
    gan.set_params(width=7, latent_dim=1, image_size=16)
    assert_array_equal(gan.predict(features), expected)


def test_a_second_fit_forgets_the_first(make_bars, make_gan):
    data = make_bars()
    gan = make_gan().fit(*make_bars(30, n_colours=3)).fit(*data)
    assert_array_equal(gan.predict(data[0]), make_gan().fit(*data).predict(data[0]))


def test_parameters_are_shown_cloned_and_checked(make_bars):
    gan = ImageGAN(width=8, loss=HingeLoss())
    assert repr(gan) == "ImageGAN(loss=HingeLoss(), width=8)"
    assert repr(clone(gan)) == repr(gan)
    nested = ImageGAN().set_params(loss__penalty=0.25)
    assert nested.loss.penalty == 0.25
    assert ImageGAN.default_loss.penalty == 0.1
    for name in gan.get_params(deep=False):
        with pytest.raises(ValueError, match=f"The '{name}' parameter of ImageGAN must be"):
            ImageGAN(**{name: object()}).fit(*make_bars())


def test_tables_keep_the_names_of_their_columns(make_bars, make_gan):
    features, images, y = make_bars()
    table = pd.DataFrame(features, columns=["a", "b"])
    gan = make_gan().fit(table, images, y)
    assert gan.n_features_in_ == 2
    assert gan.feature_names_in_.tolist() == ["a", "b"]
    assert gan.classes_.tolist() == ["lies", "stands"]
    with pytest.raises(ValueError, match="feature names should match"):
        gan.predict(table.rename(columns={"a": "c"}))


def test_documented_attributes_are_those_of_a_fitted_gan(make_bars, make_gan):
    features, images, y = make_bars()
    gan = make_gan().fit(pd.DataFrame(features, columns=["a", "b"]), images, y)
    learned = {name for name in vars(gan) if name.endswith("_")}
    assert learned == {attribute.name for attribute in ClassDoc(ImageGAN)["Attributes"]}


def test_the_history_has_a_row_for_each_iteration(make_bars, make_gan):
    gan = make_gan(max_iter=5).fit(*make_bars())
    assert gan.n_iter_ == len(gan.history_) == 5
    assert gan.history_.columns.tolist() == [
        "iteration",
        "discriminator_loss",
        "generator_loss",
        "learning_rate",
        "penalty",
        "seconds",
    ]


def test_parameters_reach_the_training(make_bars, make_gan, trained):
    with pytest.raises(AttributeError):  # what is trained here leaves nothing behind
        make_gan(pairing="one-to-one", loss=HingeLoss(), learning_rate=None).fit(*make_bars())
    (settings,) = trained
    assert settings["paired"]
    assert settings["learning_rate"] == HingeLoss.learning_rate
    assert settings["conditions"].dtype == np.float32
    assert_allclose(np.mean(settings["conditions"] ** 2), 1, rtol=1e-5)


@pytest.mark.parametrize("verbose", [False, True])
def test_a_bar_is_shown_when_asked_for(make_bars, make_gan, capsys, verbose):
    make_gan(verbose=verbose).fit(*make_bars())
    assert ("ImageGAN" in capsys.readouterr().err) == verbose


def test_a_training_goes_on_from_its_checkpoint(make_bars, make_gan, tmp_path, monkeypatch):
    data, gan = make_bars(), make_gan(max_iter=54, checkpoint=tmp_path)
    expected = clone(gan).set_params(checkpoint=None).fit(*data).predict(data[0])

    def interrupt(bar, record):
        if record.iteration == 52:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(_game.ProgressBar, "__call__", interrupt)
        with pytest.raises(KeyboardInterrupt):
            gan.fit(*data)
    with pytest.raises(NotFittedError):
        gan.predict(data[0])
    assert_array_equal(gan.fit(*data).predict(data[0]), expected)
    assert gan.n_iter_ == 54


@pytest.mark.parametrize(
    "change", [{"augmentation": 1.0}, {"mode_seeking": 5.0}, {"projection": False}], ids=str
)
def test_another_network_has_another_checkpoint(make_bars, make_gan, tmp_path, change):
    data, gan = make_bars(), make_gan(augmentation=0.0, checkpoint=tmp_path)
    first = gan.fit(*data).history_["generator_loss"]
    changed = gan.set_params(**change).fit(*data)
    assert not changed.history_["generator_loss"].equals(first)
    assert len(list(tmp_path.iterdir())) == 2


def test_a_file_in_place_of_the_folder_is_refused(make_bars, make_gan, tmp_path, trained):
    path = tmp_path / "file"
    path.touch()
    with pytest.raises(ValueError, match="file' is a file; it must be a folder"):
        make_gan(checkpoint=path).fit(*make_bars())
    assert trained == []


def test_mixed_precision_trains_on_the_processor(make_bars, make_gan):
    features, images, y = make_bars()
    gan = make_gan(precision="bf16-mixed").fit(features, images, y)
    assert gan.predict(features).dtype == np.uint8


def test_two_processes_come_to_the_same_bits(make_bars, make_gan):
    """The strength of the augmentation is the same in both."""
    data, gan = make_bars(), make_gan(max_iter=20)
    assert bits_of(gan.set_params(devices=2), data) == bits_of(gan.set_params(devices=1), data)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_a_gpu_trains(make_bars, make_gan):
    features, images, y = make_bars()
    gan = make_gan(accelerator="cuda", precision="bf16-mixed").fit(features, images, y)
    assert gan.predict(features).shape == images.shape


def test_a_training_that_diverges_says_so(make_bars, make_gan):
    with pytest.raises(FloatingPointError, match="learning_rate"):
        make_gan(max_iter=30, learning_rate=1e30).fit(*make_bars())


def test_a_fit_that_fails_leaves_the_gan_as_it_was(make_bars, make_gan):
    features, images, y = make_bars()
    gan = make_gan(max_iter=30).fit(features, images, y)
    expected, classes = gan.predict(features), gan.classes_
    gan.set_params(learning_rate=1e30)
    with pytest.raises(FloatingPointError):
        gan.fit(100 + 5 * features, images[..., np.newaxis].repeat(3, axis=3), y == "lies")
    assert_array_equal(gan.predict(features), expected)
    assert_array_equal(gan.classes_, classes)


def test_a_refit_on_other_features_that_fails_leaves_the_gan_as_it_was(make_bars, make_gan):
    features, images, y = make_bars()
    gan = make_gan().fit(features, images, y)
    expected = gan.predict(features)
    table = pd.DataFrame(features.repeat(2, axis=1), columns=list("abcd"))
    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        gan.fit(table, images, y[1:])
    assert gan.n_features_in_ == 2
    assert_array_equal(gan.predict(features), expected)


def test_classes_of_an_earlier_fit_are_forgotten(make_bars, make_gan):
    features, images, y = make_bars()
    gan = make_gan(pairing="one-to-one").fit(features, images, y).fit(features, images)
    assert not hasattr(gan, "classes_")


def with_nan(features):
    features = features.copy()
    features[1, 0] = np.nan
    return features


@pytest.mark.parametrize(
    ("change", "params", "message"),
    [
        (lambda X, i, y: (with_nan(X), i, y), {}, "Input X contains NaN"),
        (lambda X, i, y: (X[:, :, None], i, y), {}, "Found array with dim 3"),
        (lambda X, i, y: (X[:-1], i, y[:-1]), {}, "X has 39 signals and images has 40 images"),
        (lambda X, i, y: (X, i[:, :, :5], y), {}, "must be square"),
        (lambda X, i, y: (X, i.astype(float), y), {}, "floats must be from 0 to 1"),
        (lambda X, i, y: (X, i, y[1:]), {}, "inconsistent numbers of samples"),
        (lambda X, i, y: (X, i, y == "?"), {}, "y has 1 class, False"),
        (lambda X, i, y: (X, i, None), {}, "requires y to be passed"),
        (lambda X, i, y: (X, i[:, :7, :7], y), {}, "images are 7 pixels wide"),
        (lambda X, i, y: (X, i, y), {"image_size": 9}, "image_size=9"),
        (lambda X, i, y: (X, i, y), {"image_size": 256}, "'image_size' parameter"),
        (lambda X, i, y: (X, i, y), {"augmentation": 1.1}, "'augmentation' parameter"),
        (lambda X, i, y: (X, i, y), {"pairing": "none"}, "'pairing' parameter"),
        (lambda X, i, y: (X, i, y), {"loss": RelativisticLoss(penalty=-1)}, "'penalty' parameter"),
        (lambda X, i, y: (X[:1], i[:1], y[:1]), {}, "minimum of 2 is required"),
    ],
)
def test_bad_input_is_named_before_any_training(
    make_bars, make_gan, trained, change, params, message
):
    with pytest.raises(ValueError, match=message):
        make_gan(**params).fit(*change(*make_bars()))
    assert trained == []


def test_drawing_needs_a_fit_and_features_like_those_in_it(make_bars, make_gan):
    features, images, y = make_bars()
    for method in ("predict", "sample"):
        with pytest.raises(NotFittedError):
            getattr(ImageGAN(), method)(features)
        with pytest.raises(ValueError, match="expecting 2 features"):
            getattr(make_gan().fit(features, images, y), method)(features[:, :1])
    with pytest.raises(ValueError, match="n_per_signal == 0, must be >= 1"):
        make_gan().fit(features, images, y).sample(features, n_per_signal=0)
