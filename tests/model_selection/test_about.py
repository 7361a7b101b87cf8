"""What a report says about data and settings."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from skeeg.feature_extraction import RootMeanSquare
from skeeg.model_selection import compare_samplers
from skeeg.model_selection._about import (
    count_classes,
    describe_object,
    describe_settings,
    describe_shape,
)


def test_classes_are_counted_in_all_and_in_parts():
    y, groups = np.array(["a", "b", "a", "a"]), np.array([0, 0, 1, 1])
    table = count_classes(y, groups, training=np.array([0, 1]), held_out=np.array([2, 3]))
    assert table.loc["a"].tolist() == [3, 2, 1, 1, 2, 1]
    assert table.loc["b"].tolist() == [1, 1, 1, 1, 0, 0]
    assert count_classes(y, None).columns.tolist() == ["rows"]


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ((5, 12), "5 rows of 12 values"),
        ((5, 1, 12), "5 rows of 1 channel with 12 time points"),
        ((5, 3, 4), "5 rows of 3 channels with 4 time points"),
    ],
)
def test_shapes_in_words(shape, words):
    assert describe_shape(np.zeros(shape)) == words


def test_what_cannot_be_repeated_is_said():
    assert describe_settings({"random_state": 3})["random_state"] == "3"
    assert describe_settings({"random_state": None})["random_state"] == "None: cannot be repeated"


def test_long_estimators_are_written_whole():
    model = make_pipeline(*[LogisticRegression(C=i + 0.5) for i in range(25)])
    assert "..." in repr(model)
    assert "..." not in describe_object(model)
    assert describe_object("roc_auc") == "roc_auc"
    assert describe_object(None) == "None"


def test_a_comparison_notes_down_what_it_takes_to_repeat_it(recordings):
    model = make_pipeline(RootMeanSquare(), LogisticRegression())
    comparison = compare_samplers(
        {}, model, recordings.X, recordings.y, groups=recordings.groups, cv=3, random_state=7
    )
    settings = comparison.about.settings
    assert settings["classifier"].startswith("Pipeline(steps=[('rootmeansquare'")
    assert settings["random_state"] == "7"
    assert settings["scoring"] == "balanced_accuracy"
    assert settings["splits"] == "3 in all"
    assert "scikit-learn" in settings["versions"]
    assert comparison.about.classes["groups"].to_dict() == {"common": 16, "rare": 8}
    finding = comparison.about.checks["finding"].iloc[0]
    assert "In 3 splits no group is both trained on and tested on." in finding
