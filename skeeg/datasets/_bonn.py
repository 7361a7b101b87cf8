"""The EEG recordings of the University of Bonn."""

import os
from numbers import Integral

import numpy as np
from sklearn.utils import Bunch
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.datasets._bonn_files import N_SAMPLES, read_recordings
from skeeg.datasets._description import read_description
from skeeg.datasets._windows import cut_windows

SAMPLING_RATE = 173.61
# In the order of the codes 1 to 5 in the Epileptic Seizure Recognition table.
CLASSES = {
    "S": "seizure",
    "F": "epileptogenic zone",
    "N": "opposite hemisphere",
    "O": "eyes closed",
    "Z": "eyes open",
}


def _order(name):
    return list(CLASSES).index(name[0]), name


@validate_params(
    {
        "path": [str, os.PathLike],
        "n_times": [Interval(Integral, 1, N_SAMPLES, closed="both"), None],
        "binary": ["boolean"],
    },
    prefer_skip_nested_validation=True,
)
def load_bonn(path, *, n_times=178, binary=False):
    r"""Load the EEG recordings of the University of Bonn, cut into windows.

    Five sets of 100 single-channel recordings of 23.6 s at 173.61 Hz [1]_: healthy volunteers
    with eyes open (Z) and closed (O), patients between seizures, recorded inside the skull in the
    hemisphere opposite to the seizure focus (N) and in the epileptogenic zone (F), and patients
    during seizures (S). Also published as sets A to E: Z, O, N, F, S in this order.

    Parameters
    ----------
    path : str or path-like
        One of:

        * a folder with any of the original archives ``Z.zip``, ``O.zip``, ``N.zip``, ``F.zip``,
          ``S.zip``, or with their text files ``Z001.txt`` to ``S100.txt`` (4097 lines of one
          number), loose or in sub-folders, extension in either case;
        * a zip of the same;
        * an npz with the arrays `X` of shape (n_recordings, 4097) and `recording`, their names.

        Sets or recordings that are not there are not loaded; other files are passed over.
    n_times : int or None, default=178
        Time points of a window. Recordings are cut from their start, without overlap; what is
        left over at the end is dropped. ``178`` (1.025 s, 23 windows a recording) gives the rows
        of :func:`load_epileptic_seizure`; ``None`` keeps whole recordings of 4097 time points.
    binary : bool, default=False
        Whether to tell seizures (set S, 1) from the rest (0) instead of five classes.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (n_samples, n_times)
            Windows as stored, float32. The files name no unit; µV is the common reading. Ordered
            by class, recording and time, whatever the layout.
        target : ndarray of shape (n_samples,)
            Index into `target_names`.
        groups : ndarray of shape (n_samples,)
            Name of the recording, such as ``"Z001"``.
        sampling_rate : float
            173.61 Hz.
        target_names : list of str
            Those present of ``["seizure", "epileptogenic zone", "opposite hemisphere",
            "eyes closed", "eyes open"]``, the sets S, F, N, O, Z; ``["background", "seizure"]``
            with `binary`.
        DESCR : str
            What the data are, and their pitfalls.

    Raises
    ------
    FileNotFoundError
        If there is nothing at `path`.
    ValueError
        If `path` holds no recordings or is damaged, or a recording is not 4097 numbers: the
        message names the file and the line.

    See Also
    --------
    load_epileptic_seizure : The same recordings as a table of windows.
    make_seizures : Simulated recordings, for when these are not at hand.

    References
    ----------
    .. [1] R. G. Andrzejak, K. Lehnertz, F. Mormann, C. Rieke, P. David and C. E. Elger,
       "Indications of nonlinear deterministic and finite-dimensional structures in time series
       of brain electrical activity: dependence on recording region and brain state", Physical
       Review E 64, 061907, 2001. https://doi.org/10.1103/PhysRevE.64.061907

    Examples
    --------
    A folder with one recording, of a ramp:

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from skeeg.datasets import load_bonn
    >>> with TemporaryDirectory() as folder:
    ...     lines = "\n".join(str(i) for i in range(4097))
    ...     _ = Path(folder, "S001.txt").write_text(lines)
    ...     eeg = load_bonn(folder)
    >>> eeg.data.shape
    (23, 178)
    >>> eeg.target_names
    ['seizure']
    >>> print(eeg.groups[0])
    S001
    """
    recordings = read_recordings(path)
    names = sorted(recordings, key=_order)
    sets = [name[0] for name in names]
    present = [letter for letter in CLASSES if letter in sets]
    n_times = n_times or N_SAMPLES
    signals = np.stack([recordings[name] for name in names])
    data = cut_windows(signals, n_times).reshape(-1, n_times)
    label = [letter == "S" if binary else present.index(letter) for letter in sets]
    n_windows = len(data) // len(names)
    return Bunch(
        data=data,
        target=np.repeat(np.array(label, dtype=np.int64), n_windows),
        groups=np.repeat(names, n_windows),
        sampling_rate=SAMPLING_RATE,
        target_names=["background", "seizure"] if binary else [CLASSES[s] for s in present],
        DESCR=read_description("bonn"),
    )
