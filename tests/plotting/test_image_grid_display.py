"""ImageGridDisplay: a row for each class, and the real image next to each generated one."""

import numpy as np
import pytest
from matplotlib import pyplot

from skeeg.plotting import ImageGridDisplay


@pytest.fixture
def images(rng):
    """Real and generated images of three classes, in grey."""
    y = np.arange(60) % 3
    base = 80 * y[:, None, None]
    real, generated = rng.integers(0, 60, (2, 60, 6, 5)) + base
    return real.astype(np.uint8), y, generated.astype(np.uint8), y


def show(images, **settings):
    return ImageGridDisplay.from_images(*images, random_state=0, **settings)


def distances(images, known):
    rows, others = (each.reshape(len(each), -1).astype(float) for each in (images, known))
    return np.linalg.norm(rows[:, None] - others, axis=-1)


def test_each_block_holds_images_of_the_class_of_the_row(images):
    real, y, generated, _ = images
    display = show(images, n_images=5)
    for label in range(3):
        for shown, known in ((display.real, real), (display.generated, generated)):
            assert len(np.unique(shown[label], axis=0)) == 5
            assert distances(shown[label], known[y == label]).min(axis=1).max() == 0


def test_the_third_block_is_the_nearest_real_image_of_any_class(images):
    real = images[0]
    display = show(images)
    for generated, nearest in zip(display.generated, display.nearest, strict=True):
        np.testing.assert_array_equal(nearest, real[distances(generated, real).argmin(axis=1)])


def test_novelty_is_a_ratio_of_distances(images):
    real, _, generated, _ = images
    among_real = distances(real, real)
    np.fill_diagonal(among_real, np.inf)
    expected = np.median(distances(generated, real).min(axis=1)) / np.median(among_real.min(axis=1))
    assert show(images).novelty == pytest.approx(expected)


def test_copies_show_as_such(images):
    real, y, _, _ = images
    display = show((real, y, real[::-1], y[::-1]))
    assert display.novelty == pytest.approx(0, abs=1e-6)
    np.testing.assert_array_equal(display.nearest, display.generated)
    assert "0.00 (real: 1, copies: 0)" in display.ax_[1].get_xlabel()


@pytest.mark.parametrize("n_real", [1, 2])
def test_where_real_images_do_not_differ_there_is_no_ratio(n_real):
    same = np.zeros((n_real, 4, 4), dtype=np.uint8)
    assert np.isnan(show((same, [0] * n_real, same + 9, [0] * n_real)).novelty)


def test_colours_are_drawn_as_they_are(rng):
    real, generated = rng.integers(0, 256, (2, 6, 4, 4, 3)).astype(np.uint8)
    display = show((real, [0] * 6, generated, [0] * 6), n_images=2)
    sheet = display.ax_[0].images[0].get_array()
    assert sheet.shape == (4, 9, 3)
    np.testing.assert_array_equal(sheet[:, :4], display.real[0][0])
    assert (sheet[:, 4] == 255).all()


def test_classes_with_few_images_leave_their_place_white(images):
    real, y, generated, _ = images
    some = (y == 0) | (np.arange(60) < 3)
    display = show((real, y, generated[some], y[some]))
    assert [len(each) for each in display.generated] == [4, 1, 1]
    assert (display.ax_[1].images[0].get_array()[7:, 6:] == 255).all()


def test_classes_without_generated_images_are_not_shown(images):
    real, y, generated, _ = images
    display = show((real, y, generated[y == 1], y[y == 1]), display_labels=["a", "b", "c"])
    assert display.display_labels == ["b"]
    assert [label.get_text() for label in display.ax_[0].get_yticklabels()] == ["b"]


def test_it_fits_into_axes_of_the_user(images):
    figure, (ax, other) = pyplot.subplots(1, 2, layout="constrained")
    display = show(images, ax=ax)
    assert display.figure_ is figure
    figure.canvas.draw()
    assert display.ax_[2].get_position().x1 <= other.get_position().x0


def test_a_seed_shows_the_same(images):
    first, again = show(images), show(images)
    np.testing.assert_array_equal(first.generated, again.generated)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda r, y, g, z: (r / 255, y, g, z), "images_real is float64"),
        (lambda r, y, g, z: (r, y, g.astype(int), z), "images_synthetic is int64"),
        (lambda r, y, g, z: (r[0], y, g, z), "images_real is uint8 of shape"),
        (lambda r, y, g, z: (r, y, g[:, 1:], z), "of one size"),
        (lambda r, y, g, z: (r, y[1:], g, z), "inconsistent numbers"),
        (lambda r, y, g, z: (r, y, g, z + 1), r"y_synthetic holds the classes \[3\]"),
        (lambda r, y, g, z: (r[:0], y[:0], g, z), "none of them 0"),
    ],
)
def test_bad_input_is_named(images, spoil, message):
    with pytest.raises(ValueError, match=message):
        show(spoil(*images))


@pytest.mark.parametrize(("name", "value"), [("n_images", 0), ("random_state", "seed")])
def test_bad_parameters_are_named(images, name, value):
    with pytest.raises(ValueError, match=f"'{name}' parameter of ImageGridDisplay.from_images"):
        ImageGridDisplay.from_images(*images, **{name: value})
