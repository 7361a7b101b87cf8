"""Samplers by name: the classes of skeeg and imbalanced-learn, found and not listed."""

import ast
import inspect
from difflib import get_close_matches

import imblearn.over_sampling
from sklearn.base import clone

import skeeg.over_sampling
from skeeg._commands._error import CommandError

SYNTAX = "a sampler is a name, or a name with parameters as in r3gan:max_iter=200,width=16"


def sampler_classes():
    """Return a dict from lower-case names to the classes that need no argument."""
    modules = imblearn.over_sampling, skeeg.over_sampling
    found = [getattr(module, name) for module in modules for name in module.__all__]
    return {_short(cls).lower(): cls for cls in found if _is_sampler(cls)}


def _short(cls):
    return cls.__name__.removesuffix("Sampler")


def _is_sampler(cls):
    parameters = inspect.signature(cls).parameters.values()
    needed = [p for p in parameters if p.default is p.empty and p.kind is not p.VAR_KEYWORD]
    return hasattr(cls, "fit_resample") and not inspect.isabstract(cls) and not needed


def parse_samplers(text, **common):
    """Return samplers by name.

    Parameters
    ----------
    text : str
        Names separated by commas. Parameters follow a colon: `r3gan:max_iter=200,width=16,smote`.

    **common : dict
        Parameters of all samplers that have them, unless the text sets them or they are None.

    Returns
    -------
    samplers : dict of str to sampler
        Their parameters are legal; names are those of the classes, with what the text adds.
    """
    samplers = {}
    for name, settings in _split(text):
        cls = _look_up(name)
        label = ":".join([_short(cls), *([",".join(settings)] if settings else [])])
        if label in samplers:
            raise CommandError(f"the sampler {label} is named twice")
        samplers[label] = _make(cls, _parse_settings(settings), common)
    return samplers


def _split(text):
    """Return names with their parameters; what has "=" and no name belongs to the name before."""
    parts = []
    for token in text.split(","):
        name, colon, setting = token.partition(":")
        if "=" in name and parts:
            parts[-1][1].append(token.strip())
        elif "=" in name or not name.strip() or (colon and "=" not in setting):
            raise CommandError(f"cannot make a sampler of {token.strip()!r}; {SYNTAX}")
        else:
            parts.append((name.strip(), [setting.strip()] if colon else []))
    return parts


def _look_up(name):
    classes = sampler_classes()
    wanted = name.lower().replace("-", "").replace("_", "").removesuffix("sampler")
    if wanted in classes:
        return classes[wanted]
    near = get_close_matches(wanted, classes, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise CommandError(
        f"there is no sampler {name!r}; {hint}there are {', '.join(sorted(classes))}"
    )


def _parse_settings(settings):
    pairs = [setting.partition("=")[::2] for setting in settings]
    return {name.strip(): _parse_value(value.strip()) for name, value in pairs}


def _parse_value(text):
    """Return what Python makes of text, or the text."""
    try:
        return ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text


def _make(cls, settings, common):
    """Return a sampler whose parameters are legal."""
    sampler = cls()
    legal = sampler.get_params()
    common = {name: value for name, value in common.items() if name in legal and value is not None}
    try:
        sampler = clone(sampler.set_params(**common | settings))
        sampler._validate_params()
    except (AttributeError, TypeError, ValueError) as error:
        raise CommandError(f"the sampler {_short(cls)}: {error}") from error
    return sampler
