"""`skeeg compare`: what it prints and writes, and what it refuses before any fit."""

import io
import json
import os
import re

import pandas as pd
import pytest

from skeeg.__main__ import main

QUICK = ["--samplers", "warp", "--cv", "2", "--repeats", "1", "--quiet"]
NAMES = ["none", "class weights", "random oversampling", "SMOTE"]
RATE = ["--sampling-rate", "173.61"]


def compare(*options):
    """Run the command; return its exit code."""
    return main(["compare", *map(str, options)])


def rows_of(text):
    """Return the first cells of the table, up to the empty line below it."""
    return [line[:22].strip() for line in text.split("\n\n")[1].splitlines()[1:]]


def test_one_command_leads_from_a_file_to_a_verdict(table, capsys):
    assert compare(table, *QUICK) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.startswith("balanced accuracy on the test rows, mean of 2 folds\n")
    assert rows_of(printed.out) == [*NAMES, "Warp"]
    assert re.search(
        r"\nWarp: (use it|don't|not shown|a simpler method does as well)\. ", printed.out
    )
    assert max(map(len, printed.out.splitlines())) <= 80


def test_formats_hold_the_same_figures(table, capsys):
    assert compare(table, *QUICK, "--format", "csv") == 0
    as_csv = pd.read_csv(io.StringIO(capsys.readouterr().out), index_col="sampler")
    assert compare(table, *QUICK, "--format", "json") == 0
    as_json = json.loads(capsys.readouterr().out)
    assert as_json["metric"] == "balanced accuracy"
    again = pd.DataFrame(as_json["samplers"]).set_index("sampler")
    assert list(as_csv.index) == [*NAMES, "Warp"]
    pd.testing.assert_series_equal(as_csv["score"], again["score"])
    pd.testing.assert_series_equal(as_csv["gain"], again["gain"], check_dtype=False)
    assert as_csv["verdict"].notna().tolist() == [False] * 4 + [True]
    assert compare(table, *QUICK) == 0
    assert f"{as_csv.loc['Warp', 'score']:.3f}" in capsys.readouterr().out


def test_the_seed_decides(table, capsys):
    printed = []
    for seed in (1, 1, 2):
        assert compare(table, *QUICK, "--format", "csv", "--seed", seed) == 0
        frame = pd.read_csv(io.StringIO(capsys.readouterr().out))
        printed.append(frame["score"].tolist())
    assert printed[0] == printed[1] != printed[2]


def test_baselines_are_compared_once_and_parameters_make_others(table, capsys):
    options = ["--cv", 2, "--repeats", 1, "--quiet", "--format", "csv"]
    assert compare(table, *options, "--samplers", "smote,randomover,smote:k_neighbors=2") == 0
    frame = pd.read_csv(io.StringIO(capsys.readouterr().out))
    assert frame["sampler"].tolist() == [*NAMES, "SMOTE:k_neighbors=2"]


def test_balanced_classes_are_doubled_and_told(save, frame, capsys):
    balanced = pd.concat([frame[frame["label"] == name][:16] for name in ("seizure", "background")])
    path, options = save(balanced), [*QUICK[:-1], "--format", "csv"]
    assert compare(path, *options) == 0
    printed = capsys.readouterr()
    assert "classes are about balanced: samplers double them" in printed.err
    added = pd.read_csv(io.StringIO(printed.out)).set_index("sampler")["n_synthetic"]
    assert added["Warp"] == pytest.approx(16, abs=4)
    assert compare(path, *options, "--factor", 3) == 0
    printed = capsys.readouterr()
    assert "double" not in printed.err
    assert pd.read_csv(io.StringIO(printed.out)).set_index("sampler")["n_synthetic"]["Warp"] == (
        pytest.approx(2 * added["Warp"])
    )


def test_baselines_with_another_amount_are_samplers_of_their_own(save, frame, capsys):
    options = [*QUICK[2:], "--samplers", "smote,randomover", "--format", "csv"]
    assert compare(save(frame), *options, "--factor", 2) == 0
    table = pd.read_csv(io.StringIO(capsys.readouterr().out)).set_index("sampler")
    assert list(table.index) == [*NAMES, "SMOTE:Multiply(k=2.0)", "RandomOver:Multiply(k=2.0)"]
    assert (
        table["n_synthetic"].iloc[4] == table["n_synthetic"].iloc[5] > table["n_synthetic"]["SMOTE"]
    )


