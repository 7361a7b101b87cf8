"""Losses, distance and learning rate over a training."""

from itertools import cycle

import pandas as pd
from sklearn.utils._param_validation import validate_params

from skeeg.plotting._canvas import REAL, SYNTHETIC, open_canvas, strip_frame

STEADY = 0.05  # relative change from one fifth of a training to the next


def _split_by_label(history):
    """Return the history of each training by the name of its class, or of the only one by ""."""
    if "label" not in history:
        return {"": history}
    return {str(label): one for label, one in history.groupby("label", sort=False)}


def _loss_columns(history):
    return [name for name in history if str(name).endswith("_loss")]


def _plot_losses(panel, training):
    """Draw each loss and its running mean; return what the title says."""
    names = _loss_columns(training)
    styles = zip(cycle([REAL, SYNTHETIC]), cycle(["-", "--"]), names, strict=False)
    n_smoothed = 2 * (len(training) // 40) + 1  # odd: a curve with one of them in its middle
    for color, linestyle, name in styles:
        panel.plot(training["iteration"], training[name], color=color, linewidth=0.5, alpha=0.4)
        smooth = training[name].rolling(n_smoothed, center=True, min_periods=1).mean()
        label = name.removesuffix("_loss").replace("_", " ")
        panel.plot(training["iteration"], smooth, color=color, linestyle=linestyle, label=label)
    panel.legend(fontsize="small", frameon=False)
    if "valid_loss" in names:
        return _state_lowest(training, "valid_loss", "Loss on rows kept out")
    return _state_change(training[names[0]].to_numpy(), names[0].replace("_", " ").capitalize())


def _plot_distance(panel, training):
    """Draw the distance from held-out signals and mark the shortest."""
    measured = training.dropna(subset="validation_distance")
    panel.plot("iteration", "validation_distance", ".-", color=SYNTHETIC, data=measured)
    best = measured.nsmallest(1, "validation_distance")
    circle = {"color": "black", "markerfacecolor": "none", "markersize": 10}
    panel.plot("iteration", "validation_distance", "o", **circle, data=best)
    panel.margins(y=0.2)
    return _state_lowest(measured, "validation_distance", "Distance") + " dB"


def _plot_rate(panel, training):
    """Draw the learning rate."""
    panel.plot("iteration", "learning_rate", color="black", data=training)
    panel.set_yscale("log")
    return ""


def _state_lowest(training, column, what):
    best = training.nsmallest(1, column).iloc[0]
    return f"{what} lowest at iteration {best['iteration']:g}: {best[column]:.2f}"


def _state_change(values, what):
    """Say how the mean of the last fifth differs from that of the fifth before."""
    n_last = len(values) // 5
    if n_last == 0:
        return f"{what}: {values[-1]:.2f}"
    last, before = values[-n_last:].mean(), values[-2 * n_last : -n_last].mean()
    change = last - before
    settled = abs(change) <= STEADY * abs(before)
    verb = "is steady" if settled else "falls" if change < 0 else "rises"
    return f"{what} {verb}: {last:.2f} in the last fifth, {before:.2f} before"


PANELS = {
    "validation_distance": ("distance from\nheld-out (dB)", _plot_distance),
    "learning_rate": ("learning\nrate", _plot_rate),
}


class TrainingDisplay:
    """Show how the losses of a training went, and what else was measured on the way.

    One column per training, so per class where each has a network of its own. From above: the
    losses, thin as they are and thick as a running mean; the distance from held-out signals where
    it was measured, with a circle around the best; the learning rate. What a history does not have
    is left out. It is recommended to use :meth:`from_history` to create a display. All parameters
    are stored as attributes.

    Parameters
    ----------
    history : DataFrame of shape (n_iter, n_columns)
        `iteration` and any number of columns that end in "_loss"; where there are any, also
        `validation_distance` in dB, `learning_rate` and `label`, the class of a training.

    Attributes
    ----------
    ax_ : ndarray of matplotlib Axes of shape (n_rows, n_trainings)
        The panels.

    figure_ : matplotlib Figure
        The figure that holds them.

    See Also
    --------
    SignalDisplay : What came of it.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import GANSampler
    >>> from skeeg.plotting import TrainingDisplay
    >>> eeg = make_seizures(random_state=0)
    >>> gan = GANSampler(max_iter=50, validation_fraction=0.25, random_state=0)
    >>> gan = gan.fit(eeg.data, eeg.target, groups=eeg.groups)
    >>> display = TrainingDisplay.from_history(gan.history_)
    >>> display.ax_.shape
    (3, 1)
    """

    def __init__(self, *, history):
        self.history = history

    @classmethod
    @validate_params({"history": [pd.DataFrame]}, prefer_skip_nested_validation=True)
    def from_history(cls, history, *, ax=None):
        """Show the `history_` of a fitted sampler or classifier.

        Parameters
        ----------
        history : DataFrame of shape (n_iter, n_columns)
            The `history_` of a GAN sampler or of
            :class:`~skeeg.classification.EEGNetClassifier`, or a part of it.

        ax : matplotlib Axes, default=None
            Axes whose place is divided among the panels. None makes a new figure.

        Returns
        -------
        display : TrainingDisplay
            The display, drawn.

        Raises
        ------
        ValueError
            If `history` has no rows, no column `iteration`, or none that ends in "_loss".
        """
        if "iteration" not in history or not _loss_columns(history) or not len(history):
            raise ValueError(
                "history needs rows, a column 'iteration' and one that ends in '_loss'; it has "
                f"{len(history)} rows and the columns {list(history)}."
            )
        return cls(history=history).plot(ax=ax)

    def plot(self, ax=None):
        """Draw the training.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Axes whose place is divided among the panels. None makes a new figure.

        Returns
        -------
        display : TrainingDisplay
            The display, with `ax_` and `figure_`.
        """
        trainings = _split_by_label(self.history)
        extra = [name for name in PANELS if name in self.history]
        extra = [name for name in extra if self.history[name].notna().any()]
        size = 1.5 + 5 * len(trainings), 3 + 1.6 * len(extra)
        self.figure_, place = open_canvas(ax, size, f"{type(self).__name__}.plot")
        grid = place.subgridspec(
            1 + len(extra), len(trainings), height_ratios=[2] + [1] * len(extra)
        )
        self.ax_ = grid.subplots(sharex="col", sharey="row", squeeze=False)
        labels, draws = zip(("loss", _plot_losses), *map(PANELS.get, extra), strict=True)
        for panels, (name, training) in zip(self.ax_.T, trainings.items(), strict=True):
            titles = [draw(panel, training) for draw, panel in zip(draws, panels, strict=True)]
            titles[0] = f"class {name}\n{titles[0]}" if name else titles[0]
            for panel, title in zip(panels, titles, strict=True):
                strip_frame(panel)
                panel.set_title(title, loc="left", fontsize="medium")
            panels[-1].set_xlabel("iteration")
        for panel, label in zip(self.ax_[:, 0], labels, strict=True):
            panel.set_ylabel(label)
        return self
