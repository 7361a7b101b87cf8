"""What the simulated seizures promise: sizes, overlap, rhythm, groups and seeds."""

import subprocess
import sys

import numpy as np
import pytest
from scipy.signal import welch
from scipy.spatial.distance import pdist
from scipy.stats import spearmanr
from sklearn.model_selection import GroupKFold, StratifiedGroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from skeeg.datasets import make_seizures


@pytest.fixture(scope="module")
def eeg():
    return make_seizures(100, 20, random_state=0)


def spectrum(data, sampling_rate):
    freqs, power = welch(data, fs=sampling_rate, nperseg=data.shape[-1], axis=-1)
    return freqs, power


def test_the_bunch_is_complete(eeg):
    assert eeg.data.shape == (2000, 178)
    assert eeg.data.dtype == np.float32
    assert np.isfinite(eeg.data).all()
    assert eeg.target.shape == eeg.groups.shape == (2000,)
    assert eeg.target_names == ["background", "seizure"]
    assert set(np.unique(eeg.target)) == {0, 1}
    assert eeg.sampling_rate == 173.61
    assert "µV" in eeg.DESCR


def test_each_group_is_one_recording_of_one_class(eeg):
    recordings, counts = np.unique(eeg.groups, return_counts=True)
    np.testing.assert_array_equal(recordings, np.arange(100))
    assert (counts == 20).all()
    for recording in recordings:
        assert len(set(eeg.target[eeg.groups == recording])) == 1


@pytest.mark.parametrize(
    ("n_recordings", "fraction", "expected"),
    [(40, 0.2, 8), (40, 0.5, 20), (10, 0.01, 1), (10, 0.99, 9), (2, 0.2, 1)],
)
def test_seizure_fraction_counts_recordings(n_recordings, fraction, expected):
    eeg = make_seizures(n_recordings, 2, 16, seizure_fraction=fraction, random_state=0)
    assert eeg.target.sum() == 2 * expected


@pytest.mark.parametrize("n_folds", [3, 4, 5])
@pytest.mark.parametrize("seed", range(5))
def test_every_stratified_fold_holds_seizures(n_folds, seed):
    eeg = make_seizures(random_state=seed)
    for train, test in StratifiedGroupKFold(n_folds).split(eeg.data, eeg.target, eeg.groups):
        assert set(eeg.target[train]) == set(eeg.target[test]) == {0, 1}


@pytest.mark.parametrize(("n_windows", "n_times"), [(1, 2), (1, 3), (7, 2), (3, 178), (2, 1001)])
@pytest.mark.parametrize("n_channels", [1, 2, 5])
def test_any_size_can_be_had(n_windows, n_times, n_channels):
    eeg = make_seizures(3, n_windows, n_times, n_channels=n_channels, random_state=0)
    rank = (n_channels,) if n_channels > 1 else ()
    assert eeg.data.shape == (3 * n_windows, *rank, n_times)
    assert np.isfinite(eeg.data).all()
    assert eeg.data.std() > 0


@pytest.mark.parametrize("sampling_rate", [1e-3, 1, 25, 256, 1e9])
def test_any_sampling_rate_gives_finite_signals(sampling_rate):
    eeg = make_seizures(4, sampling_rate=sampling_rate, random_state=0)
    assert eeg.sampling_rate == sampling_rate
    assert np.isfinite(eeg.data).all()


def test_windows_are_cut_from_one_continuous_recording():
    cut = make_seizures(5, 12, 100, n_channels=3, random_state=0)
    whole = make_seizures(5, 1, 1200, n_channels=3, random_state=0)
    joined = cut.data.reshape(5, 12, 3, 100).swapaxes(1, 2).reshape(5, 3, 1200)
    np.testing.assert_array_equal(joined, whole.data)


def test_amplitudes_resemble_the_recordings_of_bonn(eeg):
    sd = eeg.data.std(axis=1)
    background, seizure = (np.percentile(sd[eeg.target == k], [1, 50, 99]) for k in (0, 1))
    assert 35 < background[1] < 75
    assert 190 < seizure[1] < 330
    assert seizure[0] < background[2], "the classes have to overlap"


def test_background_power_falls_with_frequency(eeg):
    freqs, power = spectrum(eeg.data[eeg.target == 0], eeg.sampling_rate)
    band = (freqs > 25) & (freqs < 60)
    slope = np.polyfit(np.log(freqs[band]), np.log(np.median(power, axis=0)[band]), 1)[0]
    assert -2.5 < slope < -0.7


