"""The report of fidelity: floors near their ideal, planted faults above them, honest refusals."""

import numpy as np
import pytest

from skeeg.datasets import make_seizures
from skeeg.metrics import fidelity_report

RATE = 173.61
FIGURES = [
    "spectral_distance",
    "amplitude_distance",
    "frechet_distance",
    "maximum_mean_discrepancy",
    "precision",
    "recall",
    "density",
    "coverage",
    "two_sample_auc",
]


@pytest.fixture(scope="module")
def eeg():
    """Real windows with their classes and recordings, and as many of other recordings."""
    return [make_seizures(40, 3, 128, seizure_fraction=0.5, random_state=seed) for seed in (0, 1)]


def report_on(eeg, spoil=lambda X: X, labels=slice(None), **options):
    real, other = eeg
    rows = np.arange(len(other.data))[labels]
    options = {"groups": real.groups, "n_repeats": 2, "random_state": 0, **options}
    synthetic = spoil(other.data)[rows], other.target[rows]
    return fidelity_report(real.data, real.target, *synthetic, sampling_rate=RATE, **options)


def take(eeg, rows):
    """Some of the windows."""
    return type(eeg)(**{name: eeg[name][rows] for name in ("data", "target", "groups")})


@pytest.fixture(scope="module")
def honest(eeg):
    return report_on(eeg, n_repeats=3)


def test_has_a_row_for_each_class_and_figure(honest):
    rows = [(label, name) for label in (0, 1) for name in FIGURES]
    assert honest.index.tolist() == [*rows, ("(all)", "train_synthetic_test_real")]
    assert list(honest.columns) == ["synthetic", "floor", "floor_sd", "better"]
    assert honest.index.names == ["class", "metric"]


def test_other_recordings_are_near_the_floor_and_the_floor_near_its_ideal(honest):
    auc = honest.xs("two_sample_auc", level="metric")
    assert auc["floor"].to_numpy() == pytest.approx(0.5, abs=0.12)
    assert auc["synthetic"].to_numpy() == pytest.approx(0.5, abs=0.2)
    coverage = honest.xs("coverage", level="metric")
    assert coverage["synthetic"].to_numpy() == pytest.approx(coverage["floor"].to_numpy(), abs=0.15)
    assert honest.loc[("(all)", "train_synthetic_test_real"), "floor"] > 0.75


@pytest.mark.parametrize(
    ("spoil", "caught"),
    [
        (lambda X: 3 * X, ["amplitude_distance", "two_sample_auc", "frechet_distance"]),
        (lambda X: X.cumsum(axis=-1), ["spectral_distance", "two_sample_auc", "density"]),
        (lambda X: X[np.arange(len(X)) // 30 * 30], ["recall", "coverage", "two_sample_auc"]),
    ],
    ids=["amplitude", "spectrum", "collapse"],
)
def test_planted_faults_are_beyond_the_floor(eeg, spoil, caught):
    # classes without synthetic windows are left out
    report = report_on(eeg, spoil, labels=eeg[1].target == 1)
    assert report.index.get_level_values("class").unique().tolist() == [1]
    table = report.loc[1]
    sign = table["better"].map({"lower": 1, "higher": -1})
    beyond = sign * (table["synthetic"] - table["floor"]) > 2 * table["floor_sd"]
    assert beyond[caught].all()


def test_shuffled_labels_are_beyond_the_floor(eeg, rng):
    real, other = eeg
    shuffled = [real, type(other)(**{**other, "target": rng.permutation(other.target)})]
    score = report_on(shuffled).loc[("(all)", "train_synthetic_test_real")]
    assert score["synthetic"] < score["floor"] - 0.15


def test_several_channels_are_compared_with_each_other():
    pairs = [make_seizures(12, 3, 64, n_channels=2, random_state=seed) for seed in (0, 1)]
    for pair in pairs:
        pair.target = np.zeros(len(pair.data), dtype=int)
    table = report_on(pairs)
    lagged = report_on(pairs, lambda X: np.stack([X[:, 0], np.roll(X[:, 1], 8, -1)], axis=1))
    row = (0, "coherence_distance")
    assert lagged.loc[row, "synthetic"] > 2 * table.loc[row, "synthetic"]
    assert lagged.loc[row, "floor"] == table.loc[row, "floor"]
    flat = [type(p)(**{**p, "data": p.data.reshape(len(p.data), -1)}) for p in pairs]
    assert report_on(flat, n_channels=2).equals(table)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"groups": np.zeros(120)}, "No class.* 0 has 1 groups in X_real, and it takes 2"),
        ({"groups": np.arange(7)}, "120 rows, but groups has 7"),
        ({"y_synthetic": np.full(120, 5)}, r"classes \[5\], y_real does not: it has \[0, 1\]"),
        ({"y_synthetic": np.arange(7)}, "inconsistent numbers of samples|classes"),
        ({"X_synthetic": np.ones((120, 5))}, r"\(1, 128\) in X_real and \(1, 5\) in X_synthetic"),
        ({"band": (3,)}, "band must be two frequencies"),
        ({"n_repeats": 1}, "'n_repeats' parameter"),
    ],
)
def test_bad_input_is_named(eeg, broken, message):
    real, other = eeg
    arguments = {
        "X_real": real.data,
        "y_real": np.arange(120) % 2,
        "X_synthetic": other.data,
        "y_synthetic": np.arange(120) % 2,
        "sampling_rate": RATE,
    }
    with pytest.raises(ValueError, match=message):
        fidelity_report(**{**arguments, **broken})


