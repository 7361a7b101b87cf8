"""A loss that is None until something of it is set."""

from sklearn.base import clone


class DefaultLossMixin:
    """Set `loss__penalty` also where `loss` is None and stands for `default_loss`."""

    def set_params(self, **params):
        """Set parameters; those of the loss, `loss__penalty`, also where the loss is None.

        Parameters
        ----------
        **params : dict
            Names and values. What belongs to the loss and finds none is set on a copy of
            `default_loss`, so that a grid can reach it.

        Returns
        -------
        self : object
            The estimator.
        """
        for_loss = any(name.startswith("loss__") for name in params)
        if for_loss and params.get("loss", self.loss) is None:
            params = {**params, "loss": clone(self.default_loss)}
        return super().set_params(**params)
