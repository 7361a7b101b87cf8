"""EEGNetClassifier learns planted rhythms, and does what scikit-learn expects of a classifier."""

import pickle
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import sklearn
import torch
from imblearn.over_sampling import RandomOverSampler
from imblearn.pipeline import Pipeline
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.metrics import log_loss
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_score

from skeeg.classification import EEGNetClassifier, _eegnet, _training
from skeeg.over_sampling import GANSampler
from skeeg.preprocessing import FlattenChannels

FAST = {"max_iter": 15, "learning_rate": 0.01, "batch_size": 16, "random_state": 0}


@pytest.fixture
def make_rhythms(rng):
    """Return a factory of noise in µV, in which the second class has a rhythm on channel 1."""

    def make(n_samples=120, n_channels=3, n_times=64, labels=("rest", "task")):
        codes = np.arange(n_samples) % 2
        X = rng.standard_normal((n_samples, n_channels, n_times))
        phase = rng.uniform(0, 2 * np.pi, (n_samples, 1))
        X[:, 1] += 1.5 * codes[:, None] * np.sin(0.6 * np.arange(n_times) + phase)
        return 20 * X, np.array(labels)[codes]

    return make


@pytest.fixture
def fitted(make_rhythms):
    X, y = make_rhythms()
    return EEGNetClassifier(**FAST).fit(X, y)


def test_learns_a_rhythm_and_knows_it_in_new_signals(fitted, make_rhythms):
    X, y = make_rhythms()
    assert fitted.score(X, y) > 0.9


@pytest.mark.parametrize("labels", [(0, 1), (False, True), ("a", "b"), (-1.0, 2.0), (10**12, 3)])
def test_labels_may_be_of_any_type(make_rhythms, labels):
    X, y = make_rhythms(labels=labels)
    net = EEGNetClassifier(**FAST).fit(X, y)
    assert_array_equal(net.classes_, np.unique(y))
    assert net.predict(X).dtype == y.dtype
    assert_array_equal(net.classes_[net.predict_proba(X).argmax(axis=1)], net.predict(X))


def test_scores_are_the_logits_of_the_probabilities(fitted, make_rhythms, rng):
    X, _ = make_rhythms()
    p = fitted.predict_proba(X)
    assert_allclose(fitted.decision_function(X), np.log(p[:, 1] / p[:, 0]), rtol=1e-9)
    three = EEGNetClassifier(**FAST).fit(X, rng.integers(0, 3, len(X)))
    scores = three.decision_function(X)
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert_allclose(three.predict_proba(X), p)


def test_flat_and_three_dimensional_signals_give_the_same_bits(make_rhythms):
    X, y = make_rhythms()
    flat = EEGNetClassifier(n_channels=3, **FAST).fit(X.reshape(len(X), -1), y)
    assert flat.n_features_in_ == 3 * 64
    expected = EEGNetClassifier(**FAST).fit(X, y).predict_proba(X)
    assert_array_equal(flat.predict_proba(X.reshape(len(X), -1)), expected)


def test_units_do_not_matter(make_rhythms):
    X, y = make_rhythms()
    scale = 2.0**-20  # about from µV to V; a power of two only moves the exponent
    expected = EEGNetClassifier(**FAST).fit(X, y).predict_proba(X)
    assert_array_equal(
        EEGNetClassifier(**FAST).fit(X * scale, y).predict_proba(X * scale), expected
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int16])
def test_probabilities_have_the_precision_of_the_signals(fitted, make_rhythms, dtype):
    X = make_rhythms()[0].astype(dtype)
    expected = np.float32 if dtype == np.float32 else np.float64
    assert fitted.predict_proba(X).dtype == expected


def bits_of(net, X):
    return net.predict_proba(X).tobytes()


def test_one_seed_gives_the_same_bits_every_time(make_rhythms):
    X, y = make_rhythms()
    net = EEGNetClassifier(**FAST)
    expected = bits_of(net.fit(X, y), X)
    assert bits_of(net.fit(X, y), X) == expected
    assert bits_of(clone(net).fit(X, y), X) == expected
    assert bits_of(pickle.loads(pickle.dumps(net)), X) == expected
    with ThreadPoolExecutor(2) as pool:
        nets = list(pool.map(lambda _: clone(net).fit(X, y), range(2)))
    assert [bits_of(each, X) for each in nets] == [expected] * 2
    other = net.set_params(random_state=1).fit(X, y)
    assert bits_of(other, X) != expected


