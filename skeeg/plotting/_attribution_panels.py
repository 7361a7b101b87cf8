"""Panels of attributions: bars, maps of channels and time, and heads."""

import numpy as np

from skeeg.plotting._canvas import REAL, strip_frame

N_NAMED = 32  # sensors of which the names can still be read


def _scale_of_colours(values):
    """Return a colour map in which 0 is white, and its limits."""
    largest = abs(values).max() or 1.0
    if values.min() < 0:
        return {"cmap": "RdBu_r", "vmin": -largest, "vmax": largest}
    return {"cmap": "Reds", "vmin": 0.0, "vmax": largest}


def draw_bars(display, panels):
    """Draw a bar for each channel, that of the largest mean on top."""
    amounts = display.amounts()
    order, places = np.argsort(-amounts.mean(axis=0), kind="stable"), range(amounts.shape[1])
    names = [display.channel_names[channel] for channel in order]
    for panel, row in zip(panels, amounts[:, order], strict=True):
        strip_frame(panel)
        panel.barh(places, row, color=REAL)
        panel.axvline(0, color="black", linewidth=0.8)
        panel.set_yticks(places, names, fontsize="small")
        panel.set_ylim(len(names) - 0.4, -0.6)
        panel.set_xlabel(display.name)
        panel.label_outer()


def draw_times(display, panels):
    """Draw channels over time."""
    n_channels, n_times = display.values.shape[1:]
    extent = (0, n_times / display.sampling_rate, n_channels - 0.5, -0.5)
    look = {"aspect": "auto", "interpolation": "nearest", **_scale_of_colours(display.values)}
    for panel, values in zip(panels, display.values, strict=True):
        image = panel.imshow(values, extent=extent, **look)
        panel.set_yticks(range(n_channels), display.channel_names, fontsize="small")
        panel.set_xlabel("time (s)")
        panel.label_outer()
    display.figure_.colorbar(image, ax=panels.tolist(), label=display.name)


def draw_heads(display, panels, places):
    """Draw channels where they are on the head."""
    from mne.viz import plot_topomap
    from scipy.spatial import QhullError

    amounts = display.amounts()
    colours = _scale_of_colours(amounts)
    limits, named = (colours["vmin"], colours["vmax"]), len(display.channel_names) <= N_NAMED
    look = {"cmap": colours["cmap"], "vlim": limits, "contours": np.linspace(*limits, 7)[1:-1]}
    look |= {"names": display.channel_names if named else None, "sensors": "k," if named else True}
    for panel, row in zip(panels, amounts, strict=True):
        try:
            image, _ = plot_topomap(row, places, axes=panel, show=False, **look)
        except QhullError as error:
            raise ValueError(
                "The channels lie on one circle, and kind='head' cannot draw what is between them; "
                "use kind='bars'."
            ) from error
    display.figure_.colorbar(image, ax=panels.tolist(), label=display.name, shrink=0.7)


def _find_montage(montage):
    from mne.channels import get_builtin_montages, make_standard_montage

    known = get_builtin_montages()
    if montage is None:  # the name it has had since MNE 1.12, or the one before
        montage = "colin27_1005" if "colin27_1005" in known else "standard_1005"
    if not isinstance(montage, str):
        return montage
    if montage not in known:
        raise ValueError(f"montage={montage!r} is none of those of MNE: {', '.join(known)}.")
    return make_standard_montage(montage)


def locate_channels(names, montage):
    """Return the channels and their places as MNE keeps them."""
    try:
        import mne
    except ImportError as error:
        raise ImportError("kind='head' needs MNE: pip install skeeg[eeg].") from error
    if len(names) < 2:
        raise ValueError("kind='head' needs two channels or more, to draw what is between them.")
    montage = _find_montage(montage)
    known = {name.lower() for name in montage.ch_names}
    unknown = [name for name in names if name.lower() not in known]
    if unknown:
        raise ValueError(
            f"The montage has no places for the channels {', '.join(unknown)}; rename them, or "
            "pass a montage that has them."
        )
    info = mne.create_info(list(names), sfreq=1.0, ch_types="eeg", verbose="error")
    return info.set_montage(montage, match_case=False, verbose="error")
