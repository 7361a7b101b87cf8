"""What simulated EEG of pictures promises: sizes, pairs, the signal-to-noise ratio in dB."""

import numpy as np
import pytest
from scipy.signal import welch
from sklearn.datasets import load_digits
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import GroupKFold, cross_val_predict, cross_val_score

from skeeg.datasets import make_eeg_images

QUIET = -200.0  # dB: the response is too weak for float32


@pytest.fixture(scope="module")
def pairs():
    return make_eeg_images(random_state=0)


def response(pairs_at, snr):
    """What the pictures add to the EEG that goes on anyway."""
    return pairs_at(snr).data.astype(float) - pairs_at(QUIET).data


def power(signals):
    return np.mean(signals**2)


def test_the_bunch_is_complete(pairs):
    assert pairs.data.shape == (1200, 8, 64)
    assert pairs.data.dtype == np.float32
    assert np.isfinite(pairs.data).all()
    assert pairs.images.shape == (1200, 16, 16)
    assert pairs.images.dtype == np.uint8
    assert pairs.sampling_rate == 128.0
    assert pairs.target_names == list("0123456789")
    assert "µV" in pairs.DESCR


def test_each_subject_sees_each_digit_equally_often(pairs):
    seen = np.zeros((12, 10), dtype=int)
    np.add.at(seen, (pairs.groups, pairs.target), 1)
    assert (seen == 10).all()
    assert (np.diff(pairs.groups) >= 0).all()


def test_digits_come_in_random_order(pairs):
    repeated = np.mean(pairs.target[1:] == pairs.target[:-1])
    assert repeated == pytest.approx(0.1, abs=0.03)


def test_pictures_are_those_of_scikit_learn():
    pairs = make_eeg_images(3, 2, image_size=8, random_state=0)
    digits = load_digits()
    np.testing.assert_array_equal(digits.target[pairs.image_index], pairs.target)
    expected = digits.images[pairs.image_index] / 16 * 255
    assert np.abs(pairs.images - expected).max() <= 0.5


@pytest.mark.parametrize("image_size", [16, 28, 64])
def test_larger_pictures_show_the_same_digits(image_size):
    small, large = (make_eeg_images(3, 2, image_size=n, random_state=0) for n in (8, image_size))
    assert large.images.shape[1:] == (image_size, image_size)
    np.testing.assert_array_equal(large.data, small.data)
    places = (np.arange(8) + 0.5) * image_size / 8
    at = places.astype(int)
    found = large.images[:, at][:, :, at].ravel()
    assert np.corrcoef(found, small.images.ravel())[0, 1] > 0.9


@pytest.mark.parametrize(("n_trials", "most"), [(14, 1), (15, 2), (40, 3)])
def test_no_picture_comes_again_before_the_others(n_trials, most):
    pairs = make_eeg_images(12, n_trials, random_state=0)
    counts = np.bincount(pairs.image_index, minlength=1797)
    assert counts.max() == most
    for digit in range(10):
        of_digit = counts[load_digits().target == digit]
        assert of_digit.max() - of_digit.min() <= 1


@pytest.mark.parametrize("pairing", ["class", "one-to-one"])
def test_snr_is_a_ratio_of_powers_in_decibels(pairing):
    def pairs_at(snr):
        return make_eeg_images(40, 2, snr=snr, pairing=pairing, random_state=0)

    ratio = power(response(pairs_at, 0.0)) / power(pairs_at(QUIET).data)
    assert 10 * np.log10(ratio) == pytest.approx(0, abs=0.5)
    for snr in (-10.0, 20.0):
        steps = power(response(pairs_at, snr)) / power(response(pairs_at, 0.0))
        assert 10 * np.log10(steps) == pytest.approx(snr, abs=1e-3)


