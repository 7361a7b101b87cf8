"""What simulated EEG and fMRI promise: sizes, amplitudes, and a coupling with a sign."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.signal import butter, fftconvolve, hilbert, sosfiltfilt, welch
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold, cross_val_score
from sklearn.preprocessing import StandardScaler

from skeeg.datasets import make_eeg_fmri
from skeeg.datasets._eeg_fmri import _haemodynamic_response


@pytest.fixture(scope="module")
def pairs():
    return make_eeg_fmri(random_state=0)


@pytest.fixture(scope="module")
def long():
    """Single windows of ten minutes."""
    return make_eeg_fmri(24, 1, 19200, 300, coupling=1.0, random_state=0)


def split(pairs):
    """Return the EEG and the BOLD block, each (n_samples, n_channels, n_times)."""
    (n_channels, n_times), bold_shape = pairs.blocks.values()
    eeg, bold = np.split(pairs.data.astype(float), [n_channels * n_times], axis=1)
    return eeg.reshape(-1, n_channels, n_times), bold.reshape(-1, *bold_shape)


def expected_bold(pairs):
    """Alpha amplitude of the EEG, followed by the response, at the times of the scans."""
    eeg, bold = split(pairs)
    rate = pairs.sampling_rates["eeg"]
    alpha = sosfiltfilt(butter(3, [8, 12], "bandpass", fs=rate, output="sos"), eeg)
    amplitude = np.abs(hilbert(alpha)).mean(axis=1)
    amplitude -= amplitude.mean(axis=1, keepdims=True)
    impulse = _haemodynamic_response(np.arange(0, 32, 1 / rate))
    followed = fftconvolve(amplitude, impulse[None], axes=1)[:, : eeg.shape[-1]]
    return followed[:, :: eeg.shape[-1] // bold.shape[-1]]


def correlations(first, second):
    return np.array([np.corrcoef(*rows)[0, 1] for rows in zip(first, second, strict=True)])


def test_the_bunch_is_complete(pairs):
    assert pairs.data.shape == (480, 1950)
    assert pairs.data.dtype == np.float32
    assert np.isfinite(pairs.data).all()
    assert pairs.blocks == {"eeg": (2, 960), "bold": (2, 15)}
    assert pairs.sampling_rates == {"eeg": 32.0, "bold": 0.5}
    assert pairs.target_names == ["cortex", "thalamus"]
    assert "µV" in pairs.DESCR


def test_each_group_is_one_subject_of_one_class(pairs):
    subjects, counts = np.unique(pairs.groups, return_counts=True)
    np.testing.assert_array_equal(subjects, np.arange(40))
    assert (counts == 12).all()
    classes = pairs.target.reshape(40, 12)
    assert (classes == classes[:, :1]).all()
    assert classes[:, 0].sum() == 10


@pytest.mark.parametrize(("fraction", "expected"), [(0.01, 1), (0.5, 3), (0.99, 5)])
def test_there_are_subjects_of_both_classes(fraction, expected):
    pairs = make_eeg_fmri(6, 2, 64, 4, thalamus_fraction=fraction, random_state=0)
    assert pairs.target.sum() == 2 * expected


@pytest.mark.parametrize(("n_times", "n_scans"), [(2, 2), (3, 2), (2, 7), (100, 9)])
@pytest.mark.parametrize(("n_channels", "n_regions"), [(1, 1), (3, 2)])
def test_any_size_can_be_had(n_times, n_scans, n_channels, n_regions):
    sizes = {"n_channels": n_channels, "n_regions": n_regions}
    pairs = make_eeg_fmri(3, 2, n_times, n_scans, **sizes, random_state=0)
    assert pairs.data.shape == (6, n_channels * n_times + n_regions * n_scans)
    assert np.isfinite(pairs.data).all()
    assert pairs.sampling_rates["bold"] == pytest.approx(32 * n_scans / n_times)


def test_windows_are_cut_from_one_continuous_recording():
    cut = split(make_eeg_fmri(4, 6, 320, 5, random_state=0))
    whole = split(make_eeg_fmri(4, 1, 1920, 30, random_state=0))
    for windows, recording in zip(cut, whole, strict=True):
        joined = windows.reshape(4, 6, 2, -1).swapaxes(1, 2).reshape(recording.shape)
        np.testing.assert_array_equal(joined, recording)


def test_amplitudes_are_those_of_a_scalp_and_of_a_resting_scan(pairs):
    eeg, bold = split(pairs)
    assert 10 < np.median(eeg.std(axis=-1)) < 40
    assert 0.2 < np.median(bold.std(axis=-1)) < 0.8


def test_the_spectrum_peaks_at_alpha(pairs):
    eeg, _ = split(pairs)
    freqs, power = welch(eeg, fs=32.0, nperseg=128, axis=-1)
    above_delta = freqs > 4
    peaks = freqs[above_delta][power[..., above_delta].mean(axis=(0, 1)).argmax()]
    assert 8 <= peaks <= 12


def test_the_response_peaks_at_five_seconds_and_undershoots():
    times = np.arange(0, 40, 0.01)
    response = _haemodynamic_response(times)
    assert times[response.argmax()] == pytest.approx(5, abs=0.1)
    assert 12 < times[response.argmin()] < 18
    area, _ = quad(_haemodynamic_response, 0, np.inf)
    assert area == pytest.approx(1 - 1 / 6)


def test_bold_follows_alpha_with_the_sign_of_the_class(long):
    _, bold = split(long)
    found = correlations(expected_bold(long), bold.mean(axis=1))
    assert found[long.target == 0].max() < -0.8
    assert found[long.target == 1].min() > 0.8


def test_bold_lags_behind_alpha(long):
    """Where the response is skipped, alpha and BOLD agree best some seconds apart."""
    eeg, bold = split(long)
    power = np.square(eeg).mean(axis=1).reshape(24, 300, 64).mean(axis=-1)
    sign = np.where(long.target, 1, -1)
    lags = [
        np.mean(sign * correlations(power[:, : 300 - lag], bold[:, 0, lag:])) for lag in range(10)
    ]
    assert 4 <= 2 * np.argmax(lags) <= 8


@pytest.mark.parametrize("coupling", [0.0, 0.5, 0.9])
def test_coupling_is_a_correlation(coupling):
    sizes = {"n_regions": 1, "thalamus_fraction": 0.5}
    loose, tight = (
        split(make_eeg_fmri(60, 1, 9600, 150, coupling=c, **sizes, random_state=0))[1][:, 0]
        for c in (coupling, 1.0)
    )
    assert np.abs(correlations(loose, tight).mean() - coupling) < 0.06


def test_a_window_shows_its_coupling_and_a_shuffled_one_does_not(pairs):
    _, bold = split(pairs)
    sign = np.where(pairs.target, 1, -1)
    expected, found = expected_bold(pairs), bold.mean(axis=1)
    assert 0.55 < np.mean(sign * correlations(expected, found)) < 0.75
    other = np.roll(found, 100, axis=0)
    assert abs(np.mean(sign * correlations(expected, other))) < 0.1


def features(pairs):
    """Log-spectra of the EEG and the scans of the BOLD signal."""
    eeg, bold = split(pairs)
    log_power = np.log(welch(eeg, fs=32.0, nperseg=64, axis=-1)[1]).reshape(len(eeg), -1)
    shape = bold.reshape(len(bold), -1)
    return {"eeg": log_power, "bold": np.hstack([shape, shape**2])}


@pytest.mark.parametrize("modality", ["eeg", "bold"])
def test_one_modality_alone_tells_nothing(modality):
    scores = []
    for seed in range(4):
        pairs = make_eeg_fmri(60, 6, thalamus_fraction=0.5, random_state=seed)
        X = StandardScaler().fit_transform(features(pairs)[modality])
        model = LogisticRegression(C=0.01)
        cv = StratifiedGroupKFold(3)
        scores.append(cross_val_score(model, X, pairs.target, groups=pairs.groups, cv=cv).mean())
    assert abs(np.mean(scores) - 0.5) < 0.06


@pytest.mark.parametrize("random_state", [3, np.random.RandomState(3)])
def test_a_seed_gives_the_same_data(random_state):
    sizes = (4, 2, 64, 4)
    expected, other = (make_eeg_fmri(*sizes, random_state=seed) for seed in (3, 4))
    found = make_eeg_fmri(*sizes, random_state=random_state)
    for name in ("data", "target", "groups"):
        np.testing.assert_array_equal(found[name], expected[name])
    assert not np.array_equal(expected.data, other.data)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n_subjects", 1),
        ("n_subjects", 4.0),
        ("n_windows", 0),
        ("n_times", 1),
        ("n_scans", 1),
        ("n_scans", "15"),
        ("n_channels", 0),
        ("n_regions", 0),
        ("sampling_rate", 23.9),
        ("sampling_rate", float("inf")),
        ("sampling_rate", None),
        ("coupling", -0.1),
        ("coupling", 1.1),
        ("coupling", float("nan")),
        ("thalamus_fraction", 0),
        ("thalamus_fraction", 1),
        ("random_state", "seed"),
    ],
)
def test_bad_parameters_are_named(name, value):
    with pytest.raises(ValueError, match=f"'{name}' parameter of make_eeg_fmri"):
        make_eeg_fmri(**{name: value})
