"""Real beside synthetic windows."""

from numbers import Integral, Real

import numpy as np
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.metrics._windows import split_amplitude
from skeeg.plotting._canvas import open_canvas
from skeeg.plotting._samples import split_by_class
from skeeg.plotting._traces import (
    choose_windows,
    open_panels,
    plot_windows,
    space_channels,
    stack_channels,
)


def _median_sd(X):
    return np.median(split_amplitude(X)[1])


def _name_channels(names, n_channels):
    names = [f"ch{i}" for i in range(n_channels)] if names is None else list(map(str, names))
    if len(names) != n_channels:
        raise ValueError(f"channel_names has {len(names)} names; X_real has {n_channels} channels.")
    return names


class SignalDisplay:
    """Show real beside synthetic windows, class by class, on the same scale.

    One row per class, one panel per window: real ones on the left, synthetic ones on the right.
    Several channels are stacked in their panel. It is recommended to use
    :meth:`from_samples` to create a display. All parameters are stored as attributes.

    Parameters
    ----------
    real : ndarray of shape (n_classes, n_windows, n_channels, n_times)
        The real windows to show; panels of windows that are NaN stay empty.

    synthetic : ndarray of shape (n_classes, n_windows, n_channels, n_times)
        The synthetic windows to show.

    real_sd : ndarray of shape (n_classes,)
        Median standard deviation of all real windows of a class, in the unit of X.

    synthetic_sd : ndarray of shape (n_classes,)
        Median standard deviation of all synthetic windows of a class, in the unit of X.

    sampling_rate : float
        Time points per second, in Hz.

    display_labels : array-like of shape (n_classes,)
        Names of the classes.

    channel_names : array-like of shape (n_channels,)
        Names of the channels.

    unit : str, default="unit of X"
        Unit of the amplitude, as it is to be written beside the axes.

    Attributes
    ----------
    ax_ : ndarray of matplotlib Axes of shape (n_classes, 2 * n_windows)
        The panels, those of the real windows first.

    figure_ : matplotlib Figure
        The figure that holds them.

    See Also
    --------
    SpectrumDisplay : What cannot be seen in single windows.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.plotting import SignalDisplay
    >>> eeg, other = (make_seizures(random_state=seed) for seed in (0, 1))
    >>> display = SignalDisplay.from_samples(
    ...     eeg.data, eeg.target, other.data, other.target,
    ...     sampling_rate=eeg.sampling_rate, display_labels=eeg.target_names, unit="µV",
    ... )
    >>> print(display.ax_[1, 0].get_title(loc="left"))
    seizure, real: median sd 258
    """

    def __init__(
        self,
        *,
        real,
        synthetic,
        real_sd,
        synthetic_sd,
        sampling_rate,
        display_labels,
        channel_names,
        unit="unit of X",
    ):
        self.real = real
        self.synthetic = synthetic
        self.real_sd = real_sd
        self.synthetic_sd = synthetic_sd
        self.sampling_rate = sampling_rate
        self.display_labels = display_labels
        self.channel_names = channel_names
        self.unit = unit

    @classmethod
    @validate_params(
        {
            "sampling_rate": [Interval(Real, 0, None, closed="neither")],
            "n_windows": [Interval(Integral, 1, None, closed="left")],
            "n_channels": [Interval(Integral, 1, None, closed="left")],
            "channel_names": ["array-like", None],
            "display_labels": ["array-like", None],
            "unit": [str],
            "random_state": ["random_state"],
        },
        prefer_skip_nested_validation=True,
    )
    def from_samples(
        cls,
        X_real,
        y_real,
        X_synthetic,
        y_synthetic,
        *,
        sampling_rate,
        n_windows=3,
        n_channels=1,
        channel_names=None,
        display_labels=None,
        unit="unit of X",
        random_state=None,
        ax=None,
    ):
        """Draw windows of each class at random and show them.

        Parameters
        ----------
        X_real : array-like of shape (n_samples_real, n_channels * n_times) or \
                (n_samples_real, n_channels, n_times)
            Real windows, in any unit; two dimensions are channel-major.

        y_real : array-like of shape (n_samples_real,)
            Class of each real window.

        X_synthetic : array-like of shape (n_samples_synthetic, n_channels * n_times) or \
                (n_samples_synthetic, n_channels, n_times)
            Synthetic windows in the same unit, with as many channels and time points.

        y_synthetic : array-like of shape (n_samples_synthetic,)
            Class of each synthetic window. Classes that are not here are not shown.

        sampling_rate : float
            Time points per second, in Hz.

        n_windows : int, default=3
            Number of windows of each class and kind.

        n_channels : int, default=1
            Number of channels in a row of two-dimensional input. Where it has three dimensions,
            the number comes from there.

        channel_names : array-like of shape (n_channels,), default=None
            Names of the channels. None means "ch0", "ch1", ...

        display_labels : array-like of shape (n_classes,), default=None
            Names of all classes in `y_real`, in the order of the labels. None means the labels.

        unit : str, default="unit of X"
            Unit of the amplitude, as it is to be written beside the axes.

        random_state : int, RandomState instance or None, default=None
            Chooses the windows; an int chooses the same at each call.

        ax : matplotlib Axes, default=None
            Axes whose place is divided among the panels. None makes a new figure.

        Returns
        -------
        display : SignalDisplay
            The display, drawn.

        Raises
        ------
        ValueError
            If the windows differ in channels or length, or labels or names do not fit.
        """
        samples = split_by_class(
            X_real,
            y_real,
            X_synthetic,
            y_synthetic,
            n_channels=n_channels,
            display_labels=display_labels,
        )
        random = check_random_state(random_state)
        display = cls(
            real=np.stack([choose_windows(s.real, n_windows, random) for s in samples]),
            synthetic=np.stack([choose_windows(s.synthetic, n_windows, random) for s in samples]),
            real_sd=np.array([_median_sd(s.real) for s in samples]),
            synthetic_sd=np.array([_median_sd(s.synthetic) for s in samples]),
            sampling_rate=sampling_rate,
            display_labels=[s.name for s in samples],
            channel_names=_name_channels(channel_names, samples[0].real.shape[1]),
            unit=unit,
        )
        return display.plot(ax=ax)

    def plot(self, ax=None):
        """Draw the windows.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Axes whose place is divided among the panels. None makes a new figure.

        Returns
        -------
        display : SignalDisplay
            The display, with `ax_` and `figure_`.
        """
        n_classes, n_windows, n_channels, _ = self.real.shape
        size = 10, 0.5 + n_classes * max(1.6, 0.25 * n_channels)
        self.figure_, place = open_canvas(ax, size, f"{type(self).__name__}.plot")
        self.ax_ = open_panels(place, n_classes, n_windows)
        for row in range(n_classes):
            self._plot_class(row)
            self._label_class(row)
        for panel in self.ax_[-1, n_windows // 2 :: n_windows]:
            panel.set_xlabel("time (s)")
        return self

    def _plot_class(self, row):
        windows = np.concatenate([self.real[row], self.synthetic[row]])
        spacing = space_channels(windows)
        plot_windows(self.ax_[row], stack_channels(windows, spacing), self.sampling_rate)
        label = f"amplitude\n({self.unit})"
        if spacing:
            ticks = -spacing * np.arange(windows.shape[1])
            self.ax_[row, 0].set_yticks(ticks, self.channel_names)
            label = f"channels\n({spacing:g} {self.unit} apart)"
        self.ax_[row, 0].set_ylabel(label)

    def _label_class(self, row):
        kinds = {"real": self.real_sd, "synthetic": self.synthetic_sd}
        columns = range(0, self.ax_.shape[1], self.real.shape[1])
        for column, (kind, sd) in zip(columns, kinds.items(), strict=True):
            title = f"{self.display_labels[row]}, {kind}: median sd {sd[row]:.3g}"
            self.ax_[row, column].set_title(title, loc="left", fontsize="medium")
