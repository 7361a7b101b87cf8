"""The layouts in which the recordings of Bonn are found, and those that are damaged."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import numpy as np
import pytest

from skeeg.datasets import load_bonn

NAMES = ["Z001", "Z100", "N002", "S010"]
REAL = "bonn_eeg/bonn_500x4097_int16.npz"


@pytest.fixture(scope="module")
def signals():
    return np.random.default_rng(0).integers(-1885, 2048, (4, 4097))


@pytest.fixture(scope="module")
def files(signals):
    """Return the text of each recording as the originals are written."""
    return {name: text(row) for name, row in zip(NAMES, signals, strict=True)}


def text(samples):
    return "".join(f"{sample}\r\n" for sample in samples).encode()


def zipped(members):
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def original_name(name):
    """Return the name as published: set N has its extension in capitals."""
    return f"{name}.TXT" if name.startswith("N") else f"{name}.txt"


def loose(files, folder):
    for name, content in files.items():
        (folder / original_name(name)).write_bytes(content)
    (folder / "README.txt").write_text("not a recording")
    return folder


def sub_folders(files, folder):
    for name, content in files.items():
        path = folder / "set" / name[0] / original_name(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def members_of(files, letter, prefix=""):
    return {prefix + original_name(n): files[n] for n in files if n.startswith(letter)}


def five_zips(files, folder):
    for letter in "ZNS":
        (folder / f"{letter}.zip").write_bytes(zipped(members_of(files, letter)))
    return folder


def one_zip(files, folder):
    members = {original_name(name).lower(): content for name, content in files.items()}
    (folder / "bonn.zip").write_bytes(zipped({"note.md": b"", **members}))
    return folder / "bonn.zip"


def zip_of_folders(files, folder):
    members = {f"bonn/{name[0]}/{original_name(name)}": files[name] for name in files}
    members |= {f"__MACOSX/bonn/._{original_name(name)}": b"\x00" for name in files}
    (folder / "bonn.ZIP").write_bytes(zipped(members))
    return folder / "bonn.ZIP"


def zip_of_zips(files, folder):
    members = {f"{s}.zip": zipped(members_of(files, s, f"{s}/")) for s in "ZNS"}
    (folder / "all.zip").write_bytes(zipped(members))
    return folder / "all.zip"


def zips_beside_folders(files, folder):
    return sub_folders(files, five_zips(files, folder))


def npz(files, folder, **arrays):
    signals = [np.array(content.split(), dtype=np.int16) for content in files.values()]
    path = folder / "bonn.npz"
    np.savez_compressed(
        path, **({"X": np.array(signals), "recording": np.array([*files])} | arrays)
    )
    return path


LAYOUTS = [
    loose,
    sub_folders,
    five_zips,
    one_zip,
    zip_of_folders,
    zip_of_zips,
    zips_beside_folders,
    npz,
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_gives_the_same_bunch(files, signals, tmp_path, layout):
    eeg = load_bonn(layout(files, tmp_path), n_times=None)
    order = [3, 2, 0, 1]
    np.testing.assert_array_equal(eeg.data, signals[order])
    assert eeg.data.dtype == np.float32
    assert eeg.groups.tolist() == [NAMES[i] for i in order]
    assert eeg.target_names == ["seizure", "opposite hemisphere", "eyes open"]
    assert eeg.target.tolist() == [0, 1, 2, 2]
    assert eeg.sampling_rate == 173.61
    assert "identity" in eeg.DESCR or "10 people" in eeg.DESCR


@pytest.mark.parametrize("n_times", [1, 178, 2048, 2049, 4097])
def test_windows_follow_each_other_without_overlap(files, signals, tmp_path, n_times):
    eeg = load_bonn(npz(files, tmp_path), n_times=n_times)
    n_windows = 4097 // n_times
    assert eeg.data.shape == (4 * n_windows, n_times)
    for name, signal in zip(NAMES, signals, strict=True):
        mine = eeg.data[eeg.groups == name]
        np.testing.assert_array_equal(mine.ravel(), signal[: n_windows * n_times])
    assert len(eeg.target) == len(eeg.groups) == 4 * n_windows


def test_binary_tells_seizures_from_the_rest(files, tmp_path):
    path = npz(files, tmp_path)
    eeg, five = load_bonn(path, binary=True), load_bonn(path)
    assert eeg.target_names == ["background", "seizure"]
    np.testing.assert_array_equal(eeg.target, np.char.startswith(eeg.groups, "S"))
    np.testing.assert_array_equal(eeg.data, five.data)


def test_a_path_may_be_a_string(files, tmp_path):
    assert len(load_bonn(str(loose(files, tmp_path))).data) == 4 * 23


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (text(range(4096)), r"F007\.txt holds 4096 samples; a recording has 4097"),
        (text(range(4098)), r"F007\.txt holds 4098 samples"),
        (b"", r"F007\.txt holds 0 samples"),
        (text([*range(9), "abc", *range(4087)]), r"F007\.txt, line 10: 'abc' is not a finite"),
        (text([1, 2, "", *range(4094)]), r"F007\.txt, line 3: ''"),
        (text(["1,5", *range(4096)]), r"F007\.txt, line 1: '1,5'"),
        (text(["1 2", *range(4096)]), r"F007\.txt, line 1: '1 2'"),
        (text(["1;2", *range(4096)]), r"F007\.txt, line 1: '1;2'"),
        (text(["1_0", *range(4096)]), r"F007\.txt, line 1: '1_0'"),
        (text([*range(4096), "nan"]), r"F007\.txt, line 4097: 'nan'"),
        (text([*range(4096), "1e99"]), r"F007\.txt, line 4097: '1e99'"),
        (b"\xff\xfe\x00\x80", r"F007\.txt, line 1"),
        (b"<html>\n</html>", r"F007\.txt is an HTML page"),
        (b"version https://git-lfs.github.com/spec/v1\n", r"F007\.txt is a pointer of Git LFS"),
    ],
)
@pytest.mark.parametrize("pack", [False, True])
def test_a_spoilt_recording_is_named(tmp_path, content, message, pack):
    name, content = ("F.zip", zipped({"F007.txt": content})) if pack else ("F007.txt", content)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=message):
        load_bonn(tmp_path)


def test_two_versions_of_a_recording_are_refused(files, tmp_path):
    five_zips(files, tmp_path)
    (tmp_path / "Z001.txt").write_bytes(text(range(4097)))
    with pytest.raises(ValueError, match=r"Z001\.txt differs from another file"):
        load_bonn(tmp_path)


def encrypted(raw):
    """Set the flag of encryption in both headers of a zip of one file."""
    raw = bytearray(raw)
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def test_an_encrypted_zip_is_refused(tmp_path):
    (tmp_path / "Z.zip").write_bytes(encrypted(zipped({"Z001.txt": text(range(4097))})))
    with pytest.raises(ValueError, match=r"Z\.zip cannot be unpacked: .*encrypted"):
        load_bonn(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("Z.zip", b"", "no complete archive: it begins with b''"),
        ("Z.zip", b"<html>", "is an HTML page"),
        ("bonn.npz", b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS"),
        ("Z.zip", zipped({"Z001.txt": text(range(4097))})[:-40], "no complete archive"),
        ("Z.zip", zipped({}), "holds no recordings"),
        ("Z.zip", zipped({"A001.txt": b"1", "Z101.txt": b"1", "Z000.txt": b""}), "no recordings"),
        ("Z.zip", zipped({"inner.zip": b"not a zip"}), "cannot be unpacked: File is not a zip"),
        ("Z001.txt", text(range(4097)), "no complete archive"),
        ("bonn.npz", b"", "no complete archive"),
        ("bonn.npz", b"\x93NUMPY", "no complete archive: it begins with b'.*NUMPY"),
        ("bonn.npz", zipped({"Z001.txt": b""}), "lacks readable arrays X and recording"),
    ],
)
def test_damaged_and_other_files_are_refused(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=message) as error:
        load_bonn(tmp_path / name)
    assert name in str(error.value)


def test_a_zip_with_flipped_bits_is_refused(tmp_path):
    raw = bytearray(zipped({"Z001.txt": text(range(4097))}))
    raw[2000:2050] = bytes(50)
    (tmp_path / "Z.zip").write_bytes(raw)
    with pytest.raises(ValueError, match=r"Z\.zip cannot be unpacked"):
        load_bonn(tmp_path)


def member(raw, method, name="Z001.txt"):
    """Return a zip of one member that is not what its header says."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        archive.writestr(name, raw)
    return bytearray(buffer.getvalue())


