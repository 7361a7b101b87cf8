"""A fit that fails leaves an estimator as it was."""

import inspect

import pytest
from sklearn.base import BaseEstimator

from skeeg._failed_fit import undo_on_failure


class Fragile(BaseEstimator):
    @undo_on_failure
    def fit(self, X, y=None, *, error=None):
        """Learn how many rows there are."""
        self.n_rows_ = len(X)
        if error is not None:
            self.unfinished_ = True
            raise error
        return self


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
@pytest.mark.parametrize("fitted", [False, True])
def test_nothing_is_left_of_a_fit_that_fails(error, fitted):
    estimator = Fragile().fit([1, 2]) if fitted else Fragile()
    before = vars(estimator).copy()
    with pytest.raises(error):
        estimator.fit([1, 2, 3], error=error)
    assert vars(estimator) == before


def test_a_fit_that_works_is_what_it_was():
    assert Fragile().fit([1, 2]).n_rows_ == 2
    assert list(inspect.signature(Fragile.fit).parameters) == ["self", "X", "y", "error"]
    assert Fragile.fit.__doc__ == "Learn how many rows there are."
