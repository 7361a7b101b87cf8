"""Real windows, smoothly distorted in time and in magnitude."""

from numbers import Integral, Real

import numpy as np
from imblearn.utils import Substitution
from scipy.interpolate import CubicSpline
from sklearn.utils._param_validation import Interval

from skeeg.over_sampling._base_variation import BaseVariationSampler
from skeeg.over_sampling._docstring import VARIATION_ATTRIBUTES, VARIATION_PARAMETERS


def _smooth_factors(n_samples, n_times, sigma, n_knots, random):
    """Draw positive curves around 1: the exponential of splines through random knots."""
    knots, times = np.linspace(0, 1, n_knots + 2), np.linspace(0, 1, n_times)
    basis = CubicSpline(knots, np.eye(n_knots + 2), bc_type="natural")(times)
    heights = sigma * random.standard_normal((n_samples, n_knots + 2))
    return np.exp(np.einsum("nk,tk->nt", heights, basis))


def _monotone_paths(speed):
    """Run through all time points once, from the first to the last, at the given speed."""
    way = np.cumsum(speed[:, :-1], axis=1)
    path = np.zeros_like(speed)
    path[:, 1:] = way / way[:, -1:] * way.shape[1]
    return path


def _read_at(waves, path):
    """Interpolate linearly between the two points next to each position."""
    left = path.astype(int).clip(0, max(0, waves.shape[-1] - 2))
    right = np.minimum(left + 1, waves.shape[-1] - 1)
    before, after = (np.take_along_axis(waves, at[:, None], axis=-1) for at in (left, right))
    return before + (path - left)[:, None] * (after - before)


@Substitution(parameters=VARIATION_PARAMETERS, attributes=VARIATION_ATTRIBUTES)
class WarpSampler(BaseVariationSampler):
    """Over-sample classes with real windows, smoothly distorted in time and in magnitude.

    A window of the class is picked and read at a speed that varies smoothly and at random, always
    forwards and from its first to its last point; then its deviation from the mean is multiplied by
    another smooth curve [1]_. Rhythms shift and swell a little, and the order of events stays. All
    channels are distorted alike, so that what happens at the same time still does.

    Parameters
    ----------
    time_sigma : float, default=0.2
        Standard deviation of the logarithm of the speed at the knots; 0 leaves time as it is.

    magnitude_sigma : float, default=0.2
        Standard deviation of the logarithm of the factor at the knots; 0 leaves magnitudes as they
        are.

    n_knots : int, default=4
        Number of knots of each curve between the two ends; more of them distort faster.

    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    JitterSampler : Adds noise instead.
    FourierSurrogateSampler : Goes further away from the window.

    Notes
    -----
    In the paper both curves are splines around 1. Here they are exponentials of natural splines
    around 0, so that for any sigma time runs forwards and no wave is turned over. As in the paper,
    the signal is a straight line between two points, which weakens what lies near half the sampling
    rate.

    References
    ----------
    .. [1] T. T. Um et al., "Data augmentation of wearable sensor data for Parkinson's disease
       monitoring using convolutional neural networks", ICMI 2017.
       https://doi.org/10.1145/3136755.3136817

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import WarpSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = WarpSampler(time_sigma=0.3, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(data.data, data.target)
    >>> X_resampled.shape
    (768, 178)
    """

    _parameter_constraints: dict = {
        **BaseVariationSampler._parameter_constraints,
        "time_sigma": [Interval(Real, 0, None, closed="left")],
        "magnitude_sigma": [Interval(Real, 0, None, closed="left")],
        "n_knots": [Interval(Integral, 1, None, closed="left")],
    }

    def __init__(
        self,
        *,
        time_sigma=0.2,
        magnitude_sigma=0.2,
        n_knots=4,
        sampling_strategy="auto",
        n_channels=1,
        random_state=None,
    ):
        super().__init__(
            sampling_strategy=sampling_strategy, n_channels=n_channels, random_state=random_state
        )
        self.time_sigma = time_sigma
        self.magnitude_sigma = magnitude_sigma
        self.n_knots = n_knots

    def _vary(self, waves, random):
        n_samples, _, n_times = waves.shape
        speed, gain = (
            _smooth_factors(n_samples, n_times, sigma, self.n_knots, random)
            for sigma in (self.time_sigma, self.magnitude_sigma)
        )
        return gain[:, None] * _read_at(waves, _monotone_paths(speed))