@pytest.mark.parametrize("n_threads", [1, 2])
def test_the_number_of_threads_does_not_matter(make_rhythms, n_threads):
    X, y = make_rhythms()
    expected = bits_of(EEGNetClassifier(**FAST).fit(X, y), X)
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(n_threads)
        net = EEGNetClassifier(**FAST).fit(X, y)
    finally:
        torch.set_num_threads(before)
    assert bits_of(net, X) == expected


def test_no_global_state_is_touched(make_rhythms):
    X, y = make_rhythms()
    numpy_state = np.random.get_state
    states = torch.get_rng_state(), numpy_state()[1], random.getstate()
    threads = torch.get_num_threads()
    EEGNetClassifier(**FAST).fit(X, y).predict(X)
    assert_array_equal(torch.get_rng_state(), states[0])
    assert_array_equal(numpy_state()[1], states[1])
    assert random.getstate() == states[2]
    assert torch.get_num_threads() == threads
    assert torch.is_grad_enabled()


@pytest.fixture
def held_out(monkeypatch):
    """Return a list that gets which rows each training held out."""
    rows, train = [], _eegnet.train_network

    def spy(make_network, signals, codes, held_out, *args):
        rows.append(held_out)
        return train(make_network, signals, codes, held_out, *args)

    monkeypatch.setattr(_eegnet, "train_network", spy)
    return rows


def test_groups_are_kept_out_of_the_training_as_a_whole(make_rhythms, held_out):
    X, y = make_rhythms()
    groups = np.arange(len(X)) // 12
    EEGNetClassifier(**FAST).fit(X, y, groups=groups)
    kept_out = np.array([held_out[0][groups == group].mean() for group in range(10)])
    assert sorted(kept_out) == [0] * 8 + [1] * 2


def test_the_best_weights_are_kept(make_rhythms, held_out):
    X, y = make_rhythms()
    net = EEGNetClassifier(**FAST, tol=0, n_iter_no_change=None).fit(X, y)
    loss = log_loss(y[held_out[0]], net.predict_proba(X[held_out[0]]))
    assert net.n_iter_ == 15
    assert loss == pytest.approx(net.history_["valid_loss"].min(), rel=1e-4)


def test_the_training_ends_when_nothing_improves(make_rhythms, rng):
    X, y = make_rhythms()
    settings = {**FAST, "max_iter": 100, "n_iter_no_change": 3}
    net = EEGNetClassifier(**settings).fit(X, rng.permutation(y))
    assert net.n_iter_ < 100
    assert net.n_iter_ - net.history_["valid_loss"].argmin() >= 3


def test_without_validation_every_pass_is_taken(make_rhythms, held_out):
    X, y = make_rhythms()
    net = EEGNetClassifier(**FAST, validation_fraction=None).fit(X, y)
    assert not held_out[0].any()
    assert list(net.history_) == ["iteration", "train_loss", "seconds"]
    assert net.history_["iteration"].tolist() == list(range(1, 16))
    assert net.history_["train_loss"].iloc[-1] < net.history_["train_loss"].iloc[0]
    assert net.history_["seconds"].is_monotonic_increasing


def test_weights_of_classes_shift_predictions(make_rhythms, rng):
    X, y = make_rhythms()
    X = rng.standard_normal(X.shape)  # nothing to tell them apart by
    shares = [
        (EEGNetClassifier(**FAST, class_weight={"rest": w}).fit(X, y).predict(X) == "rest").mean()
        for w in (0.05, 20)
    ]
    assert shares[0] < 0.1
    assert shares[1] > 0.9


def test_balanced_weights_find_a_rare_class(make_rhythms, rng):
    X, y = make_rhythms(300)
    rows = np.flatnonzero((y == "rest") | (np.arange(300) < 40))
    net = EEGNetClassifier(**FAST, class_weight="balanced").fit(X[rows], y[rows])
    assert (net.predict(X)[y == "task"] == "task").mean() > 0.8


@pytest.mark.parametrize("n_rows", [17, 33])
def test_a_last_batch_of_one_row_is_no_trouble(rng, n_rows):
    X, y = rng.standard_normal((n_rows, 1)), np.arange(n_rows) % 2
    net = EEGNetClassifier(**FAST, validation_fraction=None).fit(X, y)
    assert np.isfinite(net.predict_proba(X)).all()


@pytest.mark.parametrize("routing", [False, True])
def test_works_behind_a_gan_and_only_real_groups_decide_when_to_stop(
    make_rhythms, held_out, routing
):
    X, y = make_rhythms()
    rows = np.flatnonzero((y == "rest") | (np.arange(len(y)) < 40))
    X, y, groups = X[rows], y[rows], np.arange(len(rows)) // 4
    gan = GANSampler(max_iter=2, width=2, random_state=0)
    pipeline = Pipeline([("gan", gan), ("net", EEGNetClassifier(**FAST))])
    with sklearn.config_context(enable_metadata_routing=routing):
        pipeline.fit(X, y, **({"groups": groups} if routing else {}))
    assert pipeline.predict(X).shape == y.shape
    assert len(held_out[0]) == 2 * (y == "rest").sum()
    if routing:
        assert not held_out[0][len(X) :].any()
        kept_out = [held_out[0][: len(X)][groups == group].mean() for group in range(20)]
        assert set(kept_out) == {0, 1}


