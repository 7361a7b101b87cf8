"""ComparisonDisplay: markers and intervals where the summary has them, and the finding."""

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex

from skeeg.plotting import ComparisonDisplay

NAMES = ["none", "class weights", "SMOTE", "good", "useless", "harmful", "broken"]
NOT = np.nan


@pytest.fixture
def summary():
    return pd.DataFrame(
        {
            "score": [0.7, 0.75, 0.78, 0.85, 0.71, 0.5, NOT],
            "gain": [NOT, 0.05, 0.08, 0.15, 0.01, -0.2, NOT],
            "gain_low": [NOT, -0.01, 0.02, 0.10, -0.05, -0.3, NOT],
            "gain_high": [NOT, 0.11, 0.14, 0.20, 0.07, -0.1, NOT],
            "gain_p": [NOT, 0.3, 0.04, 0.001, 0.9, 0.01, NOT],
            "lead": [NOT, NOT, NOT, 0.07, -0.07, -0.28, NOT],
            "lead_p": [NOT, NOT, NOT, 0.02, 0.2, 0.01, NOT],
            "seconds": [0.01, 0.012, 0.02, 123.4, 2.0, 2.0, NOT],
        },
        index=NAMES,
    )


def markers(display):
    """The marker of each mean gain, by its height."""
    lines = [line for line in display.ax_.lines if line.get_marker() in {"s", "o"}]
    return {round(line.get_ydata()[0]): line for line in lines}


def height_of(display, name):
    labels = [tick.get_text() for tick in display.ax_.get_yticklabels()]
    return labels.index(name)


def test_the_largest_gain_is_on_top_and_failures_at_the_bottom(summary):
    display = ComparisonDisplay.from_summary(summary)
    labels = [tick.get_text() for tick in display.ax_.get_yticklabels()]
    assert labels[::-1] == ["good", "SMOTE", "class weights", "useless", "harmful", "broken"]
    assert [text.get_text().strip() for text in display.ax_.texts] == ["no score"]


def test_means_and_intervals_are_where_the_summary_says(summary):
    display = ComparisonDisplay.from_summary(summary)
    for name, row in summary.iloc[1:-1].iterrows():
        height = height_of(display, name)
        assert markers(display)[height].get_xdata() == [row["gain"]]
        intervals = [line.get_xdata() for line in display.ax_.lines if len(line.get_xdata()) == 2]
        assert [row["gain_low"], row["gain_high"]] in [list(interval) for interval in intervals]


def test_baselines_are_grey_squares_and_what_is_sure_is_filled(summary):
    display = ComparisonDisplay.from_summary(summary)
    found = markers(display)
    kinds = {name: found[height_of(display, name)] for name in NAMES[1:-1]}
    assert [kinds[name].get_marker() for name in NAMES[1:-1]] == ["s", "s", "o", "o", "o"]
    assert to_hex(kinds["good"].get_color()) == "#d55e00"
    assert to_hex(kinds["SMOTE"].get_color()) == to_hex("0.35")
    filled = {name for name, line in kinds.items() if line.get_markerfacecolor() != "white"}
    assert filled == {"SMOTE", "good", "harmful"}


def test_the_title_states_the_findings(summary):
    title = ComparisonDisplay.from_summary(summary).ax_.get_title(loc="left")
    assert title.splitlines() == [
        "Better than no augmentation: SMOTE, good",
        "Better than the best classical one: good",
        "Worse than no augmentation: harmful",
    ]
    summary[["gain_p", "lead_p"]] = 0.5
    title = ComparisonDisplay.from_summary(summary).ax_.get_title(loc="left")
    assert title.splitlines() == [
        "Better than no augmentation: nothing",
        "Better than the best classical one: nothing",
    ]


def test_a_long_finding_goes_on_in_the_next_line(summary):
    summary.index = [*NAMES[:3], *(f"{name} with a long name of its own" for name in NAMES[3:])]
    summary[["gain_p", "gain"]] = 0.01
    lines = ComparisonDisplay.from_summary(summary).ax_.get_title(loc="left").splitlines()
    assert max(map(len, lines)) <= 75
    found = " ".join(lines)
    assert all(name in found for name in summary.index[1:])


def test_scores_and_seconds_stand_on_the_right(summary):
    display = ComparisonDisplay.from_summary(summary)
    display.figure_.canvas.draw()
    (right,) = display.ax_.child_axes
    labels = [tick.get_text() for tick in right.get_yticklabels()]
    assert labels[height_of(display, "good")] == "0.850 · 120 s"
    assert labels[height_of(display, "class weights")] == "0.750 · 0.012 s"
    assert labels[height_of(display, "broken")] == ""


def test_axes_are_labelled(summary):
    display = ComparisonDisplay.from_summary(summary, metric="roc auc", confidence=0.9)
    label = display.ax_.get_xlabel()
    assert label.startswith("gain in roc auc over no augmentation\n(mean and 90 % interval")


def test_folds_are_dots(summary, rng):
    gains = pd.DataFrame(rng.normal(size=(10, 2)), columns=["good", "SMOTE"])
    gains.loc[3, "good"] = np.nan
    display = ComparisonDisplay.from_summary(summary, gains=gains)
    dots = {
        round(line.get_ydata()[0] + 0.25): line.get_xdata()
        for line in display.ax_.lines
        if line.get_marker() == "."
    }
    assert dots.keys() == {height_of(display, "good"), height_of(display, "SMOTE")}
    np.testing.assert_array_equal(dots[height_of(display, "good")], gains["good"].dropna())


def test_draws_in_given_axes_and_again_in_new_ones(summary):
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(16, 4), layout="constrained")
    display = ComparisonDisplay.from_summary(summary, ax=right)
    assert display.ax_ is right
    assert display.figure_ is figure
    assert not left.lines
    assert display.plot() is display
    assert display.figure_ is not figure


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"summary": pd.DataFrame({"gain": [0.1]})}, "summary has no column 'score'"),
        ({"gains": pd.DataFrame({"unknown": [0.1]})}, "gains has the sampler 'unknown'"),
        ({"summary": [0.1]}, "'summary' parameter"),
        ({"confidence": 95}, "'confidence' parameter"),
    ],
)
def test_bad_input_is_named_and_opens_no_figure(summary, change, message):
    with pytest.raises(ValueError, match=message):
        ComparisonDisplay.from_summary(**{"summary": summary, **change})
    assert pyplot.get_fignums() == []
