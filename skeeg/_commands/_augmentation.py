"""What `skeeg augment` does: read, learn, draw, write."""

import sys
from io import BytesIO
from pathlib import Path

from skeeg._commands._amounts import count_classes, resolve_amount
from skeeg._commands._error import CommandError
from skeeg._commands._messages import note
from skeeg._commands._reading import read_real_samples
from skeeg._commands._sampler_names import parse_samplers
from skeeg._commands._writing import check_output, whole_file
from skeeg.model_selection._data import Data
from skeeg.model_selection._fits import resample

PIPE = Path("-")


def augment(options):
    """Write the file with synthetic rows below its own."""
    samples = read_real_samples(options.data, options)
    suffixes = samples.source.suffixes
    suffix = suffixes[0]
    if options.out != PIPE:
        suffix = check_output("--out", options.out, suffixes, force=options.force)
    sampler = _make_sampler(samples, options)
    note(samples.describe(), options)
    X, y = _draw(sampler, samples)
    _write(samples.source, options.out, suffix, X, y)
    note(_describe(sampler, y, options.out), options)


def _make_sampler(samples, options):
    samplers = parse_samplers(
        options.sampler,
        max_iter=options.max_iter,
        n_channels=samples.n_channels if samples.X.ndim == 2 else None,
        random_state=options.seed,
        sampling_strategy=resolve_amount(samples.y, options),
        verbose=not options.quiet or None,
    )
    if len(samplers) > 1:
        raise CommandError(f"--sampler takes one, got {', '.join(samplers)}")
    return next(iter(samplers.values()))


def _draw(sampler, samples):
    """Return synthetic rows and their classes."""
    X, y = resample(sampler, Data(samples.X, samples.y, samples.groups))
    return X[len(samples.X) :], y[len(samples.y) :]


def _write(source, path, suffix, X, y):
    if path == PIPE:
        # a reader gets the whole file or, if something fails, nothing
        buffer = BytesIO()
        source.write(buffer, suffix, X, y)
        sys.stdout.buffer.write(buffer.getbuffer())
        sys.stdout.buffer.flush()
        return
    with whole_file(path) as file:
        source.write(file, suffix, X, y)


def _describe(sampler, y, path):
    counts = ", ".join(f"{n} of class {label}" for label, n in count_classes(y).items())
    where = "to the pipe" if path == PIPE else f"to {path}"
    return f"{type(sampler).__name__} added {len(y)} rows ({counts}); written {where}"
