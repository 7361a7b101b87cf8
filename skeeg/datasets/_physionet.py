"""Files of PhysioNet, downloaded with pooch and compared with the checksums published there."""

import re
from pathlib import Path

from skeeg.datasets._file_content import refuse_substitutes

CHECKSUMS = "SHA256SUMS.txt"
LINE = re.compile(r"([0-9a-f]{64}) [ *]?(\S+)")


def import_pooch():
    """Return the module pooch, or say how to install it."""
    try:
        import pooch
    except ImportError as error:
        raise ImportError("pooch is missing: pip install skeeg[data]") from error
    return pooch


def download(names, url, folder):
    """Download files into a folder; one that differs from its checksum does not get there."""
    pooch = import_pooch()
    # never from the cache: it belongs to what is about to be downloaded
    Path(folder, CHECKSUMS).unlink(missing_ok=True)
    _retrieve(pooch, CHECKSUMS, None, url, folder)
    checksums = _read_checksums(Path(folder, CHECKSUMS), names)
    for name in names:
        _retrieve(pooch, name, f"sha256:{checksums[name]}", url, folder)


def _retrieve(pooch, name, checksum, url, folder):
    try:
        pooch.retrieve(url + name, checksum, fname=name, path=folder)
    except OSError as error:
        raise OSError(
            f"{name} cannot be downloaded: {error}. Get it from {url}{name} and put it into "
            f"{folder}."
        ) from error


def _read_checksums(path, names):
    """Return a dict from file name to checksum."""
    raw = path.read_bytes()
    refuse_substitutes(raw, path)
    checksums = {name: value for value, name in LINE.findall(raw.decode("latin-1"))}
    for name in names:
        if name not in checksums:
            raise ValueError(f"{path} has no checksum of {name}.")
    return checksums
