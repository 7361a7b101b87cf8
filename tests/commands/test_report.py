"""`skeeg report`: rows of one file or of several, told apart, judged, and written on a page."""

import os
import re

import numpy as np
import pandas as pd
import pytest

from skeeg.__main__ import main
from skeeg._commands._reading import read_samples
from skeeg.datasets import make_seizures

QUICK = ["--sampling-rate", "173.61", "--repeats", "2"]


def to_frame(eeg, prefix):
    frame = pd.DataFrame(eeg.data.astype(float)).round(2).add_prefix("t")
    frame.insert(0, "subject", [f"{prefix}{group}" for group in eeg.groups])
    return frame.assign(label=[eeg.target_names[code] for code in eeg.target])


@pytest.fixture(scope="module")
def frames():
    """Training rows, held-out rows of others, and copies of the former."""
    options = {"n_recordings": 16, "n_windows": 3, "n_times": 90, "seizure_fraction": 0.5}
    training, others = (make_seizures(**options, random_state=seed) for seed in (0, 1))
    training = to_frame(training, "T")
    return training, to_frame(others, "H"), training.assign(subject="")


@pytest.fixture
def files(frames, tmp_path, monkeypatch):
    """The same in files of the working directory; all.csv holds training rows and copies."""
    training, holdout, copies = frames
    monkeypatch.chdir(tmp_path)
    training.to_csv("train.csv", index=False)
    holdout.to_csv("holdout.csv", index=False)
    copies.to_csv("copies.csv", index=False)
    both = pd.concat([training.assign(synthetic=0), copies.assign(synthetic=1)])
    both.to_csv("all.csv", index=False)
    return tmp_path


@pytest.fixture
def seen(monkeypatch):
    """What is handed over to be judged, which ends there."""
    seen = {}

    def judge(X, y, X_synthetic, y_synthetic, **options):
        seen.update(X=X, y=y, X_synthetic=X_synthetic, y_synthetic=y_synthetic, **options)
        raise ValueError("seen")

    monkeypatch.setattr("skeeg._commands._evidence.synthetic_evidence", judge)
    return seen


def report(*options):
    return main(["report", *map(str, options), *QUICK])


def test_copies_are_found_out_and_the_page_is_kept(files, capsys):
    options = ["all.csv", "--holdout", "holdout.csv", "--out", "page.html"]
    assert report(*options) == 0
    printed = capsys.readouterr()
    assert "besides, 48 synthetic rows" in printed.err
    assert "skeeg: the page is page.html" in printed.err
    assert "48 of 48 rows are copies of training rows" in " ".join(printed.out.split())
    lines = [line for line in printed.out.splitlines() if line.startswith("membership_auc")]
    assert [line.split()[2] for line in lines] == ["1.000", "1.000"]
    page = (files / "page.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html")
    before = sorted(os.listdir(files))
    assert report(*options) == 2
    assert "page.html is there already; --force overwrites it" in capsys.readouterr().err
    assert sorted(os.listdir(files)) == before


def test_real_and_synthetic_rows_are_told_apart(files, frames, seen):
    report("all.csv", "--seed", 7)
    X, y = frames[0].filter(regex=r"^t\d"), frames[0]["label"]
    for part in ("", "_synthetic"):
        np.testing.assert_array_equal(seen[f"X{part}"], X)
        assert seen[f"y{part}"].tolist() == y.tolist()
    assert seen["groups"].tolist() == frames[0]["subject"].tolist()
    assert "X_holdout" not in seen
    assert (seen["sampling_rate"], seen["n_repeats"], seen["random_state"]) == (173.61, 2, 7)


def test_rows_may_be_in_files_of_their_own_in_any_order_of_columns(files, frames, seen):
    report("all.csv", "--holdout", "holdout.csv")
    expected = dict(seen)
    for name, frame in (("copies.csv", frames[2]), ("holdout.csv", frames[1])):
        frame[frame.columns[::-1]].assign(note="x").to_csv(name, index=False)
    report("train.csv", "--synthetic", "copies.csv", "--holdout", "holdout.csv")
    assert expected.keys() == seen.keys()
    for name, value in expected.items():
        np.testing.assert_array_equal(seen[name], value)
    assert seen["groups_holdout"].tolist() == frames[1]["subject"].tolist()


def test_real_rows_of_the_synthetic_file_do_not_count(files, frames, seen):
    report("train.csv", "--synthetic", "all.csv")
    np.testing.assert_array_equal(seen["X_synthetic"], frames[2].filter(regex=r"^t\d"))


@pytest.mark.parametrize("folder", ["train.csv", "holdout.csv"])
def test_options_of_folders_go_with_files_beside_one(files, frames, seen, monkeypatch, folder):
    """What stands for a folder here is a table that is read in the place of its recordings."""
    monkeypatch.setattr(
        "skeeg._commands._reading.read_folder",
        lambda path, options: read_samples(f"{path.name[:-2]}.csv", options),
    )
    real, holdout = (
        name[:-4] + "_d" if name == folder else name for name in ("train.csv", "holdout.csv")
    )
    (files / f"{folder[:-4]}_d").mkdir()
    report(real, "--synthetic", "copies.csv", "--holdout", holdout, "--window", 2)
    assert len(seen["X_holdout"]) == len(frames[1])


def test_synthetic_rows_of_the_held_out_file_do_not_count(files, frames, seen):
    mixed = pd.concat([frames[1].assign(synthetic=0), frames[2].assign(synthetic=1)])
    mixed.to_csv("holdout.csv", index=False)
    report("all.csv", "--holdout", "holdout.csv")
    np.testing.assert_array_equal(seen["X_holdout"], frames[1].filter(regex=r"^t\d"))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["train.csv"], "no column 'synthetic' of 0 and 1.*--synthetic"),
        (["real.csv"], "rows of one kind only"),
        (["all.csv", "--synthetic", "copies.csv"], "has synthetic rows itself"),
        (["train.csv", "--synthetic", "short.csv"], "no 't89', for which the first file asks"),
        (["train.csv", "--synthetic", "numbers.csv"], "classes are of type U .* and i in"),
        (["train.csv", "--synthetic", "real.csv"], "real.csv marks all its rows as real"),
        (["train.csv", "--window", "2"], "--window is for folders of recordings"),
        (["train.csv", "--synthetic", "nowhere.csv"], "cannot read nowhere.csv"),
        (["all.csv", "--holdout", "train.csv"], "group T0 is in groups and in groups_holdout"),
        (["all.csv", "--holdout", "lone.csv"], "lone.csv has no column of groups, and all.csv"),
        (["all.csv", "--out", "page.txt"], "--out must end in .html or .htm"),
    ],
)
def test_faults_are_one_line(files, frames, capsys, options, message):
    training, holdout, copies = frames
    training.assign(synthetic=0).to_csv("real.csv", index=False)
    copies.drop(columns="t89").to_csv("short.csv", index=False)
    copies.assign(label=1).to_csv("numbers.csv", index=False)
    holdout.drop(columns="subject").to_csv("lone.csv", index=False)
    assert report(*options, "--quiet") == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.fullmatch(rf"skeeg: error: .*{message}.*\n", printed.err)


def test_the_rate_is_asked_for(files, capsys):
    assert main(["report", "all.csv", "--quiet"]) == 2
    assert "skeeg report compares spectra and needs --sampling-rate" in capsys.readouterr().err
