"""`skeeg augment`: what it writes, where, and what it refuses before any work."""

import gzip
import io
import os
import re
import sys

import numpy as np
import pytest

from skeeg.__main__ import main

QUICK = ["--sampler", "autoregressive", "--quiet"]


@pytest.fixture
def out(tmp_path):
    return tmp_path / "more.csv"


def read_lines(path):
    return path.read_text().splitlines()


def count_synthetic(lines):
    """Return how many rows of each class are marked."""
    marked = [line.split(",")[-2] for line in lines if line.endswith(",1")]
    return {label: marked.count(label) for label in sorted(set(marked))}


def test_the_file_comes_first_and_is_not_changed(table, out):
    assert main(["augment", str(table), "--factor", "3", "--out", str(out), *QUICK]) == 0
    original, lines = read_lines(table), read_lines(out)
    assert lines[0] == f"{original[0]},synthetic"
    assert lines[1:49] == [f"{line},0" for line in original[1:]]
    assert count_synthetic(lines) == {"background": 64, "seizure": 32}
    assert all(re.fullmatch(r"(,-?\d+\.\d\d){178},\w+,1", line) for line in lines[49:])


@pytest.mark.parametrize(
    ("options", "added"),
    [
        ([], {"seizure": 16}),
        (["--factor", "1.5"], {"background": 16, "seizure": 8}),
        (["--at-least", "20"], {"seizure": 4}),
        (["--at-least", "40"], {"background": 8, "seizure": 24}),
        (["--strategy", "all"], {"seizure": 16}),
        (["--strategy", "seizure=17,background=34"], {"background": 2, "seizure": 1}),
    ],
)
def test_as_many_rows_are_added_as_are_asked_for(table, out, options, added):
    assert main(["augment", str(table), *options, "--out", str(out), *QUICK]) == 0
    assert count_synthetic(read_lines(out)) == added


@pytest.mark.parametrize("sampler", ["r3gan:max_iter=1,width=2", "smote", "warp"])
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_the_same_seed_gives_the_same_file(table, out, sampler):
    written = []
    for seed in ("1", "1", "2"):
        options = ["--sampler", sampler, "--seed", seed, "--force", "--quiet"]
        assert main(["augment", str(table), *options, "--out", str(out)]) == 0
        written.append(out.read_bytes())
    assert written[0] == written[1] != written[2]


@pytest.mark.parametrize("sampler", ["smote", "fouriersurrogate"])
def test_three_dimensions_stay_whatever_the_sampler_takes(tmp_path, rng, sampler):
    X, y = rng.standard_normal((12, 3, 20)).astype(np.float32), np.array([0] * 4 + [1] * 8)
    np.savez(tmp_path / "data.npz", X=X, y=y)
    out = tmp_path / "more.npz"
    options = ["--sampler", f"{sampler}" + (":k_neighbors=2" if sampler == "smote" else "")]
    assert main(["augment", str(tmp_path / "data.npz"), *options, "--out", str(out)]) == 0
    more = np.load(out)
    assert more["X"].shape == (16, 3, 20)
    assert more["X"].dtype == np.float32
    np.testing.assert_array_equal(more["X"][:12], X)
    assert more["y"].tolist() == [*y, 0, 0, 0, 0]


def test_channels_of_flat_rows_keep_their_own_levels(save, out, rng):
    first, second = rng.standard_normal((2, 12, 6))
    second += 25 - second.mean(axis=1, keepdims=True)
    rows = np.char.mod("%.5f", np.concatenate([first, second], axis=1))
    cells = [",".join([*row, str(i % 3 > 0)]) for i, row in enumerate(rows)]
    path = save("\n".join([",".join([*"abcdefghijkl", "y"]), *cells]))
    options = ["--n-channels", "2", "--sampler", "fouriersurrogate", "--quiet"]
    assert main(["augment", str(path), *options, "--out", str(out)]) == 0
    drawn = np.array([line.split(",")[6:12] for line in read_lines(out)[13:]], dtype=float)
    assert len(drawn) == 4
    np.testing.assert_allclose(drawn.mean(axis=1), 25, atol=1e-4)


