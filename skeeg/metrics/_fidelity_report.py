"""All figures of fidelity, class by class, with what real windows differ by."""

from functools import partial
from numbers import Integral, Real

import numpy as np
from sklearn.utils import check_consistent_length, check_random_state
from sklearn.utils._param_validation import HasMethods, Interval, validate_params

from skeeg.metrics._amplitude_distance import amplitude_distance
from skeeg.metrics._coherence_distance import coherence_distance
from skeeg.metrics._floors import (
    Need,
    choose_classes,
    find_few_groups,
    halve_classes,
    tabulate,
    warn_of_class,
)
from skeeg.metrics._frechet_distance import frechet_distance
from skeeg.metrics._groups import encode_groups
from skeeg.metrics._maximum_mean_discrepancy import maximum_mean_discrepancy
from skeeg.metrics._precision_recall_coverage import precision_recall_coverage
from skeeg.metrics._spectral_distance import check_band, spectral_distance
from skeeg.metrics._train_synthetic_test_real import check_labels, train_synthetic_test_real
from skeeg.metrics._two_sample_auc import GroupsError, two_sample_auc
from skeeg.metrics._windows import check_windows

ALL = "(all)"
N_NEIGHBORS = 5
FEWEST_GROUPS = 2  # one in either half
FEWEST_AUC_GROUPS = 4  # two in either half, to cross-validate
AUC, TOGETHER = "two_sample_auc", "train_synthetic_test_real"
BETTER = {
    **dict.fromkeys(["spectral_distance", "amplitude_distance", "frechet_distance"], "lower"),
    "maximum_mean_discrepancy": "lower",
    **dict.fromkeys(["precision", "recall", "density", "coverage"], "higher"),
    **dict.fromkeys([AUC, "coherence_distance"], "lower"),
    TOGETHER: "higher",
}


def _list_figures(n_channels):
    """Return the figures of one class, not measured yet."""
    left_out = {TOGETHER, "coherence_distance" if n_channels == 1 else ""}
    return {name: np.nan for name in BETTER if name not in left_out}


def _measure_auc(real, other, groups, random):
    """Area under the curve, NaN where the groups of a half do not allow for folds."""
    try:
        return two_sample_auc(real, other, groups=groups, random_state=random)
    except GroupsError:
        return np.nan


def _measure(real, other, groups, spectrum, features, random):
    """All figures of one class; no area under the curve without groups."""
    figures = {
        "spectral_distance": spectral_distance(real, other, **spectrum),
        "amplitude_distance": amplitude_distance(real, other),
        "frechet_distance": frechet_distance(real, other, features=features),
        "maximum_mean_discrepancy": maximum_mean_discrepancy(real, other),
        **precision_recall_coverage(
            real, other, features=features, n_neighbors=N_NEIGHBORS
        )._asdict(),
    }
    if groups is not None:
        figures[AUC] = _measure_auc(real, other, groups, random)
    if real.shape[1] > 1:
        figures["coherence_distance"] = coherence_distance(real, other, **spectrum)
    return figures


def _measure_both(real, codes, synthetic, rows, options):
    """All figures of the synthetic windows of one class, and of the real ones of the other half."""
    first, rest, drawn = rows
    alone, both = None, None
    if codes is not None:
        alone, both = codes[first], codes[np.concatenate([first, rest])]
    figures = _measure(real[first], synthetic[drawn], alone, **options)
    return figures, _measure(real[first], real[rest], both, **options)


def _choose_rows(y_real, y_synthetic, half, label, random):
    """Return the rows of the half, and as many of the rest as of the synthetic windows."""
    rest = np.flatnonzero((y_real == label) & ~half)
    drawn = np.flatnonzero(y_synthetic == label)
    n_rows = min(len(rest), len(drawn))
    rest, drawn = (random.permutation(rows)[:n_rows] for rows in (rest, drawn))
    return np.flatnonzero((y_real == label) & half), rest, drawn


