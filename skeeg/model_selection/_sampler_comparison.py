"""What a comparison of samplers has found."""

from numbers import Real

import pandas as pd
from sklearn.utils._param_validation import Interval, validate_params

from skeeg._holm import adjust_by_holm
from skeeg.model_selection._entrants import BASELINES, CLASSICAL, NONE
from skeeg.model_selection._paired_test import corrected_t_test
from skeeg.model_selection._report_tables import tabulate_comparison, tabulate_evidence
from skeeg.model_selection._verdict import give_verdicts

COLUMNS = ["sampler", "repeat", "fold", "n_train", "n_test", "score", "seconds", "n_synthetic"]


class SamplerComparison:
    """The scores of samplers in all folds, and what they say.

    :func:`compare_samplers` returns it. It holds nothing but the table, so that a table read from
    a file serves as well.

    Parameters
    ----------
    table : DataFrame of shape (n_samplers * n_repeats * n_folds, n_columns)
        One row for each fit: `sampler`, `repeat`, `fold`, `n_train` and `n_test` (rows on both
        sides of the split), `score`, `seconds` (the fit of sampler and estimator) and
        `n_synthetic` (rows added). :func:`compare_samplers` adds `n_real` (rows trained on) and
        `error` (what went wrong, or "").

    metric : str, default="score"
        What the score is, as it is to be written in figures.

    about : About, default=None
        Classes, checks and settings, which :func:`compare_samplers` notes down for the report.

    Attributes
    ----------
    gains : DataFrame of shape (n_repeats * n_folds, n_samplers - 1)
        Score minus that of "none" in the same fold.

    leads : DataFrame of shape (n_repeats * n_folds, n_judged)
        Gains of samplers that are no baselines, minus those of `best_classical`. No column where
        there is none.

    test_share : float
        Test rows per training row, the mean over all fits.

    best_classical : str or None
        Which of "class weights", "random oversampling" and "SMOTE" has the highest mean gain,
        among those that failed in no fold.

    See Also
    --------
    compare_samplers : Makes it.
    skeeg.plotting.ComparisonDisplay : Draws it.

    Notes
    -----
    Intervals and p-values are those of a two-sided paired t-test over the folds of all repeats,
    with the variance corrected for training sets that overlap [1]_ [2]_. The p-values are adjusted
    by Holm's method [3]_ for the number of samplers that are judged; baselines are a family of
    their own. Intervals are not adjusted. The best of three baselines is chosen by the scores that
    it is then compared by, and looks better than it is: leads are judged a little too strictly.

    References
    ----------
    .. [1] C. Nadeau and Y. Bengio, "Inference for the generalization error", Machine Learning 52,
       239-281, 2003. https://doi.org/10.1023/A:1024068626366

    .. [2] R. R. Bouckaert and E. Frank, "Evaluating the replicability of significance tests for
       comparing learning algorithms", PAKDD, LNCS 3056, 3-12, 2004.
       https://doi.org/10.1007/978-3-540-24775-3_3

    .. [3] S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
       Journal of Statistics 6, 65-70, 1979. https://www.jstor.org/stable/4615733

    Examples
    --------
    >>> import pandas as pd
    >>> from skeeg.model_selection import SamplerComparison
    >>> table = pd.DataFrame({
    ...     "sampler": ["none"] * 3 + ["mine"] * 3, "repeat": 0, "fold": [0, 1, 2] * 2,
    ...     "n_train": 200, "n_test": 100, "score": [0.70, 0.72, 0.68, 0.75, 0.76, 0.74],
    ...     "seconds": 0.1, "n_synthetic": [0, 0, 0, 50, 50, 50], "error": "",
    ... })
    >>> summary = SamplerComparison(table).summary()
    >>> summary[["score", "gain", "gain_low", "gain_high", "gain_p"]].round(3)
             score  gain  gain_low  gain_high  gain_p
    sampler
    none      0.70   NaN       NaN        NaN     NaN
    mine      0.75  0.05     0.011      0.089   0.032

    Without a simple method to compare with, a gain alone is no reason to use it:

    >>> SamplerComparison(table).verdict()["verdict"].to_dict()
    {'mine': 'not shown'}
    """

    def __init__(self, table, *, metric="score", about=None):
        missing = [name for name in COLUMNS if name not in table]
        if missing:
            raise ValueError(f"table has no column {missing[0]!r}; it needs {COLUMNS}.")
        if NONE not in set(table["sampler"]):
            raise ValueError(f"table has no sampler {NONE!r}, with which the others are compared.")
        if table.duplicated(["sampler", "repeat", "fold"]).any():
            raise ValueError("table has more than one row for a sampler and a fold.")
        self.table = table
        self.metric = metric
        self.about = about

    def __repr__(self):
        samplers = ", ".join(self._scores().columns)
        return f"<SamplerComparison of {samplers} in {len(self._scores())} folds>"

    def _scores(self):
        """Return the scores: one row for each fold, one column for each sampler."""
        wide = self.table.pivot(index=["repeat", "fold"], columns="sampler", values="score")
        return wide[self.table["sampler"].unique()]

    @property
    def gains(self):
        scores = self._scores()
        return scores.drop(columns=NONE).sub(scores[NONE], axis=0)

    @property
    def best_classical(self):
        means = self.gains.reindex(columns=list(CLASSICAL)).mean(skipna=False)
        return None if means.isna().all() else means.idxmax()

    @property
    def test_share(self):
        return (self.table["n_test"] / self.table["n_train"]).mean()

    @property
    def leads(self):
        if self.best_classical is None:
            return self.gains.iloc[:, :0]
        judged = self.gains.drop(columns=list(BASELINES), errors="ignore")
        return judged.sub(self.gains[self.best_classical], axis=0)

    @validate_params(
        {"self": "no_validation", "confidence": [Interval(Real, 0, 1, closed="neither")]},
        prefer_skip_nested_validation=True,
    )
    def summary(self, *, confidence=0.95):
        """Say for each sampler what it gains, how sure that is, and what it costs.

        Parameters
        ----------
        confidence : float, default=0.95
            Of the intervals, each by itself.

        Returns
        -------
        summary : DataFrame of shape (n_samplers, 12)
            Indexed by sampler: the mean `score`; the mean `gain` over "none" in the same fold,
            its interval from `gain_low` to `gain_high`, and `gain_p`; the same for the `lead` over
            `best_classical`, of samplers that are no baselines; the mean `seconds` of a fit; the
            mean `n_synthetic`; and in how many folds there is no score, `n_failed`. These folds
            are left out of the means.
        """
        by_sampler = self.table.groupby("sampler", sort=False)
        means = by_sampler[["score", "seconds", "n_synthetic"]].mean().astype(float)
        return pd.concat(
            [
                means["score"],
                self._test("gain", self.gains, confidence),
                self._test("lead", self.leads, confidence),
                means[["seconds", "n_synthetic"]],
                self._scores().isna().sum().rename("n_failed"),
            ],
            axis=1,
        )

    def _test(self, name, differences, confidence):
        """Return a row of the test of each column; samplers and baselines are two families."""
        tests = [
            corrected_t_test(differences[column], self.test_share, confidence)
            for column in differences
        ]
        columns = [name, f"{name}_low", f"{name}_high", f"{name}_p"]
        tested = pd.DataFrame(tests, index=differences.columns, columns=columns)
        families = tested.groupby(tested.index.isin(BASELINES))[f"{name}_p"]
        return tested.assign(**{f"{name}_p": families.transform(adjust_by_holm)})

    @validate_params(
        {
            "self": "no_validation",
            "worthwhile": [Interval(Real, 0, None, closed="left")],
            "confidence": [Interval(Real, 0, 1, closed="neither")],
        },
        prefer_skip_nested_validation=True,
    )
    def verdict(self, *, worthwhile=0.01, confidence=0.95):
        """Say in plain words whether to use a sampler, by rules that are fixed beforehand.

        The rules are tried in this order, and the first that holds decides. With p, the adjusted
        p-values of :meth:`summary` are below 1 minus `confidence`.

        1. "not shown": the sampler has failed in a fold, or there is one fold only.
        2. "don't": the score falls, with p.
        3. "don't": the whole interval of the gain is below `worthwhile`. This is evidence of no
           gain.
        4. "a simpler method does as well": the whole interval of the lead is below `worthwhile`.
        5. "a simpler method does as well": rule 6 would hold, but also for a sampler that takes at
           most half the time and is not shown to score less.
        6. "use it": gain and lead are above 0, both with p.
        7. "a simpler method does as well": the gain is above 0, with p, but no lead is shown, and
           the best classical one scores as high in the mean or has a gain above 0, with p.
        8. "not shown": there is not enough evidence, neither for a gain nor against one.

        Parameters
        ----------
        worthwhile : float, default=0.01
            The smallest difference of scores that is worth having.

        confidence : float, default=0.95
            Of the intervals, each by itself.

        Returns
        -------
        verdicts : DataFrame of shape (n_judged, 3)
            Indexed by sampler, without the baselines: the `verdict`; the `reason`, a sentence with
            the figures; and how many repeats in all would tell what is not known, if means and
            spreads stay, `repeats_needed`. It is missing where no number would: repeats bring no
            new recordings.
        """
        return give_verdicts(self, worthwhile=worthwhile, confidence=confidence)

    def plot(self, ax=None):
        """Draw the gains with their intervals.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Axes to draw in. None makes a new figure.

        Returns
        -------
        display : ComparisonDisplay
            The display, drawn.
        """
        from skeeg.plotting import ComparisonDisplay

        return ComparisonDisplay.from_summary(
            self.summary(), gains=self.gains, metric=self.metric, ax=ax
        )

    def to_html(self, path=None, *, evidence=None, worthwhile=0.01, confidence=0.95):
        """Write a page that shows what was found, in one file that needs no network.

        Parameters
        ----------
        path : str or path, default=None
            File to write, whole or not at all. None writes none.

        evidence : Evidence, default=None
            Fidelity, privacy and samples of the same samplers, from :func:`sampler_evidence`, to
            be shown as well.

        worthwhile : float, default=0.01
            The smallest difference of scores that is worth having; see :meth:`verdict`.

        confidence : float, default=0.95
            Of the intervals, each by itself.

        Returns
        -------
        page : str
            The page.

        Raises
        ------
        FileNotFoundError
            If the folder of `path` does not exist.

        ImportError
            If matplotlib is missing: it comes with ``pip install 'skeeg[plot]'``.
        """
        from skeeg.plotting._report import write_report

        return write_report(
            path,
            comparison=tabulate_comparison(self, worthwhile=worthwhile, confidence=confidence),
            evidence=evidence and tabulate_evidence(evidence),
        )
