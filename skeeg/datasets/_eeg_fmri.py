"""Simulated EEG and fMRI of the same moments, coupled through the haemodynamic response."""

from numbers import Integral, Real

import numpy as np
from scipy.fft import irfft, rfft, rfftfreq
from scipy.stats import gamma
from sklearn.utils import Bunch, check_random_state
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.datasets._coloured_noise import draw_background, draw_envelope, draw_rhythm
from skeeg.datasets._description import read_description


def _haemodynamic_response(times):
    """Answer of the blood flow to an impulse at zero seconds: a peak at 5 s, then an undershoot."""
    return gamma.pdf(times, 6) - gamma.pdf(times, 16) / 6


def _draw_eeg(envelope, n_channels, sampling_rate, rng):
    """Draw EEG in µV whose alpha rhythm has the envelope, (n_subjects, n_channels, n_times)."""
    size, n_times = (len(envelope), 1, 1), envelope.shape[-1]
    freqs = rfftfreq(n_times, 1 / sampling_rate)
    background = draw_background(freqs, n_channels, n_times, rng.uniform(0.8, 1.6, size), rng)
    alpha = envelope * draw_rhythm(freqs, rng.uniform(8.5, 11.5, size), 0.7, n_times, rng)
    weights = rng.uniform(0.5, 1, (len(envelope), n_channels, 1))
    weights *= rng.lognormal(np.log(1.5), 0.3, size) / weights.max(axis=1, keepdims=True)
    signal = rng.lognormal(np.log(10), 0.3, size) * (background + weights * alpha)
    return signal + rng.normal(0, 1, signal.shape)


def _draw_bold(response, weight, n_regions, scan_rate, rng):
    """Draw BOLD in percent that follows a response, (n_subjects, n_regions, n_scans)."""
    size, n_scans = (len(response), 1, 1), response.shape[-1]
    freqs = rfftfreq(n_scans, 1 / scan_rate)
    noise = draw_background(freqs, n_regions, n_scans, np.ones(size), rng, corner=0.01)
    signal = weight * response + np.sqrt(1 - weight**2) * noise
    return 0.5 * rng.lognormal(0, 0.2, size) * signal


def _respond(envelope, sampling_rate, at):
    """Follow an envelope through the haemodynamic response, at unit variance; read it `at`."""
    n_times = envelope.shape[-1]
    impulse = _haemodynamic_response(np.arange(n_times) / sampling_rate)
    response = irfft(rfft(envelope) * rfft(impulse), n=n_times)
    response -= response.mean(axis=-1, keepdims=True)
    return response[..., at] / response.std()


def _cut(signal, n_windows):
    """Cut recordings into flat windows, channel-major."""
    n_subjects, n_channels, _ = signal.shape
    windows = signal.reshape(n_subjects, n_channels, n_windows, -1).swapaxes(1, 2)
    return windows.reshape(n_subjects * n_windows, -1)


