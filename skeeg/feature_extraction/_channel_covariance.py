"""How the channels vary together."""

from itertools import combinations_with_replacement
from numbers import Real

import numpy as np
from sklearn.utils._param_validation import Interval, StrOptions

from skeeg.feature_extraction._base import BaseSignalFeatures
from skeeg.feature_extraction._moments import centre, mean_square
from skeeg.feature_extraction._noise_floor import noise_floor
from skeeg.feature_extraction._pairs import name_pairs, upper_triangle


class ChannelCovariance(BaseSignalFeatures):
    """Describe each sample by the covariance of its channels over time.

    The covariance matrix of a sample is drawn a little towards a multiple of the identity, which
    makes it invertible and steadier where time points are few [1]_; the upper triangle is the
    features, the diagonal first named by one channel, the others by two. Its matrix logarithm
    turns products of scales into sums [2]_: the straight line between two rows of the table is
    then the log-Euclidean geodesic between the matrices.

    Parameters
    ----------
    kind : {"log", "covariance", "correlation"}, default="log"
        What to return of the matrix:

        - `"log"`: its matrix logarithm, natural, with the values off the diagonal times the root
          of 2, so that the distance of two rows is that of the two matrices. Scaling a sample by
          `k` adds `2 * ln(k)` to the diagonal. Eigenvalues more than 120 dB below the mean
          square of the sample are rounding, and are raised to that floor;
        - `"covariance"`: itself, in squared units of X;
        - `"correlation"`: what is left when each channel is divided by its standard deviation,
          without the diagonal. A constant channel is correlated with nothing; one channel alone
          has no correlations, and the table no columns.

    shrinkage : float, default=0.1
        Weight of the identity times the mean variance of the channels, from 0 to 1.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    channel_names : array-like of shape (n_channels,), default=None
        Names of the channels, used in the names of the features. None means "ch0", "ch1", ...

    Attributes
    ----------
    n_channels_ : int
        Number of channels.

    n_features_in_ : int
        Number of values in a sample, `n_channels_ * n_times`.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.

    See Also
    --------
    Coherence : What two channels share in a band of frequencies.
    sklearn.covariance.shrunk_covariance : The same shrinkage, for one matrix.

    References
    ----------
    .. [1] O. Ledoit, M. Wolf, "A well-conditioned estimator for large-dimensional covariance
       matrices", Journal of Multivariate Analysis 88(2), 2004.
    .. [2] V. Arsigny, P. Fillard, X. Pennec, N. Ayache, "Log-Euclidean metrics for fast and
       simple calculus on diffusion tensors", Magnetic Resonance in Medicine 56(2), 2006.

    Examples
    --------
    Of three channels, the second has twice the size of the first and the third goes its own way:

    >>> from skeeg.feature_extraction import ChannelCovariance
    >>> X = [[[1, -1, 1, -1], [2, -2, 2, -2], [1, 1, -1, -1]]]
    >>> matrix = ChannelCovariance(
    ...     kind="covariance", shrinkage=0, channel_names=["Fz", "Cz", "Pz"]
    ... )
    >>> matrix.set_output(transform="pandas").fit_transform(X).T
                         0
    Fz__covariance     1.0
    Fz-Cz__covariance  2.0
    Fz-Pz__covariance  0.0
    Cz__covariance     4.0
    Cz-Pz__covariance  0.0
    Pz__covariance     1.0
    """

    _parameter_constraints: dict = {
        **BaseSignalFeatures._parameter_constraints,
        "kind": [StrOptions({"log", "covariance", "correlation"})],
        "shrinkage": [Interval(Real, 0, 1, closed="both")],
    }

    def __init__(self, *, kind="log", shrinkage=0.1, n_channels=1, channel_names=None):
        super().__init__(n_channels=n_channels, channel_names=channel_names)
        self.kind = kind
        self.shrinkage = shrinkage

    def _resolve_places(self, channels):
        if self.kind == "correlation":
            return name_pairs(channels)
        pairs = combinations_with_replacement(channels, 2)
        return ["-".join(dict.fromkeys(pair)) for pair in pairs]

    def _extract(self, X):
        floor = noise_floor(mean_square(X))
        matrices = _shrink(_covariance(X), self.shrinkage)
        if self.kind == "correlation":
            return {"correlation": upper_triangle(_correlation(matrices, floor))}
        rows, columns = np.triu_indices(X.shape[1])
        if self.kind == "covariance":
            return {"covariance": matrices[:, rows, columns]}
        weights = np.where(rows == columns, 1, np.sqrt(2)).astype(X.dtype)
        logarithms = _matrix_logarithm(matrices, floor.mean(axis=-1, keepdims=True))
        return {"log_covariance": logarithms[:, rows, columns] * weights}


def _covariance(X):
    centred = centre(X)
    return centred @ centred.swapaxes(-1, -2) / X.shape[-1]


def _shrink(matrices, shrinkage):
    n_channels = matrices.shape[-1]
    mean = np.trace(matrices, axis1=-2, axis2=-1)[:, np.newaxis, np.newaxis] / n_channels
    identity = np.eye(n_channels, dtype=matrices.dtype)
    return (1 - shrinkage) * matrices + shrinkage * mean * identity


def _correlation(matrices, floor):
    deviation = np.sqrt(np.maximum(np.diagonal(matrices, axis1=-2, axis2=-1), floor))
    return matrices / deviation[:, np.newaxis] / deviation[..., np.newaxis]


def _matrix_logarithm(matrices, floor):
    values, vectors = np.linalg.eigh(matrices)
    logarithms = np.log(np.maximum(values, floor))
    return (vectors * logarithms[:, np.newaxis]) @ vectors.swapaxes(-1, -2)
