"""Which samplers are ahead over several data sets, and which cannot be told apart."""

from numbers import Real

import numpy as np
import pandas as pd
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.plotting._canvas import SYNTHETIC, open_axes, strip_frame
from skeeg.plotting._ranks import compare_pairs, count_needed, find_runs, rank_samplers


class RankingDisplay:
    """Rank samplers over data sets, and join those that cannot be told apart.

    One line per sampler, the best on top: its ranks in the data sets as dots, the larger the more
    data sets there are, and the mean as a marker. On the right, bars join samplers of which no two
    are told apart by a Wilcoxon signed-rank test, adjusted by Holm's method [1]_ [2]_. It is
    recommended to use :meth:`from_scores` to create a display. All parameters are stored as
    attributes.

    Parameters
    ----------
    ranks : DataFrame of shape (n_datasets, n_samplers)
        Rank of each sampler in each data set; 1 is best.

    p_values : DataFrame of shape (n_samplers, n_samplers)
        Adjusted p-values of all pairs.

    significance : float, default=0.05
        Pairs with a p-value below this are told apart.

    Attributes
    ----------
    ax_ : matplotlib Axes
        The axes with the ranks.

    figure_ : matplotlib Figure
        The figure that holds it.

    See Also
    --------
    ComparisonDisplay : What samplers gain in one data set.
    skeeg.model_selection.compare_samplers : Where scores come from.

    Notes
    -----
    Data sets are the trials: folds of one of them tell nothing about others. With n data sets the
    smallest p-value of a pair is 2 / 2^n, times the number of pairs. So five data sets tell
    nothing at all at 0.05, nor do seven where there are four samplers; the title says so. Wilcoxon
    tests are preferred to Nemenyi's because whether two samplers are told apart then does not
    depend on which others take part in the ranking [2]_, but for the number of pairs. They weigh
    differences by their size, and ranks do not: where the two disagree on who is ahead, as with
    many small wins and few large losses, the pair is not told apart.

    References
    ----------
    .. [1] J. Demšar, "Statistical comparisons of classifiers over multiple data sets", Journal of
       Machine Learning Research 7, 1-30, 2006. https://www.jmlr.org/papers/v7/demsar06a.html

    .. [2] A. Benavoli, G. Corani and F. Mangili, "Should we really use post-hoc tests based on
       mean-ranks?", Journal of Machine Learning Research 17(5), 1-10, 2016.
       https://www.jmlr.org/papers/v17/benavoli16a.html

    Examples
    --------
    >>> import pandas as pd
    >>> from skeeg.plotting import RankingDisplay
    >>> scores = pd.DataFrame({
    ...     "none": [0.70, 0.81, 0.65], "SMOTE": [0.74, 0.83, 0.66], "mine": [0.75, 0.84, 0.71],
    ... }, index=["Bonn", "EEGMAT", "OSDB"])
    >>> display = RankingDisplay.from_scores(scores)
    >>> print(display.ax_.get_title(loc="left"))
    3 data sets cannot tell 3 samplers apart, whatever the scores
    (it takes 7 at least for p < 0.05)
    """

    def __init__(self, *, ranks, p_values, significance=0.05):
        self.ranks = ranks
        self.p_values = p_values
        self.significance = significance

    @classmethod
    @validate_params(
        {
            "scores": [pd.DataFrame],
            "higher_is_better": ["boolean"],
            "significance": [Interval(Real, 0, 1, closed="neither")],
        },
        prefer_skip_nested_validation=True,
    )
    def from_scores(cls, scores, *, higher_is_better=True, significance=0.05, ax=None):
        """Rank the scores of samplers in several data sets, test all pairs, and show them.

        Parameters
        ----------
        scores : DataFrame of shape (n_datasets, n_samplers)
            One score for each data set and sampler, such as the column `score` of
            :meth:`skeeg.model_selection.SamplerComparison.summary`.

        higher_is_better : bool, default=True
            Whether the highest score of a data set has the rank 1, or the lowest.

        significance : float, default=0.05
            Pairs with a p-value below this are told apart.

        ax : matplotlib Axes, default=None
            Axes to draw in. None makes a new figure.

        Returns
        -------
        display : RankingDisplay
            The display, drawn.

        Raises
        ------
        ValueError
            If there are fewer than two data sets or samplers, a name is there twice, or a score
            is missing or no number.
        """
        scores = _check_scores(scores)
        display = cls(
            ranks=rank_samplers(scores, higher_is_better),
            p_values=compare_pairs(scores),
            significance=significance,
        )
        return display.plot(ax=ax)

    def plot(self, ax=None):
        """Draw the ranks.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Axes to draw in. None makes a new figure.

        Returns
        -------
        display : RankingDisplay
            The display, with `ax_` and `figure_`.
        """
        means = self.ranks.mean().sort_values(kind="stable")
        size = 8, 1.6 + 0.4 * len(means)
        self.figure_, self.ax_ = open_axes(ax, size, f"{type(self).__name__}.plot")
        strip_frame(self.ax_)
        for height, (name, mean) in enumerate(means.items()):
            ranks, counts = np.unique(self.ranks[name], return_counts=True)
            dots = np.full(len(ranks), height + 0.25)
            self.ax_.scatter(ranks, dots, s=8 * counts, color="0.6", linewidth=0)
            self.ax_.plot(mean, height, "o", color=SYNTHETIC)
        self._join(self.p_values.loc[means.index, means.index])
        self._label_axes(means)
        return self

    def _join(self, p_values):
        """Draw a bar beside each run of samplers that cannot be told apart."""
        for i, (first, last) in enumerate(find_runs(p_values, self.significance)):
            self.ax_.plot(
                [1.03 + 0.025 * i] * 2,
                [first - 0.2, last + 0.2],
                color="black",
                linewidth=3,
                solid_capstyle="butt",
                transform=self.ax_.get_yaxis_transform(),
                clip_on=False,
            )

    def _label_axes(self, means):
        self.ax_.set_yticks(
            np.arange(len(means)), [f"{n}  {mean:.2f}" for n, mean in means.items()]
        )
        self.ax_.set_ylim(len(means) - 0.4, -0.6)
        self.ax_.set_xlim(0.8, len(means) + 0.2)
        self.ax_.set_xticks(np.arange(1, len(means) + 1))
        self.ax_.set_xlabel(
            f"rank among {len(means)} samplers, 1 is best (mean; dots: data sets)\n"
            f"bars on the right join what is not told apart at p < {self.significance:g}"
        )
        self.ax_.set_title(self._state_finding(means.index), loc="left", fontsize="medium")

    def _state_finding(self, names):
        n_datasets, n_samplers = self.ranks.shape
        needed = count_needed(n_samplers, self.significance)
        if n_datasets < needed:
            return (
                f"{n_datasets} data sets cannot tell {n_samplers} samplers apart, whatever the "
                f"scores\n(it takes {needed} at least for p < {self.significance:g})"
            )
        apart = self.p_values.loc[names, names] < self.significance
        beaten = names[apart.loc[names[0]]]
        n_apart = int(apart.to_numpy().sum()) // 2
        others = "all others" if len(beaten) == n_samplers - 1 else ", ".join(beaten)
        lead = f"Better than {others}: {names[0]}" if len(beaten) else "No winner"
        return f"{lead}\n{n_apart} of {n_samplers * (n_samplers - 1) // 2} pairs are told apart"


def _check_scores(scores):
    """Return the scores as numbers; raise if there are too few, or one is none."""
    if min(scores.shape) < 2:
        raise ValueError(
            "scores needs at least two data sets (rows) and two samplers (columns); got "
            f"{scores.shape[0]} and {scores.shape[1]}."
        )
    for axis, name in ((scores.index, "data set"), (scores.columns, "sampler")):
        if axis.has_duplicates:
            raise ValueError(f"scores has the {name} {axis[axis.duplicated()][0]!r} twice.")
    numbers = scores.apply(pd.to_numeric, errors="coerce")
    missing = np.argwhere(~np.isfinite(numbers.to_numpy(dtype=float)))
    if len(missing):
        row, column = missing[0]
        raise ValueError(
            f"scores must be finite numbers; got {scores.iat[row, column]!r} for "
            f"{scores.columns[column]!r} in {scores.index[row]!r}. Leave out such a sampler or "
            "data set."
        )
    return numbers
