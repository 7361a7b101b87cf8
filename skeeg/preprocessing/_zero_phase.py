"""Recursive filters that are run over the signals twice, so that nothing is delayed."""

from abc import abstractmethod
from numbers import Real

import numpy as np
from scipy.signal import sosfiltfilt
from sklearn.utils._param_validation import Interval

from skeeg.preprocessing._base import BaseSignalFilter

# Poles nearer than this to the unit circle are no longer told from it in float64.
CLOSEST_POLE = 1e-7


class BaseZeroPhaseFilter(BaseSignalFilter):
    """A filter in second-order sections, made by one hook, `_design`."""

    _parameter_constraints: dict = {
        **BaseSignalFilter._parameter_constraints,
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
    }

    @abstractmethod
    def _design(self):
        """Return the sections of one pass, of shape (n_sections, 6)."""

    def _prepare(self, n_times):
        sos = self._design()
        _check_stable(sos)
        self.sos_ = sos

    def _filter(self, X):
        # as long as scipy's own, or as the signal permits
        n_padded = min(3 * (2 * len(self.sos_) + 1), X.shape[-1] - 1)
        # scipy takes no read-only sections, which they are after joblib has mapped them to memory
        sos = self.sos_.copy()
        return sosfiltfilt(sos, X, axis=-1, padtype="constant", padlen=n_padded)

    def _check_below_nyquist(self, name, frequency):
        nyquist = (self.sampling_rate or 1.0) / 2
        if frequency >= nyquist:
            unit = (
                "without sampling_rate, it is in cycles per time point"
                if self.sampling_rate is None
                else f"sampling_rate={self.sampling_rate} Hz"
            )
            raise ValueError(
                f"{name}={frequency} must be below {nyquist:g}, half the sampling rate; {unit}."
            )


def _check_stable(sos):
    largest = max(np.abs(np.roots(section[3:])).max(initial=0.0) for section in sos)
    if largest > 1 - CLOSEST_POLE:
        raise ValueError(
            "The filter rings for more than ten million time points and cannot be computed in "
            "float64: a limit is too small a part of the sampling rate, or the quality too high."
        )
