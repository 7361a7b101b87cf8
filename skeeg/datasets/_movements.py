"""Simulated accelerometers at the wrists of people who rest, walk, run and have seizures."""

from functools import partial
from numbers import Integral, Real

import numpy as np
from scipy.fft import rfftfreq
from scipy.special import expit
from sklearn.utils import Bunch, check_random_state
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.datasets._coloured_noise import draw_envelope, resonance, shaped_noise, spike_train
from skeeg.datasets._description import read_description

N_AXES = 3
# Shares of the harmonics of a stride, which is two steps: the arm swings once, feet land twice.
STRIDE = {1: 0.6, 2: 1.0, 3: 0.3, 4: 0.5, 5: 0.2, 6: 0.3, 8: 0.2}


def _draw_directions(shape, rng):
    """Draw vectors in space of mean square length 1."""
    return rng.standard_normal((*shape, N_AXES, 1)) / np.sqrt(N_AXES)


def _draw_shaking(power, times, size, rng):
    """Draw noise of unit power in all directions of space."""
    return shaped_noise(power, (size, N_AXES), len(times), rng) / np.sqrt(N_AXES)


def _draw_phase(turns, times, freqs, rng):
    """Start anywhere in a cycle, and go through it a little ahead or behind."""
    wander = shaped_noise(resonance(freqs, 0, 0.2) ** 2, (len(turns), 1), len(times), rng)
    return 2 * np.pi * (turns + rng.uniform(size=(len(turns), 1, 1)) + 0.05 * wander)


def _draw_gravity(times, freqs, size, rng):
    """Draw unit vectors that turn slowly, as a wrist does."""
    turning = _draw_shaking(resonance(freqs, 0, 0.05) ** 2, times, size, rng)
    direction = _draw_directions((size,), rng) + 0.3 * turning
    return direction / np.linalg.norm(direction, axis=1, keepdims=True)


def _rest(times, freqs, size, rng):
    """Idle hands: slow movements of all kinds that come in bursts."""
    shape = size, 1, 1
    power = resonance(freqs, rng.uniform(0, 3, shape), 1.5)
    level = rng.lognormal(np.log(0.02), 0.5, shape)
    strength = draw_envelope(freqs, level, 1.3, len(times), rng)
    return strength * _draw_shaking(power, times, size, rng)


def _gait(times, freqs, size, rng, *, cadence, level):
    """Walk or run at a cadence in Hz, with the harmonics of a stride."""
    shape = size, 1, 1
    phase = _draw_phase(rng.uniform(*cadence, shape) / 2 * times, times, freqs, rng)
    directions = _draw_directions((len(STRIDE), size), rng)
    offsets = rng.uniform(0, 2 * np.pi, directions.shape)
    swing = sum(
        share * direction * np.cos(harmonic * phase + offset)
        for (harmonic, share), direction, offset in zip(
            STRIDE.items(), directions, offsets, strict=True
        )
    )
    level = rng.lognormal(np.log(level), 0.2, shape)
    return draw_envelope(freqs, level, 0.15, len(times), rng) * swing


def _seizure(times, freqs, size, rng):
    """Stiffness with a fast tremor at first, then jerks that slow down."""
    shape, part = (size, 1, 1), times / times[-1]
    tremor = _draw_shaking(resonance(freqs, rng.uniform(7, 10, shape), 1.5), times, size, rng)
    start, slowing = rng.uniform(3.5, 5, shape), rng.uniform(1, 2, shape)
    phase = _draw_phase((start - slowing * part / 2) * times, times, freqs, rng)
    jerk = spike_train(phase, rng.uniform(2, 6, shape))
    there, aside = _draw_directions((2, size), rng)
    clonic = expit((part - rng.uniform(0.15, 0.35, shape)) / 0.03)
    level = rng.lognormal(np.log(0.6), 0.5, shape)
    strength = draw_envelope(freqs, level, 0.3, len(times), rng, fastest=0.5)
    jerks = 2 * jerk * (there + np.sin(phase) * aside)
    return strength * (clonic * jerks + (1 - clonic) * 0.3 * tremor)