def test_seizures_repeat_about_three_times_a_second():
    eeg = make_seizures(60, 1, 1736, seizure_fraction=0.5, random_state=0)
    freqs, power = spectrum(eeg.data, eeg.sampling_rate)
    seizure = power[eeg.target == 1]
    peaks = freqs[seizure.argmax(axis=1)]
    assert 2 < np.median(peaks) < 4
    band = (freqs > 1.5) & (freqs < 4.5)
    share = power[:, band].sum(axis=1) / power.sum(axis=1)
    assert np.median(share[eeg.target == 1]) > 1.3 * np.median(share[eeg.target == 0])


def test_recordings_differ_more_than_windows_of_a_recording(eeg):
    log_sd = np.log(eeg.data.std(axis=1)).reshape(100, 20)
    background = log_sd[eeg.target.reshape(100, 20)[:, 0] == 0]
    assert background.mean(axis=1).var() > 3 * background.var(axis=1).mean() / 20


def correlations(data):
    """Return the correlation of each pair of channels in each window."""
    pairs = np.triu_indices(data.shape[1], 1)
    return np.array([np.corrcoef(window)[pairs] for window in data])


def test_channels_are_correlated_but_not_copies():
    eeg = make_seizures(20, n_channels=4, random_state=0)
    found = correlations(eeg.data)
    assert found.max() < 0.9999
    assert 0.4 < found.mean() < 0.95


def test_channels_share_half_of_their_background():
    eeg = make_seizures(20, 1, 4000, n_channels=4, random_state=0)
    spectra = np.fft.rfft(eeg.data[eeg.target == 0])
    freqs = np.fft.rfftfreq(4000, 1 / eeg.sampling_rate)
    band = spectra[..., freqs > 60]  # above the harmonics of spikes
    found = correlations(np.concatenate([band.real, band.imag], axis=-1))
    assert 0.45 < np.median(found) < 0.65


def wavelet_like_features(data):
    _, power = spectrum(data, 173.61)
    return np.log(np.stack([band.mean(axis=-1) for band in np.array_split(power, 12, axis=-1)], 1))


def test_seizures_can_be_learned_but_not_perfectly():
    scores = []
    for seed in range(4):
        eeg = make_seizures(random_state=seed)
        model = make_pipeline(StandardScaler(), SVC(class_weight="balanced"))
        X = wavelet_like_features(eeg.data)
        cv = StratifiedGroupKFold(4)
        scores.append(
            cross_val_score(
                model, X, eeg.target, groups=eeg.groups, cv=cv, scoring="balanced_accuracy"
            ).mean()
        )
    assert 0.75 < np.mean(scores) < 0.97


def test_recordings_can_be_told_apart_by_their_windows():
    eeg = make_seizures(seizure_fraction=0.01, random_state=0)
    X, order = wavelet_like_features(eeg.data), np.tile(np.arange(12), 40)
    model = make_pipeline(StandardScaler(), SVC(C=10))
    score = cross_val_score(model, X, eeg.groups, groups=order, cv=GroupKFold(3)).mean()
    assert score > 4 / 40


def excess_in_seizures(eeg):
    """Return by how much the logarithm of the amplitude is larger in seizures, in each channel."""
    log_sd = np.log(eeg.data.std(axis=-1))
    return log_sd[eeg.target == 1].mean(axis=0) - log_sd[eeg.target == 0].mean(axis=0)


def test_seizures_are_strongest_at_the_focus_and_fade_with_distance():
    first = 0
    for seed in range(20):
        eeg = make_seizures(20, 4, 100, n_channels=19, random_state=seed)
        excess = excess_in_seizures(eeg)
        first += excess.argmax() == eeg.focus
        assert spearmanr(excess, eeg.channel_gains).statistic > 0.6
    assert first >= 19


def test_gains_fall_exponentially_with_the_distance_from_the_focus():
    eeg = make_seizures(2, 1, 8, n_channels=30, focus=11, decay=0.3, random_state=0)
    distance = np.linalg.norm(eeg.channel_positions - eeg.channel_positions[11], axis=1)
    np.testing.assert_allclose(eeg.channel_gains, np.exp(-distance / 0.3))
    assert (eeg.focus, eeg.channel_gains[11]) == (11, 1)


