"""SamplerCurveDisplay: scores where the summaries have them, and what rows they stand for."""

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot

from skeeg.plotting import SamplerCurveDisplay

NAMES = ["none", "class weights", "SMOTE", "good", "harmful"]
NOT = np.nan


def summarise(none, *gains, p=0.01):
    gains = np.array([NOT, *gains])
    leads = np.array([NOT, NOT, NOT, *gains[3:]])
    table = {"score": none + np.nan_to_num(gains), "gain": gains, "gain_low": gains - 0.02}
    table |= {"gain_high": gains + 0.03, "gain_p": p, "lead": leads}
    return pd.DataFrame(table, index=NAMES)


@pytest.fixture
def summaries():
    return {
        10: summarise(0.60, 0.01, 0.02, 0.10, -0.05),
        40: summarise(0.80, 0.01, 0.02, 0.05, -0.05),
        160: summarise(0.90, 0.00, 0.00, 0.01, -0.05),
    }


def curves(display):
    return {line.get_label(): line for line in display.ax_.lines if line.get_label() in NAMES}


def test_curves_are_the_scores_of_the_summaries(summaries):
    display = SamplerCurveDisplay.from_summaries(summaries)
    found = curves(display)
    assert set(found) == set(NAMES)
    for name, line in found.items():
        expected = [summary.loc[name, "score"] for summary in summaries.values()]
        np.testing.assert_allclose(line.get_ydata(), expected)
        np.testing.assert_allclose(line.get_xdata(), [10, 40, 160], rtol=0.06)
    assert display.ax_.get_xscale() == "log"


def test_bars_are_the_intervals_of_the_gains(summaries):
    display = SamplerCurveDisplay.from_summaries(summaries)
    bars = [np.array(c.get_segments())[:, :, 1] for c in display.ax_.collections]
    expected = [[0.68, 0.73], [0.83, 0.88], [0.89, 0.94]]
    assert any(bar.shape == (3, 2) and np.allclose(bar, expected) for bar in bars)


def test_numbers_are_sorted(summaries):
    backwards = dict(reversed(summaries.items()))
    display = SamplerCurveDisplay.from_summaries(backwards)
    assert list(display.equivalent_rows.index) == [10, 40, 160]


def test_equivalent_rows_lie_on_the_curve_of_no_augmentation(summaries):
    found = SamplerCurveDisplay.from_summaries(summaries).equivalent_rows
    assert found.loc[10, "good"] == pytest.approx(20)  # half way, in powers, from 10 to 40
    assert found.loc[40, "good"] == pytest.approx(80)
    assert found.loc[160, "good"] == np.inf
    assert found.loc[160, "class weights"] == pytest.approx(160)
    assert found.loc[10, "harmful"] == pytest.approx(10)  # nothing is known of fewer rows


def test_a_score_that_falls_with_more_rows_stands_for_the_fewer(summaries):
    summaries[40]["score"] -= 0.3
    found = SamplerCurveDisplay.from_summaries(summaries).equivalent_rows
    assert np.isfinite(found.loc[10, "good"])
    assert (found.loc[10] >= 10).all()


def test_the_title_states_what_the_best_sure_sampler_is_worth(summaries):
    def title():
        return SamplerCurveDisplay.from_summaries(summaries).ax_.get_title(loc="left")

    assert title() == "good with 10 real rows scores as 20 real rows alone"
    summaries[10].loc["good", "score"] = 0.95
    assert title() == "good with 10 real rows scores as more than 160 real rows alone"
    summaries[10]["gain_p"] = 0.2
    assert title() == "With 10 real rows, nothing is better than no augmentation"


def test_all_real_rows_are_a_dashed_line(summaries):
    display = SamplerCurveDisplay.from_summaries(summaries, full=summarise(0.93, 0, 0, 0, 0))
    assert display.ax_.texts[0].get_text() == "no augmentation, all real rows: 0.930"
    assert any(np.allclose(line.get_ydata(), 0.93) for line in display.ax_.lines)
    assert not SamplerCurveDisplay.from_summaries(summaries).ax_.texts


def test_a_failed_sampler_leaves_a_gap(summaries):
    summaries[40].loc["good", :] = NOT
    display = SamplerCurveDisplay.from_summaries(summaries)
    assert np.isnan(curves(display)["good"].get_ydata()[1])
    assert np.isnan(display.equivalent_rows.loc[40, "good"])


def test_every_line_is_told_apart_without_colour(summaries):
    found = curves(SamplerCurveDisplay.from_summaries(summaries))
    looks = {(line.get_marker(), line.get_linestyle()) for line in found.values()}
    assert len(looks) == len(NAMES)


def test_axes_are_labelled(summaries):
    display = SamplerCurveDisplay.from_summaries(
        summaries, metric="balanced accuracy", rows="real seizures"
    )
    assert display.ax_.get_xlabel() == "real seizures"
    assert display.ax_.get_ylabel().startswith("balanced accuracy\n")
    assert [tick.get_text() for tick in display.ax_.get_xticklabels()] == ["10", "40", "160"]


def test_draws_in_given_axes(summaries):
    figure, (left, right) = pyplot.subplots(1, 2)
    display = SamplerCurveDisplay.from_summaries(summaries, ax=right)
    assert display.ax_ is right
    assert display.figure_ is figure
    assert not left.lines


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda found: {10: found[10]}, "two summaries or more; got 1"),
        (lambda found: {0: found[10], **found}, "must be positive; got 0"),
        (lambda found: found | {40: found[40].drop(columns="lead")}, "no column 'lead'"),
        (lambda found: found | {40: found[40].drop(index="none")}, "40 rows has no sampler 'none'"),
        (lambda found: found | {40: found[40].drop(index="good")}, "40 rows has the samplers"),
    ],
)
def test_wrong_summaries_are_named(summaries, spoil, message):
    with pytest.raises(ValueError, match=message):
        SamplerCurveDisplay.from_summaries(spoil(summaries))


def test_a_full_summary_without_none_is_refused(summaries):
    with pytest.raises(ValueError, match="full has no sampler 'none'"):
        SamplerCurveDisplay.from_summaries(summaries, full=summaries[10].drop(index="none"))