def test_the_eeg_that_goes_on_anyway_has_an_alpha_rhythm_and_falls_with_frequency():
    pairs = make_eeg_images(20, 4, 256, snr=QUIET, random_state=0)
    freqs, spectrum = welch(pairs.data, fs=128, nperseg=256, axis=-1)
    spectrum = spectrum.mean(axis=(0, 1))
    assert 8 < freqs[6 * 2 + spectrum[6 * 2 :].argmax()] < 12
    assert spectrum[freqs == 2] > 10 * spectrum[freqs == 30]
    assert 5 < pairs.data.std() < 20


def scores(**settings):
    found = []
    for seed in range(2):
        pairs = make_eeg_images(8, 6, n_classes=4, random_state=seed, **settings)
        X = pairs.data.reshape(len(pairs.data), -1)
        model = LinearDiscriminantAnalysis(solver="lsqr", shrinkage="auto")
        cv = GroupKFold(4)
        found.append(cross_val_score(model, X, pairs.target, groups=pairs.groups, cv=cv).mean())
    return np.mean(found)


def test_digits_of_unseen_subjects_show_in_the_eeg_as_far_as_noise_permits():
    assert scores(snr=0.0) > 0.9
    assert scores(snr=QUIET) < 0.35
    assert 0.35 < scores(snr=-12.0) < scores(snr=0.0)


@pytest.mark.parametrize(
    ("pairing", "least", "most"), [("class", -1, 0.02), ("one-to-one", 0.2, 1)]
)
def test_the_picture_itself_shows_in_the_eeg_only_one_to_one(pairing, least, most):
    """How much of the EEG, other than the mean of its digit, pictures of that digit explain."""
    pairs = make_eeg_images(10, 10, n_classes=2, snr=40.0, pairing=pairing, random_state=0)
    rest, pictures = pairs.data.reshape(200, -1).copy(), pairs.images.reshape(200, -1) / 255
    for digit in range(2):
        rows = pairs.target == digit
        rest[rows] -= rest[rows].mean(axis=0)
        pictures[rows] -= pictures[rows].mean(axis=0)
    model = RidgeCV(alphas=np.logspace(-1, 5, 7))
    guess = cross_val_predict(model, pictures, rest, groups=pairs.groups, cv=GroupKFold(5))
    assert least < 1 - power(rest - guess) / power(rest) < most


@pytest.mark.parametrize("n_times", [2, 3, 65])
@pytest.mark.parametrize(("n_channels", "n_classes"), [(1, 2), (3, 10)])
@pytest.mark.parametrize("pairing", ["class", "one-to-one"])
def test_any_size_can_be_had(n_times, n_channels, n_classes, pairing):
    sizes = {"n_channels": n_channels, "n_classes": n_classes, "pairing": pairing}
    pairs = make_eeg_images(2, 1, n_times, **sizes, random_state=0)
    assert pairs.data.shape == (2 * n_classes, n_channels, n_times)
    assert np.isfinite(pairs.data).all()


@pytest.mark.parametrize("make_seed", [int, np.random.RandomState])
@pytest.mark.parametrize("pairing", ["class", "one-to-one"])
def test_a_seed_gives_the_same_data(make_seed, pairing):
    settings = {"n_subjects": 2, "n_trials": 1, "pairing": pairing}
    expected, other = (make_eeg_images(**settings, random_state=seed) for seed in (3, 4))
    found = make_eeg_images(**settings, random_state=make_seed(3))
    for name in ("data", "images", "target", "groups", "image_index"):
        np.testing.assert_array_equal(found[name], expected[name])
    assert not np.array_equal(expected.data, other.data)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n_subjects", 1),
        ("n_trials", 0),
        ("n_times", 1),
        ("n_channels", 2.0),
        ("n_classes", 1),
        ("n_classes", 11),
        ("sampling_rate", 23.9),
        ("snr", float("nan")),
        ("snr", None),
        ("image_size", 7),
        ("image_size", 16.0),
        ("pairing", "both"),
        ("random_state", "seed"),
    ],
)
def test_bad_parameters_are_named(name, value):
    with pytest.raises(ValueError, match=f"'{name}' parameter of make_eeg_images"):
        make_eeg_images(**{name: value})
