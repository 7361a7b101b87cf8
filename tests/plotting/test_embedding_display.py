"""EmbeddingDisplay: points where the embedding puts them, neighbours in the space of features."""

import numpy as np
import pytest
from matplotlib import pyplot
from numpy.testing import assert_allclose, assert_array_equal
from sklearn.decomposition import PCA
from sklearn.model_selection import LeaveOneOut, cross_val_score
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

from skeeg.plotting import EmbeddingDisplay


@pytest.fixture
def features(rng):
    """Real and synthetic rows of two classes, of one distribution each."""
    y = np.repeat(["calm", "seizure"], 60)
    X = rng.normal(size=(240, 6)) * [1, 2, 3, 4, 5, 6]
    X[:, 0] += 3 * (np.tile(y, 2) == "seizure")
    return X[:120], y, X[120:], y


def show(features, **settings):
    settings = {"embedding": PCA(2), "random_state": 0, **settings}
    return EmbeddingDisplay.from_features(*features, **settings)


def test_points_are_those_of_the_embedding_of_standardised_features(features):
    X_real, _, X_synthetic, _ = features
    display = show(features)
    scaler = StandardScaler().fit(X_real)
    rows = np.concatenate([scaler.transform(X) for X in (X_real, X_synthetic)])
    expected = PCA(2).fit_transform(rows)
    shown = np.concatenate([*display.real, *display.synthetic])
    # rows are chosen in another order, and components have either sign
    radii, expected_radii = (np.sort(np.linalg.norm(X, axis=1)) for X in (shown, expected))
    assert_allclose(radii, expected_radii)


def test_neighbours_are_those_of_leave_one_out(features):
    X_real, y, X_synthetic, _ = features
    display = show(features)
    scaler = StandardScaler().fit(X_real)
    for i, name in enumerate(["calm", "seizure"]):
        rows = np.concatenate([scaler.transform(X[y == name]) for X in (X_real, X_synthetic)])
        kind = np.repeat([0, 1], 60)
        nearest = KNeighborsClassifier(1)
        assert_allclose(
            display.own_kind[i], cross_val_score(nearest, rows, kind, cv=LeaveOneOut()).mean()
        )


def test_alike_is_half_apart_is_all_and_copies_are_none(features):
    X_real, y, X_synthetic, _ = features
    assert_allclose(show(features).own_kind, 0.5, atol=0.15)
    assert_array_equal(show((X_real, y, X_synthetic + 100, y)).own_kind, 1)
    assert_array_equal(show((X_real, y, X_real, y)).own_kind, 0)


def test_neighbours_of_the_same_group_do_not_count(rng):
    centres = rng.normal(size=(20, 4)).repeat(6, axis=0)
    X, y, groups = centres + 0.01 * rng.normal(size=(120, 4)), np.zeros(120), np.arange(120) // 6
    new = rng.normal(size=(120, 4))
    by_row, by_group = (show((X, y, new, y), groups=own).own_kind[0] for own in (None, groups))
    assert by_row > 0.7
    assert by_group < 0.6


def test_each_kind_has_as_many_rows_as_there_are_or_are_asked_for(features):
    X_real, y, X_synthetic, _ = features
    display = show((X_real, y, X_synthetic[::2], y[::2]), n_samples=40)
    assert [len(X) for X in (*display.real, *display.synthetic)] == [30] * 4
    assert [len(X) for X in show(features, n_samples=40).real] == [40, 40]


def test_the_figure_is_drawn_and_states_the_finding(features):
    display = show(features, display_labels=["rest", "fit"])
    display.figure_.canvas.draw()
    share = round(100 * display.own_kind[1])
    assert display.ax_[1].get_title(loc="left").startswith(f"fit: {share} % nearest to their own")
    assert display.ax_[0].get_xlabel().startswith("PCA 1 (")
    assert display.ax_[0].get_ylabel().startswith("PCA 2 (")
    legend = [text.get_text() for text in display.ax_[0].get_legend().get_texts()]
    assert legend == ["other classes", "real", "synthetic"]
    circles, crosses = display.ax_[0].collections[1:]
    assert_array_equal(circles.get_offsets(), display.real[0])
    assert_array_equal(crosses.get_offsets(), display.synthetic[0])


def test_classes_without_synthetic_rows_are_left_out(features):
    X_real, y, X_synthetic, _ = features
    display = show((X_real, y, X_synthetic[y == "seizure"], ["seizure"] * 60))
    assert display.display_labels == ["seizure"]
    assert display.ax_.shape == (1,)


def test_t_sne_is_the_default_and_an_int_gives_the_same_picture(features):
    settings = {"embedding": None, "n_samples": 15}
    first, second = (show(features, **settings, random_state=3) for _ in range(2))
    assert first.axis_names == ["t-SNE 1", "t-SNE 2"]
    assert_array_equal(first.real[0], second.real[0])
    assert not np.array_equal(first.real[0], show(features, **settings, random_state=4).real[0])


def test_two_rows_can_be_shown(features):
    X_real, y, X_synthetic, _ = features
    rows = [0, 60]
    few = X_real[rows], y[rows], X_synthetic[rows], y[rows]
    for embedding in (None, PCA(2)):
        show(few, embedding=embedding).figure_.canvas.draw()


def test_the_embedding_of_the_user_stays_unfitted(features):
    pca = PCA(2)
    show(features, embedding=pca)
    assert not hasattr(pca, "components_")


def test_draws_in_the_place_of_given_axes_and_again_in_new_ones(features):
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(12, 4), layout="constrained")
    display = show(features, ax=right)
    figure.canvas.draw()
    assert all(panel.get_position().x0 > left.get_position().x1 for panel in display.ax_)
    assert display.plot() is display
    assert display.figure_ is not figure


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"X_synthetic": np.ones((120, 5))}, r"\(1, 6\) in X_real and \(1, 5\) in X_synthetic"),
        ({"X_real": np.full((120, 6), np.nan)}, "Input X_real contains NaN"),
        ({"y_synthetic": ["calm"] * 119}, "inconsistent numbers of samples"),
        ({"y_synthetic": ["other"] * 120}, r"y_synthetic holds the classes \['other'\]"),
        ({"groups": [0] * 119}, "inconsistent numbers of samples"),
        ({"embedding": PCA(1)}, r"embedding must have two dimensions; got \(1,\)"),
        ({"embedding": "pca"}, "'embedding' parameter"),
        ({"n_samples": 1}, "'n_samples' parameter"),
        ({"display_labels": ["A"]}, "display_labels has 1 names; y_real has 2 classes"),
    ],
)
def test_bad_input_is_named_and_opens_no_figure(features, broken, message):
    names = "X_real", "y_real", "X_synthetic", "y_synthetic"
    arguments = dict(zip(names, features, strict=True), random_state=0)
    with pytest.raises(ValueError, match=message):
        EmbeddingDisplay.from_features(**{**arguments, **broken})
    assert pyplot.get_fignums() == []
