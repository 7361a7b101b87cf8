"""The download of EEGMAT from a server of this machine, and without any."""

import hashlib
import os
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pooch
import pytest

from skeeg.datasets import _fetch_eegmat, fetch_eegmat
from skeeg.datasets._eegmat_files import CHANNELS, NAMES

HOME = os.environ.get("SKEEG_DATA")


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        """Keep the log of the tests clean."""


@pytest.fixture(scope="module")
def originals(make_edf, tmp_path_factory):
    """A folder as PhysioNet has it: 72 short recordings and their checksums."""
    folder = tmp_path_factory.mktemp("physionet")
    rng, lines = np.random.default_rng(0), []
    for name in NAMES:
        raw = make_edf(rng.normal(0, 20, (19, 1000)), CHANNELS, 500)
        (folder / name).write_bytes(raw)
        lines.append(f"{hashlib.sha256(raw).hexdigest()} {name}\n")
    (folder / "SHA256SUMS.txt").write_text("".join(lines))
    return folder


@pytest.fixture
def serve(monkeypatch, request):
    """Return a function that serves a folder in the place of PhysioNet; log of the paths asked."""

    def start(folder):
        asked = []

        class Logging(Handler):
            def do_GET(self):
                asked.append(self.path.lstrip("/"))
                super().do_GET()

        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Logging, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        request.addfinalizer(server.server_close)
        request.addfinalizer(server.shutdown)
        monkeypatch.setattr(_fetch_eegmat, "URL", f"http://127.0.0.1:{server.server_port}/")
        return asked

    return start


@pytest.fixture(autouse=True)
def no_other_data(monkeypatch):
    """Nothing is found by chance: no SKEEG_DATA, and an address at which nobody answers."""
    monkeypatch.delenv("SKEEG_DATA", raising=False)
    monkeypatch.setattr(_fetch_eegmat, "URL", "http://127.0.0.1:9/")


def test_files_are_downloaded_once_and_loaded(serve, originals, tmp_path):
    asked = serve(originals)
    eeg = fetch_eegmat(data_home=tmp_path, n_times=250)
    assert asked == ["SHA256SUMS.txt", *NAMES]
    assert eeg.data.shape == (72, 19, 250)
    assert len(set(eeg.groups)) == 36
    again = fetch_eegmat(data_home=tmp_path, n_times=250)
    assert len(asked) == 73
    np.testing.assert_array_equal(again.data, eeg.data)
    for name in NAMES:
        assert (tmp_path / "eegmat" / name).read_bytes() == (originals / name).read_bytes()


def test_only_what_is_missing_is_downloaded(serve, originals, tmp_path):
    copy(originals, tmp_path / "eegmat", NAMES[3:])
    asked = serve(originals)
    fetch_eegmat(data_home=tmp_path, n_times=250)
    assert asked == ["SHA256SUMS.txt", *NAMES[:3]]


def copy(originals, folder, names):
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).symlink_to(originals / name)


@pytest.mark.parametrize("home", [None, "folder_without_the_files"])
def test_the_cache_of_the_user_comes_last(serve, originals, tmp_path, monkeypatch, home):
    monkeypatch.setattr(pooch, "os_cache", lambda project: tmp_path / project)
    if home:
        monkeypatch.setenv("SKEEG_DATA", home)
    serve(originals)
    fetch_eegmat(n_times=250)
    assert len(list((tmp_path / "skeeg" / "eegmat").glob("Subject*.edf"))) == 72


def test_skeeg_data_is_looked_at_first(originals, tmp_path, monkeypatch):
    copy(originals, tmp_path / "eegmat", NAMES)
    monkeypatch.setenv("SKEEG_DATA", str(tmp_path))
    assert fetch_eegmat(n_times=250).data.shape == (72, 19, 250)


def test_the_real_array_is_found_in_skeeg_data(data_file, monkeypatch):
    if HOME:
        monkeypatch.setenv("SKEEG_DATA", HOME)
    data_file("eegmat/eegmat_125hz_60s.npz")
    assert fetch_eegmat(download_if_missing=False).data.shape == (1080, 19, 500)


def test_without_a_network_the_message_says_where_to_put_the_files(tmp_path):
    with pytest.raises(OSError, match=r"SHA256SUMS\.txt cannot be downloaded") as error:
        fetch_eegmat(data_home=tmp_path)
    assert str(tmp_path / "eegmat") in str(error.value)
    assert "http://127.0.0.1:9/SHA256SUMS.txt" in str(error.value)


def test_files_put_there_by_hand_need_no_network(originals, tmp_path):
    copy(originals, tmp_path / "eegmat", NAMES)
    assert len(fetch_eegmat(data_home=tmp_path, n_times=250).data) == 72


def test_without_download_a_missing_file_is_named(originals, tmp_path):
    copy(originals, tmp_path / "eegmat", NAMES[1:])
    with pytest.raises(FileNotFoundError, match=r"Subject00_1\.edf and 0 more are not in") as error:
        fetch_eegmat(data_home=tmp_path, download_if_missing=False)
    assert str(tmp_path) in str(error.value)


def test_a_file_that_differs_from_its_checksum_does_not_stay(serve, originals, tmp_path):
    copy(originals, tmp_path / "server", [*NAMES, "SHA256SUMS.txt"])
    (tmp_path / "server" / NAMES[1]).unlink()
    (tmp_path / "server" / NAMES[1]).write_bytes(b"tampered")
    serve(tmp_path / "server")
    with pytest.raises(ValueError, match=r"SHA256 hash of downloaded file \(Subject00_2\.edf\)"):
        fetch_eegmat(data_home=tmp_path)
    assert (tmp_path / "eegmat" / NAMES[0]).exists()
    assert not (tmp_path / "eegmat" / NAMES[1]).exists()


@pytest.mark.parametrize(
    ("checksums", "message"),
    [
        ("<html>Log in</html>", r"SHA256SUMS\.txt is an HTML page"),
        (f"{'0' * 64} {NAMES[0]}\n", r"has no checksum of Subject00_2\.edf"),
        ("", r"has no checksum of Subject00_1\.edf"),
    ],
)
def test_checksums_have_to_be_there(serve, originals, tmp_path, checksums, message):
    copy(originals, tmp_path / "server", NAMES)
    (tmp_path / "server" / "SHA256SUMS.txt").write_text(checksums)
    serve(tmp_path / "server")
    with pytest.raises(ValueError, match=message):
        fetch_eegmat(data_home=tmp_path)


def test_a_file_the_server_does_not_have_is_named(serve, originals, tmp_path):
    copy(originals, tmp_path / "server", ["SHA256SUMS.txt"])
    serve(tmp_path / "server")
    with pytest.raises(OSError, match=r"Subject00_1\.edf cannot be downloaded: 404"):
        fetch_eegmat(data_home=tmp_path)


def test_without_pooch_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(ImportError, match=r"pip install skeeg\[data\]"):
        fetch_eegmat(data_home=tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [("data_home", 3), ("download_if_missing", "no"), ("n_times", 0), ("sampling_rate", -1)],
)
def test_bad_parameters_are_named(name, value):
    with pytest.raises(ValueError, match=f"'{name}' parameter of fetch_eegmat"):
        fetch_eegmat(**{name: value})