def test_seizures_reach_distant_channels_later():
    options = {"n_channels": 12, "focus": 0, "decay": np.inf, "random_state": 0}
    late, at_once = (
        make_seizures(2, 1, 3000, sampling_rate=100, speed=speed, **options)
        for speed in (0.2, np.inf)
    )
    differs = late.data[late.target == 1][0] != at_once.data[late.target == 1][0]
    distance = np.linalg.norm(late.channel_positions - late.channel_positions[0], axis=1)
    for channel in range(12):
        last = np.flatnonzero(differs[channel]).max(initial=-1)
        assert last == pytest.approx(100 * distance[channel] / 0.2, abs=1.5)
    background = late.target == 0
    np.testing.assert_array_equal(late.data[background], at_once.data[background])


def test_without_decay_and_delay_no_channel_stands_out():
    eeg = make_seizures(40, 4, 100, n_channels=9, decay=np.inf, speed=np.inf, random_state=0)
    assert np.ptp(excess_in_seizures(eeg)) < 0.3
    assert (eeg.channel_gains == 1).all()


@pytest.mark.parametrize("n_channels", [1, 2, 19, 64])
def test_channels_lie_apart_on_the_head(n_channels):
    eeg = make_seizures(2, 1, 4, n_channels=n_channels, random_state=0)
    assert eeg.channel_positions.shape == (n_channels, 2)
    assert len(set(eeg.channel_names)) == len(eeg.channel_gains) == n_channels
    assert 0 <= eeg.focus < n_channels
    assert (np.linalg.norm(eeg.channel_positions, axis=1) < 1).all()
    if n_channels > 1:
        assert pdist(eeg.channel_positions).min() > 1 / np.sqrt(n_channels)


def test_the_focus_is_drawn_unless_it_is_given():
    drawn = {make_seizures(2, 1, 4, n_channels=8, random_state=s).focus for s in range(40)}
    assert len(drawn) > 4
    assert make_seizures(2, 1, 4, n_channels=8, focus=6, random_state=0).focus == 6


@pytest.mark.parametrize("parameters", [{"decay": 0.1}, {"speed": 0.1}, {"focus": 0}])
def test_one_channel_is_the_focus_whatever_the_spread(parameters):
    given = make_seizures(4, 2, 50, random_state=0, **parameters)
    np.testing.assert_array_equal(given.data, make_seizures(4, 2, 50, random_state=0).data)


def test_a_focus_that_is_no_channel_is_refused():
    with pytest.raises(ValueError, match="focus is 3; legal are channels from 0 to 2"):
        make_seizures(4, n_channels=3, focus=3)


@pytest.mark.parametrize("n_channels", [1, 3])
def test_a_seed_gives_the_same_data(n_channels):
    first, again, state, other = (
        make_seizures(4, n_channels=n_channels, random_state=seed)
        for seed in (3, 3, np.random.RandomState(3), 4)
    )
    for name in ("data", "target", "groups"):
        np.testing.assert_array_equal(first[name], again[name])
        np.testing.assert_array_equal(first[name], state[name])
    assert not np.array_equal(first.data, other.data)


def test_a_seed_leaves_the_global_state_alone():
    np.random.seed(0)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    make_seizures(4, random_state=0)
    np.testing.assert_array_equal(before, np.random.get_state()[1])  # noqa: NPY002


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n_recordings", 1),
        ("n_recordings", 4.0),
        ("n_windows", 0),
        ("n_times", 1),
        ("n_times", "178"),
        ("n_channels", 0),
        ("sampling_rate", 0),
        ("sampling_rate", -1.0),
        ("sampling_rate", None),
        ("sampling_rate", float("inf")),
        ("sampling_rate", float("nan")),
        ("seizure_fraction", 0),
        ("seizure_fraction", 1),
        ("seizure_fraction", 1.5),
        ("seizure_fraction", float("nan")),
        ("focus", -1),
        ("focus", 1.0),
        ("decay", 0),
        ("decay", float("nan")),
        ("speed", -1),
        ("random_state", "seed"),
    ],
)
def test_bad_parameters_are_named(name, value):
    with pytest.raises(ValueError, match=f"'{name}' parameter of make_seizures"):
        make_seizures(**{name: value})


def test_the_folder_loads_no_heavy_library():
    heavy = "{'torch', 'matplotlib', 'mne', 'pooch'}"
    code = f"import sys, skeeg.datasets; sys.exit(bool({heavy} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
