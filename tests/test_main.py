"""The command line: what it prints, its exit codes and what an interruption leaves behind."""

import os
import re
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
from matplotlib.image import imread

import skeeg
from skeeg.__main__ import main
from skeeg.datasets import make_seizures

TINY = ["--max-iter", "2", "--folds", "2", "--seizures", "2", "--background", "4"]
NAMES = ["no augmentation", "random oversampling", "SMOTE", "WaveGAN"]
collapses = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


@pytest.fixture
def output(tmp_path):
    return tmp_path / "figure.png"


@pytest.fixture
def table(tmp_path):
    """A small Epileptic Seizure Recognition table, simulated."""
    eeg = make_seizures(n_recordings=10, n_windows=4, seizure_fraction=0.4, random_state=0)
    ids = [f"X{i}.V1.{group}" for i, group in enumerate(eeg.groups)]
    rows = np.c_[ids, eeg.data.round().astype(int), np.where(eeg.target == 1, 1, 5)]
    header = ["Unnamed", *(f"X{i}" for i in range(1, 179)), "y"]
    path = tmp_path / "table.csv"
    path.write_text("\n".join(",".join(row) for row in [header, *rows]))
    return path


def scores_of(text):
    """Rows of the table: name, mean and half-width of either metric."""
    number = r" +([+-]?\d\.\d{3})"
    cell = rf"{number} ±{number}"
    return {
        match[1]: [float(value) for value in match.groups()[1:]]
        for match in re.finditer(rf"^(.*?){cell}{cell}", text, re.MULTILINE)
    }


@collapses
def test_demo_compares_four_training_sets_and_draws(output, capsys):
    assert main(["demo", *TINY, "--quiet", "--output", str(output)]) == 0
    printed = capsys.readouterr()
    scores = scores_of(printed.out)
    assert list(scores) == [*NAMES, "WaveGAN - no augmentation", "WaveGAN - SMOTE"]
    assert all(0.4 < scores[name][0] <= 1 for name in NAMES)
    gain = scores["WaveGAN"][0] - scores["SMOTE"][0]
    assert scores["WaveGAN - SMOTE"][0] == pytest.approx(gain, abs=0.0015)
    assert "24 seizure windows (2 recordings), 48 background windows (4 recordings)" in printed.out
    assert str(output) in printed.out
    assert printed.out.splitlines()[-1].startswith("Next: ")
    assert imread(output).std() > 0
    assert os.listdir(output.parent) == [output.name]


@collapses
def test_demo_draws_a_vector_graphic_too(output, capsys):
    drawing = output.with_suffix(".svg")
    assert main(["demo", *TINY, "--quiet", "--output", str(drawing)]) == 0
    assert b"<svg" in drawing.read_bytes()


@collapses
def test_demo_repeats_itself_and_reads_a_table(table, output, capsys):
    reports = []
    for seed in ("1", "1", "2"):
        options = [*TINY, "--data", str(table), "--output", str(output), "--random-state", seed]
        assert main(["demo", *options, "--quiet"]) == 0
        reports.append(capsys.readouterr().out)
    first, again, other = map(scores_of, reports)
    assert reports[0].startswith("table.csv: 10 recordings in 2 folds\n")
    assert first == again
    assert first != other


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--data", "nowhere.csv"], "cannot use nowhere.csv: .*No such file"),
        (["--data", "nowhere"], "cannot use nowhere: .*No such file"),
        (["--data", "nowhere.npz"], "cannot use nowhere.npz: .*No such file"),
        (["--data", "."], "holds no recordings"),
        (["--data", "noise.csv"], "is no csv"),
        (["--data", "semicolons.csv"], "has no commas"),
        (["--data", "without_ids.csv"], "the recording of each window is unknown"),
        (["--data", "table.csv", "--folds", "5"], "4 seizure recordings cannot be split into 5"),
        (
            ["--data", "table.csv", "--folds", "2", "--seizures", "1"],
            "4 seizure windows .* too few",
        ),
        (["--output", "figure.pdf"], "must be the name of a .png or .svg file, got figure.pdf"),
        (["--output", "nowhere/figure.png"], "cannot write to the folder nowhere"),
    ],
)
def test_what_is_at_fault_is_said_in_one_line(table, options, message, capsys, monkeypatch):
    monkeypatch.chdir(table.parent)
    text = table.read_text()
    table.with_name("noise.csv").write_bytes(bytes(range(256)))
    table.with_name("semicolons.csv").write_text(text.replace(",", ";"))
    table.with_name("without_ids.csv").write_text(re.sub(r"(?m)^[^,]*,", "", text))
    before = set(os.listdir())
    assert main(["demo", *options]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.fullmatch(rf"skeeg: error: .*{message}.*\n", printed.err)
    assert set(os.listdir()) == before


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["dmeo"],
        ["demo", "--folds", "1"],
        ["demo", "--max-iter", "0"],
        ["demo", "--max-iter", "many"],
        ["demo", "--random-state", str(2**32)],
    ],
)
def test_wrong_options_are_refused(options, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(options)
    assert "error: " in capsys.readouterr().err


def test_without_matplotlib_the_demo_says_what_to_install(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["demo"]) == 2
    assert "pip install 'skeeg[plot]'" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["demo"], ["compare"], ["augment"], ["report"]])
