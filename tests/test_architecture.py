"""The layers of the package, asserted: imports point down only."""

import ast
from io import StringIO
from pathlib import Path
from token import COMMENT, DEDENT, ENDMARKER, INDENT, NEWLINE, NL
from tokenize import generate_tokens

import pytest

import skeeg

ROOT = Path(skeeg.__file__).parent
LEVELS = {
    "__main__": 5,
    "_commands": 4,
    "model_selection": 3,
    "inspection": 3,
    "persistence": 3,
    "over_sampling": 2,
    "classification": 2,
    "reconstruction": 2,
    "preprocessing": 1,
    "feature_extraction": 1,
    "metrics": 1,
    "plotting": 1,
    "nn": 0,
    "datasets": 0,
    "_default_loss": 0,
    "_failed_fit": 0,
    "_held_out": 0,
    "_holm": 0,
    "_labels": 0,
    "_signals": 0,
}
SIDEWAYS = {
    ("feature_extraction", "preprocessing"),
    ("metrics", "feature_extraction"),
    ("plotting", "metrics"),
}
MODULES = sorted(path.relative_to(ROOT) for path in ROOT.rglob("*.py"))


def imported_names(node):
    """Absolute dotted names that an import statement can load."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def imports_of(path, *, top_level_only=False):
    tree = ast.parse((ROOT / path).read_text())
    nodes = tree.body if top_level_only else ast.walk(tree)
    return [name for node in nodes for name in imported_names(node)]


def count_lines_of_code(source):
    """Lines that hold more than a comment or a docstring."""
    documented = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node)
        for line in range(node.body[0].lineno, node.body[0].end_lineno + 1)
    }
    layout = {COMMENT, NL, NEWLINE, INDENT, DEDENT, ENDMARKER}
    tokens = [t for t in generate_tokens(StringIO(source).readline) if t.type not in layout]
    lines = {line for t in tokens for line in range(t.start[0], t.end[0] + 1)}
    return len(lines - documented)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_point_down(path):
    folder = path.parts[0].removesuffix(".py")
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] != "skeeg" or len(parts) == 1 or folder in {parts[1], "__init__"}:
            continue
        if parts[1] in LEVELS:
            below = LEVELS[parts[1]] < LEVELS[folder]
            assert below or (folder, parts[1]) in SIDEWAYS, f"{path} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_are_absolute(path):
    tree = ast.parse((ROOT / path).read_text())
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_heavy_libraries_stay_where_they_belong(path):
    top = {name.split(".")[0] for name in imports_of(path, top_level_only=True)}
    anywhere = {name.split(".")[0] for name in imports_of(path)}
    assert not top & {"matplotlib", "lightning_fabric"}
    if path.parts[0] != "plotting":
        assert "matplotlib" not in anywhere
    if path.parts[0] in {"feature_extraction", "preprocessing", "datasets", "plotting", "metrics"}:
        assert "torch" not in anywhere


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_files_stay_short(path):
    assert len((ROOT / path).read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", [p for p in MODULES if p.match("over_sampling/*gan.py")], ids=str)
def test_a_gan_is_one_file_of_few_lines_of_code(path):
    if path.name != "_base_gan.py":
        assert count_lines_of_code((ROOT / path).read_text()) <= 60


def test_every_folder_has_a_level():
    folders = {path.parts[0].removesuffix(".py") for path in MODULES} - {"__init__"}
    assert folders <= LEVELS.keys()