def test_what_is_done_is_said_on_standard_error(table, out, capsys):
    assert main(["augment", str(table), "--sampler", "warp", "--out", str(out)]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == (
        f"skeeg: {table}: 48 rows of 1 channel with 178 time points; 12 groups; rows of each "
        "class: background: 32, seizure: 16\n"
        f"skeeg: WarpSampler added 16 rows (16 of class seizure); written to {out}\n"
    )


def test_a_pipe_gets_what_the_file_would(table, out, monkeypatch, capfdbinary):
    assert main(["augment", str(table), *QUICK, "--out", str(out)]) == 0
    stdin = io.TextIOWrapper(io.BytesIO(gzip.compress(table.read_bytes())))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert main(["augment", "-", *QUICK, "--out", "-"]) == 0
    assert capfdbinary.readouterr().out == out.read_bytes()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--out", "table.csv"], "--out: table.csv is there already; --force overwrites it"),
        (["--out", "more.npz"], "--out must end in .csv or .tsv or .csv.gz or .tsv.gz"),
        (["--out", "nowhere/more.csv"], "cannot write to the folder"),
        (["--out", "more.csv", "--factor", "1"], r"nothing to add .*background: 32, seizure: 16"),
        (["--out", "more.csv", "--at-least", "9"], "nothing to add"),
        (["--out", "more.csv", "--strategy", "most"], "--strategy: .*'most'"),
        (["--out", "more.csv", "--strategy", "fit=3"], "fit=3 is not CLASS=ROWS; .*seizure"),
        (["--out", "more.csv", "--strategy", "seizure=x"], "seizure=x is not CLASS=ROWS"),
        (["--out", "more.csv", "--strategy", "seizure=3"], "--strategy: .*greater or equal"),
        (["--out", "more.csv", "--sampler", "warp,smote"], "--sampler takes one, got Warp, SMOTE"),
        (["--out", "more.csv", "--sampler", "wrap"], "did you mean warp"),
        (["--out", "more.csv", "--target", "lable"], "did you mean 'label'"),
        (["--out", "more.csv", "--n-channels", "3"], "does not divide the 178 columns"),
    ],
)
def test_faults_are_one_line_and_nothing_is_written(table, monkeypatch, capsys, options, message):
    monkeypatch.chdir(table.parent)
    before = table.read_bytes()
    assert main(["augment", "table.csv", *options]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.fullmatch(rf"skeeg: error: .*{message}.*\n", printed.err)
    assert os.listdir() == ["table.csv"]
    assert table.read_bytes() == before


def test_a_file_that_has_marks_already_is_refused(save, frame, out, capsys):
    path = save(frame.assign(synthetic="0"))
    assert main(["augment", str(path), *QUICK, "--out", str(out)]) == 2
    assert "has a column 'synthetic' already" in capsys.readouterr().err


def test_what_goes_wrong_in_the_work_is_another_code(table, out, capsys, monkeypatch):
    def diverge(*args, **kwargs):
        raise FloatingPointError("The training diverged at iteration 1.")

    monkeypatch.setattr("skeeg.over_sampling._game.train_gan", diverge)
    assert main(["augment", str(table), "--sampler", "gan", "--out", str(out), "--quiet"]) == 1
    assert capsys.readouterr().err == "skeeg: error: The training diverged at iteration 1.\n"
    assert os.listdir(out.parent) == ["table.csv"]


def test_an_interruption_keeps_the_file_that_was_there(table, out, capsys, monkeypatch):
    def interrupt(*args, **kwargs):
        raise KeyboardInterrupt

    out.write_text("old")
    monkeypatch.setattr("skeeg.over_sampling._game.train_gan", interrupt)
    options = ["--sampler", "gan", "--force", "--quiet"]
    assert main(["augment", str(table), *options, "--out", str(out)]) == 130
    assert capsys.readouterr().err == "\nskeeg: stopped, no file was written\n"
    assert out.read_text() == "old"
    assert sorted(os.listdir(out.parent)) == ["more.csv", "table.csv"]


@pytest.mark.parametrize(
    "options", [[], ["--out"], ["--out", "a.csv", "--factor", "2", "--at-least", "9"]]
)
def test_wrong_usage_is_refused_by_the_parser(options, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["augment", "table.csv", *options])
    assert "error: " in capsys.readouterr().err
