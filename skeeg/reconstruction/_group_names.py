"""Under which name groups reach what takes them."""

from sklearn.pipeline import Pipeline
from sklearn.utils._metadata_requests import _routing_enabled
from sklearn.utils.metadata_routing import get_routing_for_object
from sklearn.utils.validation import has_fit_parameter


def _find_takers(estimator):
    """Return the names of the groups of an estimator, or of the steps of a pipeline."""
    if has_fit_parameter(estimator, "groups"):
        return ["groups"]
    if not isinstance(estimator, Pipeline):
        return []
    return [f"{name}__{taker}" for name, step in estimator.steps for taker in _find_takers(step)]


def name_groups(estimator, groups):
    """Return what to hand to the `fit` of an estimator, or pipeline, that may take groups."""
    takers = _find_takers(estimator)
    if _routing_enabled() and takers != ["groups"]:  # names of steps are no longer understood
        takers = get_routing_for_object(estimator).consumes("fit", ["groups"])
    return dict.fromkeys(takers, groups)
