"""Features of real and synthetic windows in two dimensions."""

from numbers import Integral

import numpy as np
from sklearn.preprocessing import StandardScaler
from sklearn.utils import check_random_state
from sklearn.utils._param_validation import HasMethods, Interval, validate_params

from skeeg.plotting._canvas import REAL, SYNTHETIC, open_canvas
from skeeg.plotting._embedding import embed, share_of_own_kind, thin
from skeeg.plotting._samples import split_by_class


class EmbeddingDisplay:
    """Show features of real and synthetic windows as points in two dimensions.

    One panel per class, all with the same axes: its real rows as circles, its synthetic rows as
    crosses, those of the other classes in grey. The title says how many rows have a row of their
    own kind as nearest neighbour, in the space of the features and not in the picture [1]_. It is
    recommended to use :meth:`from_features` to create a display. All parameters are stored as
    attributes.

    Parameters
    ----------
    real : list of ndarray of shape (n_samples, 2)
        Where the real rows of each class are.

    synthetic : list of ndarray of shape (n_samples, 2)
        Where the synthetic rows of each class are.

    own_kind : ndarray of shape (n_classes,)
        Share of the rows whose nearest neighbour is of their own kind, from 0 to 1.

    display_labels : array-like of shape (n_classes,)
        Names of the classes.

    axis_names : list of str
        Names of the two dimensions.

    Attributes
    ----------
    ax_ : ndarray of matplotlib Axes of shape (n_classes,)
        The panels.

    figure_ : matplotlib Figure
        The figure that holds them.

    See Also
    --------
    SpectrumDisplay : What the features of single windows do not show.

    Notes
    -----
    Half of the neighbours are of the same kind where real and synthetic rows are alike, all of
    them where the two are apart, and hardly any where synthetic rows are copies of the real rows
    that are shown. t-SNE [2]_ shows what is close to what; distances between clusters and their
    sizes mean nothing.

    References
    ----------
    .. [1] D. Lopez-Paz and M. Oquab, "Revisiting classifier two-sample tests", ICLR, 2017.
       https://arxiv.org/abs/1610.06545

    .. [2] L. van der Maaten and G. Hinton, "Visualizing data using t-SNE", Journal of Machine
       Learning Research 9, 2579-2605, 2008.

    Examples
    --------
    >>> from sklearn.decomposition import PCA
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.feature_extraction import WaveletFeatures
    >>> from skeeg.plotting import EmbeddingDisplay
    >>> eeg, other = (make_seizures(random_state=seed) for seed in (0, 1))
    >>> features = WaveletFeatures().fit(eeg.data)
    >>> display = EmbeddingDisplay.from_features(
    ...     features.transform(eeg.data), eeg.target, features.transform(other.data), other.target,
    ...     embedding=PCA(2), groups=eeg.groups, display_labels=eeg.target_names, random_state=0,
    ... )
    >>> print(display.ax_[1].get_title(loc="left"))
    seizure: 51 % nearest to their own kind
    (alike: 50 %, apart: 100 %, copies: 0 %)
    """

    def __init__(self, *, real, synthetic, own_kind, display_labels, axis_names):
        self.real = real
        self.synthetic = synthetic
        self.own_kind = own_kind
        self.display_labels = display_labels
        self.axis_names = axis_names

    @classmethod
    @validate_params(
        {
            "embedding": [HasMethods(["fit_transform", "get_params"]), None],
            "groups": ["array-like", None],
            "n_samples": [Interval(Integral, 2, None, closed="left")],
            "display_labels": ["array-like", None],
            "random_state": ["random_state"],
        },
        prefer_skip_nested_validation=True,
    )
    def from_features(
        cls,
        X_real,
        y_real,
        X_synthetic,
        y_synthetic,
        *,
        embedding=None,
        groups=None,
        n_samples=200,
        display_labels=None,
        random_state=None,
        ax=None,
    ):
        """Embed features and show them.

        Parameters
        ----------
        X_real : array-like of shape (n_samples_real, n_features)
            Features of the real windows, as an extractor of :mod:`skeeg.feature_extraction`
            returns them. They are standardised here, by the real rows.

        y_real : array-like of shape (n_samples_real,)
            Class of each real row.

        X_synthetic : array-like of shape (n_samples_synthetic, n_features)
            The same features of the synthetic windows.

        y_synthetic : array-like of shape (n_samples_synthetic,)
            Class of each synthetic row. Classes that are not here are not shown.

        embedding : transformer, default=None
            What leads to two dimensions, such as `PCA(2)`: anything with `fit_transform`, which
            sees all rows that are shown. None is :class:`~sklearn.manifold.TSNE`.

        groups : array-like of shape (n_samples_real,), default=None
            Subject or recording of each real row. Neighbours of the same group do not count, for
            windows of one recording are more alike than others. None takes every row for a group
            of its own.

        n_samples : int, default=200
            Largest number of rows of each class and kind. Where there are fewer of one kind, as
            many of the other are shown.

        display_labels : array-like of shape (n_classes,), default=None
            Names of all classes in `y_real`, in the order of the labels. None means the labels.

        random_state : int, RandomState instance or None, default=None
            Chooses the rows and starts t-SNE; an int shows the same at each call.

        ax : matplotlib Axes, default=None
            Axes whose place is divided among the panels. None makes a new figure.

        Returns
        -------
        display : EmbeddingDisplay
            The display, drawn.

        Raises
        ------
        ValueError
            If the features differ in number or are not finite, or labels, groups or names do not
            fit.
        """
        random = check_random_state(random_state)
        samples = split_by_class(
            X_real,
            y_real,
            X_synthetic,
            y_synthetic,
            groups=groups,
            display_labels=display_labels,
        )
        samples = [thin(of_class, n_samples, random) for of_class in samples]
        scaler = StandardScaler().fit(np.concatenate([s.real for s in samples]))
        scaled = [scaler.transform(X) for s in samples for X in (s.real, s.synthetic)]
        places, axis_names = embed(np.concatenate(scaled), embedding, random)
        places = np.split(places, np.cumsum([len(X) for X in scaled])[:-1])
        own_kind = [
            share_of_own_kind(real, synthetic, s.groups)
            for real, synthetic, s in zip(scaled[::2], scaled[1::2], samples, strict=True)
        ]
        display = cls(
            real=places[::2],
            synthetic=places[1::2],
            own_kind=np.array(own_kind),
            display_labels=[s.name for s in samples],
            axis_names=axis_names,
        )
        return display.plot(ax=ax)

    def plot(self, ax=None):
        """Draw the points.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Axes whose place is divided among the panels. None makes a new figure.

        Returns
        -------
        display : EmbeddingDisplay
            The display, with `ax_` and `figure_`.
        """
        n_classes = len(self.display_labels)
        size = 0.6 + 3.6 * n_classes, 4.2
        self.figure_, place = open_canvas(ax, size, f"{type(self).__name__}.plot")
        self.ax_ = place.subgridspec(1, n_classes).subplots(
            sharex=True, sharey=True, squeeze=False
        )[0]
        for i, panel in enumerate(self.ax_):
            self._plot_class(panel, i)
            panel.set_xlabel(self.axis_names[0])
        self.ax_[0].set_ylabel(self.axis_names[1])
        self.ax_[0].legend(fontsize="small")
        return self

    def _plot_class(self, panel, i):
        others = [X for kind in (self.real, self.synthetic) for j, X in enumerate(kind) if j != i]
        if others:
            panel.scatter(*np.concatenate(others).T, s=6, color="0.88", label="other classes")
        panel.scatter(*self.real[i].T, s=16, facecolors="none", edgecolors=REAL, label="real")
        panel.scatter(
            *self.synthetic[i].T, s=16, marker="x", linewidths=1, color=SYNTHETIC, label="synthetic"
        )
        panel.set_xticks([])
        panel.set_yticks([])
        panel.set_title(
            f"{self.display_labels[i]}: {100 * self.own_kind[i]:.0f} % nearest to their own kind\n"
            "(alike: 50 %, apart: 100 %, copies: 0 %)",
            loc="left",
            fontsize="medium",
        )
