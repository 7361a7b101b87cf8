"""What `skeeg demo` prints and draws."""

import numpy as np
from imblearn.over_sampling import SMOTE, RandomOverSampler

from skeeg._commands._evaluation import METRICS, evaluate, interval
from skeeg._commands._task import make_task
from skeeg._commands._writing import check_matplotlib, whole_file
from skeeg.over_sampling import WaveGANSampler
from skeeg.plotting import SignalDisplay, SpectrumDisplay
from skeeg.plotting._canvas import new_rows

N_DRAWN = 300
ROW = "{:<26}{:>19}{:>18}{:>10}"
NOTE = """\
Mean ± half-width of the 95 % interval over {} folds (t, corrected for overlapping
training folds). Differences are taken fold by fold; one that is smaller than its
half-width shows nothing.
"""
NEXT_SIMULATED = "Next: real recordings, with --data FILE; --help lists the kinds."
NEXT_REAL = "Next: your own data, along examples/plot_01_first_synthetic_seizures.py."


def report(options):
    """Yield the lines of the report, each as soon as it is known, and write the figure."""
    check_matplotlib("the figure")
    task = make_task(
        options.data,
        n_folds=options.folds,
        n_seizures=options.seizures,
        n_background=options.background,
        random_state=options.random_state,
    )
    yield f"{task.description}\n"
    yield ROW.format("training windows", *METRICS, "seconds")
    results = {}
    for name, sampler in _make_samplers(options).items():
        results[name] = evaluate(sampler, task.eeg, task.folds)
        yield _row(name, results[name].scores, f"{results[name].seconds:.1f}")
    for name in ("no augmentation", "SMOTE"):
        yield _row(f"WaveGAN - {name}", _subtract(results["WaveGAN"], results[name]), sign="+")
    yield NOTE.format(options.folds)
    _draw(results["WaveGAN"].sampler, task, options)
    yield f"Figure: {options.output}, training windows of the first fold beside synthetic ones."
    yield NEXT_REAL if options.data else NEXT_SIMULATED


def _make_samplers(options):
    seed = options.random_state
    return {
        "no augmentation": "passthrough",
        "random oversampling": RandomOverSampler(random_state=seed),
        "SMOTE": SMOTE(random_state=seed),
        "WaveGAN": WaveGANSampler(
            max_iter=options.max_iter, random_state=seed, verbose=not options.quiet
        ),
    }


def _row(name, scores, seconds="", sign=""):
    """Write a line of the table; `sign` is "+" for numbers that always have one."""
    intervals = [interval(values) for values in scores.values()]
    cells = [f"{mean:{sign}.3f} ± {half_width:.3f}" for mean, half_width in intervals]
    return ROW.format(name, *cells, seconds).rstrip()


def _subtract(one, other):
    return {metric: one.scores[metric] - other.scores[metric] for metric in METRICS}


def _draw(sampler, task, options):
    """Write the figure: training windows of the first fold beside synthetic ones."""
    rows, _ = task.folds[0]
    X, y, groups = (task.eeg[name][rows] for name in ("data", "target", "groups"))
    synthetic = [sampler.sample(N_DRAWN, label, options.random_state) for label in (0, 1)]
    samples = X, y, np.concatenate(synthetic), np.repeat([0, 1], N_DRAWN)
    common = {
        "sampling_rate": task.eeg.sampling_rate,
        "display_labels": task.eeg.target_names,
        "random_state": options.random_state,
    }
    figure, (upper, lower) = new_rows([4.2, 4.8])
    unit = "unit of the file" if options.data else "µV"
    SignalDisplay.from_samples(*samples, unit=unit, ax=upper, **common)
    SpectrumDisplay.from_samples(*samples, groups=groups, ax=lower, **common)
    with whole_file(options.output) as file:
        figure.savefig(file, format=options.output.suffix[1:].lower(), dpi=150)