def test_works_behind_a_sampler_of_imbalanced_learn(make_rhythms):
    X, y = make_rhythms()
    steps = [
        ("flat", FlattenChannels()),
        ("sampler", RandomOverSampler(random_state=0)),
        ("net", EEGNetClassifier(n_channels=3, **FAST)),
    ]
    assert Pipeline(steps).fit(X[10:], y[10:]).score(X, y) > 0.9


def test_parameters_are_searched_and_groups_reach_every_fold(make_rhythms):
    X, y = make_rhythms()
    groups = np.arange(len(X)) // 4
    with sklearn.config_context(enable_metadata_routing=True):
        grid = {"width": [1, 4], "dropout": [0.25]}
        search = GridSearchCV(EEGNetClassifier(**FAST), grid, cv=GroupKFold(3))
        search.fit(X, y, groups=groups)
        scores = cross_val_score(
            EEGNetClassifier(**FAST), X, y, cv=GroupKFold(3), params={"groups": groups}
        )
    assert len(search.cv_results_["mean_test_score"]) == 2
    assert (scores > 0.7).all()


def test_the_module_says_what_the_classifier_says(fitted, make_rhythms):
    X, _ = make_rhythms()
    logits = fitted.to_module()(torch.tensor(X))
    assert_allclose(torch.softmax(logits, 1), fitted.predict_proba(X), rtol=1e-5)


def test_a_prediction_does_not_depend_on_the_rows_beside_it(fitted, make_rhythms, rng):
    X, _ = make_rhythms(100)
    expected, order = fitted.predict_proba(X), rng.permutation(100)
    assert_array_equal(fitted.predict_proba(X[order]), expected[order])
    one_by_one = np.vstack([fitted.predict_proba(X[i : i + 1]) for i in range(100)])
    assert_array_equal(one_by_one, expected)


@pytest.mark.parametrize("verbose", [False, True])
def test_progress_is_printed_when_asked_for(make_rhythms, capsys, verbose):
    X, y = make_rhythms(30)
    EEGNetClassifier(**{**FAST, "max_iter": 2}, verbose=verbose).fit(X, y)
    assert ("valid_loss" in capsys.readouterr().out) == verbose


def test_a_training_that_diverges_says_so(make_rhythms):
    X, y = make_rhythms()
    net = EEGNetClassifier(**{**FAST, "learning_rate": 1e30})
    with pytest.raises(FloatingPointError, match="learning_rate=1e"):
        net.fit(X, y)


def test_a_fit_that_fails_leaves_the_classifier_as_it_was(fitted, make_rhythms):
    X, y = make_rhythms()
    expected = fitted.predict_proba(X)
    fitted.set_params(learning_rate=1e30)
    with pytest.raises(FloatingPointError):
        fitted.fit(100 + 5 * X, y == "rest")
    assert_array_equal(fitted.predict_proba(X), expected)
    assert fitted.classes_.tolist() == ["rest", "task"]