@pytest.mark.parametrize("method", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_damage_to_any_byte_is_told_by_a_value_error(tmp_path, method):
    raw = member(text(range(4097)), method)
    start, end = len("Z001.txt") + 30, raw.index(b"PK\x01\x02")
    for place in np.linspace(0, end - 1, 60).astype(int).tolist() + list(range(start, start + 12)):
        damaged = raw.copy()
        damaged[place] ^= 0xFF
        (tmp_path / "Z.zip").write_bytes(damaged)
        with suppress(ValueError):
            load_bonn(tmp_path / "Z.zip")


@pytest.mark.parametrize(
    "header", [b"{'descr': '<i2\", 'a'", b"[" * 90, b"{'descr': 'O9'}", b"\xff"]
)
def test_a_damaged_header_in_an_npz_is_named(tmp_path, header):
    array = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header
    (tmp_path / "bonn.npz").write_bytes(zipped({"X.npy": array, "recording.npy": array}))
    with pytest.raises(ValueError, match=r"bonn\.npz lacks readable arrays X and recording"):
        load_bonn(tmp_path / "bonn.npz")


def test_a_folder_with_the_name_of_a_recording_is_looked_into(files, tmp_path):
    for name in ("Z001.txt", "S.zip"):
        (tmp_path / name).mkdir()
    loose(files, tmp_path / "S.zip")
    assert load_bonn(tmp_path, n_times=None).data.shape == (4, 4097)


def test_a_link_to_nothing_is_not_passed_over(files, tmp_path):
    loose(files, tmp_path)
    (tmp_path / "F001.txt").symlink_to("annexed")
    with pytest.raises(FileNotFoundError, match=r"F001\.txt"):
        load_bonn(tmp_path)


X = np.zeros((2, 4097), dtype=np.int16)
PAIR = np.array(["Z001", "S001"])


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"X": X[:, :-1], "recording": PAIR}, r"shape \(2, 4096\); 2 recordings take .*4097"),
        ({"X": X[:1], "recording": PAIR}, r"shape \(1, 4097\)"),
        ({"X": X[0], "recording": PAIR}, r"shape \(4097,\)"),
        ({"X": X.astype(complex), "recording": PAIR}, "X is complex128"),
        ({"X": X.astype(str), "recording": PAIR}, "X is <U"),
        ({"X": X.astype(object), "recording": PAIR}, "lacks readable arrays .*allow_pickle"),
        ({"X": X}, "lacks readable arrays X and recording: .*recording"),
        ({"recording": PAIR}, "lacks readable arrays X and recording: .*X"),
        ({"X": X, "recording": np.array(["Z001", "Z001"])}, "recording 'Z001' is repeated"),
        ({"X": X, "recording": np.array(["Z001", "A001"])}, "'A001' is .* not in Z001 to S100"),
        ({"X": X, "recording": np.arange(2)}, "'0' is .* not in Z001 to S100"),
        ({"X": X + [[0], [np.nan]], "recording": PAIR}, "recording S001 is not finite"),
        ({"X": X + [[1e300], [0]], "recording": PAIR}, "recording Z001 is not finite"),
        ({"X": X[:0], "recording": PAIR[:0]}, "holds no recordings"),
    ],
)
def test_an_npz_with_other_arrays_is_refused(tmp_path, arrays, message):
    np.savez(tmp_path / "bonn.npz", **arrays)
    with pytest.raises(ValueError, match=message):
        load_bonn(tmp_path / "bonn.npz")


