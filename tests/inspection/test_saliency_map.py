"""Gradients are those of finite differences, and add up to the score they explain."""

import sys

import numpy as np
import pytest
import torch
from imblearn.over_sampling import RandomOverSampler
from imblearn.pipeline import make_pipeline
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.exceptions import NotFittedError
from sklearn.linear_model import LogisticRegression

from skeeg.classification import EEGNetClassifier
from skeeg.inspection import integrated_gradients, saliency_map
from skeeg.preprocessing import FlattenChannels, SignalScaler

BOTH = pytest.mark.parametrize("attribute", [saliency_map, integrated_gradients])


def code_of(net, y):
    return np.searchsorted(net.classes_, y)


def test_the_saliency_is_the_size_of_the_gradient(net, planted, rng):
    X, y = planted[0][:5], planted[1][:5]
    saliency = saliency_map(net, X, y)
    step = 1e-2  # µV; the network rounds to 32 bits
    for channel, time in rng.integers(0, [4, 64], (10, 2)):
        shift = np.zeros_like(X)
        shift[:, channel, time] = step
        change = net.decision_function(X + shift) - net.decision_function(X - shift)
        slope = change[np.arange(5), code_of(net, y)] / (2 * step)
        assert_allclose(saliency[:, channel, time], abs(slope), atol=2e-4)


def test_integrated_gradients_add_up_to_the_score_above_the_baseline(net, planted):
    X, y = planted
    baseline = np.tile(net.scaler_.offset_[:, np.newaxis], (1, 1, 64))
    scores, start = net.decision_function(X), net.decision_function(baseline)
    rise = (scores - start)[np.arange(len(y)), code_of(net, y)]
    found = integrated_gradients(net, X, y, n_steps=300).sum(axis=(1, 2))
    assert_allclose(found, rise, atol=0.02 * abs(rise).max())


def test_the_baseline_itself_gets_nothing(net):
    baseline = np.tile(net.scaler_.offset_[:, np.newaxis], (3, 1, 64))
    assert_allclose(integrated_gradients(net, baseline), 0, atol=1e-12)


@BOTH
def test_the_predicted_class_is_explained_unless_another_is_named(net, planted, attribute):
    X, _ = planted
    assert_array_equal(attribute(net, X), attribute(net, X, net.predict(X)))
    assert not np.allclose(attribute(net, X), attribute(net, X, np.full(len(X), "rest")))


@BOTH
def test_planted_channels_stand_out_in_the_signals_of_their_class(net, planted, attribute):
    X, y = planted
    for label, channel in {"clap": 2, "walk": 0}.items():
        found = attribute(net, X[y == label], y[y == label]).sum(axis=2).mean(axis=0)
        assert found.argmax() == channel


@BOTH
@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int16])
def test_attributions_have_the_shape_and_precision_of_the_signals(net, planted, attribute, dtype):
    X = planted[0][:70].astype(dtype)
    before = X.copy()
    found = attribute(net, X)
    assert found.shape == X.shape
    assert found.dtype == (np.float32 if dtype == np.float32 else np.float64)
    assert_array_equal(X, before)


@BOTH
def test_a_row_does_not_depend_on_others(net, planted, attribute):
    X, y = planted
    assert_allclose(attribute(net, X, y)[5:6], attribute(net, X[5:6], y[5:6]), rtol=1e-3, atol=1e-6)


@BOTH
def test_pipelines_are_explained_behind_their_transformers(make_planted, planted, attribute):
    X, y = make_planted(0)
    net = EEGNetClassifier(n_channels=4, max_iter=1, random_state=0)
    steps = SignalScaler(), FlattenChannels(), RandomOverSampler(random_state=0), net
    pipeline = make_pipeline(*steps).fit(X, y)
    X, y = planted
    expected = attribute(pipeline[-1], (X / pipeline[0].scale_[:, None]).reshape(len(X), -1), y)
    offset = pipeline[0].offset_[:, None]
    found = attribute(pipeline, X + offset, y)
    assert found.shape == (len(X), 4, 64)
    assert_allclose(found, expected, rtol=1e-3, atol=1e-6)


@BOTH
def test_torch_is_left_as_it_was(net, planted, attribute):
    state, grad = torch.get_rng_state(), torch.is_grad_enabled()
    attribute(net, planted[0])
    assert_array_equal(torch.get_rng_state(), state)
    assert torch.is_grad_enabled() == grad


@BOTH
@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (lambda X, y: (X[:, :3], y), ValueError, "expected .n_samples, 4, n_times"),
        (lambda X, y: (X[..., :9], y), ValueError, "features"),
        (lambda X, y: (X, y[1:]), ValueError, "inconsistent numbers of samples"),
        (lambda X, y: (X, np.full(len(y), "jump")), ValueError, "the class 'jump'"),
        (lambda X, y: (X, "rest"), ValueError, "'y' parameter"),
        (lambda X, y: (X[:0], None), ValueError, "0 sample"),
        (lambda X, y: (X * np.nan, None), ValueError, "Input X contains"),
    ],
)
def test_bad_input_is_named(net, planted, attribute, change, error, message):
    with pytest.raises(error, match=message):
        attribute(net, *change(*planted))


@BOTH
def test_what_has_no_gradient_is_named(linear, planted, attribute):
    X, _ = planted
    with pytest.raises(TypeError, match=f"{attribute.__name__} needs the gradient of an EEGNet"):
        attribute(linear, X)
    with pytest.raises(TypeError, match="got LogisticRegression"):
        attribute(LogisticRegression(), X)
    with pytest.raises(NotFittedError):
        attribute(EEGNetClassifier(), X)


@BOTH
def test_a_missing_library_is_named_with_its_extra(net, planted, monkeypatch, attribute):
    monkeypatch.setitem(sys.modules, "captum", None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[explain\]"):
        attribute(net, planted[0])
