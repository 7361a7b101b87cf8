"""The strongest method is chosen where it is not scored."""

import numpy as np
import pytest

from skeeg.metrics._strongest import score_strongest


def test_a_method_that_is_best_everywhere_is_scored_everywhere():
    figures = [[0.5, 0.6, 0.4], [0.9, 0.8, 0.7]]
    assert score_strongest(figures) == pytest.approx(0.8)


def test_the_choice_does_not_look_at_what_is_scored():
    # each method shines in one part, so that the other is chosen for it
    assert score_strongest([[1.0, 0.0], [0.0, 1.0]]) == 0


def test_guesses_stay_at_chance(rng):
    scores = [score_strongest(rng.uniform(size=(8, 4))) for _ in range(500)]
    assert np.mean(scores) == pytest.approx(0.5, abs=0.03)
