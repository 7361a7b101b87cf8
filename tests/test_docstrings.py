"""Docstrings say what is true: numpydoc's rules, and names and defaults as in the signature."""

import ast
import importlib
import inspect
import re
from pathlib import Path

import pytest
from numpydoc.docscrape import get_doc_object
from numpydoc.validate import validate

import skeeg

TESTS = Path(__file__).parent
FOLDERS = {folder: importlib.import_module(f"skeeg.{folder}") for folder in skeeg.__all__}
PUBLIC = {
    f"skeeg.{folder}.{name}": getattr(module, name)
    for folder, module in FOLDERS.items()
    for name in getattr(module, "__all__", [])
}
METHODS = {
    f"{path}.{name}": getattr(obj, name)
    for path, obj in PUBLIC.items()
    if inspect.isclass(obj)
    for name, member in inspect.getmembers(obj, inspect.isfunction)
    if not name.startswith("_") and member.__module__.startswith("skeeg.")
}
# ES01: one sentence can be all there is to say. RT02: scikit-learn names what it returns.
OPTIONAL = {"ES01", "RT02"}
# Methods have their examples and neighbours in the class, building blocks in the estimators.
OPTIONAL_BELOW = OPTIONAL | {"EX01", "SA01"}
# What goes in and out of an overriding method is said where it was first defined.
OPTIONAL_OVERRIDING = OPTIONAL_BELOW | {"PR01", "RT01"}


def each(objects):
    return pytest.mark.parametrize(("path", "obj"), objects.items(), ids=objects.keys())


def overrides(path):
    """Whether a public base class has the same method, which is checked in its own right."""
    class_path, _, name = path.rpartition(".")
    _, *bases = [cls for cls in PUBLIC[class_path].__mro__ if name in vars(cls)]
    return any(base in PUBLIC.values() for base in bases)


def documented_default(parameter):
    """Return the text behind `default=`, or None."""
    found = re.search(r"default=(.+)$", parameter.type)
    return found and found.group(1)


def has_value(text, value):
    """Whether the text is the value as one would type it, or else its repr."""
    try:
        return ast.literal_eval(text) == value
    except (ValueError, SyntaxError):
        return text == repr(value)


@each(PUBLIC)
def test_numpydoc_finds_nothing_wrong(path, obj):
    is_block = path.startswith("skeeg.nn.") and inspect.isfunction(obj)
    optional = OPTIONAL_BELOW if is_block else OPTIONAL
    assert [error for error in validate(path)["errors"] if error[0] not in optional] == []


@each(METHODS)
def test_numpydoc_finds_nothing_wrong_in_methods(path, obj):
    optional = OPTIONAL_OVERRIDING if overrides(path) else OPTIONAL_BELOW
    assert [error for error in validate(path)["errors"] if error[0] not in optional] == []


@each(PUBLIC | METHODS)
def test_documented_defaults_are_those_of_the_signature(path, obj):
    signature = inspect.signature(obj).parameters
    for parameter in get_doc_object(obj)["Parameters"]:
        if parameter.type == "Ignored" or parameter.name.startswith("*"):
            continue
        default, text = signature[parameter.name].default, documented_default(parameter)
        if default is inspect.Parameter.empty:
            assert text is None, f"{parameter.name} has no default"
        else:
            assert text is not None, f"{parameter.name} is documented without its default"
            assert has_value(text, default), f"{parameter.name}: {text} is not {default!r}"


@each(PUBLIC)
def test_what_is_public_has_a_test_of_its_name(path, obj):
    *folders, stem = obj.__module__.split(".")[1:]
    assert (TESTS.joinpath(*folders) / f"test{stem}.py").exists()


@pytest.mark.parametrize("folder", FOLDERS)
def test_folders_list_what_is_public_in_order(folder):
    names = FOLDERS[folder].__all__
    assert names == sorted(names)
    assert all(hasattr(FOLDERS[folder], name) for name in names)
