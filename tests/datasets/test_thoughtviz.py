"""Pickles of ThoughtViz: old and new ones, and those that would run something."""

import os
import pickle
import pickletools
import tracemalloc

import numpy as np
import pytest

from skeeg.datasets import load_thoughtviz

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.fixture
def content(rng):
    """Return the four arrays as they are spread: signals with a last axis, one-hot classes."""
    return {
        "x_train": rng.standard_normal((5, 14, 32, 1)),
        "y_train": np.eye(3)[[0, 1, 2, 1, 0]],
        "x_test": rng.standard_normal((2, 14, 32, 1)),
        "y_test": np.eye(3)[[2, 2]],
    }


@pytest.fixture
def load(tmp_path):
    def load(raw):
        path = tmp_path / "data.pkl"
        path.write_bytes(raw if isinstance(raw, bytes) else pickle.dumps(raw))
        return load_thoughtviz(path)

    return load


def test_the_bunch_is_complete(load, content):
    eeg = load(content)
    expected = np.concatenate([content["x_train"], content["x_test"]])[..., 0]
    np.testing.assert_array_equal(eeg.data, expected.astype(np.float32))
    assert eeg.data.dtype == np.float32
    assert eeg.target.tolist() == [0, 1, 2, 1, 0, 2, 2]
    assert eeg.groups.tolist() == ["train"] * 5 + ["test"] * 2
    assert eeg.target_names == ["0", "1", "2"]
    assert eeg.sampling_rate == 128.0
    assert "overlap" in eeg.DESCR


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("dtype", [">f4", np.float32, np.float64])
def test_every_protocol_and_precision_is_read(load, content, protocol, dtype):
    signals = content["x_train"].astype(dtype)
    eeg = load(pickle.dumps(content | {"x_train": signals}, protocol=protocol))
    np.testing.assert_array_equal(eeg.data[:5], signals[..., 0].astype(np.float32))


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    "layout",
    [
        np.asfortranarray,
        lambda x: x[::-1],
        lambda x: np.ascontiguousarray(x.swapaxes(0, 1)).swapaxes(0, 1),
        lambda x: np.broadcast_to(x[:1], x.shape),
    ],
)
def test_every_layout_in_memory_is_read(load, content, protocol, layout):
    signals = layout(content["x_train"])
    eeg = load(pickle.dumps(content | {"x_train": signals}, protocol=protocol))
    np.testing.assert_array_equal(eeg.data[:5], signals[..., 0].astype(np.float32))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_the_names_of_numpy_1_and_2_are_read(load, content, protocol):
    raw = pickle.dumps(content, protocol=protocol)
    for old, new in ((b"numpy._core", b"numpy.core"), (b"numpy.core", b"numpy._core")):
        if protocol < 4:  # later ones count the letters of a name
            renamed = raw.replace(old, new)
            assert load(renamed).target.tolist() == [0, 1, 2, 1, 0, 2, 2]


def python_2_pickle(content):
    """Return a pickle as Python 2 writes it: keys and buffers are strings of bytes."""

    def text(value):
        return (
            b"U" + bytes([len(value)]) + value
            if len(value) < 256
            else (b"T" + len(value).to_bytes(4, "little") + value)
        )

    def number(value):
        return b"J" + int(value).to_bytes(4, "little")

    def dtype(code):
        built = b"cnumpy\ndtype\n(" + text(code) + number(0) + number(1) + b"tR"
        state = number(3) + text(b"<") + b"NNN" + number(-1 & 0x7FFFFFFF) * 2 + number(0)
        return built + b"(" + state + b"tb"

    def array(value):
        built = b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(" + number(0) + b"t"
        shape = b"(" + b"".join(map(number, value.shape)) + b"t"
        state = number(1) + shape + dtype(b"f4") + b"\x89" + text(value.tobytes())
        return built + text(b"b") + b"tR(" + state + b"tb"

    items = b"".join(text(k.encode()) + array(v.astype("<f4")) for k, v in content.items())
    return b"\x80\x02}(" + items + b"u."


def test_a_pickle_of_python_2_is_read(load, content):
    raw = python_2_pickle(content)
    assert "_reconstruct" in {str(a).split()[-1] for op, a, _ in pickletools.genops(raw) if a}
    eeg = load(raw)
    np.testing.assert_array_equal(eeg.data[:5], content["x_train"][..., 0].astype(np.float32))
    assert eeg.target.tolist() == [0, 1, 2, 1, 0, 2, 2]


@pytest.mark.parametrize(
    "change",
    [
        lambda c: {k.encode(): v for k, v in c.items()},
        lambda c: c | {"x_train": c["x_train"][..., 0], "x_test": c["x_test"][..., 0]},
        lambda c: c | {"y_train": np.array([0, 1, 2, 1, 0]), "y_test": np.array([2.0, 2.0])},
        lambda c: c | {"x_train": c["x_train"].tolist(), "y_train": c["y_train"].astype(bool)},
        lambda c: c | {"more": "text"},
    ],
)
def test_other_ways_to_write_the_same_are_read(load, content, change):
    expected, found = load(content), load(change(content))
    np.testing.assert_array_equal(found.data, expected.data)
    np.testing.assert_array_equal(found.target, expected.target)


class Call:
    """Calls a function when it is unpickled."""

    def __init__(self, function, *arguments):
        self.call = function, arguments

    def __reduce__(self):
        return self.call


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("place", [lambda c, bad: bad, lambda c, bad: c | {"more": [bad]}])
def test_a_pickle_that_would_create_a_folder_does_not(load, content, tmp_path, protocol, place):
    target = tmp_path / "created"
    raw = pickle.dumps(place(content, Call(os.mkdir, str(target))), protocol=protocol)
    with pytest.raises(ValueError, match=r"data\.pkl is no pickle of arrays: it names \w+\.mkdir"):
        load(raw)
    assert not target.exists()
    pickle.loads(raw)
    assert target.exists(), "the usual way has to be dangerous for this test to tell anything"


@pytest.mark.parametrize("function", [eval, getattr, np.load, np.fromfile, np.memmap])
def test_functions_are_refused_by_name(load, function):
    name = rf"it names [\w.]+\.{function.__name__}; legal are NumPy arrays alone"
    with pytest.raises(ValueError, match=name):
        load(pickle.dumps(Call(function, "1")))


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "damaged"),
        (b"not a pickle", "damaged"),
        (b"\x80\x04\x95", "damaged"),
        (b"\x80\x02c_codecs\nencode\nX\x01\x00\x00\x00aX\x03\x00\x00\x00zip\x86R.", "'zip'; legal"),
        (b"cos\nsystem\n(S'touch x'\ntR.", r"it names os\.system"),
        # an array of objects over bytes of its own: pointers to anywhere
        (b"cnumpy\nndarray\n((K\x01tU\x01OC\x08AAAAAAAAtR.", "damaged: .*not callable"),
        (b"cnumpy\ndtype\n(U\x01OtR.", "it has values of type object"),
        (b"\x80\x02Pid\n.", "damaged: .*persistent"),
        (b"\x80\x02\x82\x01.", "extension code 1"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS"),
        (b"<html>", "is an HTML page"),
        (pickle.dumps([1, 2]), "holds a list; legal is a dict"),
        (pickle.dumps({}), r"has no x_train; it has \[\]"),
    ],
)
def test_other_content_is_refused(load, raw, message):
    with pytest.raises(ValueError, match=message) as error:
        load(raw)
    assert "data.pkl" in str(error.value)


