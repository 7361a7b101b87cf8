"""What `skeeg compare` does: read, compare, judge."""

from difflib import get_close_matches

import numpy as np
import pandas as pd
from sklearn.metrics import get_scorer_names

from skeeg._commands._amounts import choose_amount, parse_amount
from skeeg._commands._error import CommandError, WorkError
from skeeg._commands._estimators import make_estimator
from skeeg._commands._messages import gathered_warnings, note, warn
from skeeg._commands._pages import check_page, write_page
from skeeg._commands._reading import read_real_samples
from skeeg._commands._sampler_names import parse_samplers
from skeeg._commands._summary import FORMATS
from skeeg.model_selection import compare_samplers, sampler_evidence

# Without parameters, they are what is compared anyway, unless another amount is asked for.
ALWAYS_THERE = "SMOTE", "RandomOver"
N_FOLDS = 5
NO_GROUPS = """\
without --groups every row counts as independent. If several rows come from one subject or \
recording, all scores are too good and the verdict is worth nothing"""
LONE_GROUPS = """\
every row has a group of its own, so groups keep nothing together. If only a part of --groups \
names the subject or recording, say which with --group-pattern"""


def compare(options):
    """Yield the result of a comparison of samplers on the data of a file."""
    samples = read_real_samples(options.data, options)
    check_page("--report", options.report, samples, force=options.force)
    _check_scoring(options.scoring)
    cv = _choose_folds(samples, options)
    strategy = choose_amount(samples.y, options)
    samplers = _make_samplers(samples, strategy, options)
    estimator = make_estimator(options.estimator, samples)
    _say_what_is_compared(samples, cv, strategy, options)
    with gathered_warnings():
        comparison = compare_samplers(
            samplers,
            estimator,
            samples.X,
            samples.y,
            groups=samples.groups,
            cv=cv,
            scoring=options.scoring,
            n_repeats=options.repeats,
            n_jobs=options.jobs,
            random_state=options.seed,
            memory=options.cache,
            verbose=not options.quiet,
        )
    yield from FORMATS[options.format](comparison, options.worthwhile)
    _report_failures(comparison, samplers)
    if options.report is not None:
        _write_page(comparison, samplers, samples, options)


def _write_page(comparison, samplers, samples, options):
    """Judge the rows of each sampler too, and write all on one page."""
    evidence = None
    if samplers:
        evidence = sampler_evidence(
            samplers,
            samples.X,
            samples.y,
            groups=samples.groups,
            sampling_rate=samples.sampling_rate,
            n_channels=samples.n_channels,
            random_state=options.seed,
            verbose=not options.quiet,
        )
    page = comparison.to_html(evidence=evidence, worthwhile=options.worthwhile)
    write_page(options.report, page)
    note(f"the page is {options.report}", options)


def _say_what_is_compared(samples, cv, strategy, options):
    note(samples.describe(), options)
    if cv < (options.cv or N_FOLDS):
        note(f"{cv} folds, as many as the rarest class has rows or groups", options)
    if strategy != "auto" and parse_amount(samples.y, options) is None:
        note("classes are about balanced: samplers double them (--factor K for K times)", options)
    _warn_of_groups(samples)


def _warn_of_groups(samples):
    """Warn where no two rows are kept together."""
    if samples.groups is None:
        warn(NO_GROUPS)
    elif len(set(samples.groups)) == len(samples.groups):
        warn(LONE_GROUPS)


def _make_samplers(samples, strategy, options):
    samplers = parse_samplers(
        options.samplers,
        max_iter=options.max_iter,
        n_channels=samples.n_channels if samples.X.ndim == 2 else None,
        sampling_strategy=strategy,
    )
    if strategy == "auto":
        return {name: samplers[name] for name in samplers if name not in ALWAYS_THERE}
    return {
        f"{name}:{strategy}" if name in ALWAYS_THERE else name: sampler
        for name, sampler in samplers.items()
    }


def _report_failures(comparison, samplers):
    """Warn of samplers that failed; raise if none of those that are judged ever worked."""
    table = comparison.table
    failed = table[table["error"] != ""]
    for name, errors in failed.groupby("sampler", sort=False)["error"]:
        n_folds = (table["sampler"] == name).sum()
        warn(f"{name} failed in {len(errors)} of {n_folds} folds: {errors.iloc[0]}")
    if samplers and table.loc[table["sampler"].isin(list(samplers)), "score"].isna().all():
        raise WorkError(f"no sampler worked: {', '.join(samplers)}")


def _check_scoring(name):
    if name not in get_scorer_names():
        near = get_close_matches(name, get_scorer_names(), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "balanced_accuracy is one"
        raise CommandError(f"there is no score {name!r}; {hint}")


def _choose_folds(samples, options):
    """Return the number of folds; raise if a class cannot be in every one, on both sides."""
    classes = np.unique(samples.y)
    if len(classes) < 2:
        raise CommandError(f"{samples.origin}: all rows are of class {classes[0]}; two are needed")
    unit = "rows" if samples.groups is None else "groups"
    units = np.arange(len(samples.y)) if samples.groups is None else samples.groups
    counts = pd.Series(units).groupby(samples.y).nunique()
    label, fewest = counts.idxmin(), int(counts.min())
    if fewest < (options.cv or 2):
        raise CommandError(
            f"class {label} has {fewest} of the {unit} in {samples.origin}, and each of "
            f"{options.cv or 2} folds needs one"
            + (f"; --cv {fewest} makes fewer" if fewest > 1 else "")
        )
    return options.cv or min(fewest, N_FOLDS)
