"""Spectra of real and synthetic windows, and what real halves differ by."""

from numbers import Integral, Real

import numpy as np
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.metrics._spectral_distance import check_band, level_distance, log_spectra
from skeeg.plotting._canvas import FLOOR, REAL, SYNTHETIC, open_canvas, strip_frame
from skeeg.plotting._levels import measure_floor, summarise
from skeeg.plotting._samples import split_by_class

SPREAD = "80 % of the windows"


class SpectrumDisplay:
    """Show the mean spectra of real and synthetic windows and the gap between them.

    One column per class. Above, the mean level of windows of unit root mean square and its spread
    over windows; below, synthetic minus real, beside the floor: what two random halves of the
    real recordings differ by. It is recommended to use :meth:`from_samples` to create a display.
    All parameters are stored as attributes.

    Parameters
    ----------
    frequencies : ndarray of shape (n_frequencies,)
        In Hz.

    real : ndarray of shape (n_classes, 3, n_frequencies)
        Lower decile, mean and upper decile of the levels of the real windows, in dB relative to
        the whole power of a window in 1 Hz, over windows and channels.

    synthetic : ndarray of shape (n_classes, 3, n_frequencies)
        The same of the synthetic windows.

    floor : ndarray of shape (n_classes, n_frequencies)
        Root mean square difference of the mean levels of two real halves, in dB. NaN where a
        class cannot be halved.

    distance : ndarray of shape (n_classes,)
        Spectral distance between real and synthetic windows, in dB.

    floor_distance : ndarray of shape (n_classes,)
        Mean spectral distance between two real halves, in dB. NaN where a class cannot be halved.

    display_labels : array-like of shape (n_classes,)
        Names of the classes.

    Attributes
    ----------
    ax_ : ndarray of matplotlib Axes of shape (2, n_classes)
        The spectra above, the differences below.

    figure_ : matplotlib Figure
        The figure that holds them.

    See Also
    --------
    SignalDisplay : Single windows.
    skeeg.metrics.spectral_distance : The distance alone.

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.plotting import SpectrumDisplay
    >>> eeg, other = (make_seizures(n_recordings=100, random_state=seed) for seed in (0, 1))
    >>> display = SpectrumDisplay.from_samples(
    ...     eeg.data, eeg.target, other.data, other.target, groups=eeg.groups,
    ...     sampling_rate=eeg.sampling_rate, display_labels=eeg.target_names, random_state=0,
    ... )
    >>> print(display.ax_[0, 1].get_title(loc="left"))
    seizure
    Spectra differ by 1.0 dB
    (real halves: 1.5 dB)
    """

    def __init__(
        self,
        *,
        frequencies,
        real,
        synthetic,
        floor,
        distance,
        floor_distance,
        display_labels,
    ):
        self.frequencies = frequencies
        self.real = real
        self.synthetic = synthetic
        self.floor = floor
        self.distance = distance
        self.floor_distance = floor_distance
        self.display_labels = display_labels

    @classmethod
    @validate_params(
        {
            "sampling_rate": [Interval(Real, 0, None, closed="neither")],
            "groups": ["array-like", None],
            "n_channels": [Interval(Integral, 1, None, closed="left")],
            "band": [tuple, list],
            "display_labels": ["array-like", None],
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
        groups=None,
        n_channels=1,
        band=(1, 60),
        display_labels=None,
        random_state=None,
        ax=None,
    ):
        """Compute the spectra of each class and the floor, and show them.

        Parameters
        ----------
        X_real : array-like of shape (n_samples_real, n_channels * n_times) or \
                (n_samples_real, n_channels, n_times)
            Real windows, in any unit; two dimensions are channel-major.

        y_real : array-like of shape (n_samples_real,)
            Class of each real window.

        X_synthetic : array-like of shape (n_samples_synthetic, n_channels * n_times) or \
                (n_samples_synthetic, n_channels, n_times)
            Synthetic windows, with as many channels and time points.

        y_synthetic : array-like of shape (n_samples_synthetic,)
            Class of each synthetic window. Classes that are not here are not shown.

        sampling_rate : float
            Time points per second, in Hz.

        groups : array-like of shape (n_samples_real,), default=None
            Subject or recording of each real window, which the halves keep together. None halves
            the windows, which makes the floor too low where several come from one recording.

        n_channels : int, default=1
            Number of channels in a row of two-dimensional input. Where it has three dimensions,
            the number comes from there.

        band : tuple of (float, float), default=(1, 60)
            Lowest and highest frequency, in Hz; at most half the sampling rate is shown.

        display_labels : array-like of shape (n_classes,), default=None
            Names of all classes in `y_real`, in the order of the labels. None means the labels.

        random_state : int, RandomState instance or None, default=None
            Chooses the halves; an int chooses the same at each call.

        ax : matplotlib Axes, default=None
            Axes whose place is divided among the panels. None makes a new figure.

        Returns
        -------
        display : SpectrumDisplay
            The display, drawn.

        Raises
        ------
        ValueError
            If the windows differ in channels or length or have no frequency in `band`, or labels
            or names do not fit.
        """
        check_band(band)
        samples = split_by_class(
            X_real,
            y_real,
            X_synthetic,
            y_synthetic,
            groups=groups,
            n_channels=n_channels,
            display_labels=display_labels,
        )
        random = check_random_state(random_state)
        real = [log_spectra(s.real, sampling_rate, band)[1] for s in samples]
        synthetic = [log_spectra(s.synthetic, sampling_rate, band)[1] for s in samples]
        floors = [measure_floor(r, s.groups, random) for r, s in zip(real, samples, strict=True)]
        pairs = zip(real, synthetic, strict=True)
        display = cls(
            frequencies=log_spectra(samples[0].real[:1], sampling_rate, band)[0],
            real=np.stack([summarise(levels) for levels in real]),
            synthetic=np.stack([summarise(levels) for levels in synthetic]),
            floor=np.stack([floor for floor, _ in floors]),
            distance=np.array([level_distance(*pair) for pair in pairs]),
            floor_distance=np.array([distance for _, distance in floors]),
            display_labels=[s.name for s in samples],
        )
        return display.plot(ax=ax)

    def plot(self, ax=None):
        """Draw the spectra and their difference.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Axes whose place is divided among the panels. None makes a new figure.

        Returns
        -------
        display : SpectrumDisplay
            The display, with `ax_` and `figure_`.
        """
        n_classes = len(self.display_labels)
        size = 1 + 3 * n_classes, 4.5
        self.figure_, place = open_canvas(ax, size, f"{type(self).__name__}.plot")
        grid = place.subgridspec(2, n_classes, height_ratios=[3, 2])
        self.ax_ = grid.subplots(sharex=True, sharey="row", squeeze=False)
        for i in range(n_classes):
            self._plot_spectra(i)
            self._plot_difference(i)
        self.ax_[0, 0].set_ylabel("level of unit-RMS\nwindows (dB re 1/Hz)")
        self.ax_[1, 0].set_ylabel("synthetic minus\nreal (dB)")
        for panel in self.ax_[:, 0]:
            panel.legend(fontsize="small", frameon=False)
        return self

    def _plot_spectra(self, i):
        panel = self.ax_[0, i]
        strip_frame(panel)
        low, mean, high = self.real[i]
        panel.plot(self.frequencies, mean, color=REAL, label="real")
        spread = {"color": REAL, "alpha": 0.2, "linewidth": 0, "label": SPREAD}
        panel.fill_between(self.frequencies, low, high, **spread)
        low, mean, high = self.synthetic[i]
        panel.plot(self.frequencies, mean, color=SYNTHETIC, linestyle="--", label="synthetic")
        spread = {"color": SYNTHETIC, "linestyle": ":", "linewidth": 1}
        panel.plot(self.frequencies, low, **spread, label=SPREAD)
        panel.plot(self.frequencies, high, **spread)
        panel.set_title(self._state_finding(i), loc="left", fontsize="medium")

    def _plot_difference(self, i):
        panel = self.ax_[1, i]
        strip_frame(panel)
        floor = {"color": FLOOR, "linewidth": 0, "label": "what real halves differ by"}
        panel.fill_between(self.frequencies, -self.floor[i], self.floor[i], **floor)
        panel.axhline(0, color="black", linewidth=0.8)
        difference = self.synthetic[i, 1] - self.real[i, 1]
        panel.plot(self.frequencies, difference, color=SYNTHETIC, linestyle="--")
        panel.set_xlabel("frequency (Hz)")

    def _state_finding(self, i):
        floor = self.floor_distance[i]
        halves = "no halves to compare with" if np.isnan(floor) else f"real halves: {floor:.1f} dB"
        return f"{self.display_labels[i]}\nSpectra differ by {self.distance[i]:.1f} dB\n({halves})"
