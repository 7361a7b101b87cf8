"""Simulated EEG of several recordings, some of which hold an epileptic seizure."""

from numbers import Integral, Real

import numpy as np
from scipy.fft import rfftfreq
from sklearn.utils import Bunch, check_random_state
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.datasets._coloured_noise import (
    draw_background,
    draw_envelope,
    draw_rhythm,
    spike_train,
)
from skeeg.datasets._description import read_description
from skeeg.datasets._spread import decay_gains, place_channels, recruit


def _draw_seizing(n_recordings, seizure_fraction, rng):
    """Choose the recordings with a seizure: at least one, and not all of them."""
    n_seizing = np.clip(round(seizure_fraction * n_recordings), 1, n_recordings - 1)
    return rng.permutation(n_recordings) < n_seizing


def _spike_and_wave(times, n_recordings, rng):
    """Spike-and-wave complexes of about unit power at 2.5-4 Hz, slowing down by up to 1 Hz."""
    size = (n_recordings, 1, 1)
    start, slowing = rng.uniform(2.5, 4, size), rng.uniform(0, 1, size)
    turns = rng.uniform(size=size) + (start - slowing * times / times[-1] / 2) * times
    phase, lag = 2 * np.pi * turns, rng.uniform(1.5, 2.5, size)
    sharpness = rng.uniform(8, 24, size)
    return 2 * spike_train(phase, sharpness) - np.cos(phase - lag)


def _measure_distances(positions, focus):
    if focus >= len(positions):
        raise ValueError(f"focus is {focus}; legal are channels from 0 to {len(positions) - 1}.")
    return np.hypot(*(positions - positions[focus]).T)


def _simulate(seizing, gains, front, sampling_rate, rng):
    """Draw whole recordings in µV, of shape (n_recordings, n_channels, n_times)."""
    (n_channels, n_times), size = front.shape, (len(seizing), 1, 1)
    seizing = seizing[:, None, None]
    times, freqs = np.arange(n_times) / sampling_rate, rfftfreq(n_times, 1 / sampling_rate)
    background = draw_background(freqs, n_channels, n_times, rng.uniform(1, 2, size), rng)
    rhythm = draw_rhythm(freqs, rng.uniform(4, 20, size), 0.7, n_times, rng)
    slow = draw_rhythm(freqs, rng.uniform(1.5, 4, size), 0.5, n_times, rng)
    slow *= draw_envelope(freqs, np.full(size, 0.7), 0.9, n_times, rng)
    level = np.where(seizing, 6.5, 0.4) * rng.lognormal(0, 0.3, size)
    discharge = _spike_and_wave(times, len(seizing), rng)
    discharge *= draw_envelope(freqs, level, np.where(seizing, 0.35, 1.2), n_times, rng)
    common = rng.uniform(0.2, 1.5, size) * rhythm + slow
    weights = rng.uniform(0.5, 1, (len(seizing), n_channels, 1))
    reach = gains[:, None] * np.where(seizing, front, 1)
    signal = weights / weights.max(axis=1, keepdims=True) * common + reach * discharge
    signal += background
    return rng.lognormal(np.log(35), 0.35, size) * signal + rng.normal(0, 2, signal.shape)


