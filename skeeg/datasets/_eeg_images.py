"""Simulated EEG of people who look at pictures of digits, paired with the pictures."""

from numbers import Integral, Real

import numpy as np
from scipy.fft import rfftfreq
from scipy.ndimage import zoom
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.utils import Bunch, check_random_state
from sklearn.utils._param_validation import Interval, StrOptions, validate_params

from skeeg.datasets._coloured_noise import draw_background, draw_rhythm
from skeeg.datasets._description import read_description
from skeeg.datasets._spread import place_channels

N_WAVES, N_DETAILS = 3, 6


def _deal_images(target, subjects, rng):
    """Choose an image for each row; none of a class comes again before all others have."""
    labels = load_digits().target
    chosen = np.empty(len(target), dtype=np.int64)
    for label in np.unique(target):
        rows = np.flatnonzero(target == label)
        rows = rows[np.argsort(subjects[rows], kind="stable")]
        chosen[rows] = np.resize(rng.permutation(np.flatnonzero(labels == label)), len(rows))
    return chosen


def _enlarge(images, image_size):
    """Return digits of 8 by 8 grey levels from 0 to 16 as images of bytes."""
    size = image_size / images.shape[-1]
    large = zoom(images / 16, (1, size, size), order=3, mode="nearest", grid_mode=True)
    return np.round(255 * large.clip(0, 1)).astype(np.uint8)


def _describe_images(chosen):
    """Describe how each image differs from the mean of its class, by uncorrelated numbers."""
    digits = load_digits()
    means = np.stack([digits.data[digits.target == label].mean(axis=0) for label in range(10)])
    residuals = digits.data - means[digits.target]
    return PCA(N_DETAILS, whiten=True, svd_solver="full").fit_transform(residuals)[chosen]


class _Waves:
    """Evoked waves: wave packets of set times and rates, each with a place on the scalp."""

    def __init__(self, shape, n_channels, duration, rng):
        centres = rng.uniform(-1, 1, (*shape, 1, 2)) / np.sqrt(2)
        distance = np.linalg.norm(place_channels(n_channels) - centres, axis=-1)
        self.maps = np.exp(-((distance / 0.6) ** 2)) * rng.choice([-1, 1], (*shape, 1))
        self.latency = duration * rng.uniform(0.2, 0.8, (*shape, 1))
        self.frequency = rng.uniform(2, 10, (*shape, 1))
        self.phase = rng.uniform(0, 2 * np.pi, (*shape, 1))
        self.width = duration / 8

    def draw(self, chosen, gains, delay, times):
        """Return the sum of the chosen waves in each row, (n_samples, n_channels, n_times)."""
        after = times - self.latency[chosen] - delay
        carrier = np.cos(2 * np.pi * self.frequency[chosen] * after + self.phase[chosen])
        packets = gains[..., None] * np.exp(-((after / self.width) ** 2) / 2) * carrier
        return np.swapaxes(self.maps[chosen], 1, 2) @ packets


def _to_unit_power(waves):
    """Scale to mean square 1 over all rows."""
    return waves / np.sqrt(np.mean(waves**2))


def _draw_responses(target, subjects, details, n_channels, times, rng):
    """Draw what the pictures evoke, at mean square 1, (n_samples, n_channels, n_times)."""
    n_subjects, duration = subjects[-1] + 1, times[-1]
    n_classes = target.max() + 1
    delay = rng.normal(0, 0.01, n_subjects)[subjects] + rng.normal(0, 0.01, len(target))
    strength = rng.lognormal(0, 0.3, (n_subjects, n_classes, N_WAVES))[subjects, target]
    strength *= rng.lognormal(0, 0.3, (len(target), 1))
    of_class = _Waves((n_classes, N_WAVES), n_channels, duration, rng)
    of_image = _Waves((1, N_DETAILS), n_channels, duration, rng)
    delay = delay[:, None, None]
    response = _to_unit_power(of_class.draw(target, strength, delay, times))
    if details is None:
        return response
    everywhere = np.zeros_like(target)
    response += _to_unit_power(of_image.draw(everywhere, details, delay, times))
    return response / np.sqrt(2)