def test_a_missing_library_is_named_with_its_extra(make_rhythms, monkeypatch):
    monkeypatch.setitem(sys.modules, "skorch", None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[deep\]"):
        EEGNetClassifier(**FAST).fit(*make_rhythms())


def nan_at(X):
    X = X.copy()
    X[3, 1, 5] = np.nan
    return X


@pytest.mark.parametrize(
    ("change", "params", "message"),
    [
        (lambda X, y: (nan_at(X), y), {}, "Input X contains NaN"),
        (lambda X, y: (X[:, :, :0], y), {}, "none of them 0"),
        (lambda X, y: (X * 1j, y), {}, "Complex data not supported"),
        (lambda X, y: (X[..., None], y), {}, "X has 4 dimensions"),
        (lambda X, y: (X[:, 0], y), {"n_channels": 5}, "n_channels=5 does not divide"),
        (lambda X, y: (X, y[1:]), {}, "inconsistent numbers of samples"),
        (lambda X, y: (X, y == "?"), {}, "y has 1 class, False"),
        (lambda X, y: (X, np.arange(len(y)) / 7), {}, "Unknown label type: continuous"),
        (lambda X, y: (X, np.stack([y == "rest"] * 2, 1)), {}, "Multilabel and multioutput"),
        (lambda X, y: (X, np.where(y == "rest", np.nan, 1)), {}, "Input y contains NaN"),
        (lambda X, y: (X, None), {}, "requires y to be passed"),
        (lambda X, y: (X, y, np.arange(121)), {}, "groups has 121 entries"),
        (lambda X, y: (X, y, np.full(120, np.nan)), {}, "groups contains NaN"),
        (lambda X, y: (X, y, y), {}, "can hold out nothing"),
        (lambda X, y: (X[:3], y[:3]), {}, "can hold out nothing"),
        (lambda X, y: (X, y), {"class_weight": {"sleep": 2}}, "'task'.*are not in class_weight"),
        (lambda X, y: (X, y), {"class_weight": {"rest": -1}}, "not below 0"),
        (lambda X, y: (X, y), {"accelerator": "tpu"}, "'accelerator' parameter"),
        (lambda X, y: (X, y), {"dropout": 1.0}, "'dropout' parameter"),
        (lambda X, y: (X, y), {"batch_size": 1}, "'batch_size' parameter"),
        (lambda X, y: (X, y), {"validation_fraction": 1.0}, "'validation_fraction' parameter"),
    ],
)
def test_bad_input_is_named_before_any_training(make_rhythms, held_out, change, params, message):
    with pytest.raises(ValueError, match=message):
        EEGNetClassifier(**{**FAST, **params}).fit(*change(*make_rhythms()))
    assert held_out == []


def test_a_fit_that_fails_leaves_a_classifier_as_it_was(fitted, make_rhythms):
    X, y = make_rhythms()
    unfitted = EEGNetClassifier(**FAST, class_weight={"sleep": 2})
    with pytest.raises(ValueError, match="class_weight"):
        unfitted.fit(X, y)
    with pytest.raises(NotFittedError):
        unfitted.predict(X)
    expected = fitted.predict_proba(X)
    with pytest.raises(ValueError, match="class_weight"):
        fitted.set_params(class_weight={"sleep": 2}).fit(X[:, :2], y)
    assert_array_equal(fitted.predict_proba(X), expected)


@pytest.mark.skipif(torch.accelerator.is_available(), reason="has what is to be missing")
def test_a_missing_device_is_named(make_rhythms):
    for accelerator in ("cuda", "gpu", "mps"):
        with pytest.raises(ValueError, match=f"accelerator='{accelerator}' is not available"):
            EEGNetClassifier(**FAST, accelerator=accelerator).fit(*make_rhythms())
    EEGNetClassifier(**FAST, accelerator="auto").fit(*make_rhythms())


@pytest.mark.parametrize("available", [True, False])
def test_the_device_is_found_by_what_pytorch_2_6_knows(monkeypatch, available):
    """It names the accelerator of its build, available or not, and takes no argument."""
    monkeypatch.setattr(torch.accelerator, "is_available", lambda: available)
    monkeypatch.setattr(torch.accelerator, "current_accelerator", lambda: torch.device("xpu"))
    assert _training._find_device("cpu") == "cpu"
    assert _training._find_device("auto") == ("xpu" if available else "cpu")
    if not available:
        with pytest.raises(ValueError, match="accelerator='gpu' is not available"):
            _training._find_device("gpu")


def test_predictions_need_a_fit_and_signals_like_those_in_it(fitted, make_rhythms):
    X, _ = make_rhythms()
    for method in ("predict", "predict_proba", "decision_function"):
        with pytest.raises(NotFittedError):
            getattr(EEGNetClassifier(), method)(X)
        with pytest.raises(ValueError, match=r"expected \(n_samples, 3, n_times\)"):
            getattr(fitted, method)(X[:, :2])
        with pytest.raises(ValueError, match="192 features"):
            getattr(fitted, method)(X[:, :, :60])
    with pytest.raises(NotFittedError):
        EEGNetClassifier().to_module()


INTERRUPTED = """
import os, signal, threading
import numpy as np
from skeeg.classification import EEGNetClassifier

X, y = np.random.default_rng(0).normal(size=(200, 4, 100)), np.arange(200) % 2
net = EEGNetClassifier(max_iter=100_000, n_iter_no_change=None, random_state=0)
threading.Timer(3, os.kill, [os.getpid(), signal.SIGINT]).start()
try:
    net.fit(X, y)
except KeyboardInterrupt:
    print(hasattr(net, "history_"))
"""


def test_an_interruption_stops_the_training_long_before_its_end():
    """All passes would take an hour."""
    run = [sys.executable, "-c", INTERRUPTED]
    found = subprocess.run(run, check=True, capture_output=True, text=True, timeout=120)
    assert found.stdout == "False\n"
