"""Noise filtered so that its second-order structure is that of a real window."""

from numbers import Integral

import numpy as np
from imblearn.utils import Substitution
from sklearn.utils._param_validation import Interval

from skeeg.over_sampling._base_variation import BaseVariationSampler
from skeeg.over_sampling._docstring import VARIATION_ATTRIBUTES, VARIATION_PARAMETERS
from skeeg.over_sampling._levels import split_levels

# Of the variance: noise this weak keeps channels that depend on each other from being singular.
NOISE_FLOOR = 1e-7

# Matrices have the shape (n_rows, n_columns, n_samples): with samples last, every operation runs
# over all of them at once, and einsum gives the same bits for any number of BLAS threads.


def _product(A, B):
    return np.einsum("ijn,jkn->ikn", A, B)


def _transpose(A):
    return A.swapaxes(0, 1)


def _autocovariances(waves, order):
    """Covariances of each time point with the one `lag` points before, for lags from 0 on.

    The windows are tapered, without which the jump between their ends whitens the spectrum.
    Dividing by the full length at every lag makes the covariances those of a stable process.
    """
    n_channels, n_times = waves.shape[1:]
    waves = waves * np.sin(np.pi * (np.arange(n_times) + 0.5) / n_times)
    covariances = np.stack(
        [
            np.einsum("nit,njt->ijn", waves[..., lag:], waves[..., : n_times - lag])
            for lag in range(order + 1)
        ]
    )
    covariances[0] += NOISE_FLOOR * n_times * np.eye(n_channels)[..., None]
    return covariances / n_times


def _factorise(S):
    """Return U and W with U' U = S and W S W' = 1, by Gaussian elimination."""
    n_channels = len(S)
    identity = np.broadcast_to(np.eye(n_channels)[..., None], S.shape)
    rows = np.concatenate([S, identity], axis=1)
    for i in range(n_channels):
        rows[i] /= np.sqrt(np.maximum(rows[i, i], NOISE_FLOOR**2))
        rows[i + 1 :] -= rows[i, i + 1 : n_channels, None] * rows[i]
    return rows[:, :n_channels], rows[:, n_channels:]


def _solve(A, whitener):
    """Return A S^-1, S^-1 being W' W of the whitener W."""
    return _product(_product(A, _transpose(whitener)), whitener)


def _extend(coefficients, opposite, gain):
    """Return the coefficients of a predictor with one more point of the past."""
    corrected = coefficients - np.einsum("ijn,mjkn->mikn", gain, opposite[::-1])
    return np.concatenate([corrected, gain[None]])


def _predictors(covariances):
    """Yield the best linear predictor from 0, 1, 2, ... past points, by Whittle's recursion.

    Each is an array of coefficients, the latest point first, of shape
    `(n_past, n_channels, n_channels, n_samples)`, and a root U of the covariance U' U of its error.
    """
    forward = backward = covariances[:0]
    error = backward_error = covariances[0]
    for covariance in covariances[1:]:
        root, whitener = _factorise(error)
        yield forward, root
        _, backward_whitener = _factorise(backward_error)
        past = covariances[len(forward) : 0 : -1]
        unexplained = covariance - np.einsum("mijn,mjkn->ikn", forward, past)
        gain = _solve(unexplained, backward_whitener)
        backward_gain = _solve(_transpose(unexplained), whitener)
        error = error - _product(gain, _transpose(unexplained))
        backward_error = backward_error - _product(backward_gain, unexplained)
        forward, backward = (
            _extend(forward, backward, gain),
            _extend(backward, forward, backward_gain),
        )
    yield forward, _factorise(error)[0]


def _simulate(covariances, noise):
    """Drive the process that has these covariances; it is stationary from the first point on."""
    signals, predictor = np.empty_like(noise), None
    predictors = _predictors(covariances)
    for time, fresh in enumerate(noise):
        coefficients, root = predictor = next(predictors, predictor)
        past = signals[time - len(coefficients) : time][::-1]
        predicted = np.einsum("mijn,mjn->in", coefficients, past)
        signals[time] = predicted + np.einsum("jin,jn->in", root, fresh)
    return signals


@Substitution(parameters=VARIATION_PARAMETERS, attributes=VARIATION_ATTRIBUTES)
class AutoregressiveSampler(BaseVariationSampler):
    """Over-sample classes with noise that an autoregressive model of a real window has coloured.

    A window of the class is picked, an autoregressive model is fitted to it and driven with fresh
    Gaussian noise. Mean and amplitude of each channel are those of the window and the spectrum is
    a smooth version of its spectrum; the rest is new. With several channels it is a vector model,
    every channel predicted from the past of all, so that cross-spectra are kept too.

    Parameters
    ----------
    order : int, default=12
        Number of past points from which the next is predicted, at most one less than there are.
        A higher order follows the spectrum more closely.

    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    FourierSurrogateSampler : Keeps the spectrum as it is instead of a smooth version.
    WaveGANSampler : Learns the shape of waves too; much slower.

    Notes
    -----
    The model solves the Yule-Walker equations of the tapered window, which are those of a stable
    process for any window and order; with the taper [1]_ they come as close to the spectra of short
    windows as Burg's method. Whittle's recursion [2]_ yields the predictors of all lower orders on
    its way, and with these the noise is coloured up to the first `order` points: the signals are
    stationary from the start and nothing has to be thrown away. The time it takes grows with the
    order and, for more than a few channels, with more than the square of their number.

    References
    ----------
    .. [1] R. Dahlhaus, "Small sample effects in time series analysis: a new asymptotic theory and a
       new estimate", Annals of Statistics 16, 808-841, 1988.
       https://doi.org/10.1214/aos/1176350838
    .. [2] P. Whittle, "On the fitting of multivariate autoregressions, and the approximate
       canonical factorization of a spectral density matrix", Biometrika 50, 129-134, 1963.
       https://doi.org/10.1093/biomet/50.1-2.129

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import AutoregressiveSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = AutoregressiveSampler(random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(data.data, data.target)
    >>> X_resampled.shape
    (768, 178)
    >>> sampler.sample(3, label=1, random_state=0).shape
    (3, 178)
    """

    _parameter_constraints: dict = {
        **BaseVariationSampler._parameter_constraints,
        "order": [Interval(Integral, 1, None, closed="left")],
    }

    def __init__(self, *, order=12, sampling_strategy="auto", n_channels=1, random_state=None):
        super().__init__(
            sampling_strategy=sampling_strategy, n_channels=n_channels, random_state=random_state
        )
        self.order = order

    def _vary(self, waves, random):
        n_samples, n_channels, n_times = waves.shape
        covariances = _autocovariances(waves, min(self.order, n_times - 1))
        signals = _simulate(covariances, random.standard_normal((n_times, n_channels, n_samples)))
        return split_levels(signals.transpose(2, 1, 0))[0]