def test_a_class_with_few_windows_is_nan_beside_the_others(eeg):
    real, other = eeg
    rows = np.r_[np.flatnonzero(real.target == 0), np.flatnonzero(real.target == 1)[:11]]
    with pytest.warns(UserWarning, match="Class 1 has 11 windows in X_real, and it takes 12"):
        table = report_on([take(real, rows), other])
    assert table.index.tolist() == [(label, name) for label in (0, 1) for name in FIGURES]
    assert table.loc[0, ["synthetic", "floor"]].notna().all(axis=None)
    assert table.loc[1, ["synthetic", "floor", "floor_sd"]].isna().all(axis=None)


@pytest.mark.parametrize("n_groups", [2, 3])
def test_few_subjects_have_all_figures_but_one(n_groups):
    few = [
        make_seizures(2 * n_groups, 12, 64, seizure_fraction=0.5, random_state=seed)
        for seed in (0, 1)
    ]
    message = f"has {n_groups} groups in X_real, and two_sample_auc takes 4: it is NaN"
    with pytest.warns(UserWarning, match=message) as warned:
        table = report_on(few)
    assert [str(w.message)[:7] for w in warned] == ["Class 0", "Class 1"]
    assert warned[0].filename == __file__
    missing = table["synthetic"].isna() | table["floor"].isna()
    assert missing[missing].index.tolist() == [(0, "two_sample_auc"), (1, "two_sample_auc")]


def make_groups(*sizes_of_classes):
    """Windows of recordings of these sizes, class by class, and as many synthetic ones."""
    y = np.repeat(np.arange(len(sizes_of_classes)), [sum(sizes) for sizes in sizes_of_classes])
    groups = np.repeat(np.arange(sum(map(len, sizes_of_classes))), np.concatenate(sizes_of_classes))
    pair = [make_seizures(len(y), 1, 64, random_state=seed) for seed in (0, 1)]
    for eeg in pair:
        eeg.target, eeg.groups = y, groups
    return pair


@pytest.mark.parametrize("random_state", [0, 2])
def test_halves_of_one_recording_have_no_area_under_the_curve(random_state):
    message = "Class 0 has too few groups in a half of X_real, in . of 2 .*: two_sample_auc is NaN"
    with pytest.warns(UserWarning, match=message) as warned:
        table = report_on(make_groups([60, 12, 12, 12]), random_state=random_state)
    assert len(warned) == 1
    assert warned[0].filename == __file__
    others = table.drop((0, "two_sample_auc"))
    assert others[["synthetic", "floor"]].notna().all(axis=None)


def test_a_class_of_which_a_half_is_too_small_is_nan_beside_the_others():
    pair = make_groups([12] * 8, [9, 1, 1, 1])
    message = "Class 1 has fewer than 6 windows in a half of X_real, in 2 of 2 halvings: all is NaN"
    with pytest.warns(UserWarning, match=message):
        table = report_on(pair)
    alone = report_on([take(eeg, eeg.target == 0) for eeg in pair])
    assert table.loc[0, ["synthetic", "floor"]].notna().all(axis=None)
    assert table.loc[[0]].index.equals(alone.loc[[0]].index)
    assert table.loc[1, ["synthetic", "floor", "floor_sd"]].isna().all(axis=None)
    assert table.loc["(all)", ["synthetic", "floor"]].isna().all(axis=None)


def test_all_classes_together_are_those_that_can_be_measured():
    with pytest.warns(UserWarning, match="Class 2 has fewer than 6 windows"):
        table = report_on(make_groups([12] * 6, [12] * 6, [9, 1, 1, 1]))
    assert table.drop(2)[["synthetic", "floor"]].notna().all(axis=None)