ACTIVITIES = {
    "rest": _rest,
    "walking": partial(_gait, cadence=(1.6, 2.1), level=0.45),
    "running": partial(_gait, cadence=(2.5, 3.0), level=1.8),
    "seizure": _seizure,
}


def _measure(move, size, n_times, sampling_rate, rng):
    """Draw the magnitude of acceleration in milli-g of several people, (size, n_times)."""
    times, freqs = np.arange(n_times) / sampling_rate, rfftfreq(n_times, 1 / sampling_rate)
    acceleration = _draw_gravity(times, freqs, size, rng) + move(times, freqs, size, rng)
    magnitude = 1000 * np.linalg.norm(acceleration, axis=1)
    return magnitude + rng.normal(0, 4, magnitude.shape)


@validate_params(
    {
        "n_subjects": [Interval(Integral, 2, None, closed="left")],
        "n_windows": [Interval(Integral, 1, None, closed="left")],
        "n_times": [Interval(Integral, 2, None, closed="left")],
        "sampling_rate": [Interval(Real, 0, np.inf, closed="neither")],
        "seizure_fraction": [Interval(Real, 0, 1, closed="right")],
        "random_state": ["random_state"],
    },
    prefer_skip_nested_validation=True,
)
def make_movements(
    n_subjects=30,
    n_windows=12,
    n_times=125,
    *,
    sampling_rate=25.0,
    seizure_fraction=0.2,
    random_state=None,
):
    r"""Simulate windows of a wrist accelerometer at rest, walking, running and in seizures.

    Every subject is recorded at rest, walking and running, and some of them also in a generalised
    tonic-clonic seizure. A recording is one continuous magnitude of acceleration, cut into windows
    without overlap, with a cadence, a vigour and a way of moving of its own, so windows of one
    subject resemble each other and have to stay together in cross-validation. The classes overlap:
    resting people gesture, and the stiff beginning of a seizure moves the wrist little.

    Parameters
    ----------
    n_subjects : int, default=30
        Number of subjects, at least 2. Each one is a group.
    n_windows : int, default=12
        Number of windows in each recording.
    n_times : int, default=125
        Number of time points in a window, at least 2.
    sampling_rate : float, default=25.0
        Sampling rate in Hz. Jerks are drawn in full from about 25 Hz upwards.
    seizure_fraction : float, default=0.2
        Fraction of the subjects who have a seizure, above 0 and up to 1: rounded to whole subjects,
        and at least one. For stratified cross-validation, let it give at least as many subjects
        as folds.
    random_state : int, RandomState instance or None, default=None
        Pass an int for the same data at every call.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (n_samples, n_times)
            Windows in milli-g, float32, ordered by class, subject and time; `n_samples` is
            ``n_windows`` times three recordings of each subject and the seizures.
        target : ndarray of shape (n_samples,)
            0 for rest, 1 for walking, 2 for running, 3 for seizure: indices into `target_names`.
        groups : ndarray of shape (n_samples,)
            The subject of each window, from 0 to ``n_subjects - 1``.
        sampling_rate : float
            In Hz.
        target_names : list of str
            ``["rest", "walking", "running", "seizure"]``.
        DESCR : str
            What the data are.

    Raises
    ------
    InvalidParameterError
        If a parameter is of the wrong type or out of range; a `ValueError` and a `TypeError`.

    See Also
    --------
    make_seizures : EEG with and without seizures.
    make_eeg_fmri : EEG and fMRI recorded at once.

    Notes
    -----
    The magnitude of acceleration during activity :math:`k` of subject :math:`s` is, in milli-g,

    .. math::

        x_{sk}(t) = 1000\, \bigl\lVert \mathbf g_{sk}(t) + e_{sk}(t)\, \mathbf m_{sk}(t) \bigr\rVert
                    + \varepsilon(t)

    * :math:`\mathbf g` is gravity as the wrist feels it: a unit vector that turns slowly, below
      about 0.05 Hz. Vectors in space are drawn from isotropic normal distributions.
    * In rest, :math:`\mathbf m` is Gaussian noise in a resonance 1.5 Hz wide around
      :math:`U(0, 3)` Hz.
    * In gait, it holds the harmonics :math:`h` of a stride, which is two steps [1]_:

      .. math::

          \mathbf m(t) = \sum_h c_h\, \mathbf u_h \circ \cos\bigl(h\, \varphi(t) + \theta_h\bigr),

      with :math:`c_2 = 1` for the step itself, 0.6 for the swing of the arm, and 0.3, 0.5, 0.2, 0.3
      and 0.2 for the 3rd to 6th and the 8th harmonic. The cadence, of steps, is :math:`U(1.6, 2.1)`
      Hz walking and :math:`U(2.5, 3)` Hz running.
    * In seizures, a tremor (a resonance 1.5 Hz wide around :math:`U(7, 10)` Hz, at 0.3 of the
      strength) gives way to jerks after a fraction :math:`U(0.15, 0.35)` of the recording [2]_:

      .. math::

          \mathbf m(t) = 2 \left(e^{\kappa (\cos\varphi - 1)} - e^{-\kappa} I_0(\kappa)\right)
                         (\mathbf u + \mathbf v \sin\varphi), \qquad \kappa \sim U(2, 6).

      They start at :math:`U(3.5, 5)` per second and slow down by :math:`U(1, 2)` until the end.
    * Phases :math:`\varphi` are the integral of these rates, started at random; they wander by 0.05
      cycles below about 0.2 Hz.
    * :math:`e(t) = \mu\, e^{\sigma z(t)}` are envelopes; :math:`z` is smooth Gaussian noise of unit
      variance below about 0.15 Hz, and below 0.5 Hz in seizures. The median :math:`\mu` is
      log-normal: around 0.02 g in rest (scale 0.5), 0.45 g walking and 1.8 g running (scale 0.2),
      0.6 g in seizures (scale 0.5). :math:`\sigma` is 1.3 in rest, which makes gestures, 0.15 in
      gait and 0.3 in seizures.
    * :math:`\varepsilon` is white sensor noise of 4 milli-g.

    The standard deviation of a window is about 20 milli-g in rest (1st to 99th percentile 4-260),
    210 walking (90-510), 730 running (320-1400) and 160 in seizures (30-1100). Of real windows of
    the wrist, those of [3]_ have medians of about 260 walking, 880 running and 460 in seizures that
    were acted.

    References
    ----------
    .. [1] J. J. Kavanagh, H. B. Menz, "Accelerometry: a technique for quantifying movement patterns
       during walking", Gait & Posture 28, 1-15, 2008.
       https://doi.org/10.1016/j.gaitpost.2007.10.010
    .. [2] S. Beniczky et al., "Quantitative analysis of surface electromyography during epileptic
       and nonepileptic convulsive seizures", Epilepsia 55, 1128-1134, 2014.
       https://doi.org/10.1111/epi.12669
    .. [3] J. R. Villar, P. Vergara, M. Menéndez, E. de la Cal, V. M. González, J. Sedano,
       "Generalized models for the classification of abnormal movements in daily life and its
       applicability to epilepsy convulsion recognition", International Journal of Neural Systems
       26, 1650037, 2016. https://doi.org/10.1142/S0129065716500374

    Examples
    --------
    >>> import numpy as np
    >>> from skeeg.datasets import make_movements
    >>> movements = make_movements(random_state=0)
    >>> movements.data.shape
    (1152, 125)
    >>> dict(zip(movements.target_names, np.bincount(movements.target).tolist()))
    {'rest': 360, 'walking': 360, 'running': 360, 'seizure': 72}
    """
    rng = check_random_state(random_state)
    n_seizing = max(1, round(seizure_fraction * n_subjects))
    recorded = [np.arange(n_subjects)] * 3 + [np.sort(rng.permutation(n_subjects)[:n_seizing])]
    sizes = [len(subjects) for subjects in recorded]
    recordings = [
        _measure(move, size, n_windows * n_times, sampling_rate, rng)
        for move, size in zip(ACTIVITIES.values(), sizes, strict=True)
    ]
    return Bunch(
        data=np.concatenate(recordings).astype(np.float32).reshape(-1, n_times),
        target=np.repeat(np.arange(len(ACTIVITIES)), sizes).repeat(n_windows),
        groups=np.concatenate(recorded).repeat(n_windows),
        sampling_rate=float(sampling_rate),
        target_names=list(ACTIVITIES),
        DESCR=read_description("movements"),
    )
