"""Surrogates with the spectrum of a real window and random phases."""

import numpy as np
from imblearn.utils import Substitution

from skeeg.over_sampling._base_variation import BaseVariationSampler
from skeeg.over_sampling._docstring import VARIATION_ATTRIBUTES, VARIATION_PARAMETERS


@Substitution(parameters=VARIATION_PARAMETERS, attributes=VARIATION_ATTRIBUTES)
class FourierSurrogateSampler(BaseVariationSampler):
    """Over-sample classes with surrogates: the spectrum of a real window, phases at random.

    A window of the class is picked, the phases of its Fourier transform are shifted at random and
    it is transformed back [1]_. Mean, amplitude and power at each frequency are those of the
    window; everything that depends on phases is gone, the shape of spikes and any drift of
    amplitude. All channels get the same shifts, so that the cross-spectra and with them all
    correlations between channels stay too [2]_.

    Parameters
    ----------
    {parameters}

    Attributes
    ----------
    {attributes}

    See Also
    --------
    AutoregressiveSampler : Keeps a smoothed spectrum instead, and suits short windows better.
    WaveGANSampler : Learns the shape of waves too; much slower.

    Notes
    -----
    The transform takes the window for one period of an endless signal. Where its two ends do not
    meet, the jump is part of the spectrum, and the surrogate has the power of that jump spread
    over the whole window as high-frequency noise. The shorter the window and the slower its
    rhythms, the more it matters.

    References
    ----------
    .. [1] J. Theiler, S. Eubank, A. Longtin, B. Galdrikian, J. D. Farmer, "Testing for nonlinearity
       in time series: the method of surrogate data", Physica D 58, 77-94, 1992.
       https://doi.org/10.1016/0167-2789(92)90102-S
    .. [2] D. Prichard, J. Theiler, "Generating surrogate data for time series with several
       simultaneously measured variables", Physical Review Letters 73, 951-954, 1994.
       https://doi.org/10.1103/PhysRevLett.73.951

    Examples
    --------
    >>> import numpy as np
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.over_sampling import FourierSurrogateSampler
    >>> data = make_seizures(random_state=0)
    >>> X, y = data.data.astype(float), data.target
    >>> sampler = FourierSurrogateSampler(random_state=0)
    >>> X_resampled, y_resampled = sampler.fit_resample(X, y)
    >>> X_resampled.shape
    (768, 178)

    Each surrogate has the amplitude of some real window at every frequency:

    >>> spectra = np.abs(np.fft.rfft(X_resampled))
    >>> bool(np.isclose(spectra[: len(X)], spectra[-1]).all(axis=1).any())
    True
    """

    def _vary(self, waves, random):
        # White noise has uniform phases, and real values wherever the transform must be real.
        n_samples, _, n_times = waves.shape
        noise = np.fft.rfft(random.standard_normal((n_samples, 1, n_times)))
        return np.fft.irfft(np.fft.rfft(waves) * (noise / np.abs(noise)), n_times)