def test_an_empty_folder_says_what_is_legal(tmp_path):
    with pytest.raises(ValueError, match="holds no recordings; legal are an npz"):
        load_bonn(tmp_path)


@pytest.mark.parametrize("name", ["no.npz", "no.zip", "no"])
def test_a_missing_path_is_named(tmp_path, name):
    with pytest.raises(FileNotFoundError, match=name):
        load_bonn(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "value"),
    [("path", None), ("n_times", 0), ("n_times", 4098), ("n_times", 1.5), ("binary", 2)],
)
def test_bad_parameters_are_named(name, value):
    with pytest.raises(ValueError, match=f"'{name}' parameter of load_bonn"):
        load_bonn(**({"path": "bonn.npz"} | {name: value}))


def test_the_real_recordings_are_complete(data_file):
    eeg = load_bonn(data_file(REAL), n_times=None)
    assert eeg.data.shape == (500, 4097)
    np.testing.assert_array_equal(np.bincount(eeg.target), [100] * 5)
    assert len(set(eeg.groups)) == 500
    with np.load(data_file(REAL)) as arrays:
        np.testing.assert_array_equal(np.sort(arrays["y"]) - 1, eeg.target)
        by_name = dict(zip(arrays["recording"], arrays["X"], strict=True))
    np.testing.assert_array_equal(eeg.data, [by_name[name] for name in eeg.groups])


def test_the_real_seizures_are_the_largest_class(data_file):
    eeg = load_bonn(data_file(REAL))
    medians = [np.median(eeg.data[eeg.target == k].std(axis=1)) for k in range(5)]
    assert np.argmax(medians) == eeg.target_names.index("seizure")
    assert round(medians[0]) == 277
