"""Where displays draw, and in which colours."""

from sklearn.utils._optional_dependencies import check_matplotlib_support

# Of the palette of Okabe and Ito, which colour-blind readers can tell apart.
REAL, SYNTHETIC = "#0072B2", "#D55E00"
FLOOR = "0.85"


def open_canvas(ax, size, caller):
    """Return a figure and the part to draw in: all of a new one, or the place of `ax`."""
    check_matplotlib_support(caller)
    if ax is None:
        from matplotlib import pyplot

        figure = pyplot.figure(figsize=size, layout="constrained")
        return figure, figure.add_gridspec(1, 1)[0]
    if ax.get_subplotspec() is None:
        raise ValueError("ax must have its place in a grid, as those of pyplot.subplots have.")
    ax.set_axis_off()
    return ax.get_figure(), ax.get_subplotspec()


def open_axes(ax, size, caller):
    """Return a figure and its axes: new ones, or those given."""
    check_matplotlib_support(caller)
    if ax is None:
        from matplotlib import pyplot

        return pyplot.subplots(figsize=size, layout="constrained")
    return ax.get_figure(), ax


def new_rows(heights, *, width=10):
    """Return a figure that pyplot knows nothing of, and one place for a display per height."""
    check_matplotlib_support("A figure")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, sum(heights)), layout="constrained")
    axes = figure.subplots(len(heights), 1, height_ratios=heights, squeeze=False)
    return figure, axes[:, 0]


def strip_frame(ax):
    """Keep the left and the lower side of the frame only."""
    ax.spines[["top", "right"]].set_visible(False)
