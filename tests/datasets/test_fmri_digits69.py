"""Responses to sixes and nines: the MATLAB file as it is spread, and spoilt ones."""

import os

import numpy as np
import pytest
from scipy.io import savemat
from scipy.sparse import csr_array
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from skeeg.datasets import load_fmri_digits69, make_eeg_images

N_VOXELS = 7


@pytest.fixture
def content(rng):
    def part(n):
        labels = np.resize([1, 2], n).astype(np.uint8)[:, None]
        return rng.standard_normal((n, N_VOXELS)), rng.integers(0, 256, (n, 784)), labels

    names = "fmriTrn", "stimTrn", "labelTrn", "fmriTest", "stimTest", "labelTest"
    return dict(zip(names, [*part(6), *part(3)], strict=True))


@pytest.fixture
def load(tmp_path):
    def load(content):
        path = tmp_path / "digits.mat"
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            savemat(path, content)
        return load_fmri_digits69(path)

    return load


def test_the_bunch_is_complete(load, content):
    pairs = load(content)
    expected = np.concatenate([content["fmriTrn"], content["fmriTest"]]).astype(np.float32)
    np.testing.assert_array_equal(pairs.data, expected)
    assert pairs.data.dtype == np.float32
    assert pairs.images.shape == (9, 28, 28)
    assert pairs.images.dtype == np.uint8
    assert pairs.target.tolist() == [0, 1, 0, 1, 0, 1, 0, 1, 0]
    assert pairs.part.tolist() == ["train"] * 6 + ["test"] * 3
    assert pairs.groups.tolist() == list(range(9))
    assert pairs.target_names == ["6", "9"]
    assert "voxels" in pairs.DESCR


def test_pictures_are_turned_upright(load, content):
    upright = np.zeros((28, 28), int)
    upright[3, 20] = 255
    content["stimTrn"][0] = upright.ravel(order="F")
    np.testing.assert_array_equal(load(content).images[0], upright)


def test_the_published_file_holds_sixes_and_nines_that_responses_tell_apart(data_file):
    pairs = load_fmri_digits69(data_file("fmri_digits69/digit69_28x28.mat"))
    assert pairs.data.shape == (100, 3092)
    assert np.bincount(pairs.target).tolist() == [50, 50]
    assert len(np.unique(pairs.images, axis=0)) == 100
    digits = make_eeg_images(2, 80, 2, image_size=28, random_state=0)
    drawn = np.isin(digits.target, [6, 9])
    reader = LogisticRegression(C=1e-4, max_iter=1000)
    reader.fit(digits.images[drawn].reshape(-1, 784) / 16, digits.target[drawn] == 9)
    assert reader.score(pairs.images.reshape(-1, 784) / 16, pairs.target) > 0.8
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1e-3))
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    assert cross_val_score(model, pairs.data, pairs.target, cv=folds).mean() > 0.8


@pytest.mark.parametrize("name", ["fmriTrn", "stimTest", "labelTrn"])
def test_a_missing_variable_is_named(load, content, name):
    del content[name]
    with pytest.raises(ValueError, match=f"digits.mat has no {name}"):
        load(content)


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("fmriTest", lambda a: a[:, 1:]),
        ("fmriTrn", lambda a: a * np.nan),
        ("fmriTrn", lambda a: a.astype(complex) * 1j),
        ("fmriTest", lambda a: a + 1e300),
        ("fmriTrn", csr_array),
        ("labelTest", csr_array),
        ("fmriTrn", lambda a: a[..., None] + np.zeros(2)),
        ("stimTrn", lambda a: a[:, :100]),
        ("stimTrn", lambda a: a[1:]),
        ("stimTest", lambda a: a + 1),
        ("stimTest", lambda a: a / 255),
        ("labelTest", lambda a: a.T),
        ("labelTrn", lambda a: a + 1),
    ],
)
def test_a_spoilt_variable_is_named(load, content, name, spoil):
    content["stimTest"][0, 0] = 255
    content[name] = spoil(content[name])
    with pytest.raises(ValueError, match=f"digits.mat: {name} "):
        load(content)


def test_a_file_without_rows_is_refused(load, content):
    empty = {name: array[:0] for name, array in content.items()}
    with pytest.raises(ValueError, match=r"digits\.mat"):
        load(empty)


@pytest.mark.parametrize(
    "raw", [b"", b"nothing of the kind", b"\0" * 200, b"MATLAB 5.0 MAT-file" + b"\xff" * 200]
)
def test_other_files_are_refused(load, raw):
    with pytest.raises(ValueError, match=r"digits\.mat is no MATLAB file"):
        load(raw)


def test_a_damaged_file_is_refused(load, content, tmp_path):
    load(content)
    raw = (tmp_path / "digits.mat").read_bytes()
    with pytest.raises(ValueError, match=r"digits\.mat"):
        load(raw[: len(raw) // 2])


def test_a_page_in_its_place_is_recognised(load):
    with pytest.raises(ValueError, match="HTML"):
        load(b"<!DOCTYPE html><html></html>")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"none\.mat"):
        load_fmri_digits69(os.fspath(tmp_path / "none.mat"))


def test_the_path_must_be_a_path():
    with pytest.raises(TypeError, match="'path' parameter of load_fmri_digits69"):
        load_fmri_digits69(3)
