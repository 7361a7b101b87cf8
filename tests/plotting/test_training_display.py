"""TrainingDisplay: the curves of a history, and what its titles say of them."""

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from numpy.testing import assert_allclose, assert_array_equal

from skeeg.plotting import TrainingDisplay

N = 100


@pytest.fixture
def history(rng):
    iteration = np.arange(1, N + 1)
    distance = np.full(N, np.nan)
    distance[24::25] = [5.0, 3.5, 2.25, 4.0]
    return pd.DataFrame(
        {
            "iteration": iteration,
            "discriminator_loss": rng.normal(1, 0.01, size=N),
            "generator_loss": 2 + rng.normal(size=N),
            "learning_rate": np.geomspace(1e-3, 1e-4, N),
            "penalty": 0.5,
            "validation_distance": distance,
            "seconds": iteration / 10,
        }
    )


def titles(display):
    return [panel.get_title(loc="left") for panel in display.ax_[:, 0]]


def test_panels_show_the_columns(history):
    display = TrainingDisplay.from_history(history)
    display.figure_.canvas.draw()
    losses, distance, rate = display.ax_[:, 0]
    raw = [line.get_ydata() for line in losses.lines[::2]]
    assert_array_equal(raw, history[["discriminator_loss", "generator_loss"]].to_numpy().T)
    assert_array_equal(distance.lines[0].get_xdata(), [25, 50, 75, 100])
    assert_array_equal(rate.lines[0].get_ydata(), history["learning_rate"])
    assert rate.get_yscale() == "log"
    labels = [panel.get_ylabel() for panel in display.ax_[:, 0]]
    assert labels == ["loss", "distance from\nheld-out (dB)", "learning\nrate"]
    assert rate.get_xlabel() == "iteration"


def test_thick_lines_are_running_means_in_the_middle(history):
    display = TrainingDisplay.from_history(history)
    smooth = display.ax_[0, 0].lines[3].get_ydata()
    loss = history["generator_loss"].to_numpy()
    assert_allclose(smooth[2:-2], np.convolve(loss, np.ones(5) / 5, mode="valid"))


def test_a_straight_line_is_smoothed_to_itself(history):
    history["generator_loss"] = history["iteration"]
    smooth = TrainingDisplay.from_history(history).ax_[0, 0].lines[3].get_ydata()
    assert_allclose(smooth[2:-2], history["iteration"][2:-2])


def test_the_shortest_distance_is_marked_and_named(history):
    display = TrainingDisplay.from_history(history)
    circle = display.ax_[1, 0].lines[1]
    assert [*circle.get_xdata(), *circle.get_ydata()] == [75, 2.25]
    assert titles(display)[1] == "Distance lowest at iteration 75: 2.25 dB"


@pytest.mark.parametrize(
    ("start", "end", "verb"),
    [(1.0, 1.02, "is steady"), (1.0, 0.5, "falls"), (0.5, 1.0, "rises"), (-1.0, -0.5, "rises")],
)
def test_the_title_says_where_the_discriminator_goes(history, start, end, verb):
    history["discriminator_loss"] = np.r_[np.full(80, start), np.full(20, end)]
    expected = f"Discriminator loss {verb}: {end:.2f} in the last fifth, {start:.2f} before"
    assert titles(TrainingDisplay.from_history(history))[0] == expected


def test_what_was_not_measured_is_left_out(history):
    history["validation_distance"] = np.nan
    assert TrainingDisplay.from_history(history).ax_.shape == (2, 1)
    display = TrainingDisplay.from_history(history.drop(columns="learning_rate"))
    assert display.ax_.shape == (1, 1)


def test_each_class_has_a_column_of_its_own(history):
    labelled = pd.concat([history.assign(label=name) for name in ("seizure", "calm")])
    display = TrainingDisplay.from_history(labelled)
    display.figure_.canvas.draw()
    assert display.ax_.shape == (3, 2)
    first_lines = [panel.get_title(loc="left").splitlines()[0] for panel in display.ax_[0]]
    assert first_lines == ["class seizure", "class calm"]
    assert len(display.ax_[0, 1].lines[0].get_xdata()) == N


def test_histories_of_classifiers_name_the_lowest_loss_on_rows_kept_out():
    history = pd.DataFrame(
        {"iteration": [1, 2, 3], "train_loss": [3, 2, 1], "valid_loss": [2.5, 0.125, 2.75]}
    )
    display = TrainingDisplay.from_history(history)
    assert titles(display) == ["Loss on rows kept out lowest at iteration 2: 0.12"]
    legend = [text.get_text() for text in display.ax_[0, 0].get_legend().get_texts()]
    assert legend == ["train", "valid"]


def test_one_iteration_can_be_drawn(history):
    display = TrainingDisplay.from_history(history.iloc[:1])
    display.figure_.canvas.draw()
    assert titles(display)[0].startswith("Discriminator loss: ")


def test_draws_in_the_place_of_given_axes_and_again_in_new_ones(history):
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(12, 5), layout="constrained")
    display = TrainingDisplay.from_history(history, ax=right)
    figure.canvas.draw()
    assert all(panel.get_position().x0 > left.get_position().x1 for panel in display.ax_.ravel())
    assert display.plot() is display
    assert display.figure_ is not figure


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda history: history.drop(columns="iteration"), "a column 'iteration'"),
        (lambda history: history[["iteration", "seconds"]], "one that ends in '_loss'"),
        (lambda history: history.iloc[:0], "it has 0 rows"),
        (lambda history: history.to_dict(), "'history' parameter"),
    ],
)
def test_bad_input_is_named_and_opens_no_figure(history, change, message):
    with pytest.raises(ValueError, match=message):
        TrainingDisplay.from_history(change(history))
    assert pyplot.get_fignums() == []
