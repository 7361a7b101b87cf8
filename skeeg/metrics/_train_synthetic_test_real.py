"""What synthetic windows are good for."""

from numbers import Integral, Real

import numpy as np
from sklearn.base import clone
from sklearn.metrics import check_scoring, get_scorer_names
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC
from sklearn.utils import check_consistent_length, column_or_1d
from sklearn.utils._param_validation import HasMethods, Interval, StrOptions, validate_params
from sklearn.utils.multiclass import check_classification_targets

from skeeg.feature_extraction import WaveletFeatures
from skeeg.metrics._embedding import rescale, to_input
from skeeg.metrics._windows import check_windows


def check_labels(y_real, y_synthetic, name="y_real"):
    """Validate the classes of two sets of windows."""
    y_real, y_synthetic = column_or_1d(y_real), column_or_1d(y_synthetic)
    check_classification_targets(y_real)
    check_classification_targets(y_synthetic)
    known = np.unique(y_real)
    unknown = np.setdiff1d(y_synthetic, known)
    if len(unknown):
        raise ValueError(
            f"y_synthetic holds the classes {unknown.tolist()}, {name} does not: "
            f"it has {known.tolist()}."
        )
    return y_real, y_synthetic


@validate_params(
    {
        "X_real": ["array-like"],
        "y_real": ["array-like"],
        "X_synthetic": ["array-like"],
        "y_synthetic": ["array-like"],
        "sampling_rate": [Interval(Real, 0, None, closed="neither"), None],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "estimator": [HasMethods(["fit"]), None],
        "scoring": [StrOptions(set(get_scorer_names())), callable],
    },
    prefer_skip_nested_validation=True,
)
def train_synthetic_test_real(
    X_real,
    y_real,
    X_synthetic,
    y_synthetic,
    *,
    sampling_rate=None,
    n_channels=1,
    estimator=None,
    scoring="balanced_accuracy",
):
    """Score on real windows a classifier that was trained on synthetic windows alone.

    What makes the classes of real windows different has to be in the synthetic ones, and nothing
    misleading beside it [1]_. This is the one figure that looks at labels.

    Parameters
    ----------
    X_real : array-like of shape (n_samples_real, n_channels * n_times) or \
            (n_samples_real, n_channels, n_times)
        Real windows to test on, best of recordings that the generator has never seen.

    y_real : array-like of shape (n_samples_real,)
        Class of each real window.

    X_synthetic : array-like of shape (n_samples_synthetic, n_channels * n_times) or \
            (n_samples_synthetic, n_channels, n_times)
        Synthetic windows in the same unit, with as many channels and time points.

    y_synthetic : array-like of shape (n_samples_synthetic,)
        Class of each synthetic window; each has to be one of the real classes.

    sampling_rate : float, default=None
        Not used, present so that all metrics are called alike.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input. Where it has three dimensions, the
        number comes from there.

    estimator : classifier, default=None
        It is cloned, and gets one channel as `(n_samples, n_times)`, several as
        `(n_samples, n_channels, n_times)`. None means a support vector machine on standardised
        :class:`~skeeg.feature_extraction.WaveletFeatures`.

    scoring : str or callable, default="balanced_accuracy"
        A scorer of scikit-learn by name, or a callable `scorer(estimator, X, y)`.

    Returns
    -------
    score : float
        For most scorers from 0 to 1, the higher the better. Compare it with the score of the same
        classifier trained on as many real windows of other recordings.

    Raises
    ------
    ValueError
        If windows differ in channels or length, labels do not fit, or there is only one class of
        synthetic windows.

    See Also
    --------
    two_sample_auc : Whether windows look real, whatever they are good for.
    fidelity_report : All figures, class by class, with their floor.

    References
    ----------
    .. [1] C. Esteban, S. L. Hyland and G. Rätsch, "Real-valued (medical) time series generation
       with recurrent conditional GANs", 2017. https://arxiv.org/abs/1706.02633

    Examples
    --------
    Other recordings are of use, with shuffled labels they are of none:

    >>> import numpy as np
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import train_synthetic_test_real
    >>> eeg, other = (make_seizures(n_recordings=60, random_state=seed) for seed in (0, 1))
    >>> score = train_synthetic_test_real(eeg.data, eeg.target, other.data, other.target)
    >>> print(f"{score:.2f}")
    0.88
    >>> shuffled = np.random.default_rng(0).permutation(other.target)
    >>> score = train_synthetic_test_real(eeg.data, eeg.target, other.data, shuffled)
    >>> print(f"{score:.2f}")
    0.50
    """
    real, synthetic = check_windows(X_real, X_synthetic, n_channels)
    y_real, y_synthetic = check_labels(y_real, y_synthetic)
    check_consistent_length(real, y_real)
    check_consistent_length(synthetic, y_synthetic)
    if len(np.unique(y_synthetic)) < 2:
        raise ValueError(
            "A classifier takes at least two classes to train on; y_synthetic has only "
            f"{np.unique(y_synthetic).tolist()}."
        )
    if estimator is None:
        real, synthetic = rescale(real, synthetic)
        estimator = make_pipeline(WaveletFeatures(), StandardScaler(), SVC())
    model = clone(estimator).fit(to_input(synthetic), y_synthetic)
    return float(check_scoring(model, scoring=scoring)(model, to_input(real), y_real))
