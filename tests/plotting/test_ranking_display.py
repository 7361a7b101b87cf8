"""RankingDisplay: ranks and bars where they belong, and no finding where there can be none."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from numpy.testing import assert_allclose, assert_array_equal
from scipy.stats import wilcoxon

from skeeg._holm import adjust_by_holm
from skeeg.plotting import RankingDisplay
from skeeg.plotting._ranks import compare_pairs, count_needed, find_runs, rank_samplers


@pytest.fixture
def scores(rng):
    """Twelve data sets; "good" is always ahead, "one" and "other" differ by noise."""
    level = rng.uniform(0.6, 0.9, size=12)
    return pd.DataFrame(
        {
            "one": level + rng.normal(0, 0.01, size=12),
            "good": level + 0.1,
            "other": level + rng.normal(0, 0.01, size=12),
        },
        index=[f"set {i}" for i in range(12)],
    )


def labels(display):
    return [tick.get_text().split("  ")[0] for tick in display.ax_.get_yticklabels()]


def bars(display):
    """First and last line that each bar spans."""
    drawn = [line for line in display.ax_.lines if line.get_linewidth() == 3]
    return [tuple(np.round(line.get_ydata()).astype(int)) for line in drawn]


def test_the_best_is_on_top_with_its_mean_rank(scores):
    display = RankingDisplay.from_scores(scores)
    assert labels(display)[0] == "good"
    assert display.ax_.get_yticklabels()[0].get_text() == "good  1.00"
    top, bottom = display.ax_.transData.transform([(1, 0), (1, 2)])[:, 1]
    assert top > bottom


def test_bars_join_what_is_not_told_apart(scores):
    display = RankingDisplay.from_scores(scores)
    assert bars(display) == [(1, 2)]
    title = display.ax_.get_title(loc="left")
    assert title == "Better than all others: good\n2 of 3 pairs are told apart"


def test_dots_are_larger_where_more_data_sets_are(scores):
    display = RankingDisplay.from_scores(scores)
    sizes = [dots.get_sizes() for dots in display.ax_.collections]
    assert_allclose([size.sum() for size in sizes], sizes[0].sum())
    assert len(sizes[0]) == 1


def test_p_values_are_those_of_scipy_for_data_without_ties(rng):
    scores = pd.DataFrame(rng.normal(size=(10, 4)), columns=list("abcd"))
    pairs = list(combinations("abcd", 2))
    raw = [wilcoxon(scores[one], scores[other], method="exact").pvalue for one, other in pairs]
    table = compare_pairs(scores)
    for (one, other), p in zip(pairs, adjust_by_holm(raw), strict=True):
        assert_allclose([table.loc[one, other], table.loc[other, one]], p)


def test_ties_share_their_ranks_and_equal_samplers_are_not_told_apart():
    scores = pd.DataFrame({"a": [0.5, 0.6], "b": [0.5, 0.6], "c": [0.7, 0.1]})
    assert_array_equal(rank_samplers(scores, True), [[2.5, 2.5, 1], [1.5, 1.5, 3]])
    assert compare_pairs(scores).loc["a", "b"] == 1


def test_ranks_turn_round_where_lower_is_better(scores):
    up, down = (RankingDisplay.from_scores(scores, higher_is_better=up) for up in (True, False))
    assert_array_equal(up.ranks + down.ranks, np.full(scores.shape, 4.0))


@pytest.mark.parametrize(
    ("n_samplers", "significance", "needed"),
    [(2, 0.05, 6), (3, 0.05, 7), (4, 0.05, 8), (2, 0.5, 3)],
)
def test_the_number_of_data_sets_needed_is_that_of_the_smallest_p(n_samplers, significance, needed):
    assert count_needed(n_samplers, significance) == needed
    for n, told in ((needed - 1, False), (needed, True)):
        scores = pd.DataFrame(np.arange(n * n_samplers, dtype=float).reshape(n, -1) ** 2)
        smallest = compare_pairs(scores).to_numpy().min()
        assert (smallest < significance) == told


def test_too_few_data_sets_are_no_evidence_however_clear_they_look(scores):
    display = RankingDisplay.from_scores(scores[:5])
    assert "5 data sets cannot tell 3 samplers apart" in display.ax_.get_title(loc="left")
    assert bars(display) == [(0, 2)]


def test_many_small_wins_and_few_large_losses_are_no_lead():
    rng = np.random.default_rng(0)
    gains = np.concatenate([rng.uniform(0.001, 0.002, 16), rng.uniform(-0.2, -0.1, 14)])
    scores = pd.DataFrame({"a": 0.7 + gains, "b": 0.7})
    assert wilcoxon(gains).pvalue < 0.05
    display = RankingDisplay.from_scores(scores)
    assert display.ranks["a"].mean() < display.ranks["b"].mean()
    assert display.ax_.get_title(loc="left").startswith("No winner")


def test_numbers_written_as_text_are_numbers(scores):
    written = RankingDisplay.from_scores(scores.astype(str))
    assert_array_equal(written.ranks, RankingDisplay.from_scores(scores).ranks)


def test_noise_has_no_winner(rng):
    scores = pd.DataFrame(rng.normal(size=(12, 3)), columns=list("abc"))
    title = RankingDisplay.from_scores(scores).ax_.get_title(loc="left")
    assert title == "No winner\n0 of 3 pairs are told apart"


@pytest.mark.parametrize(
    ("apart", "runs"),
    [
        ([], [(0, 3)]),
        ([(0, 3)], [(0, 2), (1, 3)]),
        ([(0, 2), (0, 3), (1, 3)], [(0, 1), (1, 2), (2, 3)]),
        ([(0, 1), (0, 2), (0, 3)], [(1, 3)]),
        (list(combinations(range(4), 2)), []),
    ],
)
def test_runs_are_as_long_as_can_be(apart, runs):
    p_values = np.ones((4, 4))
    for i, j in apart:
        p_values[i, j] = p_values[j, i] = 0.01
    assert find_runs(pd.DataFrame(p_values), 0.05) == runs


def test_draws_in_given_axes_and_again_in_new_ones(scores):
    figure, (left, right) = pyplot.subplots(1, 2, layout="constrained")
    display = RankingDisplay.from_scores(scores, ax=right)
    assert display.ax_ is right
    assert display.figure_ is figure
    assert not left.lines
    assert display.plot() is display
    assert display.figure_ is not figure


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: s.to_numpy(), "'scores' parameter"),
        (lambda s: s[:1], "at least two data sets .* got 1 and 3"),
        (lambda s: s[["one"]], "at least two data sets .* got 12 and 1"),
        (lambda s: s.replace(s.iat[2, 1], np.nan), "got .*nan.* for 'good' in 'set 2'"),
        (lambda s: s.astype(object).replace(s.iat[2, 1], "high"), "got 'high' for 'good'"),
        (lambda s: s.rename(columns={"other": "one"}), "the sampler 'one' twice"),
        (lambda s: s.rename(index={"set 3": "set 1"}), "the data set 'set 1' twice"),
    ],
)
def test_bad_input_is_named_and_opens_no_figure(scores, change, message):
    with pytest.raises(ValueError, match=message):
        RankingDisplay.from_scores(change(scores))
    assert pyplot.get_fignums() == []
