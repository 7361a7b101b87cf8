"""What `skeeg report` does: read, tell real from synthetic rows, judge, write."""

from skeeg._commands._error import CommandError
from skeeg._commands._evidence_table import FORMATS
from skeeg._commands._messages import note
from skeeg._commands._pages import check_page, check_rate, write_page
from skeeg._commands._reading import read_samples
from skeeg.model_selection import synthetic_evidence


def report(options):
    """Yield the figures of synthetic rows that are in files, and write the page."""
    samples = read_samples(options.data, options)
    note(samples.describe(), options)
    check_rate(samples, "skeeg report")
    check_page("--out", options.out, samples, force=options.force)
    real, synthetic = _tell_apart(samples, options)
    evidence = _judge(real, synthetic, _read_holdout(samples, options), options)
    yield from FORMATS[options.format](evidence)
    if options.out is not None:
        write_page(options.out, evidence.to_html())
        note(f"the page is {options.out}", options)


def _tell_apart(samples, options):
    """Return real rows and synthetic ones, of one file or of two."""
    mask = samples.synthetic
    if options.synthetic is not None:
        if mask is not None and mask.any():
            raise CommandError(f"{samples.origin} has synthetic rows itself, besides --synthetic")
        columns = samples.source.columns._replace(groups=None)
        synthetic = read_samples(options.synthetic, options, columns)
        _check_alike(samples, synthetic)
        return samples, _take_marked(synthetic)
    if mask is None or mask.all() or not mask.any():
        what = "no column 'synthetic' of 0 and 1" if mask is None else "rows of one kind only"
        raise CommandError(
            f"{samples.origin} has {what}: mark rows as real (0) and synthetic (1), or give the "
            "latter in a file of their own with --synthetic"
        )
    return samples.take(~mask), samples.take(mask)


def _take_marked(samples):
    """Return the rows marked as synthetic, or all where there are no marks."""
    if samples.synthetic is None:
        return samples
    if not samples.synthetic.any():
        raise CommandError(f"{samples.origin} marks all its rows as real")
    return samples.take(samples.synthetic)


def _read_holdout(samples, options):
    """Return the real rows of another file, or None."""
    if options.holdout is None:
        return None
    holdout = read_samples(options.holdout, options, samples.source.columns)
    _check_alike(samples, holdout)
    if samples.groups is not None and holdout.groups is None:
        raise CommandError(f"{holdout.origin} has no column of groups, and {samples.origin} has")
    return holdout if holdout.synthetic is None else holdout.take(~holdout.synthetic)


def _check_alike(samples, others):
    """Raise if rows of two files cannot be compared."""
    facts = {
        "a row has the shape": (samples.X.shape[1:], others.X.shape[1:]),
        "the channels are": (samples.channel_names, others.channel_names),
        "the sampling rate is": (samples.sampling_rate, others.sampling_rate),
        "classes are of type": (samples.y.dtype.kind, others.y.dtype.kind),
    }
    for fact, (one, other) in facts.items():
        if one != other and other is not None:
            raise CommandError(f"{fact} {one} in {samples.origin} and {other} in {others.origin}")


def _judge(real, synthetic, holdout, options):
    held_out = {}
    if holdout is not None:
        held_out = {
            "X_holdout": holdout.X,
            "y_holdout": holdout.y,
            "groups_holdout": holdout.groups,
        }
    try:
        return synthetic_evidence(
            real.X,
            real.y,
            synthetic.X,
            synthetic.y,
            groups=real.groups,
            **held_out,
            sampling_rate=real.sampling_rate,
            n_channels=real.n_channels,
            n_repeats=options.repeats,
            random_state=options.seed,
        )
    except ValueError as error:
        raise CommandError(str(error)) from error
