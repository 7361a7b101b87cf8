"""What samplers gain, fold by fold and in the mean."""

from numbers import Real
from textwrap import fill

import numpy as np
import pandas as pd
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.plotting._canvas import SYNTHETIC, open_axes, strip_frame

COLUMNS = ["score", "gain", "gain_low", "gain_high", "gain_p", "lead", "lead_p", "seconds"]
BASELINE = "0.35"
SIGNIFICANT = 0.05
TITLE_WIDTH = 75  # characters, as many as the axes are wide


def _price(row):
    """Return the score and, with two digits, the seconds."""
    return "" if np.isnan(row.score) else f"{row.score:.3f} · {float(f'{row.seconds:.2g}'):g} s"


class ComparisonDisplay:
    """Show what each sampler gains over no augmentation, with intervals.

    One line per sampler, the largest gain on top: the mean gain over folds as a marker, filled
    where the adjusted p-value is below 0.05; its interval; the gains of single folds as small
    dots. What has no lead, as baselines, is grey and square. On the right stand the mean score and
    the seconds of a fit. It is recommended to use :meth:`from_summary` to create a display. All
    parameters are stored as attributes.

    Parameters
    ----------
    summary : DataFrame of shape (n_samplers, n_columns)
        What :meth:`skeeg.model_selection.SamplerComparison.summary` returns.

    gains : DataFrame of shape (n_folds, n_samplers), default=None
        Gain of each sampler in each fold. None draws none.

    metric : str, default="score"
        What the score is, as it is to be written beside the axis.

    confidence : float, default=0.95
        Of the intervals in `summary`.

    Attributes
    ----------
    ax_ : matplotlib Axes
        The axes with the gains.

    figure_ : matplotlib Figure
        The figure that holds it.

    See Also
    --------
    skeeg.model_selection.compare_samplers : Makes the comparison.

    Examples
    --------
    >>> import pandas as pd
    >>> from skeeg.plotting import ComparisonDisplay
    >>> summary = pd.DataFrame({
    ...     "score": [0.70, 0.72, 0.75], "gain": [None, 0.02, 0.05],
    ...     "gain_low": [None, -0.01, 0.03], "gain_high": [None, 0.05, 0.07],
    ...     "gain_p": [None, 0.14, 0.01], "lead": [None, None, 0.03],
    ...     "lead_p": [None, None, 0.09], "seconds": [0.1, 0.1, 3.0],
    ... }, index=["none", "SMOTE", "mine"], dtype=float)
    >>> display = ComparisonDisplay.from_summary(summary, metric="balanced accuracy")
    >>> print(display.ax_.get_title(loc="left"))
    Better than no augmentation: mine
    Better than the best classical one: nothing
    """

    def __init__(self, *, summary, gains=None, metric="score", confidence=0.95):
        self.summary = summary
        self.gains = gains
        self.metric = metric
        self.confidence = confidence

    @classmethod
    @validate_params(
        {
            "summary": [pd.DataFrame],
            "gains": [pd.DataFrame, None],
            "metric": [str],
            "confidence": [Interval(Real, 0, 1, closed="neither")],
        },
        prefer_skip_nested_validation=True,
    )
    def from_summary(cls, summary, *, gains=None, metric="score", confidence=0.95, ax=None):
        """Show the summary of a comparison.

        Parameters
        ----------
        summary : DataFrame of shape (n_samplers, n_columns)
            What :meth:`skeeg.model_selection.SamplerComparison.summary` returns.

        gains : DataFrame of shape (n_folds, n_samplers), default=None
            Gain of each sampler in each fold, with the names of `summary`. None draws none.

        metric : str, default="score"
            What the score is, as it is to be written beside the axis.

        confidence : float, default=0.95
            Of the intervals in `summary`.

        ax : matplotlib Axes, default=None
            Axes to draw in. None makes a new figure.

        Returns
        -------
        display : ComparisonDisplay
            The display, drawn.

        Raises
        ------
        ValueError
            If `summary` lacks a column, or `gains` has samplers that `summary` has not.
        """
        missing = [name for name in COLUMNS if name not in summary]
        if missing:
            raise ValueError(f"summary has no column {missing[0]!r}; it needs {COLUMNS}.")
        unknown = [] if gains is None else gains.columns.difference(summary.index).tolist()
        if unknown:
            raise ValueError(f"gains has the sampler {unknown[0]!r}, which summary has not.")
        display = cls(summary=summary, gains=gains, metric=metric, confidence=confidence)
        return display.plot(ax=ax)

    def plot(self, ax=None):
        """Draw the gains.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Axes to draw in. None makes a new figure.

        Returns
        -------
        display : ComparisonDisplay
            The display, with `ax_` and `figure_`.
        """
        others = self.summary[self.summary.index != "none"].sort_values("gain", na_position="first")
        size = 8, 1.7 + 0.42 * len(others)
        self.figure_, self.ax_ = open_axes(ax, size, f"{type(self).__name__}.plot")
        strip_frame(self.ax_)
        self.ax_.axvline(0, color="black", linewidth=0.8)
        for height, (name, row) in enumerate(others.iterrows()):
            self._plot_folds(height, name)
            self._plot_sampler(height, row)
        self._label_axes(others)
        self.ax_.set_title("\n".join(self._state_findings()), loc="left", fontsize="medium")
        return self

    def _plot_folds(self, height, name):
        if self.gains is not None and name in self.gains:
            gains = self.gains[name].dropna()
            self.ax_.plot(gains, np.full(len(gains), height - 0.25), ".", color="0.6", markersize=4)

    def _plot_sampler(self, height, row):
        if np.isnan(row["gain"]):
            self.ax_.annotate("  no score", (0, height), va="center", fontsize="small")
            return
        color, marker = (BASELINE, "s") if np.isnan(row["lead"]) else (SYNTHETIC, "o")
        face = color if row["gain_p"] < SIGNIFICANT else "white"
        self.ax_.plot(row[["gain_low", "gain_high"]], [height, height], color=color, linewidth=2)
        self.ax_.plot(row["gain"], height, marker, color=color, markerfacecolor=face)

    def _label_axes(self, others):
        heights = np.arange(len(others))
        self.ax_.set_yticks(heights, others.index)
        self.ax_.set_ylim(-0.6, len(others) - 0.4)
        dots = "" if self.gains is None else "; dots: folds"
        self.ax_.set_xlabel(
            f"gain in {self.metric} over no augmentation\n"
            f"(mean and {100 * self.confidence:g} % interval; filled: p < {SIGNIFICANT}{dots})"
        )
        right = self.ax_.secondary_yaxis("right")
        right.set_yticks(heights, [_price(row) for row in others.itertuples()])
        right.set_ylabel("mean score · time of a fit")
        right.spines["right"].set_visible(False)
        right.tick_params(length=0)

    def _state_findings(self):
        """Say which samplers gain, and which of them are ahead of what costs nothing."""
        sure = {name: self.summary[f"{name}_p"] < SIGNIFICANT for name in ("gain", "lead")}
        findings = {
            "Better than no augmentation": sure["gain"] & (self.summary["gain"] > 0),
            "Better than the best classical one": sure["lead"] & (self.summary["lead"] > 0),
            "Worse than no augmentation": sure["gain"] & (self.summary["gain"] < 0),
        }
        return [
            fill(f"{finding}: {', '.join(self.summary.index[true]) or 'nothing'}", TITLE_WIDTH)
            for finding, true in findings.items()
            if true.any() or finding.startswith("Better")
        ]
