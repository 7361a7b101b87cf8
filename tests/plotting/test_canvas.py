"""Where displays draw."""

import sys

import pytest
from matplotlib import pyplot

from skeeg.plotting._canvas import new_rows, open_canvas


def test_axes_without_a_place_in_a_grid_are_refused():
    ax = pyplot.figure().add_axes((0, 0, 1, 1))
    with pytest.raises(ValueError, match="ax must have its place in a grid"):
        open_canvas(ax, (1, 1), "Display")


def test_rows_are_as_high_as_asked_and_unknown_to_pyplot():
    figure, (upper, lower) = new_rows([1, 3], width=5)
    assert figure.get_size_inches().tolist() == [5, 4]
    figure.draw_without_rendering()
    assert lower.get_position().height > 2 * upper.get_position().height
    assert pyplot.get_fignums() == []


def test_a_missing_matplotlib_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"SignalDisplay\.plot requires matplotlib"):
        open_canvas(None, (1, 1), "SignalDisplay.plot")
