"""AttributionDisplay: bars, maps of channels and time, and heads, all of the stored numbers."""

import sys

import mne
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from numpy.testing import assert_allclose, assert_array_equal

from skeeg.plotting import AttributionDisplay

NAMES = ["Fz", "C3", "Cz", "C4", "T3", "Pz"]
RATE = 50.0


@pytest.fixture
def table(rng):
    values = rng.uniform(size=(2, len(NAMES)))
    return pd.DataFrame(values, index=["rest", "task"], columns=NAMES)


@pytest.fixture
def attributions(rng):
    return rng.standard_normal((12, len(NAMES), 40)), np.arange(12) % 2


def is_drawn(display):
    display.figure_.canvas.draw()
    return np.ptp(np.asarray(display.figure_.canvas.buffer_rgba())) > 0


def test_bars_are_the_table_sorted_by_its_mean(table):
    display = AttributionDisplay.from_importance(table, name="fall of ROC AUC")
    assert is_drawn(display)
    order = table.mean().sort_values(ascending=False).index
    assert [text.get_text() for text in display.ax_[0].get_yticklabels()] == list(order)
    for panel, label in zip(display.ax_, table.index, strict=True):
        widths = [bar.get_width() for bar in panel.patches]
        assert_array_equal(widths, table.loc[label, order])
    assert display.ax_[1].get_xlabel() == "fall of ROC AUC"
    assert display.ax_[0].get_ylim()[0] > display.ax_[0].get_ylim()[1]  # the first on top


@pytest.mark.parametrize("kind", ["bars", "head"])
def test_titles_name_the_first_channel_of_each_class(table, kind):
    display = AttributionDisplay.from_importance(table, kind=kind)
    for panel, (label, row) in zip(display.ax_, table.iterrows(), strict=True):
        title = f"{label}\nfirst: {row.idxmax()} ({row.max():.2g})"
        assert panel.get_title(loc="left") == title


def test_maps_are_the_means_of_each_class_over_time(attributions):
    X, y = attributions
    display = AttributionDisplay.from_attributions(
        X, y, sampling_rate=RATE, channel_names=NAMES, display_labels=["rest", "task"]
    )
    assert is_drawn(display)
    largest = abs(display.values).max()
    for label, panel in enumerate(display.ax_):
        [image] = panel.images
        assert_allclose(image.get_array(), X[y == label].mean(axis=0))
        assert_allclose(image.get_extent()[:2], [0, 40 / RATE])
        assert_allclose(image.get_clim(), [-largest, largest])
        assert panel.get_xlabel() == "time (s)"
    shown = [text.get_text() for text in display.ax_[0].get_yticklabels()]
    assert shown == NAMES


def test_what_is_not_negative_has_colours_from_zero_on(attributions):
    X, y = attributions
    display = AttributionDisplay.from_attributions(abs(X), y, sampling_rate=RATE)
    low, high = display.ax_[0].images[0].get_clim()
    assert (low, high) == (0, display.values.max())


def test_flat_and_three_dimensional_attributions_give_the_same_numbers(attributions):
    X, y = attributions
    expected = AttributionDisplay.from_attributions(X, y, sampling_rate=RATE)
    flat = AttributionDisplay.from_attributions(
        X.reshape(len(X), -1), y, sampling_rate=RATE, n_channels=len(NAMES)
    )
    assert_array_equal(flat.values, expected.values)


def test_bars_of_attributions_are_means_over_time(attributions):
    X, y = attributions
    display = AttributionDisplay.from_attributions(X, y, sampling_rate=RATE, kind="bars")
    widths = [bar.get_width() for bar in display.ax_[1].patches]
    assert_allclose(np.sort(widths), np.sort(X[y == 1].mean(axis=(0, 2))))


def test_heads_are_hottest_where_the_largest_channel_is(table):
    """The colours that MNE interpolates are largest near the largest channel."""
    table = table * 0.01
    table.loc["rest", "C3"] = table.loc["task", "C4"] = 1.0
    display = AttributionDisplay.from_importance(table, kind="head")
    assert is_drawn(display)
    for panel, side in zip(display.ax_, (-1, 1), strict=True):
        [image] = panel.images
        values = np.ma.filled(image.get_array(), 0)
        column = np.unravel_index(values.argmax(), values.shape)[1]
        assert np.sign(column - values.shape[1] / 2) == side
        assert image.get_clim() == (0, 1)


