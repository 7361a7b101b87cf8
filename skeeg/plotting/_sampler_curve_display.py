"""What samplers are worth with few real rows and with many."""

import numpy as np
import pandas as pd
from sklearn.utils._param_validation import validate_params

from skeeg.plotting._canvas import open_axes, strip_frame

COLUMNS = ["score", "gain", "gain_low", "gain_high", "gain_p", "lead"]
NONE = "none"
SIGNIFICANT = 0.05
# Of the palette of Okabe and Ito, and markers, so that no line is known by its colour alone.
COLORS = ["#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
MARKERS = "oDv^P*"
GREY_MARKERS = "sxd"


class SamplerCurveDisplay:
    """Show the scores of samplers over the number of real rows that they are trained on.

    One line per sampler, the mean over folds, with the interval of its gain over no augmentation
    as a bar. No augmentation is black, and what has no lead, as other baselines, is grey. Where the
    score with all real rows is given, it is a dashed line: what the missing real rows would bring.
    It is recommended to use :meth:`from_summaries` to create a display. All parameters are stored
    as attributes.

    Parameters
    ----------
    summaries : dict of int to DataFrame
        What :meth:`skeeg.model_selection.SamplerComparison.summary` returns, for each number of
        real rows.

    full : DataFrame, default=None
        The summary with all real rows. None draws no line for it.

    metric : str, default="score"
        What the score is, as it is to be written beside the axis.

    rows : str, default="real rows of a class"
        What was counted, as it is to be written below the axis.

    Attributes
    ----------
    equivalent_rows : DataFrame of shape (n_numbers, n_samplers)
        The number of real rows with which no augmentation has the mean score of a sampler, from
        straight lines over the logarithm of the number; infinite where none of them has, and the
        smallest number where all have more.

    ax_ : matplotlib Axes
        The axes with the curves.

    figure_ : matplotlib Figure
        The figure that holds it.

    See Also
    --------
    ComparisonDisplay : One number of rows, with the gains of single folds.
    skeeg.model_selection.compare_samplers : Makes the comparisons; see its `train_rows`.

    Examples
    --------
    >>> import pandas as pd
    >>> from skeeg.plotting import SamplerCurveDisplay
    >>> def summary(none, mine):
    ...     gain = mine - none
    ...     return pd.DataFrame({
    ...         "score": [none, mine], "gain": [None, gain], "gain_low": [None, gain - 0.02],
    ...         "gain_high": [None, gain + 0.02], "gain_p": [None, 0.01], "lead": [None, gain],
    ...     }, index=["none", "mine"], dtype=float)
    >>> display = SamplerCurveDisplay.from_summaries(
    ...     {10: summary(0.6, 0.7), 40: summary(0.8, 0.83)}, metric="balanced accuracy"
    ... )
    >>> display.equivalent_rows.round()
        mine
    10  20.0
    40   inf
    >>> print(display.ax_.get_title(loc="left"))
    mine with 10 real rows scores as 20 real rows alone
    """

    def __init__(self, *, summaries, full=None, metric="score", rows="real rows of a class"):
        self.summaries = summaries
        self.full = full
        self.metric = metric
        self.rows = rows

    @classmethod
    @validate_params(
        {
            "summaries": [dict],
            "full": [pd.DataFrame, None],
            "metric": [str],
            "rows": [str],
        },
        prefer_skip_nested_validation=True,
    )
    def from_summaries(
        cls, summaries, *, full=None, metric="score", rows="real rows of a class", ax=None
    ):
        """Show the summaries of comparisons that differ in the number of real rows.

        Parameters
        ----------
        summaries : dict of int to DataFrame
            What :meth:`skeeg.model_selection.SamplerComparison.summary` returns, for each number
            of real rows, two of them at least, with the same samplers.

        full : DataFrame, default=None
            The summary with all real rows. None draws no line for it.

        metric : str, default="score"
            What the score is, as it is to be written beside the axis.

        rows : str, default="real rows of a class"
            What was counted, as it is to be written below the axis.

        ax : matplotlib Axes, default=None
            Axes to draw in. None makes a new figure.

        Returns
        -------
        display : SamplerCurveDisplay
            The display, drawn.

        Raises
        ------
        ValueError
            If there are fewer than two summaries, a number is not positive, or a summary lacks a
            column or has other samplers than the first.
        """
        if len(summaries) < 2:
            raise ValueError(f"A curve needs two summaries or more; got {len(summaries)}.")
        for n_rows, summary in summaries.items():
            _check_summary(n_rows, summary, list(next(iter(summaries.values())).index))
        if full is not None and NONE not in full.index:
            raise ValueError(f"full has no sampler {NONE!r}; it has {list(full.index)}.")
        summaries = dict(sorted(summaries.items()))
        return cls(summaries=summaries, full=full, metric=metric, rows=rows).plot(ax=ax)

    def _collect(self, column):
        """Return a table of one column of the summaries, a row for each number of real rows."""
        return pd.DataFrame({n: summary[column] for n, summary in self.summaries.items()}).T

    @property
    def equivalent_rows(self):
        scores = self._collect("score")
        # a score that falls with more rows must not make two numbers of rows equivalent
        alone = scores.pop(NONE).cummax()
        numbers = np.log(scores.index.to_numpy(float))
        found = np.exp([np.interp(row, alone, numbers) for row in scores.to_numpy()])
        return pd.DataFrame(found, scores.index, scores.columns).where(
            scores.le(alone.iloc[-1]) | scores.isna(), np.inf
        )

    def plot(self, ax=None):
        """Draw the curves.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Axes to draw in. None makes a new figure.

        Returns
        -------
        display : SamplerCurveDisplay
            The display, with `ax_` and `figure_`.
        """
        self.figure_, self.ax_ = open_axes(ax, (8, 5), f"{type(self).__name__}.plot")
        strip_frame(self.ax_)
        scores = self._collect("score")
        for place, (name, style) in enumerate(self._choose_styles().items()):
            self._plot_sampler(name, scores[name], style, place / (scores.shape[1] - 1 or 1) - 0.5)
        if self.full is not None:
            self._plot_ceiling(self.full.loc[NONE, "score"])
        self._label_axes(scores.index)
        self.ax_.set_title("\n".join(self._state_findings()), loc="left", fontsize="medium")
        return self

    def _choose_styles(self):
        """Return colour and marker of each sampler; baselines are those without a lead."""
        leads = self._collect("lead").notna().any()
        judged = [name for name in leads.index if leads[name]]
        plain = [name for name in leads.index if not leads[name] and name != NONE]
        styles = {NONE: {"color": "black", "marker": ".", "linewidth": 2.2}}
        for place, name in enumerate(plain):
            styles[name] = {"color": "0.55", "marker": GREY_MARKERS[place % len(GREY_MARKERS)]}
        for place, name in enumerate(judged):
            chosen = place % len(COLORS)
            styles[name] = {"color": COLORS[chosen], "marker": MARKERS[chosen]}
            # more samplers than colours: the second time round they are dashed
            styles[name]["linestyle"] = "--" if place >= len(COLORS) else "-"
        return styles

    def _plot_sampler(self, name, scores, style, place):
        # a little apart, so that bars do not hide each other
        numbers = scores.index.to_numpy(float)
        numbers = numbers * (numbers[-1] / numbers[0]) ** (0.03 * place)
        self.ax_.plot(numbers, scores, label=name, **style)
        if name == NONE:
            return
        alone = self._collect("score")[NONE]
        bars = [alone + self._collect(column)[name] for column in ("gain_low", "gain_high")]
        self.ax_.vlines(numbers, *bars, color=style["color"], linewidth=1, alpha=0.6)

    def _plot_ceiling(self, score):
        self.ax_.axhline(score, color="black", linewidth=1, linestyle=(0, (6, 4)))
        self.ax_.annotate(
            f"no augmentation, all real rows: {score:.3f}",
            (0, score),
            (2, 3),
            xycoords=("axes fraction", "data"),
            textcoords="offset points",
            fontsize="small",
        )

    def _label_axes(self, numbers):
        self.ax_.set_xscale("log")
        self.ax_.set_xticks(numbers, [str(number) for number in numbers])
        self.ax_.set_xticks([], minor=True)
        self.ax_.set_xlabel(self.rows)
        self.ax_.set_ylabel(f"{self.metric}\n(mean; bars: interval of the gain over none)")
        self.ax_.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), frameon=False)

    def _state_findings(self):
        """Say how many real rows the best sure sampler stands for where rows are fewest."""
        n_rows, fewest = next(iter(self.summaries.items()))
        sure = fewest[(fewest["gain_p"] < SIGNIFICANT) & (fewest["gain"] > 0)]
        if sure.empty:
            return [f"With {n_rows} real rows, nothing is better than no augmentation"]
        name = sure["gain"].idxmax()
        worth = self.equivalent_rows.loc[n_rows, name]
        shown = f"more than {max(self.summaries)}" if np.isinf(worth) else f"{worth:.0f}"
        return [f"{name} with {n_rows} real rows scores as {shown} real rows alone"]


def _check_summary(n_rows, summary, samplers):
    if not n_rows > 0:
        raise ValueError(f"The numbers of rows must be positive; got {n_rows!r}.")
    missing = [name for name in COLUMNS if name not in summary]
    if missing:
        raise ValueError(
            f"The summary of {n_rows} rows has no column {missing[0]!r}; it needs {COLUMNS}."
        )
    if NONE not in summary.index:
        raise ValueError(f"The summary of {n_rows} rows has no sampler {NONE!r}.")
    if list(summary.index) != samplers:
        raise ValueError(
            f"The summary of {n_rows} rows has the samplers {list(summary.index)}, "
            f"the first has {samplers}."
        )
