"""Ratios in dB: closed forms, units, layouts and what has no ratio."""

import numpy as np
import pytest
import torch
from numpy.testing import assert_allclose, assert_array_equal
from torchmetrics.functional.audio import signal_noise_ratio
from torchmetrics.functional.image import peak_signal_noise_ratio

from skeeg.metrics import psnr, signal_to_noise

RATIOS = [psnr, signal_to_noise]


@pytest.mark.parametrize("amplitude", [1.0, 5.0])
@pytest.mark.parametrize("error", [0.1, 1.0, 7.0])
def test_a_sine_with_a_constant_error(amplitude, error):
    X = amplitude * np.sin(2 * np.pi * (np.arange(100) + 0.25) / 100)[np.newaxis]
    X[0, 25] = amplitude
    clean = X - X.mean()
    peak, power = np.abs(clean).max(), np.mean(clean**2)
    assert psnr(clean, clean + error) == pytest.approx(20 * np.log10(peak / error))
    assert signal_to_noise(clean, clean - error) == pytest.approx(10 * np.log10(power / error**2))


def test_noise_of_known_variance(rng):
    X = rng.normal(0, 10, (50, 4000))
    noisy = X + rng.normal(0, 2, X.shape)
    assert signal_to_noise(X, noisy) == pytest.approx(20 * np.log10(5), abs=0.05)
    assert psnr(X, noisy, peak=10) == pytest.approx(20 * np.log10(5), abs=0.05)


def test_agree_with_torchmetrics(rng):
    X = rng.normal(3, 10, (20, 100))
    noisy = X + rng.normal(0, 2, X.shape)
    pair = torch.from_numpy(noisy), torch.from_numpy(X)
    expected = signal_noise_ratio(*pair).mean().item()
    assert signal_to_noise(X, noisy) == pytest.approx(expected, abs=1e-6)
    expected = peak_signal_noise_ratio(*pair, data_range=50.0, dim=1, reduction="none")
    assert_allclose(psnr(X, noisy, peak=50, average=False)[:, 0], expected, atol=1e-6)


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("factor", [10.0, 0.1])
def test_a_tenth_of_the_error_is_20_db(make_signals, rng, ratio, factor):
    X = make_signals(n_channels=2)
    noise = rng.standard_normal(X.shape)
    gain = ratio(X, X + noise) - ratio(X, X + factor * noise)
    assert gain == pytest.approx(20 * np.log10(factor))


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize("unit", [1e-200, 1e-6, -1.0, 1e200])
def test_the_unit_does_not_matter(make_signals, rng, ratio, unit):
    X = make_signals()
    noisy = X + rng.standard_normal(X.shape)
    assert ratio(unit * X, unit * noisy) == pytest.approx(ratio(X, noisy))


@pytest.mark.parametrize("ratio", RATIOS)
def test_average_is_the_mean_over_samples_and_channels(make_signals, rng, ratio):
    X = make_signals(n_channels=3) * [[1.0], [30.0], [1e-5]]
    noisy = X + rng.standard_normal(X.shape)
    each = ratio(X, noisy, average=False)
    assert each.shape == X.shape[:2]
    assert ratio(X, noisy) == pytest.approx(each.mean())
    alone = [[ratio(X[i : i + 1, j], noisy[i : i + 1, j]) for j in range(3)] for i in range(12)]
    assert_allclose(each, alone)


@pytest.mark.parametrize("ratio", RATIOS)
def test_flat_and_three_dimensional_signals_give_the_same_numbers(make_signals, rng, ratio):
    X = make_signals(n_channels=3)
    noisy = X + rng.standard_normal(X.shape)
    flat = [a.reshape(len(a), -1) for a in (X, noisy)]
    expected = ratio(X, noisy, average=False)
    assert_array_equal(ratio(*flat, n_channels=3, average=False), expected)
    assert_array_equal(ratio(flat[0], noisy, n_channels=3, average=False), expected)
    assert ratio(X.astype(np.float32), noisy) == pytest.approx(expected.mean(), abs=1e-4)


@pytest.mark.parametrize("ratio", RATIOS)
def test_without_noise_the_ratio_is_infinite(make_signals, ratio):
    X = make_signals()
    assert ratio(X, X) == np.inf
    noisy = X.copy()
    noisy[0] += 1
    assert np.isfinite(ratio(X, noisy, average=False)[0, 0])
    assert np.isinf(ratio(X, noisy, average=False)[1:]).all()


def test_a_given_peak_replaces_that_of_each_signal():
    X = np.array([[0.0, 1.0], [0.0, 100.0]])
    assert_allclose(psnr(X, X + 1, average=False), [[0], [40]])
    assert_allclose(psnr(X, X + 1, peak=10, average=False), [[20], [20]])
    assert psnr(np.zeros((1, 4)), np.ones((1, 4)), peak=1) == 0


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize(("sample", "channel"), [(0, 0), (2, 1)])
def test_silence_has_no_ratio(make_signals, ratio, sample, channel):
    X = make_signals(n_channels=2)
    X[sample, channel] = 0
    with pytest.raises(ValueError, match=f"0 throughout channel {channel} of sample {sample}"):
        ratio(X, X + 1)


@pytest.mark.parametrize("ratio", RATIOS)
@pytest.mark.parametrize(
    ("clean", "noisy", "params", "message"),
    [
        (np.ones((2, 4)), np.ones((3, 4)), {}, r"Signals must be paired; .*\(2, 1, 4\) in X_clean"),
        (np.ones((2, 4)), np.ones((2, 5)), {}, r"\(2, 1, 5\) in X_noisy"),
        (np.ones((2, 2, 4)), np.ones((2, 4)), {}, r"\(2, 2, 4\) in X_clean and \(2, 1, 4\)"),
        ([[1, np.nan]], [[1, 2]], {}, "X_clean contains NaN"),
        ([[1, 2]], [[1, np.inf]], {}, "X_noisy contains infinity"),
        ([1, 2], [1, 2], {}, "Expected 2D array, got 1D array"),
        (np.array([[1j]]), [[1]], {}, "Complex data not supported"),
        ([["a"]], [[1]], {}, "could not convert string to float"),
        (np.ones((2, 5)), np.ones((2, 5)), {"n_channels": 2}, "n_channels=2 does not divide the 5"),
        ([[1]], [[1]], {"n_channels": 0}, "The 'n_channels' parameter of .* must be"),
        ([[1]], [[1]], {"average": "macro"}, "The 'average' parameter of .* must be"),
        (3.0, [[1]], {}, "The 'X_clean' parameter of .* must be an array-like"),
    ],
)
def test_what_cannot_be_compared(ratio, clean, noisy, params, message):
    with pytest.raises(ValueError, match=message):
        ratio(clean, noisy, **params)


@pytest.mark.parametrize("peak", [0, -1, "range", np.inf])
def test_impossible_peaks(peak):
    with pytest.raises(ValueError, match="The 'peak' parameter of psnr must be"):
        psnr([[1]], [[1]], peak=peak)
