"""What a fitted network says of signals."""

import numpy as np
import torch
from scipy.special import softmax
from sklearn.utils.validation import check_is_fitted

from skeeg._signals import check_signals, split_channels
from skeeg.nn._evaluation import evaluate
from skeeg.nn._parameters import from_numpy


class _Standardize(torch.nn.Module):
    """Scale signals of any unit as a fitted scaler does, and make them 32-bit floats."""

    def __init__(self, scaler):
        super().__init__()
        self.register_buffer("offset", torch.tensor(scaler.offset_)[:, np.newaxis])
        self.register_buffer("scale", torch.tensor(scaler.scale_)[:, np.newaxis])

    def forward(self, signals):
        return ((signals - self.offset) / self.scale).float()


class NetworkPredictionMixin:
    """Predict with the network of `_make_network`, the weights `_state` and the fitted `scaler_`.

    The prediction for a signal depends neither on the rows beside it nor on the number of threads.
    """

    def to_module(self):
        """Return the fitted network, scaling included, for other libraries of torch.

        Returns
        -------
        module : torch.nn.Module
            Maps signals of shape `(n_samples, n_channels, n_times)` in the unit of X to logits of
            shape `(n_samples, n_classes)`, in evaluation mode and on the CPU.
        """
        check_is_fitted(self)
        network = from_numpy(self._make_network, self._state).requires_grad_(False)
        return torch.nn.Sequential(_Standardize(self.scaler_), network).eval()

    def _logits(self, X):
        check_is_fitted(self)
        X = check_signals(self, X, reset=False, dtype=[np.float64, np.float32])
        signals = split_channels(X, self.n_channels_)
        return evaluate(self.to_module(), signals).astype(X.dtype, copy=False)

    def decision_function(self, X):
        """Score each class; the softmax of the scores are the probabilities.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            Signals, laid out as in `fit`.

        Returns
        -------
        scores : ndarray of shape (n_samples, n_classes) or (n_samples,)
            Logits. Of two classes, how much that of the second is above that of the first.
        """
        logits = self._logits(X)
        return logits[:, 1] - logits[:, 0] if len(self.classes_) == 2 else logits

    def predict_proba(self, X):
        """Tell how probable each class is.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            Signals, laid out as in `fit`.

        Returns
        -------
        probabilities : ndarray of shape (n_samples, n_classes)
            In the order of `classes_`.
        """
        return softmax(self._logits(X), axis=1)

    def predict(self, X):
        """Tell the most probable class.

        Parameters
        ----------
        X : array-like of shape (n_samples, n_channels * n_times) or \
                (n_samples, n_channels, n_times)
            Signals, laid out as in `fit`.

        Returns
        -------
        y_pred : ndarray of shape (n_samples,)
            Class of each signal.
        """
        best = self._logits(X).argmax(axis=1)
        return self.classes_[best]
