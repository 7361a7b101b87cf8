"""Removal of noise by thresholds on wavelet coefficients."""

from numbers import Integral

import numpy as np
import pywt
from scipy.stats import norm
from sklearn.utils._param_validation import Interval, StrOptions

from skeeg.preprocessing import _wavelet_thresholds
from skeeg.preprocessing._base import BaseSignalFilter

METHODS = {
    "bayes": _wavelet_thresholds.bayes,
    "sure": _wavelet_thresholds.sure,
    "universal": _wavelet_thresholds.universal,
}
# Half of the values of standard normal noise are larger than this.
MEDIAN_OF_NOISE = norm.ppf(0.75)


class WaveletDenoiser(BaseSignalFilter):
    """Remove white noise from each signal by thresholds on its wavelet coefficients.

    White noise spreads evenly over all coefficients, while a signal gathers in few large ones.
    Details below a threshold become 0, and the signal is put together again. The standard
    deviation of the noise is estimated for each channel of each sample, from the median magnitude
    of its finest details [1]_, so no sample has a part in what becomes of another, and the unit
    of X does not matter.

    Parameters
    ----------
    method : {"bayes", "sure", "universal"}, default="bayes"
        How a threshold is found:

        - `"bayes"`: BayesShrink [3]_, one per level: the variance of the noise over the standard
          deviation of the signal there. Keeps most of what is strong;
        - `"sure"`: SureShrink [2]_, one per level: the least of Stein's unbiased estimates of
          the error, or `"universal"` where a level holds little but noise. It minimises what
          `mode="soft"` does;
        - `"universal"`: VisuShrink [1]_, one per signal: `sqrt(2 * log(n_times))` standard
          deviations of the noise. Leaves hardly any noise, and takes small waves with it.

    mode : {"soft", "hard"}, default="soft"
        Whether details above the threshold are shrunk by it, which keeps the result smooth, or
        stay as they are, which keeps the size of peaks.

    wavelet : str, default="db4"
        Name of a discrete wavelet of PyWavelets.

    level : int, default=None
        Number of levels of details. None means the largest level that is useful
        (:func:`pywt.dwt_max_level`), which is 0 where a signal is shorter than two filters: such
        signals stay as they are.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    Attributes
    ----------
    level_ : int
        Number of levels of details.

    n_channels_ : int
        Number of channels.

    n_features_in_ : int
        Number of values in a sample, `n_channels_ * n_times`.

    feature_names_in_ : ndarray of shape (`n_features_in_`,)
        Names of the columns of X, only defined if these are all strings.

    See Also
    --------
    BandPassFilter : Removes frequencies, whatever their amplitude.
    skeeg.metrics.psnr : How near the result is to the signal without noise.

    Notes
    -----
    What counts as noise is what looks like noise on the finest level, from a quarter to a half of
    the sampling rate. Recordings that were low-pass filtered have little there, and little is
    removed. Muscle activity is no white noise.

    At the ends, signals are continued by their mirror image.

    References
    ----------
    .. [1] D. L. Donoho, I. M. Johnstone, "Ideal spatial adaptation by wavelet shrinkage",
       Biometrika 81(3), 1994. https://doi.org/10.1093/biomet/81.3.425
    .. [2] D. L. Donoho, I. M. Johnstone, "Adapting to unknown smoothness via wavelet shrinkage",
       Journal of the American Statistical Association 90(432), 1995.
       https://doi.org/10.1080/01621459.1995.10476626
    .. [3] S. G. Chang, B. Yu, M. Vetterli, "Adaptive wavelet thresholding for image denoising and
       compression", IEEE Transactions on Image Processing 9(9), 2000.
       https://doi.org/10.1109/83.862633

    Examples
    --------
    >>> import numpy as np
    >>> from skeeg.metrics import psnr
    >>> from skeeg.preprocessing import WaveletDenoiser
    >>> rng = np.random.default_rng(0)
    >>> X_clean = np.sin(2 * np.pi * 4 * np.linspace(0, 1, 512))[np.newaxis]
    >>> X_noisy = X_clean + 0.3 * rng.normal(size=X_clean.shape)
    >>> X_denoised = WaveletDenoiser().fit_transform(X_noisy)
    >>> print(f"{psnr(X_clean, X_noisy):.1f} dB before, {psnr(X_clean, X_denoised):.1f} dB after")
    10.4 dB before, 22.6 dB after
    """

    _parameter_constraints: dict = {
        **BaseSignalFilter._parameter_constraints,
        "method": [StrOptions(set(METHODS))],
        "mode": [StrOptions({"soft", "hard"})],
        "wavelet": [StrOptions(set(pywt.wavelist(kind="discrete")))],
        "level": [Interval(Integral, 1, None, closed="left"), None],
    }

    def __init__(self, *, method="bayes", mode="soft", wavelet="db4", level=None, n_channels=1):
        super().__init__(n_channels=n_channels)
        self.method = method
        self.mode = mode
        self.wavelet = wavelet
        self.level = level

    def _prepare(self, n_times):
        deepest = pywt.dwt_max_level(n_times, self.wavelet)
        if self.level is not None and self.level > deepest:
            raise ValueError(
                f"level={self.level} is too deep for {n_times} time points; with "
                f"wavelet={self.wavelet!r} it is at most {deepest}."
            )
        self.level_ = deepest if self.level is None else self.level

    def _filter(self, X):
        approximation, *details = pywt.wavedec(X, self.wavelet, level=self.level_, axis=-1)
        if not details:
            return X
        noise = np.median(np.abs(details[-1]), axis=-1, keepdims=True) / MEDIAN_OF_NOISE
        shrunk = [self._shrink(octave, noise, X.shape[-1]) for octave in details]
        denoised = pywt.waverec([approximation, *shrunk], self.wavelet, axis=-1)
        return denoised[..., : X.shape[-1]]

    def _shrink(self, details, noise, n_times):
        scaled = np.divide(details, noise, out=np.full_like(details, np.inf), where=noise > 0)
        threshold = noise * METHODS[self.method](scaled, n_times)
        # PyWavelets divides the threshold by the details, and both may be 0
        return pywt.threshold(details, np.maximum(threshold, np.finfo(float).tiny), self.mode)
