"""EEG before and during mental arithmetic."""

import os
from numbers import Integral, Real
from pathlib import Path

import numpy as np
from sklearn.utils import Bunch
from sklearn.utils._param_validation import Interval, validate_params

from skeeg.datasets._description import read_description
from skeeg.datasets._eegmat_files import CHANNELS, read_edf_files, read_npz

WINDOWS = {
    "n_times": [Interval(Integral, 1, None, closed="left")],
    "overlap": [Interval(Real, 0, 1, closed="left")],
    "sampling_rate": [Interval(Real, 0, np.inf, closed="neither"), None],
}


@validate_params({"path": [str, os.PathLike], **WINDOWS}, prefer_skip_nested_validation=True)
def load_eegmat(path, *, n_times=500, overlap=0.0, sampling_rate=125):
    r"""Load the EEG during mental arithmetic tasks of PhysioNet (EEGMAT), cut into windows.

    36 healthy people, 19 channels of the 10-20 system, 500 Hz: at rest (background), and while
    they subtract two-digit numbers from four-digit numbers in their head (arithmetic) [1]_ [2]_.

    Parameters
    ----------
    path : str or path-like
        One of:

        * the folder with the original files ``Subject00_1.edf`` (background) and
          ``Subject00_2.edf`` (arithmetic) to ``Subject35_2.edf``; those that are not there are
          not loaded, other files are passed over. It needs the extra `eeg`:
          ``pip install skeeg[eeg]``;
        * an npz with the arrays `X` of shape (n_recordings, 19, n_times), which times `scale` is in
          µV, `subject`, `y`, `ch_names` and `sfreq`.

    n_times : int, default=500
        Time points of a window, 4 s by default. Recordings are cut from their start; what is left
        over at the end is dropped.
    overlap : float, default=0.0
        Fraction of a window that the next one repeats, from 0 to less than 1.
    sampling_rate : float or None, default=125
        Rate in Hz to bring the EDF files to, by a polyphase filter. ``None`` keeps that of the
        file, 500 Hz for the originals. An npz has to have this rate.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (n_samples, 19, n_times)
            Windows in µV, float32, ordered by subject, task and time.
        target : ndarray of shape (n_samples,)
            0 for background, 1 for arithmetic: indices into `target_names`.
        groups : ndarray of shape (n_samples,)
            Subject of each window, from ``"Subject00"`` to ``"Subject35"``.
        sampling_rate : float
            In Hz.
        target_names : list of str
            ``["background", "arithmetic"]``.
        channel_names : list of str
            As in the files, such as ``"EEG Fp1"``.
        DESCR : str
            What the data are, and their pitfalls.

    Raises
    ------
    FileNotFoundError
        If there is nothing at `path`.
    ImportError
        If MNE-Python is not installed and the files are EDF.
    ValueError
        If there are no recordings, or one is damaged or shorter than a window: the message names
        the file.

    See Also
    --------
    fetch_eegmat : Downloads the files first.
    load_edf : Other recordings in EDF.

    Notes
    -----
    The electrode between the ears (A2-A1) and the ECG of the files are left out.

    References
    ----------
    .. [1] I. Zyma, S. Tukaev, I. Seleznov, K. Kiyono, A. Popov, M. Chernykh and O. Shpenkov,
       "Electroencephalograms during mental arithmetic task performance", Data 4(1), 14, 2019.
       https://doi.org/10.3390/data4010014
    .. [2] A. L. Goldberger et al., "PhysioBank, PhysioToolkit, and PhysioNet", Circulation 101,
       e215-e220, 2000. https://doi.org/10.1161/01.CIR.101.23.e215

    Examples
    --------
    Two recordings of ten seconds in an npz:

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import numpy as np
    >>> from skeeg.datasets import load_eegmat
    >>> names = "Fp1 Fp2 F3 F4 F7 F8 T3 T4 C3 C4 T5 T6 P3 P4 O1 O2 Fz Cz Pz".split()
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "eegmat.npz")
    ...     np.savez(
    ...         path,
    ...         X=np.zeros((2, 19, 1250), dtype=np.int16),
    ...         scale=0.02,
    ...         subject=[0, 0],
    ...         y=[0, 1],
    ...         ch_names=[f"EEG {name}" for name in names],
    ...         sfreq=125.0,
    ...     )
    ...     eeg = load_eegmat(path)
    >>> eeg.data.shape
    (4, 19, 500)
    >>> eeg.groups.tolist(), eeg.target.tolist()
    (['Subject00', 'Subject00', 'Subject00', 'Subject00'], [0, 0, 1, 1])
    """
    path = Path(path).expanduser()
    if not path.exists():
        raise FileNotFoundError(f"There is nothing at {path}.")
    read = read_edf_files if path.is_dir() else read_npz
    data, subjects, target, rate = read(path, n_times, overlap, sampling_rate)
    return Bunch(
        data=data,
        target=target,
        groups=subjects,
        sampling_rate=rate,
        target_names=["background", "arithmetic"],
        channel_names=list(CHANNELS),
        DESCR=read_description("eegmat"),
    )