def test_help_waits_for_no_large_library(command):
    code = "import sys; from skeeg.__main__ import main\n"
    code += f"try: main([*{command}, '--help'])\n"
    code += "finally: print({'torch', 'sklearn', 'numpy', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("usage: skeeg")
    assert done.stdout.endswith("set()\n")
    assert command in ([], ["demo"]) or f"  skeeg {command[0]} " in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_version_is_that_of_the_package(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"skeeg {skeeg.__version__}\n"


@pytest.mark.parametrize("debug", [False, True])
def test_what_nobody_foresaw_is_one_line_with_a_way_to_more(debug, capsys, monkeypatch):
    def stumble(*args, **kwargs):
        raise KeyError("t1")

    monkeypatch.setattr("skeeg._commands._augmentation.augment", stumble)
    options = ["augment", "table.csv", "--out", "more.csv", *["--debug"] * debug]
    assert main(options) == 1
    *traceback, last = capsys.readouterr().err.splitlines()
    assert last == "skeeg: error: KeyError: 't1' (--debug shows where)"
    assert any("in stumble" in line for line in traceback) == debug


def test_an_interruption_leaves_nothing_behind(output):
    command = [sys.executable, "-m", "skeeg", "demo", "--output", str(output)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as process:
        # Progress of the networks means that they are in training.
        while "iter/s" not in process.stderr.readline(200):
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        printed, progress = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "SMOTE" in printed
    assert progress.splitlines()[-1] == "skeeg: stopped, no file was written"
    assert "Traceback" not in progress
    assert os.listdir(output.parent) == []


def test_a_reader_that_goes_leaves_no_traceback(output):
    command = [sys.executable, "-m", "skeeg", "demo", *TINY, "--quiet", "--output", str(output)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stdout.close()
        errors = process.stderr.read()
    assert process.returncode == 141
    assert errors == ""


def start(*arguments, **pipes):
    """Start a command as a process."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | pipes
    return subprocess.Popen([sys.executable, "-m", "skeeg", *map(str, arguments)], **pipes)


def read_until(stream, text):
    """Read a stream until the text has come by."""
    seen = b""
    while text not in seen:
        seen += stream.read(1)
        assert seen[-1:], seen.decode()


def test_an_interruption_of_augment_leaves_nothing_behind(table, tmp_path):
    with start("augment", table, "--out", tmp_path / "more.csv", "--drop", "Unnamed") as process:
        read_until(process.stderr, b"iter/s")
        process.send_signal(signal.SIGINT)
        printed, progress = process.communicate(timeout=60)
    assert (process.returncode, printed) == (130, b"")
    assert progress.splitlines()[-1] == b"skeeg: stopped, no file was written"
    assert b"Traceback" not in progress
    assert os.listdir(tmp_path) == [table.name]


def test_an_interruption_of_compare_keeps_what_is_done(table, tmp_path):
    options = ["--groups", "Unnamed", "--group-pattern", r"\.(.*)", "--cv", 2, "--repeats", 1]
    options += ["--samplers", "r3gan", "--cache", tmp_path / "fits"]
    with start("compare", table, *options) as process:
        while len(list(tmp_path.rglob("output.pkl"))) < 8:  # all that is no GAN
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        printed, progress = process.communicate(timeout=60)
    assert (process.returncode, printed) == (130, b"")
    assert progress.splitlines()[-1].startswith(b"skeeg: stopped, the same command goes on with")
    assert b"Traceback" not in progress
    assert len(list(tmp_path.rglob("output.pkl"))) == 8


def test_tables_go_through_pipes(table, tmp_path):
    options = ["--drop", "Unnamed", "--factor", "1.5", "--sampler", "warp", "--quiet"]
    with start("augment", "-", *options, "--out", "-", stdin=subprocess.PIPE) as process:
        printed, errors = process.communicate(table.read_bytes(), timeout=60)
    assert (process.returncode, errors) == (0, b"")
    lines = printed.decode().splitlines()
    assert lines[1:41] == [f"{line},0" for line in table.read_text().splitlines()[1:]]
    assert len(lines) == 61


def test_a_pipe_that_closes_leaves_no_traceback(table):
    options = ["--drop", "Unnamed", "--sampler", "warp", "--quiet"]
    with start("augment", table, *options, "--factor", "9", "--out", "-") as process:
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (141, b"")


def test_divergence_is_one_line(output, capsys, monkeypatch):
    def diverge(*args, **kwargs):
        raise FloatingPointError("The training diverged at iteration 1.")

    monkeypatch.setattr("skeeg.over_sampling._game.train_gan", diverge)
    assert main(["demo", *TINY, "--quiet", "--output", str(output)]) == 1
    printed = capsys.readouterr().err
    assert printed == "skeeg: error: The training diverged at iteration 1.\n"
