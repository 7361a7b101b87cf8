"""A good set of features to begin with."""

from numbers import Integral, Real

from sklearn.pipeline import FeatureUnion
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.feature_extraction._band_power import BandPower
from skeeg.feature_extraction._channel_covariance import ChannelCovariance
from skeeg.feature_extraction._fourier import FourierFeatures
from skeeg.feature_extraction._hjorth import HjorthParameters
from skeeg.feature_extraction._time import TimeFeatures
from skeeg.feature_extraction._wavelet import WaveletFeatures


@validate_params(
    {
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "channel_names": ["array-like", None],
        "cross_channel": ["boolean"],
    },
    prefer_skip_nested_validation=True,
)
def make_signal_features(
    *, sampling_rate=None, n_channels=1, channel_names=None, cross_channel=False
):
    """Join features that describe most signals well into one transformer.

    For each channel: the numbers of :class:`TimeFeatures` and :class:`HjorthParameters`, the
    size, speed and evenness of each octave from :class:`WaveletFeatures`, and the power in bands
    of frequencies. These are the rhythms of EEG of :class:`BandPower` where the sampling rate is
    given, and the equal bins of :class:`FourierFeatures` otherwise.

    Parameters
    ----------
    sampling_rate : float, default=None
        Time points per second, in Hz; 90 at least, or else the rhythms of EEG do not fit in.
        None means that it is unknown, or that the signals are no EEG.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional X, which is channel-major. Where X has
        three dimensions, the number comes from X.

    channel_names : array-like of shape (n_channels,), default=None
        Names of the channels, used in the names of the features. None means "ch0", "ch1", ...

    cross_channel : bool, default=False
        Whether to add the logarithm of the :class:`ChannelCovariance`: for `n` channels,
        `n * (n + 1) / 2` features of every two of them.

    Returns
    -------
    features : FeatureUnion
        A transformer like its parts, which are named `"time"`, `"hjorth"`, `"bands"`,
        `"wavelet"` and `"covariance"`. Columns go by part; their names are those that the parts
        give.

    See Also
    --------
    BaseSignalFeatures : Write a feature that is missing.
    sklearn.pipeline.make_union : Join others.

    Examples
    --------
    >>> import numpy as np
    >>> from skeeg.feature_extraction import make_signal_features
    >>> X = np.random.default_rng(0).normal(size=(4, 2, 1000))
    >>> features = make_signal_features(sampling_rate=250, channel_names=["Fz", "Cz"])
    >>> table = features.set_output(transform="pandas").fit_transform(X)
    >>> table.shape
    (4, 64)
    >>> list(table.columns[::18])
    ['Fz__mean', 'Fz__hjorth_activity', 'Fz__db4_a4_entropy', 'Cz__db4_d4_entropy']
    """
    layout = {"n_channels": n_channels, "channel_names": channel_names}
    if sampling_rate is None:
        bands = FourierFeatures(**layout)
    else:
        bands = BandPower(sampling_rate=sampling_rate, **layout)
    parts = [
        ("time", TimeFeatures(**layout)),
        ("hjorth", HjorthParameters(**layout)),
        ("bands", bands),
        ("wavelet", WaveletFeatures(**layout)),
    ]
    if cross_channel:
        parts.append(("covariance", ChannelCovariance(**layout)))
    return FeatureUnion(parts, verbose_feature_names_out=False)
