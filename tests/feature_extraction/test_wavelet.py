"""Wavelet statistics: energy is kept, octaves are separated, units do not matter."""

import numpy as np
import pytest
import pywt
from numpy.testing import assert_allclose
from scipy.linalg import norm
from scipy.stats import entropy
from sklearn.svm import SVC

from skeeg.feature_extraction import WaveletFeatures

UNITLESS = ["mobility", "entropy"]
ALL = ["energy", "std", "line_length", *UNITLESS, "log_energy", "log_std", "log_line_length"]


def columns(extractor, X, ending):
    """The features whose name has the given ending."""
    table = extractor.fit_transform(X)
    wanted = [name.endswith(ending) for name in extractor.get_feature_names_out()]
    return table[:, wanted]


def test_equals_a_loop_over_rows(make_signals):
    X = make_signals()
    octaves = [pywt.wavedec(row, "sym4", level=3) for row in X]
    expected = {
        "_energy": [[np.sum(c**2) for c in row] for row in octaves],
        "_std": [[np.std(c) for c in row] for row in octaves],
        "_mobility": [[norm(np.diff(c)) / norm(c - c.mean()) for c in row] for row in octaves],
        "_entropy": [[entropy(c**2) for c in row] for row in octaves],
        "_log_energy": [[np.log10(np.sum(c**2)) for c in row] for row in octaves],
        "_log_std": [[np.log10(np.std(c)) for c in row] for row in octaves],
        "_log_line_length": [[np.log10(np.abs(np.diff(c)).sum()) for c in row] for row in octaves],
    }
    for ending, values in expected.items():
        extractor = WaveletFeatures(wavelet="sym4", level=3, statistics=[ending[1:]])
        assert_allclose(extractor.fit_transform(X), values, rtol=1e-10)


def test_haar_keeps_the_energy(make_signals):
    X = make_signals(n_times=64)
    energies = WaveletFeatures(wavelet="haar", level=4, statistics=["energy"]).fit_transform(X)
    assert_allclose(energies.sum(axis=1), np.square(X).sum(axis=1))


@pytest.mark.parametrize(("octave", "frequency"), [("d1", 0.37), ("d2", 0.18), ("d3", 0.09)])
def test_a_tone_lies_in_its_octave(octave, frequency):
    X = np.sin(2 * np.pi * frequency * np.arange(512))[np.newaxis]
    extractor = WaveletFeatures(level=4, statistics=["energy"]).fit(X)
    largest = extractor.get_feature_names_out()[extractor.transform(X).argmax()]
    assert largest == f"ch0__db4_{octave}_energy"


@pytest.mark.parametrize("scale", [1e-13, 1e-5, 1e6])
def test_a_change_of_unit_only_shifts_logarithms(make_signals, scale):
    X = make_signals()
    extractor = WaveletFeatures(statistics=ALL)
    for ending, shift in [("log_energy", 2), ("log_std", 1), ("log_line_length", 1)]:
        difference = columns(extractor, scale * X, ending) - columns(extractor, X, ending)
        assert_allclose(difference, shift * np.log10(scale), rtol=1e-9)
    for ending in UNITLESS:
        difference = columns(extractor, scale * X, ending) - columns(extractor, X, ending)
        assert_allclose(difference, 0, atol=1e-9)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("constant", [0, 0.1, -7e5])
def test_constant_signals_are_finite_and_free_of_rounding(dtype, constant):
    X = np.full((2, 178), constant, dtype)
    X[1] *= -1
    extractor = WaveletFeatures(statistics=ALL)
    assert np.isfinite(extractor.fit_transform(X)).all()
    for ending in UNITLESS:
        assert_allclose(columns(extractor, X, f"d1_{ending}"), 0, atol=0.1)
    if constant:
        loudness = columns(extractor, X, "a4_log_energy") - columns(extractor, X, "d1_log_energy")
        assert_allclose(loudness, 12, rtol=2e-2)


@pytest.mark.parametrize(("n_times", "level"), [(1, 0), (13, 0), (14, 1), (112, 4), (5000, 4)])
def test_default_level_is_the_largest_useful_one_up_to_four(n_times, level):
    names = WaveletFeatures().fit(np.zeros((1, n_times))).get_feature_names_out()
    assert names[0].startswith(f"ch0__db4_a{level}_")
    assert len(names) == 3 * (level + 1)


def test_too_deep_a_level_names_the_deepest():
    with pytest.raises(ValueError, match=r"level=5 is too deep for 178 .* at most 4"):
        WaveletFeatures(level=5).fit(np.zeros((1, 178)))


@pytest.mark.parametrize("statistics", [[], ["energie"], ["energy", "mean"]])
def test_unknown_statistics_are_named(statistics):
    with pytest.raises(ValueError, match=r"statistics must hold at least one of energy, .* got"):
        WaveletFeatures(statistics=statistics).fit(np.zeros((1, 178)))


def test_no_feature_dominates_a_support_vector_machine(make_signals, rng):
    X = make_signals(n_samples=200, n_times=178) * rng.lognormal(3, 1, (200, 1))
    spread = WaveletFeatures().fit_transform(X).std(axis=0)
    raw = WaveletFeatures(statistics=["energy"]).fit_transform(X).std(axis=0)
    assert spread.max() / spread.min() < 20 < raw.max() / raw.min()


def test_classes_of_real_eeg_are_told_apart_without_a_scaler(data_file):
    with np.load(data_file("bonn_eeg/bonn_500x4097_int16.npz")) as bonn:
        X, seizure = bonn["X"][:, :178], bonn["y"] == 1
    table = WaveletFeatures().fit_transform(X)
    train = np.arange(len(X)) % 2 == 0
    predicted = (
        SVC(class_weight="balanced").fit(table[train], seizure[train]).predict(table[~train])
    )
    assert np.mean(predicted == seizure[~train]) > 0.9
