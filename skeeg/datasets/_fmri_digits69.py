"""The fMRI responses to handwritten sixes and nines, with the pictures that were seen."""

import os
from io import BytesIO
from pathlib import Path

import numpy as np
from scipy.io import loadmat
from sklearn.utils import Bunch
from sklearn.utils._param_validation import validate_params

from skeeg.datasets._description import read_description
from skeeg.datasets._file_content import refuse_substitutes

PARTS = {"train": "Trn", "test": "Test"}
KINDS = "fmri", "stim", "label"
SIZE = 28


def _read(path):
    """Return the variables of a MATLAB file."""
    raw = path.read_bytes()
    refuse_substitutes(raw, path)
    names = [kind + part for part in PARTS.values() for kind in KINDS]
    try:
        content = loadmat(BytesIO(raw), variable_names=names)
    # damaged files make the reader stumble in any way
    except Exception as error:
        raise ValueError(f"{path} is no MATLAB file of version 4 to 7.2: {error}") from error
    missing = [name for name in names if name not in content]
    if missing:
        raise ValueError(f"{path} has no {missing[0]}; legal are files with {names}.")
    return content


def _get(content, name, shape, path):
    """Return a variable of finite numbers; None in a shape stands for any length."""
    array = content[name]
    if not isinstance(array, np.ndarray):
        raise ValueError(f"{path}: {name} is of type {type(array).__name__}; legal are arrays.")
    fits = len(shape) == array.ndim and all(
        wanted in (None, found) for wanted, found in zip(shape, array.shape, strict=True)
    )
    if not fits or array.dtype.kind not in "biuf" or not np.isfinite(array).all():
        expected = ", ".join("n" if length is None else str(length) for length in shape)
        raise ValueError(
            f"{path}: {name} is {array.dtype} of shape {array.shape}; expected finite numbers of "
            f"shape ({expected})."
        )
    return array


def _get_integers(content, name, shape, legal, path):
    array = _get(content, name, shape, path)
    wrong = array[~np.isin(array, legal)]
    if len(wrong):
        raise ValueError(
            f"{path}: {name} holds {wrong[0]}; legal are whole numbers from {legal[0]} to "
            f"{legal[-1]}."
        )
    return array.astype(np.int64)


def _read_part(content, part, n_voxels, path):
    """Return responses, pictures and classes of one part."""
    name = f"fmri{part}"
    with np.errstate(over="ignore"):
        responses = _get(content, name, (None, n_voxels), path).astype(np.float32)
    if not np.isfinite(responses).all():
        raise ValueError(f"{path}: {name} holds numbers that float32 cannot hold.")
    n = len(responses)
    pictures = _get_integers(content, f"stim{part}", (n, SIZE**2), np.arange(256), path)
    labels = _get_integers(content, f"label{part}", (n, 1), np.array([1, 2]), path)
    # MATLAB stores columns first
    images = pictures.reshape(n, SIZE, SIZE).swapaxes(1, 2).astype(np.uint8)
    return responses, images, labels.ravel() - 1


@validate_params({"path": [str, os.PathLike]}, prefer_skip_nested_validation=True)
def load_fmri_digits69(path):
    """Load the fMRI responses of a person to 100 handwritten sixes and nines, with the pictures.

    Each row is the response of 3092 voxels of the visual cortex to one picture, so that signals and
    images are paired one to one [1]_. There is no time axis: a row has one value for each voxel.

    Parameters
    ----------
    path : str or path-like
        The MATLAB file `digit69_28x28.mat`, with the variables `fmriTrn`, `stimTrn`, `labelTrn`,
        `fmriTest`, `stimTest` and `labelTest`.

    Returns
    -------
    :class:`~sklearn.utils.Bunch`
        With the entries

        data : ndarray of shape (100, 3092)
            Responses as stored, float32: the training part, then the test part. The file names no
            unit.
        images : ndarray of shape (100, 28, 28)
            The pictures, upright, in grey levels from 0 to 255, uint8.
        target : ndarray of shape (100,)
            0 for a six, 1 for a nine: indices into `target_names`.
        groups : ndarray of shape (100,)
            0 to 99, as every response is to a picture of its own. All are of one person.
        part : ndarray of shape (100,)
            ``"train"`` or ``"test"``, the part of the published split.
        target_names : list of str
            ``["6", "9"]``.
        DESCR : str
            What the data are, and their pitfalls.

    Raises
    ------
    FileNotFoundError
        If there is no file at `path`.
    ValueError
        If it is no such file, or if a variable is missing or of another shape: the message tells
        which.

    See Also
    --------
    make_eeg_images : Simulated EEG of several people and pictures of ten digits.

    References
    ----------
    .. [1] M. A. J. van Gerven, F. P. de Lange and T. Heskes, "Neural decoding with hierarchical
       generative models", Neural Computation 22, 3127-3142, 2010.
       https://doi.org/10.1162/NECO_a_00047

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import numpy as np
    >>> from scipy.io import savemat
    >>> from skeeg.datasets import load_fmri_digits69
    >>> content = {
    ...     "fmriTrn": np.zeros((4, 3092)),
    ...     "stimTrn": np.zeros((4, 784), np.uint8),
    ...     "labelTrn": np.array([[1], [1], [2], [2]]),
    ...     "fmriTest": np.zeros((2, 3092)),
    ...     "stimTest": np.zeros((2, 784), np.uint8),
    ...     "labelTest": np.array([[1], [2]]),
    ... }
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "digits.mat")
    ...     savemat(path, content)
    ...     pairs = load_fmri_digits69(path)
    >>> pairs.data.shape, pairs.images.shape
    ((6, 3092), (6, 28, 28))
    >>> pairs.target.tolist()
    [0, 0, 1, 1, 0, 1]
    """
    path = Path(path).expanduser()
    content = _read(path)
    n_voxels = _get(content, "fmriTrn", (None, None), path).shape[1]
    parts = [_read_part(content, part, n_voxels, path) for part in PARTS.values()]
    data, images, target = map(np.concatenate, zip(*parts, strict=True))
    if not data.size:
        raise ValueError(f"{path} holds no responses.")
    return Bunch(
        data=data,
        images=images,
        target=target,
        groups=np.arange(len(data)),
        part=np.repeat(list(PARTS), [len(labels) for _, _, labels in parts]),
        target_names=["6", "9"],
        DESCR=read_description("fmri_digits69"),
    )
