"""Who takes part in a comparison: what is always there, and the samplers to be judged."""

import copy
from collections import Counter
from typing import NamedTuple

from imblearn.over_sampling import SMOTE, RandomOverSampler
from sklearn.base import clone

NONE = "none"
CLASSICAL = "class weights", "random oversampling", "SMOTE"
BASELINES = NONE, *CLASSICAL


class Entrant(NamedTuple):
    """A name, a sampler or None, and the estimator or None where there is no such estimator."""

    name: str
    sampler: object
    estimator: object


def line_up(samplers, estimator):
    """Return the baselines and then the samplers, each with the estimator that it is scored by."""
    named = name_samplers(samplers)
    class_weights, oversampling, smote = CLASSICAL
    return [
        Entrant(NONE, None, estimator),
        Entrant(class_weights, None, _weigh_classes(estimator)),
        Entrant(oversampling, RandomOverSampler(), estimator),
        Entrant(smote, SMOTE(), estimator),
        *(Entrant(name, sampler, estimator) for name, sampler in named.items()),
    ]


def name_samplers(samplers, reserved=BASELINES):
    """Return a dict of samplers; those of a list are called as their class."""
    if not isinstance(samplers, dict):
        for sampler in samplers:
            _check_object(type(sampler).__name__, sampler)
        names = [type(sampler).__name__ for sampler in samplers]
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            raise ValueError(
                f"samplers has several objects of class {twice[0]}; give a dict of names."
            )
        samplers = dict(zip(names, samplers, strict=True))
    for name, sampler in samplers.items():
        _check_sampler(name, sampler, reserved)
    return samplers


def _check_sampler(name, sampler, reserved):
    if not isinstance(name, str):
        raise TypeError(f"The names of samplers must be str; got {name!r}.")
    if name in reserved:
        raise ValueError(
            f"The name {name!r} belongs to what is always compared {reserved}; give the sampler "
            "another one in a dict."
        )
    _check_object(name, sampler)


def _check_object(name, sampler):
    if isinstance(sampler, type) or not hasattr(sampler, "fit_resample"):
        raise TypeError(
            f"The sampler {name!r} must be an object with the method fit_resample; got {sampler!r}."
        )


def _weigh_classes(estimator):
    """Return the estimator with balanced class weights wherever it takes them, or None."""
    names = [name for name in estimator.get_params() if name.split("__")[-1] == "class_weight"]
    weights = dict.fromkeys(names, "balanced")
    return clone(estimator).set_params(**weights) if weights else None


def seeded(obj, seed):
    """Return an unfitted copy; random states that are None become the seed, splitters' too."""
    if not hasattr(obj, "get_params"):
        return copy.deepcopy(obj)
    obj = clone(obj)
    for name, value in obj.get_params().items():
        if name.split("__")[-1] == "random_state" and value is None:
            obj.set_params(**{name: seed})
        elif hasattr(value, "split") and hasattr(value, "random_state"):
            obj.set_params(**{name: reseed(value, seed)})
    return obj


def reseed(splitter, seed):
    """Return a splitter that shuffles by the seed, unless it never does or has its own."""
    splitter = copy.copy(splitter)
    if getattr(splitter, "random_state", seed) is None and getattr(splitter, "shuffle", True):
        splitter.random_state = seed
    return splitter
