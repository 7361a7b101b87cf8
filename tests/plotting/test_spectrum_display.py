"""SpectrumDisplay: levels, their difference and what real halves differ by."""

import numpy as np
import pytest
from matplotlib import pyplot
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import periodogram

from skeeg.metrics import spectral_distance
from skeeg.plotting import SpectrumDisplay

RATE = 100.0


@pytest.fixture
def recordings(rng):
    """Noise of two classes in 16 recordings; each recording has a colour of its own."""
    groups = np.repeat(np.arange(16), 20)
    noise = rng.standard_normal((320, 201))
    colour = rng.uniform(-0.9, 0.9, 16)[groups, np.newaxis]
    return noise[:, 1:] + colour * noise[:, :-1], groups % 2, groups


def test_levels_are_those_of_scipy(make_samples):
    X_real, y_real, *_ = samples = make_samples()
    display = SpectrumDisplay.from_samples(*samples, sampling_rate=RATE, band=(5, 30))
    X = X_real[y_real == "seizure"]
    X = (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)
    frequencies, power = periodogram(X, RATE, window="hann")
    inside = (frequencies >= 5) & (frequencies <= 30)
    levels = 10 * np.log10(power[:, inside])
    assert_allclose(display.frequencies, frequencies[inside])
    assert_allclose(display.real[1, 1], levels.mean(axis=0), atol=0.01)
    assert_allclose(display.real[1, [0, 2]], np.quantile(levels, [0.1, 0.9], axis=0), atol=0.01)


def test_the_figure_is_drawn_and_states_the_finding(make_samples):
    X_real, y_real, X_synthetic, y_synthetic = samples = make_samples()
    display = SpectrumDisplay.from_samples(*samples, sampling_rate=RATE)
    display.figure_.canvas.draw()
    assert np.ptp(np.asarray(display.figure_.canvas.buffer_rgba())) > 0
    for i, name in enumerate(["calm", "seizure"]):
        pair = X_real[y_real == name], X_synthetic[y_synthetic == name]
        distance = spectral_distance(*pair, sampling_rate=RATE)
        floor = display.floor_distance[i]
        title = f"{name}\nSpectra differ by {distance:.1f} dB\n(real halves: {floor:.1f} dB)"
        assert display.ax_[0, i].get_title(loc="left") == title
    assert display.ax_[1, 0].get_xlabel() == "frequency (Hz)"
    assert "dB" in display.ax_[0, 0].get_ylabel()
    assert "dB" in display.ax_[1, 0].get_ylabel()


def test_curves_and_bands_are_the_stored_numbers(make_samples):
    display = SpectrumDisplay.from_samples(*make_samples(), sampling_rate=RATE)
    real, synthetic, *_ = (line.get_ydata() for line in display.ax_[0, 1].lines)
    assert_array_equal(real, display.real[1, 1])
    assert_array_equal(synthetic, display.synthetic[1, 1])
    difference = display.ax_[1, 1].lines[-1].get_ydata()
    assert_allclose(difference, synthetic - real)
    band = display.ax_[1, 1].collections[0].get_paths()[0].vertices
    widest = display.floor[1].max()
    assert_allclose([band[:, 1].min(), band[:, 1].max()], [-widest, widest])


def test_halves_of_recordings_differ_more_than_halves_of_windows(recordings):
    X, y, groups = recordings
    by_window = SpectrumDisplay.from_samples(X, y, X, y, sampling_rate=RATE, random_state=0)
    by_recording = SpectrumDisplay.from_samples(
        X, y, X, y, sampling_rate=RATE, groups=groups, random_state=0
    )
    assert (by_recording.floor_distance > 1.5 * by_window.floor_distance).all()
    assert_allclose(by_window.distance, 0, atol=1e-9)


def test_the_floor_of_two_recordings_is_their_distance(recordings):
    X, _, groups = recordings
    X, groups = X[groups < 2], groups[groups < 2]
    y = np.zeros(len(X))
    display = SpectrumDisplay.from_samples(X, y, X, y, sampling_rate=RATE, groups=groups)
    expected = spectral_distance(X[groups == 0], X[groups == 1], sampling_rate=RATE)
    assert display.floor_distance[0] == pytest.approx(expected)
    assert np.sqrt(np.mean(display.floor[0] ** 2)) == pytest.approx(expected)


def test_a_single_recording_has_no_floor(recordings):
    X, y, _ = recordings
    display = SpectrumDisplay.from_samples(X, y, X, y, sampling_rate=RATE, groups=y)
    display.figure_.canvas.draw()
    assert np.isnan(display.floor).all()
    assert "no halves" in display.ax_[0, 0].get_title(loc="left")


def test_channels_are_averaged(make_samples):
    samples = make_samples(n_channels=2)
    each = [
        SpectrumDisplay.from_samples(
            samples[0][:, i], samples[1], samples[2][:, i], samples[3], sampling_rate=RATE
        )
        for i in (0, 1)
    ]
    both = SpectrumDisplay.from_samples(*samples, sampling_rate=RATE)
    assert_allclose(both.real[:, 1], np.mean([display.real[:, 1] for display in each], axis=0))
    squares = [display.distance**2 for display in each]
    assert_allclose(both.distance, np.sqrt(np.mean(squares, axis=0)))


def test_draws_in_the_place_of_given_axes(make_samples):
    figure, axes = pyplot.subplots(2, 1, layout="constrained")
    display = SpectrumDisplay.from_samples(*make_samples(), sampling_rate=RATE, ax=axes[1])
    assert display.figure_ is figure
    figure.canvas.draw()
    assert all(p.get_position().y1 < axes[0].get_position().y0 for p in display.ax_.ravel())


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"groups": [0, 1]}, "inconsistent numbers of samples"),
        ({"band": (60, 1)}, "band must be two frequencies"),
        ({"band": (1e3, 2e3)}, "no frequency in band"),
        ({"n_channels": 7}, "n_channels=7 does not divide"),
        ({"sampling_rate": -1.0}, "'sampling_rate' parameter"),
    ],
)
def test_bad_input_is_named_and_opens_no_figure(make_samples, broken, message):
    names = "X_real", "y_real", "X_synthetic", "y_synthetic"
    arguments = dict(zip(names, make_samples(), strict=True), sampling_rate=RATE)
    with pytest.raises(ValueError, match=message):
        SpectrumDisplay.from_samples(**{**arguments, **broken})
    assert pyplot.get_fignums() == []