@validate_params(
    {
        "n_recordings": [Interval(Integral, 2, None, closed="left")],
        "n_windows": [Interval(Integral, 1, None, closed="left")],
        "n_times": [Interval(Integral, 2, None, closed="left")],
        "n_channels": [Interval(Integral, 1, None, closed="left")],
        "sampling_rate": [Interval(Real, 0, np.inf, closed="neither")],
        "seizure_fraction": [Interval(Real, 0, 1, closed="neither")],
        "focus": [Interval(Integral, 0, None, closed="left"), None],
        "decay": [Interval(Real, 0, np.inf, closed="right")],
        "speed": [Interval(Real, 0, np.inf, closed="right")],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def make_seizures(
    n_recordings=40,
    n_windows=12,
    n_times=178,
    *,
    n_channels=1,
    sampling_rate=173.61,
    seizure_fraction=0.2,
    focus=None,
    decay=0.8,
    speed=0.5,
    random_state=None,
):
    r"""Simulate windows of EEG from many recordings, some of them during a seizure.

    Every recording is one continuous signal with a gain, rhythms and a spectral slope of its own,
    cut into windows without overlap, so windows of one recording resemble each other and have to
    stay together in cross-validation. A recording is either background throughout or seizure
    throughout. The classes overlap: background holds short spike-and-wave bursts and strong slow
    waves, and some seizures are weak.

    With several channels, discharges start at a focus, the same in all recordings. They get weaker
    with the distance from it, and in seizures they reach distant channels later.

    Parameters
    ----------
    n_recordings : int, default=40
        Number of recordings, at least 2. Each one is a group.
    n_windows : int, default=12
        Number of windows in each recording.
    n_times : int, default=178
        Number of time points in a window, at least 2.
    n_channels : int, default=1
        Number of channels, correlated with each other and spread evenly over the head.
    sampling_rate : float, default=173.61
        Sampling rate in Hz. Spikes are drawn in full from about 100 Hz upwards.
    seizure_fraction : float, default=0.2
        Fraction of the recordings, and so of the windows, that are seizures: strictly between 0
        and 1, rounded to whole recordings, with at least one recording in either class. For
        stratified cross-validation, let it give at least as many seizure recordings as folds.
    focus : int or None, default=None
        Index of the channel at which discharges start. ``None`` draws one.
    decay : float, default=0.8
        Distance in radii of the head over which discharges fall to 1/e of their amplitude;
        ``np.inf`` makes them alike in all channels.
    speed : float, default=0.5
        Radii of the head per second at which a seizure spreads; ``np.inf`` starts it everywhere
        at once.
    random_state : int, RandomState instance or None, default=None
        Pass an int for the same data at every call.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (n_samples, n_times) or (n_samples, n_channels, n_times)
            Windows in µV, float32, ordered by recording and time; `n_samples` is
            ``n_recordings * n_windows``. Two-dimensional for one channel.
        target : ndarray of shape (n_samples,)
            0 for background, 1 for seizure: indices into `target_names`.
        groups : ndarray of shape (n_samples,)
            The recording of each window, from 0 to ``n_recordings - 1``.
        sampling_rate : float
            In Hz.
        target_names : list of str
            ``["background", "seizure"]``.
        channel_names : list of str
            ``["E1", "E2", ...]``.
        channel_positions : ndarray of shape (n_channels, 2)
            Places on the head seen from above, in its radii: to the right, to the front.
        channel_gains : ndarray of shape (n_channels,)
            Amplitude of discharges in each channel, 1 at the focus.
        focus : int
            Index of the channel at which discharges start.
        DESCR : str
            What the data are.

    Raises
    ------
    InvalidParameterError
        If a parameter is of the wrong type or out of range; a `ValueError` and a `TypeError`.
    ValueError
        If `focus` is not one of the channels.

    See Also
    --------
    load_bonn : Real recordings that the amplitudes are modelled on.
    load_epileptic_seizure : The same recordings as a table of windows.

    Notes
    -----
    Channel :math:`c` of recording :math:`r` is

    .. math::

        x_{rc}(t) = g_r \left[ \frac{b_{rc}(t) + b_{r0}(t)}{\sqrt 2}
                    + w_{rc} \bigl( a_r\, q_r(t) + e^m_r(t)\, m_r(t) \bigr)
                    + s_{rc}(t)\, e^d_r(t)\, d_r(t)
                    \right] + \varepsilon_{rc}(t)

    * :math:`b` is the background: Gaussian noise of unit variance whose power falls with
      :math:`f^{-\beta_r}` above 0.5 Hz, :math:`\beta_r \sim U(1, 2)` [1]_; one half of its power
      is shared by all channels.
    * :math:`q` is a rhythm: Gaussian noise of unit variance in a resonance 0.7 Hz wide around
      :math:`U(4, 20)` Hz (theta, alpha or beta), times :math:`a_r \sim U(0.2, 1.5)`.
    * :math:`m` are rhythmic slow waves, in a resonance 0.5 Hz wide around :math:`U(1.5, 4)` Hz.
      They occur in both classes and are what seizures get confused with.
    * :math:`d` are spike-and-wave complexes [2]_ at the phase
      :math:`\varphi(t) = 2\pi \int f(t)\,dt`: a sharp spike and a slow wave,

      .. math::

          d(t) = 2 \left(e^{\kappa (\cos\varphi - 1)} - e^{-\kappa} I_0(\kappa)\right)
                 - \cos(\varphi - \theta),

      :math:`\kappa \sim U(8, 24)`, :math:`\theta \sim U(1.5, 2.5)`; the spike makes the harmonics.
      The frequency starts at :math:`U(2.5, 4)` Hz and falls by :math:`U(0, 1)` Hz until the end.
    * :math:`e(t) = \mu\, e^{\sigma z(t)}` are envelopes; :math:`z` is smooth Gaussian noise of
      unit variance below about 0.15 Hz. For slow waves :math:`\mu = 0.7, \sigma = 0.9`. For
      discharges :math:`\mu` is log-normal with scale 0.3 around 6.5 in seizures, where
      :math:`\sigma = 0.35` sustains them, and around 0.4 elsewhere, where :math:`\sigma = 1.2`
      leaves rare bursts.
    * :math:`s_{rc}(t) = e^{-\delta_c / \lambda}\, h\bigl(t - \delta_c / v\bigr)` is the spread:
      :math:`\delta_c` is the distance from the focus, :math:`\lambda` is `decay` and :math:`v` is
      `speed`. In seizures, :math:`h` rises from 0 to 1 within the half second before 0; in other
      recordings it is 1.
    * :math:`w_{rc}` is 1 in the leading channel and at least one half in the others; the gain
      :math:`g_r` is log-normal with scale 0.35 around 35 µV; :math:`\varepsilon` is white sensor
      noise of 2 µV.

    At the default sizes the standard deviation of a window is about 60 µV in background (1st to
    99th percentile 19-310) and 240 µV in seizures (70-770), close to the recordings of [3]_.

    References
    ----------
    .. [1] W. S. Pritchard, "The brain in fractal time: 1/f-like power spectrum scaling of the
       human electroencephalogram", International Journal of Neuroscience 66, 119-129, 1992.
       https://doi.org/10.3109/00207459208999796
    .. [2] F. A. Gibbs, H. Davis and W. G. Lennox, "The electroencephalogram in epilepsy and in
       conditions of impaired consciousness", Archives of Neurology and Psychiatry 34,
       1133-1148, 1935. https://doi.org/10.1001/archneurpsyc.1935.02250240002001
    .. [3] R. G. Andrzejak et al., "Indications of nonlinear deterministic and finite-dimensional
       structures in time series of brain electrical activity", Physical Review E 64, 061907,
       2001. https://doi.org/10.1103/PhysRevE.64.061907

    Examples
    --------
    >>> from skeeg.datasets import make_seizures
    >>> eeg = make_seizures(n_recordings=20, random_state=0)
    >>> eeg.data.shape
    (240, 178)
    >>> int(eeg.target.sum())
    48

    Seizures are larger, but not all of them:

    >>> sd = eeg.data.std(axis=1)
    >>> bool(sd[eeg.target == 1].mean() > 2 * sd[eeg.target == 0].mean())
    True
    >>> bool(sd[eeg.target == 1].min() < sd[eeg.target == 0].max())
    True

    Windows of several channels keep time on the last axis:

    >>> eeg = make_seizures(n_recordings=20, n_channels=19, focus=7, random_state=0)
    >>> eeg.data.shape
    (240, 19, 178)
    >>> int(eeg.data[eeg.target == 1].std(axis=(0, 2)).argmax())
    7
    """
    rng = check_random_state(random_state)
    seizing = _draw_seizing(n_recordings, seizure_fraction, rng)
    focus = rng.randint(n_channels) if focus is None else focus
    positions = place_channels(n_channels)
    distance = _measure_distances(positions, focus)
    times = np.arange(n_windows * n_times) / sampling_rate
    gains, front = decay_gains(distance, decay), recruit(times, distance, speed)
    signal = _simulate(seizing, gains, front, sampling_rate, rng)
    windows = signal.astype(np.float32).reshape(n_recordings, n_channels, n_windows, n_times)
    data = windows.swapaxes(1, 2).reshape(-1, n_channels, n_times)
    return Bunch(
        data=data[:, 0] if n_channels == 1 else data,
        target=np.repeat(seizing.astype(np.int64), n_windows),
        groups=np.repeat(np.arange(n_recordings), n_windows),
        sampling_rate=float(sampling_rate),
        target_names=["background", "seizure"],
        channel_names=[f"E{i + 1}" for i in range(n_channels)],
        channel_positions=positions,
        channel_gains=gains,
        focus=int(focus),
        DESCR=read_description("seizures"),
    )
