"""Panels of single windows."""

import numpy as np

from skeeg.plotting._canvas import REAL, SYNTHETIC, strip_frame


def choose_windows(X, n_windows, random):
    """Choose windows at random; where there are fewer, all of them and then blanks."""
    chosen = X[random.permutation(len(X))[:n_windows]]
    blanks = np.full((n_windows - len(chosen), *X.shape[1:]), np.nan)
    return np.concatenate([chosen, blanks])


def open_panels(place, n_classes, n_windows):
    """Make a row of panels for each class, with a gap between the real and the synthetic ones."""
    widths = [1] * n_windows + [0.05] + [1] * n_windows
    grid = place.subgridspec(n_classes, len(widths), width_ratios=widths)
    panels = grid.subplots(sharex=True, sharey="row", squeeze=False)
    for panel in panels[:, n_windows]:
        panel.remove()
    return np.delete(panels, n_windows, axis=1)


def space_channels(windows):
    """Return the distance at which channels rarely touch; 0 for a single channel."""
    if windows.shape[1] == 1:
        return 0.0
    size = np.abs(windows - windows.mean(axis=-1, keepdims=True))
    return float(f"{2 * np.nanquantile(size, 0.95):.2g}") or 1.0


def stack_channels(windows, spacing):
    """Lay the channels of windows below each other, each around a line of its own."""
    if spacing == 0:
        return windows
    lines = -spacing * np.arange(windows.shape[1])[:, np.newaxis]
    return windows - windows.mean(axis=-1, keepdims=True) + lines


def plot_windows(panels, windows, sampling_rate):
    """Draw real and then as many synthetic windows, one in each panel."""
    times = np.arange(windows.shape[-1]) / sampling_rate
    colors = np.repeat([REAL, SYNTHETIC], len(panels) // 2)
    for panel, window, color in zip(panels, windows, colors, strict=True):
        panel.plot(times, window.T, color=color, linewidth=0.8)
        strip_frame(panel)