BYTE = b"cnumpy\ndtype\n(X\x02\x00\x00\x00i1tR"
ZEROS = 2**28


@pytest.mark.parametrize(
    "raw",
    [
        b"cnumpy.core.numeric\n_frombuffer\n(I%d\n%s(I%d\ntX\x01\x00\x00\x00CtR."
        % (ZEROS, BYTE, ZEROS),
        b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntX\x01\x00\x00\x00btR"
        b"(I1\n(I%d\nt%sI00\nI%d\ntb." % (ZEROS, BYTE, ZEROS),
        b"cnumpy.core.numeric\n_frombuffer\n((lI1\na%s(I1\ntX\x01\x00\x00\x00CtR." % BYTE,
    ],
)
def test_a_number_in_place_of_bytes_takes_no_memory(load, raw):
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"an array is made of (int|list); legal are bytes"):
        load(raw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**24


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("x_test", np.zeros((2, 14, 33, 1)), r"x_test has shape \(2, 14, 33, 1\); legal are"),
        ("x_test", np.zeros((2, 32, 14)), r"x_test has shape \(2, 32, 14\)"),
        ("x_train", np.zeros(5), r"x_train has shape \(5,\)"),
        ("x_train", np.full((5, 14, 32), np.nan), "x_train, row 0 is not finite"),
        ("x_train", np.full((5, 14, 32), 1e300), "x_train, row 0 is not finite"),
        ("x_train", np.zeros((5, 14, 32), complex), "it has values of type complex128"),
        ("x_train", "text", "x_train is of type <U4"),
        ("x_train", np.array([None]), "it has values of type object; legal are numbers and text"),
        ("x_train", np.zeros(3, "M8[s]"), "it has values of type datetime64"),
        ("x_train", np.zeros(3, [("a", "f8")]), "it has values of type"),
        ("y_train", np.zeros(4), r"y_train has shape \(4,\); legal are 5 class indices"),
        ("y_train", np.ones((5, 3)), r"y_train has shape \(5, 3\)"),
        ("y_train", np.full(5, 0.5), r"y_train has shape \(5,\)"),
        ("y_train", np.full(5, np.nan), r"y_train has shape \(5,\)"),
        ("y_train", np.full(5, 10**9), r"legal are 5 class indices below 1000"),
        ("y_train", [[1, 0], [1]], r"y_train is no array"),
        ("y_train", np.full(5, -1), r"y_train has shape \(5,\)"),
    ],
)
def test_spoilt_arrays_are_named(load, content, name, value, message):
    with pytest.raises(ValueError, match=message):
        load(content | {name: value})


@pytest.mark.parametrize("name", ["x_train", "y_train", "x_test", "y_test"])
def test_a_missing_array_is_named(load, content, name):
    del content[name]
    with pytest.raises(ValueError, match=f"has no {name}; it has"):
        load(content)


def test_no_rows_are_refused(load):
    empty = {"x_train": np.zeros((0, 14, 32)), "y_train": np.zeros(0)}
    with pytest.raises(ValueError, match="holds no rows"):
        load(empty | {"x_test": empty["x_train"], "y_test": empty["y_train"]})


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no\.pkl"):
        load_thoughtviz(tmp_path / "no.pkl")


def test_a_path_of_another_type_is_named():
    with pytest.raises(ValueError, match="'path' parameter of load_thoughtviz"):
        load_thoughtviz(None)
