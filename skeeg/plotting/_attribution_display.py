"""Which channels and moments a prediction rests on."""

from functools import partial
from numbers import Integral, Real

import numpy as np
from sklearn.utils import check_array
from sklearn.utils._param_validation import Interval, StrOptions, validate_params
from sklearn.utils.validation import check_consistent_length, column_or_1d

from skeeg._signals import split_channels
from skeeg.plotting._attribution_panels import draw_bars, draw_heads, draw_times, locate_channels
from skeeg.plotting._canvas import open_canvas

KINDS = StrOptions({"bars", "time", "head"})


def _check_names(names, n_names, what):
    if len(names) != n_names:
        raise ValueError(f"{what} has {len(names)} names; expected {n_names}.")
    return [str(name) for name in names]


class AttributionDisplay:
    """Show how much the prediction of each class rests on each channel, and when.

    One panel per class, all on the same scale: a bar for each channel, a map of channels over
    time, or a head. It is recommended to use :meth:`from_importance` or :meth:`from_attributions`
    to create a display. All parameters are stored as attributes.

    Parameters
    ----------
    values : ndarray of shape (n_classes, n_channels) or (n_classes, n_channels, n_times)
        Attributions of each class, with or without time.

    display_labels : list of str
        Names of the classes.

    channel_names : list of str
        Names of the channels.

    sampling_rate : float, default=None
        Time points per second, in Hz. None where there is no time.

    name : str, default="importance"
        What the values are, with their unit.

    montage : str or mne.channels.DigMontage, default=None
        Where the channels are, for heads. None is the 10-05 system, which contains 10-20.

    Attributes
    ----------
    ax_ : ndarray of matplotlib Axes of shape (n_classes,)
        The panels.

    figure_ : matplotlib Figure
        The figure that holds them.

    See Also
    --------
    skeeg.inspection.channel_importance : Makes the tables.
    skeeg.inspection.saliency_map : Makes attributions over time.

    Examples
    --------
    >>> import pandas as pd
    >>> from skeeg.plotting import AttributionDisplay
    >>> importance = pd.DataFrame(
    ...     {"Fz": [0.02, 0.01], "Cz": [0.31, 0.05], "Pz": [0.04, 0.22]}, index=["rest", "task"]
    ... )
    >>> display = AttributionDisplay.from_importance(importance, name="fall of ROC AUC")
    >>> print(display.ax_[0].get_title(loc="left"))
    rest
    first: Cz (0.31)
    """

    def __init__(
        self,
        *,
        values,
        display_labels,
        channel_names,
        sampling_rate=None,
        name="importance",
        montage=None,
    ):
        self.values = values
        self.display_labels = display_labels
        self.channel_names = channel_names
        self.sampling_rate = sampling_rate
        self.name = name
        self.montage = montage

    @classmethod
    @validate_params(
        {"importance": ["array-like"], "name": [str], "kind": [StrOptions({"bars", "head"})]},
        prefer_skip_nested_validation=True,
    )
    def from_importance(cls, importance, *, name="importance", montage=None, kind="bars", ax=None):
        """Show a table of classes and channels.

        Parameters
        ----------
        importance : DataFrame of shape (n_classes, n_channels)
            As :func:`skeeg.inspection.channel_importance` returns it: classes are the index,
            channels the columns.

        name : str, default="importance"
            What the values are, with their unit.

        montage : str or mne.channels.DigMontage, default=None
            Where the channels are, for heads: a name that MNE knows, or places of your own. None
            is the 10-05 system, which contains 10-20.

        kind : {"bars", "head"}, default="bars"
            What to draw.

        ax : matplotlib Axes, default=None
            Axes whose place is divided among the panels. None makes a new figure.

        Returns
        -------
        display : AttributionDisplay
            The display, drawn.

        Raises
        ------
        TypeError
            If `importance` is no DataFrame.

        ValueError
            If it holds what is not a finite number, or the montage lacks a channel.

        ImportError
            If matplotlib, or MNE for a head, is not installed.
        """
        if not hasattr(importance, "columns"):
            raise TypeError(
                f"importance must be a DataFrame with the classes as index and the channels as "
                f"columns; got {type(importance).__name__}."
            )
        display = cls(
            values=check_array(importance, dtype=np.float64, input_name="importance"),
            display_labels=[str(label) for label in importance.index],
            channel_names=[str(channel) for channel in importance.columns],
            name=name,
            montage=montage,
        )
        return display.plot(kind=kind, ax=ax)

    @classmethod
    @validate_params(
        {
            "sampling_rate": [Interval(Real, 0, None, closed="neither")],
            "n_channels": [Interval(Integral, 1, None, closed="left")],
            "channel_names": ["array-like", None],
            "display_labels": ["array-like", None],
            "name": [str],
            "kind": [KINDS],
        },
        prefer_skip_nested_validation=True,
    )
    def from_attributions(
        cls,
        attributions,
        y,
        *,
        sampling_rate,
        n_channels=1,
        channel_names=None,
        display_labels=None,
        name="attribution",
        montage=None,
        kind="time",
        ax=None,
    ):
        """Average attributions over the signals of each class and show them.

        Parameters
        ----------
        attributions : array-like of shape (n_samples, n_channels, n_times) or \
                (n_samples, n_channels * n_times)
            As :func:`skeeg.inspection.saliency_map` or
            :func:`skeeg.inspection.integrated_gradients` returns them.

        y : array-like of shape (n_samples,)
            Class of each signal.

        sampling_rate : float
            Time points per second, in Hz.

        n_channels : int, default=1
            Number of channels in a row of two-dimensional input. Where it has three dimensions,
            the number comes from there.

        channel_names : array-like of shape (n_channels,), default=None
            Names of the channels. None means "ch0", "ch1", ...

        display_labels : array-like of shape (n_classes,), default=None
            Names of the classes in `y`, in the order of the labels. None means the labels.

        name : str, default="attribution"
            What the values are, with their unit.

        montage : str or mne.channels.DigMontage, default=None
            Where the channels are, for heads: a name that MNE knows, or places of your own. None
            is the 10-05 system, which contains 10-20.

        kind : {"time", "bars", "head"}, default="time"
            What to draw; bars and heads are means over time.

        ax : matplotlib Axes, default=None
            Axes whose place is divided among the panels. None makes a new figure.

        Returns
        -------
        display : AttributionDisplay
            The display, drawn.

        Raises
        ------
        ValueError
            If attributions, classes and names do not fit together, or the montage lacks a channel.

        ImportError
            If matplotlib, or MNE for a head, is not installed.
        """
        X = check_array(attributions, allow_nd=True, dtype=np.float64, input_name="attributions")
        X = split_channels(X, X.shape[1] if X.ndim == 3 else n_channels)
        y = column_or_1d(y)
        check_consistent_length(X, y)
        labels, n_channels = np.unique(y), X.shape[1]
        names = [f"ch{i}" for i in range(n_channels)] if channel_names is None else channel_names
        shown = labels if display_labels is None else display_labels
        display = cls(
            values=np.stack([X[y == label].mean(axis=0) for label in labels]),
            display_labels=_check_names(shown, len(labels), "display_labels"),
            channel_names=_check_names(names, n_channels, "channel_names"),
            sampling_rate=sampling_rate,
            name=name,
            montage=montage,
        )
        return display.plot(kind=kind, ax=ax)

    @validate_params({"kind": [KINDS]}, prefer_skip_nested_validation=True)
    def plot(self, kind="bars", ax=None):
        """Draw a panel for each class.

        Parameters
        ----------
        kind : {"bars", "time", "head"}, default="bars"
            Bars are sorted by the mean over classes; bars and heads are means over time. "time"
            shows channels over time, "head" shows them where they are, which needs MNE.

        ax : matplotlib Axes, default=None
            Axes whose place is divided among the panels. None makes a new figure.

        Returns
        -------
        display : AttributionDisplay
            The display, with `ax_` and `figure_`.
        """
        draw = {"bars": draw_bars, "time": draw_times, "head": draw_heads}[kind]
        if kind == "time" and self.values.ndim == 2:
            raise ValueError("kind='time' needs attributions over time; these have none.")
        if kind == "head":
            draw = partial(draw, places=locate_channels(self.channel_names, self.montage))
        n_classes, n_channels = self.values.shape[:2]
        height = 3.2 if kind == "head" else 1.5 + 0.2 * n_channels
        size = 1 + 3 * n_classes, height
        self.figure_, place = open_canvas(ax, size, f"{type(self).__name__}.plot")
        grid = place.subgridspec(1, n_classes)
        share = kind != "head"
        self.ax_ = grid.subplots(sharex=share, sharey=share, squeeze=False)[0]
        draw(self, self.ax_)
        for panel, title in zip(self.ax_, self._state_findings(), strict=True):
            panel.set_title(title, loc="left", fontsize="medium")
        return self

    def amounts(self):
        """Return the values without time.

        Returns
        -------
        amounts : ndarray of shape (n_classes, n_channels)
            The values, or their means over time.
        """
        return self.values if self.values.ndim == 2 else self.values.mean(axis=-1)

    def _state_findings(self):
        for label, row in zip(self.display_labels, self.amounts(), strict=True):
            first = row.argmax()
            yield f"{label}\nfirst: {self.channel_names[first]} ({row[first]:.2g})"
