"""SamplerComparison: gains are paired by fold, and the summary is that of the tests."""

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import betainc
from scipy.stats import ttest_rel

from skeeg._holm import adjust_by_holm
from skeeg.model_selection import SamplerComparison

NAMES = ["none", "class weights", "random oversampling", "SMOTE", "mine", "other"]
SHARE = 0.25


@pytest.fixture
def table(rng):
    """Six samplers in ten folds; SMOTE is the best of the baselines and "mine" beats it."""
    index = pd.MultiIndex.from_product(
        [NAMES, [0, 1], range(5)], names=["sampler", "repeat", "fold"]
    )
    table = index.to_frame(index=False)
    effect = dict(zip(NAMES, (0, 0.02, 0.01, 0.05, 0.15, -0.1), strict=True))
    noise = rng.normal(0, 0.02, size=len(table)) + np.tile(rng.normal(0, 0.1, size=10), 6)
    return table.assign(
        n_train=80,
        n_test=20,
        score=0.7 + table["sampler"].map(effect) + noise,
        seconds=np.arange(60.0),
        n_synthetic=pd.array(np.repeat([0, 0, 40, 40, 40, 40], 10), dtype="Int64"),
        error="",
    )


def scores(table, name):
    return table.query("sampler == @name")["score"].to_numpy()


def ttest_p(statistic, n=10):
    """P-value of a t statistic of n values, as an incomplete beta function."""
    return betainc((n - 1) / 2, 0.5, (n - 1) / (n - 1 + statistic**2))


def test_gains_are_paired_whatever_the_order_of_the_rows(table, rng):
    shuffled = table.sample(frac=1, random_state=np.random.RandomState(0))
    gains = SamplerComparison(shuffled).gains
    assert_allclose(gains["mine"], scores(table, "mine") - scores(table, "none"))
    assert "none" not in gains


def test_the_summary_is_that_of_scipy_with_the_correction(table):
    summary = SamplerComparison(table).summary()
    factor = np.sqrt(1 + 10 * SHARE)
    expected = {name: ttest_rel(scores(table, name), scores(table, "none")) for name in NAMES[1:]}
    raw = []
    for name, result in expected.items():
        gain = summary.loc[name, "gain"]
        low, high = result.confidence_interval()
        assert_allclose(gain, (low + high) / 2)
        assert_allclose(summary.loc[name, "gain_low"], gain - factor * (gain - low))
        assert_allclose(summary.loc[name, "gain_high"], gain + factor * (high - gain))
        raw.append(ttest_p(result.statistic / factor))
    assert_allclose(summary["gain_p"][1:], [*adjust_by_holm(raw[:3]), *adjust_by_holm(raw[3:])])


def test_the_bar_is_the_best_classical_one(table):
    comparison = SamplerComparison(table)
    assert comparison.best_classical == "SMOTE"
    summary = comparison.summary()
    lead = scores(table, "mine") - scores(table, "SMOTE")
    assert_allclose(summary.loc["mine", "lead"], lead.mean())
    assert summary["lead"].notna().sum() == 2
    pairs = [ttest_rel(scores(table, name), scores(table, "SMOTE")) for name in ("mine", "other")]
    raw = [ttest_p(pair.statistic / np.sqrt(1 + 10 * SHARE)) for pair in pairs]
    assert_allclose(summary.loc[["mine", "other"], "lead_p"], adjust_by_holm(raw))


def test_a_baseline_that_failed_somewhere_is_no_bar(table):
    table.loc[(table["sampler"] == "SMOTE") & (table["fold"] == 0), "score"] = np.nan
    assert SamplerComparison(table).best_classical == "class weights"


def test_without_baselines_there_is_no_lead(table):
    table = table[table["sampler"].isin(["none", "mine"])]
    comparison = SamplerComparison(table)
    assert comparison.best_classical is None
    summary = comparison.summary()
    assert summary[["lead", "lead_low", "lead_high", "lead_p"]].isna().all(axis=None)
    assert summary.loc["mine", "gain_p"] < 0.05


def test_folds_that_failed_are_left_out_and_counted(table):
    failed = (table["sampler"] == "mine") & (table["fold"] == 2)
    table.loc[failed, ["score", "seconds", "n_synthetic"]] = np.nan
    summary = SamplerComparison(table).summary()
    assert summary["n_failed"].tolist() == [0, 0, 0, 0, 2, 0]
    kept = table["fold"] != 2
    expected = SamplerComparison(table[kept]).summary()
    assert_allclose(summary.loc["mine", "gain"], expected.loc["mine", "gain"])
    assert_allclose(summary.loc["mine", "gain_low"], expected.loc["mine", "gain_low"])


def test_costs_are_means(table):
    summary = SamplerComparison(table).summary()
    assert summary.loc["mine", "seconds"] == 44.5
    assert summary["n_synthetic"].tolist() == [0, 0, 40, 40, 40, 40]
    assert_allclose(summary.loc["none", "score"], scores(table, "none").mean())


def test_more_confidence_is_wider_and_leaves_p_alone(table):
    comparison = SamplerComparison(table)
    narrow, wide = (comparison.summary(confidence=level) for level in (0.8, 0.99))
    assert (wide["gain_low"].dropna() < narrow["gain_low"].dropna()).all()
    assert_array_equal(wide["gain_p"], narrow["gain_p"])


def test_one_fold_has_gains_and_no_intervals(table):
    one = SamplerComparison(table.query("repeat == 0 and fold == 0")).summary()
    assert one["gain"].notna().sum() == 5
    assert one[["gain_low", "gain_p", "lead_p"]].isna().all(axis=None)


def test_a_table_survives_a_file(table, tmp_path):
    table.to_csv(tmp_path / "table.csv", index=False)
    read = pd.read_csv(tmp_path / "table.csv")
    expected = SamplerComparison(table).summary()
    pd.testing.assert_frame_equal(SamplerComparison(read).summary(), expected)


def test_the_repr_names_the_samplers(table):
    assert repr(SamplerComparison(table)).endswith("SMOTE, mine, other in 10 folds>")


def test_the_plot_shows_the_summary(table):
    comparison = SamplerComparison(table, metric="balanced accuracy")
    display = comparison.plot()
    pd.testing.assert_frame_equal(display.summary, comparison.summary())
    assert "gain in balanced accuracy" in display.ax_.get_xlabel()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop(columns="fold"), "table has no column 'fold'; it needs"),
        (lambda table: table[table["sampler"] != "none"], "table has no sampler 'none'"),
        (lambda table: pd.concat([table, table]), "more than one row for a sampler and a fold"),
    ],
)
def test_tables_that_are_none_are_refused(table, change, message):
    with pytest.raises(ValueError, match=message):
        SamplerComparison(change(table))


@pytest.mark.parametrize("confidence", [0, 1, "high"])
def test_confidence_is_validated(table, confidence):
    with pytest.raises(ValueError, match="'confidence' parameter"):
        SamplerComparison(table).summary(confidence=confidence)
