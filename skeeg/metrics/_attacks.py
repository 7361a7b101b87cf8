"""Attacks that tell which real windows a generator was trained on."""

import numpy as np
from sklearn.utils import check_random_state
from threadpoolctl import threadpool_limits

from skeeg.metrics._distance_to_closest_record import measure_closest
from skeeg.metrics._embedding import embed, flatten_waves
from skeeg.metrics._groups import halve
from skeeg.metrics._strongest import score_strongest


def _log_distance(rows, others):
    return np.log(np.maximum(measure_closest(rows, others), np.finfo(float).tiny))


def _attack(rows, synthetic, reference):
    """Suspicion against each row by distance and by the ratio of densities, (2, n_rows).

    The distance to the nearest row of a set tells the density of the set there.
    """
    nearness = -_log_distance(rows, synthetic)
    return np.stack([nearness, nearness + _log_distance(rows, reference)])


def _attack_halves(space, halves, measures):
    """Measure both attacks on either half of the real rows, (2, 2, n_measures)."""
    train, holdout, synthetic = space
    figures = []
    for half in (False, True):
        members, others = halves[0] == half, halves[1] == half
        suspicions = [
            _attack(rows, synthetic, holdout[~others]) for rows in (train[members], holdout[others])
        ]
        figures.append(
            [
                [measure(*pair, members, others) for measure in measures]
                for pair in zip(*suspicions, strict=True)
            ]
        )
    return np.swapaxes(figures, 0, 1)


def measure_strongest(measures, sets, codes, features, random_state):
    """Attack waveforms and features; return of each measure that of the strongest attack."""
    random = check_random_state(random_state)
    for name, groups in zip(("X_train", "X_holdout"), codes, strict=True):
        if groups.max() < 1:
            raise ValueError(f"Attacks need windows of at least two groups; {name} has one.")
    halves = [halve(groups, random) for groups in codes]
    spaces = [[flatten_waves(X) for X in sets], embed(sets, features)]
    with threadpool_limits(1):  # with so few rows, threads mostly wait for each other
        figures = np.concatenate([_attack_halves(space, halves, measures) for space in spaces])
    return [score_strongest(figures[..., i]) for i in range(len(measures))]
