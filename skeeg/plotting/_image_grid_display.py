"""Generated images between real ones and those that they resemble most."""

from numbers import Integral

import numpy as np
from sklearn.neighbors import NearestNeighbors
from sklearn.utils import check_consistent_length, check_random_state, column_or_1d
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.metrics._images import check_alike
from skeeg.plotting._canvas import open_canvas
from skeeg.plotting._samples import name_classes

WHITE = 255


def _gap(height):
    """Return how many pixels lie between images."""
    return max(1, height // 16)


def _nearest(images, known, *, ignore_first=False):
    """Return the distance to the nearest of the known images, and which it is."""
    rows, others = (each.reshape(len(each), -1) / 255 for each in (images, known))
    search = NearestNeighbors(n_neighbors=1 + ignore_first).fit(others)
    distances, places = search.kneighbors(rows)
    return distances[:, -1], places[:, -1]


def _measure_novelty(distances, real):
    """Return how far images are from real ones, in units of how far these are from each other."""
    if len(real) < 2:
        return np.nan
    among_real, _ = _nearest(real, real, ignore_first=True)
    typical = np.median(among_real)
    return np.median(distances) / typical if typical > 0 else np.nan


def _choose(images, n_images, random):
    return images[random.permutation(len(images))[:n_images]]


def _tile(rows):
    """Lay images out on white, a row for each list."""
    height, width, *colours = rows[0][0].shape
    gap, n_columns = _gap(height), max(map(len, rows))
    size = len(rows) * (height + gap) - gap, n_columns * (width + gap) - gap
    sheet = np.full((*size, *colours), WHITE, dtype=np.uint8)
    for i, row in enumerate(rows):
        for j, image in enumerate(row):
            top, left = i * (height + gap), j * (width + gap)
            sheet[top : top + height, left : left + width] = image
    return sheet


class ImageGridDisplay:
    """Show real images, generated ones, and the real image next to each of the generated.

    A row for each class. The third block holds, for each generated image and in the same order, the
    real image of any class with the smallest Euclidean distance of pixels: a copy shows as the same
    image in the second and third block. It is recommended to use :meth:`from_images` to create a
    display. All parameters are stored as attributes.

    Parameters
    ----------
    real : list of ndarray of shape (n_images, height, width) or (n_images, height, width, 3)
        Real images of each class.

    generated : list of ndarray of shape (n_images, height, width) or (n_images, height, width, 3)
        Generated images of each class.

    nearest : list of ndarray of shape (n_images, height, width) or (n_images, height, width, 3)
        The real image next to each generated one.

    novelty : float
        Median distance of generated images from the nearest real one, over that of real images from
        the nearest other. NaN where there is no such other.

    display_labels : array-like of shape (n_classes,)
        Names of the classes.

    Attributes
    ----------
    ax_ : ndarray of matplotlib Axes of shape (3,)
        The blocks.

    figure_ : matplotlib Figure
        The figure that holds them.

    See Also
    --------
    skeeg.metrics.classifier_score : Whether images show one class each, and all of them.
    SignalDisplay : Real beside synthetic signals.

    Notes
    -----
    Images that are shifted by a pixel are far apart in pixels: a large distance is no proof that an
    image is new, a small one is proof that it is not.

    Examples
    --------
    >>> from skeeg.datasets import make_eeg_images
    >>> from skeeg.plotting import ImageGridDisplay
    >>> pairs = make_eeg_images(random_state=0)
    >>> seen = pairs.groups < 6
    >>> display = ImageGridDisplay.from_images(
    ...     pairs.images[seen], pairs.target[seen], pairs.images[~seen], pairs.target[~seen],
    ...     random_state=0,
    ... )
    >>> round(display.novelty, 1)
    1.0
    """

    def __init__(self, *, real, generated, nearest, novelty, display_labels):
        self.real = real
        self.generated = generated
        self.nearest = nearest
        self.novelty = novelty
        self.display_labels = display_labels

    @classmethod
    @validate_params(
        {
            "n_images": [Interval(Integral, 1, None, closed="left")],
            "display_labels": ["array-like", None],
            "random_state": ["random_state"],
        },
        prefer_skip_nested_validation=True,
    )
    def from_images(
        cls,
        images_real,
        y_real,
        images_synthetic,
        y_synthetic,
        *,
        n_images=4,
        display_labels=None,
        random_state=None,
        ax=None,
    ):
        """Choose images of each class and show them.

        Parameters
        ----------
        images_real : array-like of shape (n_samples_real, height, width) or \
                (n_samples_real, height, width, 3)
            The images that the generator was trained on, uint8.

        y_real : array-like of shape (n_samples_real,)
            Class of each real image.

        images_synthetic : array-like of shape (n_samples_synthetic, height, width) or \
                (n_samples_synthetic, height, width, 3)
            Generated images of the same size, uint8.

        y_synthetic : array-like of shape (n_samples_synthetic,)
            Class that each generated image was drawn for. Classes that are not here are not shown.

        n_images : int, default=4
            Largest number of images of each class in a block, chosen at random.

        display_labels : array-like of shape (n_classes,), default=None
            Names of all classes in `y_real`, in the order of the labels. None means the labels.

        random_state : int, RandomState instance or None, default=None
            Chooses the images; an int shows the same at each call.

        ax : matplotlib Axes, default=None
            Axes whose place is divided among the blocks. None makes a new figure.

        Returns
        -------
        display : ImageGridDisplay
            The display, drawn.

        Raises
        ------
        ValueError
            If images are not uint8 or not of one size, or labels or names do not fit.
        """
        real, synthetic = check_alike(images_real, images_synthetic)
        y_real, y_synthetic = column_or_1d(y_real), column_or_1d(y_synthetic)
        check_consistent_length(real, y_real)
        check_consistent_length(synthetic, y_synthetic)
        names = name_classes(y_real, y_synthetic, display_labels)
        names = {label: name for label, name in names.items() if label in y_synthetic}
        random = check_random_state(random_state)
        distances, places = _nearest(synthetic, real)
        chosen = [
            _choose(np.flatnonzero(y_synthetic == label), n_images, random) for label in names
        ]
        display = cls(
            real=[_choose(real[y_real == label], n_images, random) for label in names],
            generated=[synthetic[rows] for rows in chosen],
            nearest=[real[places[rows]] for rows in chosen],
            novelty=float(_measure_novelty(distances, real)),
            display_labels=list(names.values()),
        )
        return display.plot(ax=ax)

    def plot(self, ax=None):
        """Draw the images.

        Parameters
        ----------
        ax : matplotlib Axes, default=None
            Axes whose place is divided among the blocks. None makes a new figure.

        Returns
        -------
        display : ImageGridDisplay
            The display, with `ax_` and `figure_`.
        """
        sheets = [_tile(block) for block in (self.real, self.generated, self.nearest)]
        widths = [sheet.shape[1] for sheet in sheets]
        size = 10, 0.7 + 9 * sheets[0].shape[0] / sum(widths)
        self.figure_, place = open_canvas(ax, size, f"{type(self).__name__}.plot")
        self.ax_ = place.subgridspec(1, 3, width_ratios=widths, wspace=0.1).subplots()
        titles = "real", "generated", "nearest real image of each"
        for panel, sheet, title in zip(self.ax_, sheets, titles, strict=True):
            panel.imshow(sheet, cmap="gray", vmin=0, vmax=WHITE, interpolation="nearest")
            panel.set_title(title, loc="left", fontsize="medium")
            panel.set_xticks([])
            panel.set_yticks([])
            panel.spines[:].set_visible(False)
        self._label()
        return self

    def _label(self):
        height = self.real[0].shape[1]
        middles = np.arange(len(self.display_labels)) * (height + _gap(height)) + (height - 1) / 2
        self.ax_[0].set_yticks(middles, self.display_labels)
        self.ax_[0].tick_params(length=0)
        self.ax_[1].set_xlabel(
            f"distance from the nearest real image: {self.novelty:.2f} (real: 1, copies: 0)",
            fontsize="small",
        )