@validate_params(
    {
        "n_subjects": [Interval(Integral, 2, None, closed="left")],
        "n_windows": [Interval(Integral, 1, None, closed="left")],
        "n_times": [Interval(Integral, 2, None, closed="left")],
        "n_scans": [Interval(Integral, 2, None, closed="left")],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "n_regions": [Interval(Integral, 1, None, closed="left")],
        "sampling_rate": [Interval(Real, 24, np.inf, closed="left")],
        "coupling": [Interval(Real, 0, 1, closed="both")],
        "thalamus_fraction": [Interval(Real, 0, 1, closed="neither")],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def make_eeg_fmri(
    n_subjects=40,
    n_windows=12,
    n_times=960,
    n_scans=15,
    *,
    n_channels=2,
    n_regions=2,
    sampling_rate=32.0,
    coupling=0.9,
    thalamus_fraction=0.25,
    random_state=None,
):
    r"""Simulate windows of EEG and of BOLD fMRI recorded at once from many subjects.

    When the alpha rhythm of the EEG swells, the BOLD signal follows some seconds later: it falls
    in the cortex and rises in the thalamus, as in resting subjects [1]_ [2]_. Every subject is one
    continuous recording with fMRI of either the cortex or the thalamus. The two classes have the
    same EEG and the same BOLD; what tells them apart is the sign of the coupling, so that either
    modality alone is of no use.

    Parameters
    ----------
    n_subjects : int, default=40
        Number of subjects, at least 2. Each one is a group.
    n_windows : int, default=12
        Number of windows without overlap in each recording.
    n_times : int, default=960
        Number of time points of the EEG in a window, at least 2.
    n_scans : int, default=15
        Number of time points of the BOLD signal in a window, at least 2. Both modalities span the
        same time, so the scans are ``n_times / sampling_rate / n_scans`` seconds apart.
    n_channels : int, default=2
        Number of EEG channels.
    n_regions : int, default=2
        Number of regions with a BOLD signal.
    sampling_rate : float, default=32.0
        Sampling rate of the EEG in Hz, at least 24, twice the fastest alpha.
    coupling : float, default=0.9
        Correlation of the BOLD signal with the response to alpha, from 0 to 1.
    thalamus_fraction : float, default=0.25
        Fraction of the subjects whose thalamus was scanned: strictly between 0 and 1, rounded to
        whole subjects, with at least one subject in either class.
    random_state : int, RandomState instance or None, default=None
        Pass an int for the same data at every call.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (n_samples, n_channels * n_times + n_regions * n_scans)
            Windows, float32, ordered by subject and time: EEG in µV, channel after channel, then
            BOLD in percent of its mean, region after region; `n_samples` is
            ``n_subjects * n_windows``.
        target : ndarray of shape (n_samples,)
            0 for cortex, 1 for thalamus: indices into `target_names`.
        groups : ndarray of shape (n_samples,)
            The subject of each window, from 0 to ``n_subjects - 1``.
        blocks : dict of str to tuple of int
            Number of channels and of time points of the block of columns of each modality,
            ``"eeg"`` and ``"bold"``, in the order of the columns.
        sampling_rates : dict of str to float
            Of each modality in Hz.
        target_names : list of str
            ``["cortex", "thalamus"]``.
        DESCR : str
            What the data are.

    Raises
    ------
    InvalidParameterError
        If a parameter is of the wrong type or out of range; a `ValueError` and a `TypeError`.

    See Also
    --------
    skeeg.over_sampling.MultiModalGANSampler : Draws such pairs.
    make_seizures : EEG alone.

    Notes
    -----
    With the envelope :math:`a(t) = e^{0.6 z(t)}`, where :math:`z` is smooth Gaussian noise of unit
    variance below about 0.05 Hz, EEG channel :math:`c` and BOLD region :math:`k` of subject
    :math:`s` are

    .. math::

        x_{sc}(t) &= g_s \left[ \frac{b_{sc}(t) + b_{s0}(t)}{\sqrt 2}
                     + w_{sc}\, a_s(t)\, q_s(t) \right] + \varepsilon_{sc}(t) \\
        y_{sk}(t) &= 0.5\,\% \cdot v_s \left[ \pm \gamma\, \tilde u_s(t)
                     + \sqrt{1 - \gamma^2}\; \frac{n_{sk}(t) + n_{s0}(t)}{\sqrt 2} \right]

    * :math:`q` is the alpha rhythm: Gaussian noise of unit variance in a resonance 0.7 Hz wide
      around :math:`U(8.5, 11.5)` Hz. Its weight is log-normal with scale 0.3 around 1.5 in the
      leading channel and at least half of that in the others.
    * :math:`b` is the background: Gaussian noise of unit variance whose power falls with
      :math:`f^{-\beta_s}` above 0.5 Hz, :math:`\beta_s \sim U(0.8, 1.6)`; one half of its power is
      shared by all channels.
    * :math:`\tilde u` is :math:`u = h * a` without its mean and at unit variance, where :math:`h`
      is the haemodynamic response [3]_ in the form of two gamma densities [4]_,

      .. math:: h(t) = \frac{t^5 e^{-t}}{5!} - \frac{1}{6} \frac{t^{15} e^{-t}}{15!}.

      The sign is negative in the cortex and positive in the thalamus; :math:`\gamma` is the
      parameter `coupling`.
    * :math:`n` are fluctuations of the BOLD signal itself, whose power falls with :math:`1/f` above
      0.01 Hz; one half of it is shared by all regions.
    * The gain :math:`g` is log-normal with scale 0.3 around 10 µV, :math:`v` with scale 0.2 around
      1; :math:`\varepsilon` is white sensor noise of 1 µV.

    A window is too short for all of the response: what alpha did in the seconds before it shows in
    its first scans. The correlation that a window of 30 s shows, between its BOLD and the response
    to its own alpha amplitude, is about 0.65 at a coupling of 0.9.

    References
    ----------
    .. [1] R. I. Goldman et al., "Simultaneous EEG and fMRI of the alpha rhythm", NeuroReport 13,
       2487-2492, 2002. https://doi.org/10.1097/01.wnr.0000047685.08940.d0
    .. [2] H. Laufs et al., "Electroencephalographic signatures of attentional and cognitive
       default modes in spontaneous brain activity fluctuations at rest", PNAS 100, 11053-11058,
       2003. https://doi.org/10.1073/pnas.1831638100
    .. [3] G. H. Glover, "Deconvolution of impulse response in event-related BOLD fMRI", NeuroImage
       9, 416-429, 1999. https://doi.org/10.1006/nimg.1998.0419
    .. [4] K. J. Friston et al., "Event-related fMRI: characterizing differential responses",
       NeuroImage 7, 30-40, 1998. https://doi.org/10.1006/nimg.1997.0306

    Examples
    --------
    >>> from skeeg.datasets import make_eeg_fmri
    >>> pairs = make_eeg_fmri(n_subjects=8, random_state=0)
    >>> pairs.data.shape
    (96, 1950)
    >>> pairs.blocks
    {'eeg': (2, 960), 'bold': (2, 15)}
    >>> pairs.sampling_rates
    {'eeg': 32.0, 'bold': 0.5}
    >>> eeg = pairs.data[:, : 2 * 960].reshape(-1, 2, 960)
    >>> bold = pairs.data[:, 2 * 960 :].reshape(-1, 2, 15)
    """
    rng = check_random_state(random_state)
    n_thalamus = np.clip(round(thalamus_fraction * n_subjects), 1, n_subjects - 1)
    is_thalamus = rng.permutation(n_subjects) < n_thalamus
    scan_rate = sampling_rate * n_scans / n_times
    total = n_windows * n_times
    freqs = rfftfreq(total, 1 / sampling_rate)
    envelope = draw_envelope(freqs, np.ones((n_subjects, 1, 1)), 0.6, total, rng, fastest=0.05)
    scanned = np.arange(n_windows * n_scans) * n_times // n_scans
    response = _respond(envelope, sampling_rate, at=scanned)
    weight = coupling * np.where(is_thalamus, 1, -1)[:, None, None]
    eeg = _draw_eeg(envelope, n_channels, sampling_rate, rng)
    bold = _draw_bold(response, weight, n_regions, scan_rate, rng)
    return Bunch(
        data=np.hstack([_cut(eeg, n_windows), _cut(bold, n_windows)]).astype(np.float32),
        target=np.repeat(is_thalamus.astype(np.int64), n_windows),
        groups=np.repeat(np.arange(n_subjects), n_windows),
        blocks={"eeg": (n_channels, n_times), "bold": (n_regions, n_scans)},
        sampling_rates={"eeg": float(sampling_rate), "bold": float(scan_rate)},
        target_names=["cortex", "thalamus"],
        DESCR=read_description("eeg_fmri"),
    )
