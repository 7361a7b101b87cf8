"""The download of EEG before and during mental arithmetic."""

import os
from pathlib import Path

from sklearn.utils._param_validation import validate_params

from skeeg.datasets._eegmat import WINDOWS, load_eegmat
from skeeg.datasets._eegmat_files import NAMES
from skeeg.datasets._physionet import download, import_pooch

FOLDER = "eegmat"
NPZ = "eegmat_125hz_60s.npz"
URL = "https://physionet.org/files/eegmat/1.0.0/"


def _list_missing(folder):
    return [name for name in NAMES if not Path(folder, name).exists()]


def _find_local():
    """Return where the data are in the folder SKEEG_DATA, or None."""
    home = os.environ.get("SKEEG_DATA")
    if not home:
        return None
    folder = Path(home, FOLDER).expanduser()
    if not _list_missing(folder):
        return folder
    return folder / NPZ if Path(folder, NPZ).exists() else None


def _get_folder(data_home):
    home = import_pooch().os_cache("skeeg") if data_home is None else data_home
    return Path(home).expanduser() / FOLDER


@validate_params(
    {
        "data_home": [str, os.PathLike, None],
        "download_if_missing": ["boolean"],
        **WINDOWS,
    },
    prefer_skip_nested_validation=True,
)
def fetch_eegmat(
    *, data_home=None, download_if_missing=True, n_times=500, overlap=0.0, sampling_rate=125
):
    """Load the EEG during mental arithmetic tasks of PhysioNet, downloading it if needed.

    72 files in EDF, about 175 MB, under the Open Data Commons Attribution License [1]_. They are
    downloaded once; without a network, those that are there are loaded. The download needs the
    extras `data` and `eeg`: ``pip install skeeg[data,eeg]``.

    Parameters
    ----------
    data_home : str, path-like or None, default=None
        Folder in which the folder ``eegmat`` with the files is, or is made. ``None`` looks into
        the folder that the environment variable ``SKEEG_DATA`` names, for the files or for
        ``eegmat_125hz_60s.npz``, and else takes the cache of the user.
    download_if_missing : bool, default=True
        Whether to download the files that are missing; False makes that an error.
    n_times : int, default=500
        Time points of a window, 4 s by default, as in :func:`load_eegmat`.
    overlap : float, default=0.0
        Fraction of a window that the next one repeats, from 0 to less than 1.
    sampling_rate : float or None, default=125
        Rate in Hz to bring the recordings to. ``None`` keeps that of the files.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        As :func:`load_eegmat` returns: `data` in µV, `target`, `groups` (subjects),
        `sampling_rate`, `target_names`, `channel_names` and `DESCR`.

    Raises
    ------
    FileNotFoundError
        If a file is missing and `download_if_missing` is False.
    ImportError
        If pooch or MNE-Python is missing and needed.
    OSError
        If a file cannot be downloaded: the message names it, its address and where to put it.
    ValueError
        If a file that was downloaded differs from its checksum, and for what :func:`load_eegmat`
        refuses.

    See Also
    --------
    load_eegmat : Loads the files from anywhere.

    Notes
    -----
    Checksums are those of ``SHA256SUMS.txt``, which PhysioNet publishes beside the files and which
    is downloaded before them. They tell a damaged download; they do not tell whether PhysioNet
    changed a file.

    References
    ----------
    .. [1] I. Zyma, S. Tukaev and I. Seleznov, "EEG during mental arithmetic tasks", version 1.0.0,
       PhysioNet, 2018. https://doi.org/10.13026/C2JQ1P

    Examples
    --------
    Without a download, what is missing is an error:

    >>> from skeeg.datasets import fetch_eegmat
    >>> fetch_eegmat(data_home="no_such_folder", download_if_missing=False)
    Traceback (most recent call last):
        ...
    FileNotFoundError: Subject00_1.edf and 71 more are not in no_such_folder...
    """
    path = _find_local() if data_home is None else None
    if path is None:
        path = _get_folder(data_home)
        missing = _list_missing(path)
        if missing and not download_if_missing:
            raise FileNotFoundError(
                f"{missing[0]} and {len(missing) - 1} more are not in {path}; put them there, or "
                "let them be downloaded by download_if_missing=True."
            )
        if missing:
            download(missing, URL, path)
    return load_eegmat(path, n_times=n_times, overlap=overlap, sampling_rate=sampling_rate)
