"""SignalDisplay: real and synthetic windows in their panels, on one scale."""

import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex
from numpy.testing import assert_allclose, assert_array_equal

from skeeg.plotting import SignalDisplay

RATE = 50.0


def heights(panel):
    """What a panel shows, one row for each trace."""
    return np.array([line.get_ydata() for line in panel.lines])


def titles(display):
    every = [panel.get_title(loc="left") for panel in display.ax_.ravel()]
    return [title for title in every if title]


def test_panels_show_windows_of_their_class_and_kind(make_samples):
    X_real, y_real, X_synthetic, y_synthetic = samples = make_samples()
    display = SignalDisplay.from_samples(*samples, sampling_rate=RATE, n_windows=2)
    assert display.ax_.shape == (2, 4)
    for row, name in enumerate(["calm", "seizure"]):
        for i, panel in enumerate(display.ax_[row]):
            X = X_real[y_real == name] if i < 2 else X_synthetic[y_synthetic == name]
            assert (heights(panel) == X).all(axis=1).sum() == 1
        shown = np.concatenate([heights(panel) for panel in display.ax_[row]])
        assert len(np.unique(shown, axis=0)) == 4
        assert len({panel.get_ylim() for panel in display.ax_[row]}) == 1
    assert_allclose(display.ax_[0, 0].lines[0].get_xdata(), np.arange(100) / RATE)


def test_the_figure_is_drawn_and_says_what_it_shows(make_samples):
    X_real, y_real, X_synthetic, y_synthetic = samples = make_samples()
    display = SignalDisplay.from_samples(*samples, sampling_rate=RATE, unit="µV")
    display.figure_.canvas.draw()
    assert np.ptp(np.asarray(display.figure_.canvas.buffer_rgba())) > 0
    expected = [
        f"{name}, {kind}: median sd {np.median(X[y == name].std(axis=1)):.3g}"
        for name in ("calm", "seizure")
        for kind, X, y in (("real", X_real, y_real), ("synthetic", X_synthetic, y_synthetic))
    ]
    assert titles(display) == expected
    assert display.ax_[0, 0].get_ylabel() == "amplitude\n(µV)"
    assert {panel.get_xlabel() for panel in display.ax_[-1]} == {"", "time (s)"}


def test_kinds_have_two_colours(make_samples):
    display = SignalDisplay.from_samples(*make_samples(), sampling_rate=RATE)
    colours = [to_hex(panel.lines[0].get_color()) for panel in display.ax_[0]]
    assert colours == ["#0072b2"] * 3 + ["#d55e00"] * 3


def test_channels_are_stacked_from_top_to_bottom(make_samples):
    samples = make_samples(n_channels=3)
    names = ["Fz", "Cz", "Pz"]
    display = SignalDisplay.from_samples(*samples, sampling_rate=RATE, channel_names=names)
    panel = display.ax_[0, 0]
    assert [tick.get_text() for tick in panel.get_yticklabels()] == names
    lines = panel.get_yticks()
    assert (np.diff(lines) < 0).all()
    spacing = lines[0] - lines[1]
    assert f"{spacing:g} unit of X apart" in panel.get_ylabel()
    traces = heights(panel) - lines[:, np.newaxis]
    window = display.real[0, 0]
    assert_allclose(traces, window - window.mean(axis=1, keepdims=True), atol=1e-9)
    assert display.ax_[0, 0].get_ylim() == display.ax_[0, 5].get_ylim()


def test_flat_channels_are_those_of_three_dimensions(make_samples):
    X_real, y_real, X_synthetic, y_synthetic = samples = make_samples(n_channels=3)
    flat = X_real.reshape(len(X_real), -1), y_real, X_synthetic.reshape(-1, 300), y_synthetic
    expected = SignalDisplay.from_samples(*samples, sampling_rate=RATE, random_state=0)
    display = SignalDisplay.from_samples(*flat, n_channels=3, sampling_rate=RATE, random_state=0)
    assert_array_equal(display.synthetic, expected.synthetic)
    assert display.channel_names == ["ch0", "ch1", "ch2"]


def test_classes_without_synthetic_windows_are_left_out(make_samples):
    X_real, y_real, X_synthetic, _ = make_samples()
    display = SignalDisplay.from_samples(
        X_real,
        y_real,
        X_synthetic,
        ["seizure"] * 16,
        sampling_rate=RATE,
        display_labels=["A", "B"],
    )
    assert display.display_labels == ["B"]
    assert display.ax_.shape == (1, 6)


def test_panels_stay_empty_where_windows_are_few(make_samples):
    display = SignalDisplay.from_samples(
        *make_samples(n_synthetic=2), sampling_rate=RATE, n_windows=4
    )
    display.figure_.canvas.draw()
    empty = [np.isnan(heights(panel)).all() for panel in display.ax_[0]]
    assert empty == [False] * 5 + [True] * 3


@pytest.mark.parametrize("n_channels", [None, 2])
def test_constant_windows_and_single_points_can_be_drawn(n_channels):
    for n_times in (1, 50):
        shape = (4, n_times) if n_channels is None else (4, n_channels, n_times)
        X, y = np.full(shape, 1e-5), [0, 1, 0, 1]
        display = SignalDisplay.from_samples(X, y, X, y, sampling_rate=RATE)
        display.figure_.canvas.draw()
        assert titles(display)[0] == "0, real: median sd 0"


def test_an_int_chooses_the_same_windows(make_samples):
    samples = make_samples()
    first, second, other = (
        SignalDisplay.from_samples(*samples, sampling_rate=RATE, random_state=seed)
        for seed in (0, 0, 1)
    )
    assert_array_equal(first.real, second.real)
    assert not np.array_equal(first.real, other.real)


def test_draws_in_the_place_of_given_axes(make_samples):
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(12, 4), layout="constrained")
    display = SignalDisplay.from_samples(*make_samples(), sampling_rate=RATE, ax=right)
    assert display.figure_ is figure
    figure.canvas.draw()
    edge = left.get_position().x1
    assert all(panel.get_position().x0 > edge for panel in display.ax_.ravel())
    assert display.plot() is display
    assert display.figure_ is not figure


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"y_real": ["calm"] * 24}, r"y_synthetic holds the classes \['seizure'\]"),
        ({"y_real": ["calm"] * 23}, "inconsistent numbers of samples"),
        ({"y_synthetic": [0] * 16}, "Mix of label input types"),
        ({"X_synthetic": np.ones((16, 99))}, r"\(1, 100\) in X_real and \(1, 99\)"),
        ({"display_labels": ["A"]}, "display_labels has 1 names; y_real has 2 classes"),
        ({"channel_names": ["A", "B"]}, "channel_names has 2 names; X_real has 1 channels"),
        ({"n_windows": 0}, "'n_windows' parameter"),
        ({"sampling_rate": 0}, "'sampling_rate' parameter"),
    ],
)
def test_bad_input_is_named_and_opens_no_figure(make_samples, broken, message):
    names = "X_real", "y_real", "X_synthetic", "y_synthetic"
    arguments = dict(zip(names, make_samples(), strict=True), sampling_rate=RATE)
    with pytest.raises(ValueError, match=message):
        SignalDisplay.from_samples(**{**arguments, **broken})
    assert pyplot.get_fignums() == []