def _draw_background(n_subjects, n_trials, n_channels, n_times, sampling_rate, rng):
    """Draw what goes on anyway, at mean square 1, (n_samples, n_channels, n_times)."""
    size, total = (n_subjects, 1, 1), n_trials * n_times
    freqs = rfftfreq(total, 1 / sampling_rate)
    noise = draw_background(freqs, n_channels, total, rng.uniform(0.8, 1.6, size), rng)
    alpha = draw_rhythm(freqs, rng.uniform(8.5, 11.5, size), 0.7, total, rng)
    weight = rng.uniform(0.3, 1, (n_subjects, n_channels, 1))
    recordings = (noise + weight * alpha) / np.sqrt(1 + weight**2)
    trials = recordings.reshape(n_subjects, n_channels, n_trials, n_times).swapaxes(1, 2)
    return trials.reshape(-1, n_channels, n_times)


@validate_params(
    {
        "n_subjects": [Interval(Integral, 2, None, closed="left")],
        "n_trials": [Interval(Integral, 1, None, closed="left")],
        "n_times": [Interval(Integral, 2, None, closed="left")],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "n_classes": [Interval(Integral, 2, 10, closed="both")],
        "sampling_rate": [Interval(Real, 24, np.inf, closed="left")],
        "snr": [Interval(Real, -200, 200, closed="both")],
        "image_size": [Interval(Integral, 8, 512, closed="both")],
        "pairing": [StrOptions({"class", "one-to-one"})],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def make_eeg_images(
    n_subjects=12,
    n_trials=10,
    n_times=64,
    *,
    n_channels=8,
    n_classes=10,
    sampling_rate=128.0,
    snr=0.0,
    image_size=16,
    pairing="class",
    random_state=None,
):
    r"""Simulate EEG of people who look at pictures of digits, one picture in each window.

    The pictures are the handwritten digits of :func:`sklearn.datasets.load_digits`, made larger.
    Every digit evokes a response of its own in the EEG of everybody, a little earlier or later and
    stronger or weaker from person to person and from time to time, on top of the EEG that goes on
    anyway. Digits come in random order.

    Parameters
    ----------
    n_subjects : int, default=12
        Number of subjects, at least 2. Each one is a group.
    n_trials : int, default=10
        Number of pictures of each digit that a subject sees.
    n_times : int, default=64
        Number of time points in a window, at least 2.
    n_channels : int, default=8
        Number of EEG channels.
    n_classes : int, default=10
        Number of digits, from 2 to 10, starting with 0.
    sampling_rate : float, default=128.0
        Sampling rate in Hz, at least 24, twice the fastest alpha.
    snr : float, default=0.0
        Signal-to-noise ratio in dB: power of the response over that of the EEG that goes on anyway,
        each averaged over all windows, channels and time points. From -200 to 200.
    image_size : int, default=16
        Height and width of the pictures in pixels, from 8, that of the originals, to 512.
    pairing : {"class", "one-to-one"}, default="class"
        What a window tells of its picture. "class": which digit it shows, and nothing else; any
        other picture of the digit would do. "one-to-one": half of the power of the response
        depends on how the picture differs from the mean of its digit.
    random_state : int, RandomState instance or None, default=None
        Pass an int for the same data at every call.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (n_samples, n_channels, n_times)
            Windows in µV, float32, ordered by subject and time; `n_samples` is
            ``n_subjects * n_trials * n_classes``.
        images : ndarray of shape (n_samples, image_size, image_size)
            The picture of each window in grey levels from 0 to 255, uint8.
        target : ndarray of shape (n_samples,)
            The digit, from 0 to ``n_classes - 1``.
        groups : ndarray of shape (n_samples,)
            The subject of each window, from 0 to ``n_subjects - 1``.
        image_index : ndarray of shape (n_samples,)
            Row of the picture in :func:`sklearn.datasets.load_digits`. None comes twice while
            ``n_subjects * n_trials`` is at most 174, the number of pictures of the rarest digit.
        sampling_rate : float
            In Hz.
        target_names : list of str
            ``["0", "1", ...]``.
        DESCR : str
            What the data are.

    Raises
    ------
    InvalidParameterError
        If a parameter is of the wrong type or out of range; a `ValueError` and a `TypeError`.

    See Also
    --------
    load_thoughtviz : Measured EEG of imagined digits, without pictures.
    load_fmri_digits69 : Measured responses to pictures of digits, one to one.

    Notes
    -----
    Window :math:`i` of subject :math:`s`, who sees digit :math:`c`, is in channel :math:`k`

    .. math::

        x_{ik}(t) = g_s \left[ 10^{\mathrm{snr} / 20}\, e_{ik}(t) + b_{ik}(t) \right], \qquad
        e_{ik}(t) \propto \sum_{j=1}^{3} a_{scj}\, a_i\, m_{cjk}\,
                          e^{-u^2 / 2 w^2} \cos(2 \pi f_{cj} u + \theta_{cj}), \qquad
        u = t - \tau_{cj} - \delta_s - \delta_i

    * The wave packets have latencies :math:`\tau` between 0.2 and 0.8 of the window, frequencies
      :math:`f \sim U(2, 10)` Hz, random phases and the width :math:`w` of an eighth of the window.
      Their maps :math:`m` are Gaussian bumps with a scale of 0.6 of the radius of the head, which
      is seen from above, positive or negative.
    * The strengths :math:`a` of each wave in each subject and of each window are log-normal with
      scale 0.3, the delays :math:`\delta` of each subject and of each window normal with a standard
      deviation of 10 ms.
    * With one-to-one pairing, :math:`e` is the sum of two such responses of equal power. The other
      has 6 wave packets that all digits share; their strengths are the first 6 whitened principal
      components of how pictures differ from the mean of their digit.
    * :math:`e` and :math:`b` have mean square 1. :math:`b` is noise whose power falls with
      :math:`f^{-\beta_s}` above 0.5 Hz, :math:`\beta_s \sim U(0.8, 1.6)`, one half shared by all
      channels, and an alpha rhythm in a resonance 0.7 Hz wide around :math:`U(8.5, 11.5)` Hz.
    * The gain :math:`g` is log-normal with scale 0.3 around 10 µV.

    Waves differ from seed to seed: some sets of digits are easier to tell apart than others.

    Examples
    --------
    >>> from skeeg.datasets import make_eeg_images
    >>> pairs = make_eeg_images(random_state=0)
    >>> pairs.data.shape, pairs.images.shape
    ((1200, 8, 64), (1200, 16, 16))
    >>> pairs.target_names
    ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']
    """
    rng = check_random_state(random_state)
    per_subject = n_trials * n_classes
    order = [rng.permutation(np.repeat(np.arange(n_classes), n_trials)) for _ in range(n_subjects)]
    target, subjects = np.concatenate(order), np.repeat(np.arange(n_subjects), per_subject)
    chosen = _deal_images(target, subjects, rng)
    details = None if pairing == "class" else _describe_images(chosen)
    times = np.arange(n_times) / sampling_rate
    response = _draw_responses(target, subjects, details, n_channels, times, rng)
    noise = _draw_background(n_subjects, per_subject, n_channels, n_times, sampling_rate, rng)
    gain = rng.lognormal(np.log(10), 0.3, (n_subjects, 1, 1))[subjects]
    return Bunch(
        data=(gain * (10 ** (snr / 20) * response + noise)).astype(np.float32),
        images=_enlarge(load_digits().images[chosen], image_size),
        target=target,
        groups=subjects,
        image_index=chosen,
        sampling_rate=float(sampling_rate),
        target_names=[str(label) for label in range(n_classes)],
        DESCR=read_description("eeg_images"),
    )