def test_rows_without_groups_are_warned_of(save, frame, capsys):
    path = save(frame)
    assert compare(path, *QUICK) == 0
    assert capsys.readouterr().err == ""
    assert compare(path, *QUICK, "--drop", "subject") == 0
    assert "warning: without --groups every row counts as independent" in capsys.readouterr().err
    ids = [f"X{i}.{subject}" for i, subject in enumerate(frame["subject"])]
    path = save(frame.assign(subject=ids))
    assert compare(path, *QUICK) == 0
    assert "warning: every row has a group of its own" in capsys.readouterr().err
    assert compare(path, *QUICK, "--group-pattern", r"\.(.*)") == 0
    assert capsys.readouterr().err == ""


def test_what_is_kept_is_not_computed_again(table, tmp_path, monkeypatch, capsys):
    options = [*QUICK, "--cache", tmp_path / "fits", "--format", "csv"]
    assert compare(table, *options) == 0
    first = capsys.readouterr().out

    def fail(*args, **kwargs):
        raise AssertionError("it was computed again")

    monkeypatch.setattr("skeeg.model_selection._fits.resample", fail)
    assert compare(table, *options) == 0
    assert capsys.readouterr().out == first


def test_an_interruption_says_how_to_go_on(table, tmp_path, monkeypatch, capsys):
    def interrupt(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("skeeg.model_selection._fits.resample", interrupt)
    cache = tmp_path / "fits"
    assert compare(table, *QUICK, "--cache", cache) == 130
    assert f"stopped, the same command goes on with what is in {cache}" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_failures_of_samplers_are_warned_of_and_of_all_are_an_error(table, capsys, monkeypatch):
    def diverge(*args, **kwargs):
        raise FloatingPointError("The training diverged.")

    monkeypatch.setattr("skeeg.over_sampling._game.train_gan", diverge)
    options = [*QUICK[2:], "--samplers"]
    assert compare(table, *options, "warp,gan") == 0
    failed = "warning: GAN failed in 2 of 2 folds: FloatingPointError: The training diverged."
    assert failed in capsys.readouterr().err
    assert compare(table, *options, "gan") == 1
    assert "skeeg: error: no sampler worked: GAN\n" in capsys.readouterr().err


def test_the_page_holds_comparison_and_evidence(save, frame, tmp_path, capsys):
    page = tmp_path / "page.html"
    assert compare(save(frame), *QUICK, *RATE, "--report", page) == 0
    text = page.read_text(encoding="utf-8")
    assert text.lower().startswith("<!doctype html")
    for expected in ("Warp", "SMOTE", "background", "seizure", "membership"):
        assert expected in text
    assert sorted(os.listdir(tmp_path)) == ["page.html", "table.csv"]
    assert compare(save(frame), *QUICK, *RATE, "--report", page) == 2
    assert "--report: " in capsys.readouterr().err
    assert page.read_text(encoding="utf-8") == text


def test_there_are_no_more_folds_than_a_class_has_groups(table, capsys):
    assert compare(table, "--samplers", "warp", "--repeats", 1, "--format", "csv") == 0
    assert "skeeg: 4 folds, as many as the rarest class has" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--samplers", "wavegna"], "did you mean wavegan"),
        (["--scoring", "acuracy"], "no score 'acuracy'; did you mean accuracy"),
        (["--scoring", "?"], "balanced_accuracy is one"),
        (
            ["--cv", "5"],
            "seizure has 4 of the groups .*5 folds needs one; --cv 4",
        ),
        (["--target", "lable"], "did you mean 'label'"),
        (["--strategy", "seizure=1"], "--strategy: "),
        (["--report", "page.html"], "--report compares spectra and needs --sampling-rate"),
        (["--report", "page.pdf", *RATE], "--report must end in .html or .htm, got page.pdf"),
        (["--report", "nowhere/page.html", *RATE], "cannot write to the folder"),
    ],
)
def test_faults_are_one_line_before_any_fit(table, monkeypatch, capsys, options, message):
    monkeypatch.setattr("skeeg.model_selection._fits.resample", None)
    monkeypatch.chdir(table.parent)
    assert compare("table.csv", *options) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.fullmatch(rf"skeeg: error: .*{message}.*\n", printed.err)
    assert os.listdir() == ["table.csv"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"label": "rest"}, "all rows are of class rest; two are needed"),
        ({"subject": "S1"}, "class background has 1 of the groups .* 2 folds needs one"),
        ({"synthetic": "0"}, "has a column 'synthetic' already"),
        ({"id": [f"a{i}" for i in range(48)]}, r"1 column\(s\) hold no numbers: 'id'.*--drop id"),
        ({"id": [str(i) for i in range(48)]}, "'id' counts the rows.*--drop id"),
    ],
)
def test_faults_of_the_file_are_named(save, frame, capsys, change, message):
    assert compare(save(frame.assign(**change)), *QUICK) == 2
    assert re.search(message, capsys.readouterr().err)