def test_heads_take_places_of_your_own(table):
    from mne.channels import make_dig_montage

    angles, radii = np.linspace(0, 5, len(NAMES)), np.linspace(0.01, 0.06, len(NAMES))
    places = np.column_stack([radii * np.cos(angles), radii * np.sin(angles), 0.08 - radii])
    montage = make_dig_montage(dict(zip(["a", "b", "c", "d", "e", "f"], places, strict=True)))
    table.columns = list("ABCDEF")
    assert is_drawn(AttributionDisplay.from_importance(table, montage=montage, kind="head"))


def test_a_display_draws_itself_again_in_another_way(attributions):
    X, y = attributions
    display = AttributionDisplay.from_attributions(X, y, sampling_rate=RATE, channel_names=NAMES)
    for kind in ("bars", "head", "time"):
        assert display.plot(kind=kind) is display
        assert is_drawn(display)
        assert display.ax_.shape == (2,)


@pytest.mark.parametrize("kind", ["bars", "head"])
def test_draws_in_the_place_of_given_axes(table, kind):
    figure, axes = pyplot.subplots(2, 1, figsize=(6, 8), layout="constrained")
    display = AttributionDisplay.from_importance(table, kind=kind, ax=axes[1])
    assert display.figure_ is figure
    figure.canvas.draw()
    assert all(p.get_position().y1 < axes[0].get_position().y0 for p in display.ax_)


@pytest.mark.parametrize("n_classes", [1, 5])
def test_any_number_of_classes_has_a_panel_each(table, n_classes):
    table = pd.concat([table] * 3).iloc[:n_classes]
    assert len(AttributionDisplay.from_importance(table).ax_) == n_classes


def test_zeros_can_be_drawn(table):
    for kind in ("bars", "head"):
        assert is_drawn(AttributionDisplay.from_importance(0 * table, kind=kind))


def test_channels_on_one_circle_have_nothing_between_them():
    angles = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    places = {f"E{i}": (0.08 * np.cos(a), 0.08 * np.sin(a), 0.03) for i, a in enumerate(angles)}
    montage = mne.channels.make_dig_montage(places, coord_frame="head")
    table = pd.DataFrame([angles], columns=list(places), index=["rest"])
    with pytest.raises(ValueError, match=r"on one circle.*use kind='bars'"):
        AttributionDisplay.from_importance(table, montage=montage, kind="head")


@pytest.mark.parametrize(
    ("change", "options", "error", "message"),
    [
        (lambda t: t.to_numpy(), {}, TypeError, "must be a DataFrame"),
        (lambda t: t.mask(t > 0.5), {}, ValueError, "importance contains NaN"),
        (lambda t: t.iloc[:0], {}, ValueError, "0 sample"),
        (lambda t: t, {"kind": "time"}, ValueError, "'kind' parameter"),
        (lambda t: t.add_prefix("EEG "), {"kind": "head"}, ValueError, "channels EEG Fz, EEG C3"),
        (lambda t: t[["Cz"]], {"kind": "head"}, ValueError, "two channels or more"),
        (lambda t: t, {"kind": "head", "montage": "mars"}, ValueError, "montage='mars' is none"),
    ],
)
def test_bad_tables_are_named_and_open_no_figure(table, change, options, error, message):
    with pytest.raises(error, match=message):
        AttributionDisplay.from_importance(change(table), **options)
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda X, y: (X, y[1:]), {}, "inconsistent numbers of samples"),
        (lambda X, y: (X * np.nan, y), {}, "attributions contains NaN"),
        (lambda X, y: (X, y), {"channel_names": NAMES[1:]}, "channel_names has 5 names"),
        (lambda X, y: (X, y), {"display_labels": ["a"]}, "display_labels has 1 names"),
        (lambda X, y: (X, y), {"sampling_rate": 0}, "'sampling_rate' parameter"),
        (lambda X, y: (X.reshape(12, -1), y), {"n_channels": 7}, "n_channels=7 does not divide"),
    ],
)
def test_bad_attributions_are_named_and_open_no_figure(attributions, change, options, message):
    with pytest.raises(ValueError, match=message):
        AttributionDisplay.from_attributions(
            *change(*attributions), **{"sampling_rate": RATE, **options}
        )
    assert pyplot.get_fignums() == []


def test_a_table_has_no_time_to_draw(table):
    with pytest.raises(ValueError, match="kind='time' needs attributions over time"):
        AttributionDisplay.from_importance(table).plot(kind="time")


def test_a_missing_library_is_named_with_its_extra(table, monkeypatch):
    monkeypatch.setitem(sys.modules, "mne", None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[eeg\]"):
        AttributionDisplay.from_importance(table, kind="head")
