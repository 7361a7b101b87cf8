"""Drawings that take their colours from the page: dark on light, light on dark, black in print."""

import re
from io import StringIO

import numpy as np
from markupsafe import Markup
from sklearn.utils._optional_dependencies import check_matplotlib_support

from skeeg.plotting._canvas import REAL, SYNTHETIC, new_rows, strip_frame
from skeeg.plotting._comparison_display import ComparisonDisplay
from skeeg.plotting._report_blocks import Figure
from skeeg.plotting._signal_display import SignalDisplay
from skeeg.plotting._spectrum_display import SpectrumDisplay

STYLE = {
    "svg.fonttype": "none",  # text stays text: it can be searched, read aloud, and recoloured
    "text.parse_math": False,  # names may hold dollars
    "savefig.transparent": True,
    "font.family": ["DejaVu Sans"],
    "path.simplify_threshold": 0.3,
}
# By the colours of displays, as matplotlib writes them.
THEME = {
    "#000000": "currentColor",
    "#ffffff": "var(--paper)",
    "#595959": "var(--muted)",
    "#999999": "var(--muted)",
    "#d9d9d9": "var(--floor)",
    REAL.lower(): "var(--real)",
    SYNTHETIC.lower(): "var(--synthetic)",
}
POINTS_PER_REM = 12
MANY_POINTS = 20_000


def _draw(heights, plot, *, alt, caption, width=8.0):
    """Let a function plot in new axes, one for each height, and return the drawing."""
    check_matplotlib_support("A report")
    from matplotlib import rc_context

    with rc_context(STYLE | {"svg.hashsalt": alt}):
        figure, axes = new_rows(heights, width=width)
        plot(*axes)
        svg = StringIO()
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
    return Figure(_recolour(svg.getvalue()), alt, caption, width * 72 / POINTS_PER_REM)


def _recolour(svg):
    """Return what is to stand in a page, with colours of its own theme and no ids but used ones."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<style.*?</style>|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)
    svg = re.sub(r"font-family: [^;\"]*", "font-family: inherit", svg)
    return Markup(re.sub(": (" + "|".join(THEME) + ")", lambda m: f": {THEME[m[1]]}", svg))


def draw_gains(summary, gains, metric, confidence):
    """Draw what samplers gain."""

    def plot(ax):
        ComparisonDisplay.from_summary(
            summary, gains=gains, metric=metric, confidence=confidence, ax=ax
        )

    gained = "; ".join(
        f"{name} {row.gain:+.3f}" for name, row in summary.iterrows() if name != "none"
    )
    return _draw(
        [1.7 + 0.42 * (len(summary) - 1)],
        plot,
        alt=f"Mean gains in {metric} over no augmentation: {gained}.",
        caption="What each sampler gains over no augmentation, on the same folds.",
    )


def draw_beside_floors(panels):
    """Draw areas under curves of synthetic rows beside those of real ones.

    Parameters
    ----------
    panels : dict of str to DataFrame
        By the question that a panel answers: `synthetic` and `floor` of each sampler.
    """
    alt = " ".join(
        f"{question} "
        + "; ".join(
            f"{name} {row.synthetic:.2f}, real rows {row.floor:.2f}"
            for name, row in table.iterrows()
        )
        + "."
        for question, table in panels.items()
    )

    def plot(*axes):
        for ax, (question, table) in zip(axes, panels.items(), strict=True):
            _plot_beside_floors(ax, question, table[::-1])

    return _draw(
        [1.3 + 0.36 * len(table) for table in panels.values()],
        plot,
        alt=alt,
        caption="Areas under the ROC curve, the mean over classes. 0.5 is a coin toss, 1 is never "
        "wrong. The grey bars are where real rows are that have nothing to do with the training.",
    )


def _plot_beside_floors(ax, question, table):
    strip_frame(ax)
    heights = range(len(table))
    ax.hlines(heights, table["floor"], table["synthetic"], color=SYNTHETIC, linewidth=1.5)
    ax.plot(table["floor"], heights, "|", color="0.6", markersize=16, markeredgewidth=5)
    ax.plot(table["synthetic"], heights, "o", color=SYNTHETIC)
    ax.axvline(0.5, color="black", linewidth=0.8)
    ax.set_yticks(heights, table.index)
    ax.set_ylim(-0.6, len(table) - 0.4)
    lowest = min(0.45, table[["synthetic", "floor"]].min(axis=None) - 0.02)
    ax.set_xlim(lowest, 1.02)
    ax.set_title(question, loc="left", fontsize="medium")


def _name_classes(y):
    return [f"class {label}" for label in np.unique(y)]


def draw_signals(samples, sampling_rate, name):
    """Draw real windows beside synthetic ones, and their spectra."""
    n_classes = len(set(samples[3]))
    n_channels = samples[0].shape[1]
    heights = [0.5 + n_classes * max(1.4, 0.22 * n_channels)]
    options = {"sampling_rate": sampling_rate, "display_labels": _name_classes(samples[1])}

    def plot(ax):
        display = SignalDisplay.from_samples(
            *samples, n_windows=2, random_state=0, ax=ax, **options
        )
        for panel in display.ax_.flat:
            for line in panel.lines:
                line.set_rasterized(display.real.size > MANY_POINTS)

    return _draw(
        heights,
        plot,
        alt=f"Real windows on the left and windows of {name} on the right, class by class.",
        caption="Windows drawn at random: two real ones of each class on the left, two synthetic "
        "ones on the right, on the same scale. A few good ones are easily found.",
        width=9.0,
    )


def draw_spectra(samples, groups, sampling_rate, band, name):
    """Draw spectra beside what real halves differ by."""
    n_classes = len(set(samples[3]))
    options = {
        "sampling_rate": sampling_rate,
        "band": band,
        "display_labels": _name_classes(samples[1]),
    }

    def plot(ax):
        SpectrumDisplay.from_samples(*samples, groups=groups, random_state=0, ax=ax, **options)

    return _draw(
        [4.3],
        plot,
        alt=f"Spectra of real windows and of windows of {name}, class by class, and their gap.",
        caption="Mean spectra above, synthetic minus real below. Inside the grey band a difference "
        "is no larger than that of two halves of the real rows.",
        width=max(4.5, 1 + 2.8 * n_classes),
    )
