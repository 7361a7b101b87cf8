"""What an estimator is after a fit that has failed."""

from functools import wraps


def undo_on_failure(fit):
    """Leave the estimator as it was if this fit of it raises or is interrupted."""

    @wraps(fit)
    def fit_or_undo(estimator, *args, **kwargs):
        before = vars(estimator).copy()
        try:
            return fit(estimator, *args, **kwargs)
        except BaseException:
            vars(estimator).clear()
            vars(estimator).update(before)
            raise

    return fit_or_undo
