"""Denoising: formulas evaluated one signal at a time, properties, and what it is worth."""

import numpy as np
import pytest
import pywt
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import median_abs_deviation

from skeeg.metrics import psnr
from skeeg.preprocessing import WaveletDenoiser

METHODS = ["bayes", "sure", "universal"]
MODES = ["hard", "soft"]


def universal_threshold(details, n_times):
    return np.sqrt(2 * np.log(n_times))


def bayes_threshold(details, n_times):
    surplus = np.mean(details**2) - 1
    return 1 / np.sqrt(surplus) if surplus > 0 else np.inf


def sure_threshold(details, n_times):
    """Try every candidate; the risk as Donoho and Johnstone write it down."""
    n = len(details)
    ceiling = np.sqrt(2 * np.log(n))
    if (np.mean(details**2) - 1) <= np.log2(n) ** 1.5 / np.sqrt(n):
        return ceiling

    def risk(t):
        magnitude = np.abs(details)
        return n - 2 * np.sum(magnitude <= t) + np.sum(np.minimum(magnitude, t) ** 2)

    return min((t for t in [0, *np.abs(details)] if t <= ceiling), key=risk)


THRESHOLDS = {"bayes": bayes_threshold, "sure": sure_threshold, "universal": universal_threshold}


def denoise_one(x, method, mode, wavelet, level):
    approximation, *details = pywt.wavedec(x, wavelet, level=level)
    noise = median_abs_deviation(details[-1], center=lambda d, axis: 0.0, scale="normal")
    shrunk = [
        pywt.threshold(d, noise * THRESHOLDS[method](d / noise, len(x)), mode) for d in details
    ]
    return pywt.waverec([approximation, *shrunk], wavelet)[: len(x)]


def add_noise(X, ratio, rng):
    return X + ratio * X.std(axis=-1, keepdims=True) * rng.standard_normal(X.shape)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("wavelet", "level", "n_times"), [("db4", 4, 178), ("haar", 5, 64), ("sym5", 1, 51)]
)
def test_is_the_formula_signal_by_signal(make_signals, rng, method, mode, wavelet, level, n_times):
    X = add_noise(make_signals(6, n_times, n_channels=3), 0.3, rng)
    denoiser = WaveletDenoiser(method=method, mode=mode, wavelet=wavelet, level=level)
    expected = [[denoise_one(x, method, mode, wavelet, level) for x in sample] for sample in X]
    assert_allclose(denoiser.fit_transform(X), expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["Doppler", "HeaviSine", "Bumps", "Blocks"])
def test_known_signals_come_nearer(rng, method, mode, name):
    X = np.tile(pywt.data.demo_signal(name, 1024), (10, 1))
    X_noisy = add_noise(X, 1.0, rng)
    X_denoised = WaveletDenoiser(method=method, mode=mode).fit_transform(X_noisy)
    assert psnr(X, X_denoised) > psnr(X, X_noisy) + 3


@pytest.mark.parametrize("method", METHODS)
def test_recorded_eeg_comes_nearer(rng, data_file, method):
    with np.load(data_file("bonn_eeg/bonn_500x4097_int16.npz")) as file:
        X = file["X"][::10, :178].astype(float)
    X_noisy = add_noise(X, 1.0, rng)
    X_denoised = WaveletDenoiser(method=method).fit_transform(X_noisy)
    assert psnr(X, X_denoised) > psnr(X, X_noisy) + 3


@pytest.mark.parametrize(("method", "least"), [("bayes", 5), ("sure", 10), ("universal", 15)])
def test_of_white_noise_little_is_left(rng, method, least):
    X = rng.standard_normal((200, 512))
    left = WaveletDenoiser(method=method, wavelet="haar").fit_transform(X)
    assert 10 * np.log10(np.mean(X**2) / np.mean(left**2)) > least


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("factor", [1e-150, 1e-5, -3.0, 1e150])
def test_scaling_before_is_scaling_after(make_signals, rng, method, mode, factor):
    X = add_noise(make_signals(), 0.5, rng)
    denoiser = WaveletDenoiser(method=method, mode=mode)
    expected = denoiser.fit_transform(X)
    assert_allclose(denoiser.fit_transform(factor * X) / factor, expected, atol=1e-9)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("offset", [-1e3, 1e3])
def test_an_offset_stays(make_signals, rng, method, offset):
    X = add_noise(make_signals(), 0.5, rng)
    denoiser = WaveletDenoiser(method=method)
    expected = denoiser.fit_transform(X) + offset
    assert_allclose(denoiser.fit_transform(X + offset), expected, atol=1e-8)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    "x",
    [np.zeros(100), np.full(100, 0.1), np.full(101, -1e9), np.arange(100.0), np.ones(3), [5.0]],
    ids=["zero", "constant", "odd length", "linear", "short", "one point"],
)
def test_what_has_no_noise_stays(method, mode, x):
    cleaned = WaveletDenoiser(method=method, mode=mode).fit_transform([x])
    assert_allclose(cleaned, [x], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_the_noise_of_each_channel_is_estimated_by_itself(make_signals, rng, method):
    X = make_signals(n_channels=2)
    noisy = X + [[0.0], [5.0]] * rng.standard_normal(X.shape)
    denoiser = WaveletDenoiser(method=method)
    alone = denoiser.fit_transform(X[:, 0])
    assert_array_equal(denoiser.fit_transform(noisy)[:, 0], alone)


@pytest.mark.parametrize("wavelet", ["haar", "db4", "sym8"])
@pytest.mark.parametrize("n_times", [1, 8, 100, 1000])
def test_level_is_the_largest_that_is_useful(wavelet, n_times):
    deepest = pywt.dwt_max_level(n_times, wavelet)
    X = np.zeros((1, n_times))
    assert WaveletDenoiser(wavelet=wavelet).fit(X).level_ == deepest
    if deepest:
        assert WaveletDenoiser(wavelet=wavelet, level=deepest).fit(X).level_ == deepest


def test_hard_keeps_peaks_that_soft_shrinks(rng):
    X = np.zeros((20, 256))
    X[:, 128:136] = 10
    noisy = X + 0.5 * rng.standard_normal(X.shape)
    hard, soft = (
        WaveletDenoiser(method="universal", mode=mode, wavelet="haar").fit_transform(noisy)
        for mode in MODES
    )
    peaks = [cleaned[:, 128:136].mean() for cleaned in (hard, soft)]
    assert abs(peaks[0] - 10) < 0.3 < 10 - peaks[1]


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"level": 5}, "level=5 is too deep for 178 time points; .*'db4' it is at most 4"),
        ({"level": 8, "wavelet": "haar"}, "level=8 is too deep .*'haar' it is at most 7"),
        ({"level": 0}, "The 'level' parameter of WaveletDenoiser must be"),
        ({"level": 1.5}, "The 'level' parameter of WaveletDenoiser must be"),
        ({"method": "visu"}, "The 'method' parameter .* Got 'visu' instead"),
        ({"method": None}, "The 'method' parameter of WaveletDenoiser must be"),
        ({"mode": "garrote"}, "The 'mode' parameter of WaveletDenoiser must be"),
        ({"wavelet": "morl"}, "The 'wavelet' parameter of WaveletDenoiser must be"),
        ({"wavelet": "DB4"}, "The 'wavelet' parameter of WaveletDenoiser must be"),
    ],
)
def test_impossible_parameters(params, message):
    with pytest.raises(ValueError, match=message):
        WaveletDenoiser(**params).fit(np.zeros((2, 178)))
