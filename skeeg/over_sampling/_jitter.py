"""Real windows with a little noise."""

from numbers import Real

import numpy as np
from imblearn.utils import Substitution
from sklearn.utils._param_validation import Interval

from skeeg.over_sampling._base_variation import BaseVariationSampler
from skeeg.over_sampling._docstring import VARIATION_ATTRIBUTES, VARIATION_PARAMETERS


@Substitution(parameters=VARIATION_PARAMETERS, attributes=VARIATION_ATTRIBUTES)
class JitterSampler(BaseVariationSampler):
    """Over-sample classes with real windows to which white noise is added.

    A window of the class is picked and every channel gets noise in proportion to its own standard
    deviation, and on request the whole window a random amplitude [1]_. The rows stay close to real
    ones: that is a regulariser, not new data. Noise is independent between channels; scaling is the
    same for all of them.

    Parameters
    ----------
    sigma : float, default=0.05
        Standard deviation of the noise, as a fraction of that of the channel in the window.

    scaling_sigma : float, default=0.0
        Standard deviation of the logarithm of the factor by which the deviation from the mean is
        multiplied; 0.1 is about 10 %.

    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    WarpSampler : Distorts time and amplitude smoothly instead.
    imblearn.over_sampling.RandomOverSampler : Plain copies, and copies with a smooth bootstrap.

    References
    ----------
    .. [1] T. T. Um et al., "Data augmentation of wearable sensor data for Parkinson's disease
       monitoring using convolutional neural networks", ICMI 2017.
       https://doi.org/10.1145/3136755.3136817

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import JitterSampler
    >>> data = make_seizures(random_state=0)
    >>> sampler = JitterSampler(sigma=0.1, random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(data.data, data.target)
    >>> X_resampled.shape
    (768, 178)
    """

    _parameter_constraints: dict = {
        **BaseVariationSampler._parameter_constraints,
        "sigma": [Interval(Real, 0, None, closed="left")],
        "scaling_sigma": [Interval(Real, 0, None, closed="left")],
    }

    def __init__(
        self,
        *,
        sigma=0.05,
        scaling_sigma=0.0,
        sampling_strategy="auto",
        n_channels=1,
        random_state=None,
    ):
        super().__init__(
            sampling_strategy=sampling_strategy, n_channels=n_channels, random_state=random_state
        )
        self.sigma = sigma
        self.scaling_sigma = scaling_sigma

    def _vary(self, waves, random):
        scale = np.exp(self.scaling_sigma * random.standard_normal((len(waves), 1, 1)))
        return scale * waves + self.sigma * random.standard_normal(waves.shape)