@validate_params(
    {
        "X_real": ["array-like"],
        "y_real": ["array-like"],
        "X_synthetic": ["array-like"],
        "y_synthetic": ["array-like"],
        "sampling_rate": [Interval(Real, 0, None, closed="neither")],
        "groups": ["array-like", None],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "band": [tuple, list],
        "features": [HasMethods(["fit", "transform"]), None],
        "estimator": [HasMethods(["fit", "predict"]), None],
        "n_repeats": [Interval(Integral, 2, None, closed="left")],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def fidelity_report(
    X_real,
    y_real,
    X_synthetic,
    y_synthetic,
    *,
    sampling_rate,
    groups=None,
    n_channels=1,
    band=(1, 60),
    features=None,
    estimator=None,
    n_repeats=5,
    random_state=None,
):
    """Measure every figure of fidelity, class by class, beside what real windows differ by.

    The real recordings of each class are halved at random. One half is compared with synthetic
    windows, and with as many real windows of the other half: the floor. Both are the mean over
    several halvings. A generator at the floor cannot be told from more recordings; one above it
    has something to learn.

    Parameters
    ----------
    X_real : array-like of shape (n_samples_real, n_channels * n_times) or \
            (n_samples_real, n_channels, n_times)
        Real windows, in any unit; two dimensions are channel-major. Best are those of recordings
        that the generator has never seen: near its training windows it looks better than it is.

    y_real : array-like of shape (n_samples_real,)
        Class of each real window.

    X_synthetic : array-like of shape (n_samples_synthetic, n_channels * n_times) or \
            (n_samples_synthetic, n_channels, n_times)
        Synthetic windows in the same unit, with as many channels and time points.

    y_synthetic : array-like of shape (n_samples_synthetic,)
        Class of each synthetic window. Classes that are not here are left out.

    sampling_rate : float
        Time points per second, in Hz.

    groups : array-like of shape (n_samples_real,), default=None
        Subject or recording of each real window, which the halves keep together. None halves the
        windows, which makes the floor too low where several come from one recording.

    n_channels : int, default=1
        Number of channels in a row of two-dimensional input. Where it has three dimensions, the
        number comes from there.

    band : tuple of (float, float), default=(1, 60)
        Lowest and highest frequency that count in spectra and coherence, in Hz.

    features : transformer, default=None
        Where :func:`frechet_distance` and :func:`precision_recall_coverage` compare windows; see
        there.

    estimator : classifier, default=None
        What :func:`train_synthetic_test_real` trains; see there.

    n_repeats : int, default=5
        How often the real windows are halved, at least twice.

    random_state : int, RandomState instance or None, default=None
        Chooses halves, windows and folds; an int chooses the same at each call.

    Returns
    -------
    report : DataFrame
        One row for each class and metric, the two levels of the index; `"(all)"` stands for all
        classes together. `synthetic` and `floor` are means over the halvings in which a figure can
        be measured, `floor_sd` is the standard deviation of the floor over them, `better` is
        `"lower"` or `"higher"`. What cannot be measured in any is NaN.

    Raises
    ------
    ValueError
        If windows differ in channels or length, labels or groups do not fit, or no class has
        enough windows and groups to be halved.

    Warns
    -----
    UserWarning
        If all figures of a class are NaN, as it has fewer than 12 real windows, 2 groups of them or
        6 synthetic windows, or fewer than 6 in a half; or :func:`two_sample_auc` is, with fewer
        than 4 groups of real windows, or too few in a half.

    See Also
    --------
    privacy_report : What stands beside it: copies are at their best here.
    skeeg.plotting.SpectrumDisplay : The spectra, class by class.

    Notes
    -----
    The floor is that of half of the recordings. It falls as there are more of them. With two or
    three of a class, one recording is compared with another: the floor then says how different
    these are, and little else.

    Examples
    --------
    Other recordings are at the floor; at 1.5 times the amplitude they are not:

    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.metrics import fidelity_report
    >>> real, other = (make_seizures(100, 3, random_state=seed) for seed in (0, 1))
    >>> X_synthetic, y_synthetic = 1.5 * other.data, other.target
    >>> background = y_synthetic == 0
    >>> report = fidelity_report(
    ...     real.data, real.target, X_synthetic[background], y_synthetic[background],
    ...     sampling_rate=real.sampling_rate, groups=real.groups, n_repeats=2, random_state=0,
    ... )
    >>> report.loc[0].loc[["spectral_distance", "amplitude_distance", "two_sample_auc"]].round(1)
                        synthetic  floor  floor_sd better
    metric
    spectral_distance         1.1    1.3       0.6  lower
    amplitude_distance        0.2    0.0       0.0  lower
    two_sample_auc            0.7    0.5       0.1  lower
    """
    real, synthetic = check_windows(X_real, X_synthetic, n_channels)
    check_band(band)
    y_real, y_synthetic = check_labels(y_real, y_synthetic)
    check_consistent_length(real, y_real)
    check_consistent_length(synthetic, y_synthetic)
    codes, labels = encode_groups(groups, len(real)), np.unique(y_synthetic).tolist()
    fewest = N_NEIGHBORS + 1
    need = Need("X_real", y_real, 2 * fewest, codes, FEWEST_GROUPS)
    kept = choose_classes(labels, [need, Need("X_synthetic", y_synthetic, fewest)])
    few = find_few_groups(kept, need, FEWEST_AUC_GROUPS, "two_sample_auc")
    real, y_real, codes = (values[np.isin(y_real, kept)] for values in (real, y_real, codes))
    random, blank = check_random_state(random_state), _list_figures(real.shape[1])
    options = {
        "spectrum": {"sampling_rate": sampling_rate, "band": band},
        "features": features,
        "random": random,
    }
    records = []
    for _ in range(n_repeats):
        half = halve_classes(y_real, codes, random)
        rows = {label: _choose_rows(y_real, y_synthetic, half, label, random) for label in kept}
        rows = {label: r for label, r in rows.items() if min(map(len, r)) >= fewest}
        for label in labels:
            pair = {}, {}
            if label in rows:
                groups = None if label in few else codes
                pair = _measure_both(real, groups, synthetic, rows[label], options)
            records.append((label, *(blank | figures for figures in pair)))
        if len(kept) > 1:
            sets = (real, y_real), (synthetic, y_synthetic)
            records.append((ALL, *_measure_together(*sets, rows.values(), estimator)))
    _warn_of_halves(kept, few, records)
    return tabulate(records, BETTER)


def _measure_together(real, synthetic, rows, estimator):
    """Score what is trained on synthetic and on real windows, NaN with fewer than two classes."""
    if len(rows) < 2:
        return {TOGETHER: np.nan}, {TOGETHER: np.nan}
    first, rest, drawn = map(np.concatenate, zip(*rows, strict=True))
    test = partial(train_synthetic_test_real, *_take(real, first), estimator=estimator)
    return {TOGETHER: test(*_take(synthetic, drawn))}, {TOGETHER: test(*_take(real, rest))}


def _take(arrays, rows):
    return [array[rows] for array in arrays]


def _warn_of_halves(labels, few, records):
    """Name the classes of which halves were too small, or groups too unlike in size."""
    for label in labels:
        pairs = [pair for name, *pair in records if name == label]
        small = sum(np.isnan([*real.values()]).all() for _, real in pairs)
        if small:
            lack = f"has fewer than {N_NEIGHBORS + 1} windows in a half of X_real"
            warn_of_class(label, f"{lack}, in {small} of {len(pairs)} halvings: all is NaN there")
        uncut = sum(np.isnan([figures[AUC] for figures in pair]).any() for pair in pairs) - small
        if uncut and label not in few:
            lack = "has too few groups in a half of X_real"
            warn_of_class(label, f"{lack}, in {uncut} of {len(pairs)} halvings: {AUC} is NaN there")
