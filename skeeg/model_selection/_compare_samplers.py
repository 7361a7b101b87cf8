"""Compare samplers by what they are worth to a classifier."""

from numbers import Integral
from os import PathLike

from sklearn.metrics import get_scorer_names
from sklearn.utils._param_validation import HasMethods, Interval, StrOptions, validate_params

from skeeg.model_selection._about import describe_comparison
from skeeg.model_selection._data import check_data
from skeeg.model_selection._entrants import line_up, name_samplers
from skeeg.model_selection._fits import Job, Recipe, check_memory, run_jobs
from skeeg.model_selection._folds import make_folds
from skeeg.model_selection._sampler_comparison import SamplerComparison
from skeeg.model_selection._thinning import resolve_train_rows, thin


def make_jobs(entrants, folds, scoring, data, train_rows):
    """Return the jobs of a comparison, entrant by entrant: those without a sampler come first."""
    wanted = resolve_train_rows(train_rows, data.y)
    kept = [thin(fold, data.y, data.groups, wanted) for fold in folds]
    return [
        Job(
            {
                "sampler": entrant.name,
                "repeat": fold.repeat,
                "fold": fold.fold,
                "n_train": len(fold.train),
                "n_test": len(fold.test),
                "n_real": len(rows),
            },
            Recipe(entrant.sampler, entrant.estimator, scoring, rows, fold.test, fold.seed),
        )
        for entrant in entrants
        for fold, rows in zip(folds, kept, strict=True)
    ]


def name_metric(scoring):
    """Return what a score is called in figures."""
    return scoring.replace("_", " ") if isinstance(scoring, str) else "score"


@validate_params(
    {
        "samplers": [dict, list, tuple],
        "estimator": [HasMethods(["fit", "predict", "get_params"])],
        "groups": ["array-like", None],
        "cv": ["cv_object"],
        "train_rows": [Interval(Integral, 1, None, closed="left"), dict, None],
        "scoring": [StrOptions(set(get_scorer_names())), callable],
        "n_repeats": [Interval(Integral, 1, None, closed="left")],
        "n_jobs": [Integral, None],
        "random_state": ["random_state"],
        "memory": [None, str, PathLike, HasMethods(["cache"])],
        "verbose": ["verbose"],
    },
    prefer_skip_nested_validation=True,
)
def compare_samplers(
    samplers,
    estimator,
    X,
    y,
    *,
    groups=None,
    cv=None,
    train_rows=None,
    scoring="balanced_accuracy",
    n_repeats=1,
    n_jobs=None,
    random_state=None,
    memory=None,
    verbose=False,
):
    """Compare samplers by the score of a classifier that has their rows in its training set.

    In each fold every sampler is fitted on the training rows, the classifier on these and what the
    sampler adds, and the score is taken on the test rows, all of them real. Beside the samplers
    there are always "none", "class weights" (every `class_weight` of the estimator, or of what is
    in it, is "balanced"), "random oversampling" and "SMOTE".

    Parameters
    ----------
    samplers : dict of str to sampler, or list of samplers
        Objects with the method `fit_resample`, of skeeg, imbalanced-learn or anybody else. Those
        of a list are called as their class. They may be none: that compares the baselines.

    estimator : estimator
        Classifier or pipeline that ends with one.

    X : {array-like, dataframe} of shape (n_samples, n_channels * n_times) or \
            (n_samples, n_channels, n_times)
        Signals in any unit. Three dimensions are laid flat for samplers that do not take them, and
        stacked again for the estimator.

    y : array-like of shape (n_samples,)
        Class of each signal.

    groups : array-like of shape (n_samples,), default=None
        Subject or recording of each signal. No group may be on both sides of a split. Samplers
        and estimators that ask for groups, as those of skeeg do, are given those of the training
        rows. None takes every row for a group of its own.

    cv : int, splitter or iterable, default=None
        How to split. None or an int are five or so many shuffled folds,
        :class:`~sklearn.model_selection.StratifiedGroupKFold` where groups are given,
        :class:`~sklearn.model_selection.StratifiedKFold` where not. A splitter that shuffles and
        has no `random_state` is given one.

    train_rows : int, dict or None, default=None
        Number of real rows to train on: of every class, or of the classes in a dict. Groups are
        taken whole and in random order until there are enough rows, the same for all samplers;
        those of a smaller number are part of those of a larger one. The test rows stay. None is
        all.

    scoring : str or callable, default="balanced_accuracy"
        One score, as in :func:`sklearn.model_selection.cross_val_score`. Higher is better.

    n_repeats : int, default=1
        How many times to split the data and compare anew.

    n_jobs : int or None, default=None
        Number of fits at the same time, as everywhere in scikit-learn. None is 1.

    random_state : int, RandomState instance or None, default=None
        Source of the splits and of every `random_state` in samplers and estimator that is None.
        All samplers meet the same splits and seeds.

    memory : str, path, object with the interface of joblib.Memory or None, default=None
        Where to keep the figures of each fit as soon as they are there. A comparison that is cut
        off, repeated with the same folder, goes on there; one with more samplers or repeats
        computes only what is new. It takes an int as `random_state`. Failures are not kept.

    verbose : bool or int, default=False
        Whether to show a progress bar.

    Returns
    -------
    comparison : SamplerComparison
        The table of all fits, with a summary and a plot. What failed has a score of NaN and the
        `error` beside it.

    Raises
    ------
    ValueError
        If a group or row is on both sides of a split, a class is missing on one side, repeats are
        wanted of what always splits the same way, a class has fewer than `train_rows`, or a name
        or parameter is not legal, or cannot be pickled for a `memory`; before any fit.

    TypeError
        If a sampler has no `fit_resample` or is a class.

    Exception
        What the estimator raises without any sampler. All other failures are recorded.

    See Also
    --------
    SamplerComparison : What is returned.
    sklearn.model_selection.cross_validate : The scores of one estimator.

    Notes
    -----
    A memory knows a fit by the parameters of sampler and estimator, the rows, the seed, and the
    versions of skeeg, scikit-learn, imbalanced-learn, numpy, scipy and torch. It does not see a
    change in the code of a sampler of one's own: delete the folder then.

    Examples
    --------
    >>> from sklearn.linear_model import LogisticRegression
    >>> from sklearn.pipeline import make_pipeline
    >>> from skeeg.datasets import make_seizures
    >>> from skeeg.feature_extraction import RootMeanSquare
    >>> from skeeg.model_selection import compare_samplers
    >>> from skeeg.over_sampling import JitterSampler
    >>> eeg = make_seizures(random_state=0)
    >>> model = make_pipeline(RootMeanSquare(), LogisticRegression())
    >>> comparison = compare_samplers(
    ...     [JitterSampler()], model, eeg.data, eeg.target, groups=eeg.groups, random_state=0
    ... )
    >>> comparison.summary()[["score", "gain", "gain_low", "gain_high"]].round(2)
                         score  gain  gain_low  gain_high
    sampler
    none                  0.82   NaN       NaN        NaN
    class weights         0.88  0.06     -0.10       0.21
    random oversampling   0.88  0.06     -0.10       0.22
    SMOTE                 0.88  0.06     -0.09       0.21
    JitterSampler         0.88  0.06     -0.10       0.22
    """
    check_memory(memory, random_state)
    entrants = line_up(samplers, estimator)
    data = check_data(X, y, groups)
    folds = make_folds(cv, *data, n_repeats=n_repeats, random_state=random_state)
    jobs = make_jobs(entrants, folds, scoring, data, train_rows)
    settings = {
        "scoring": scoring,
        "cv": cv,
        "n_repeats": n_repeats,
        "train_rows": train_rows,
        "random_state": random_state,
    }
    about = describe_comparison(name_samplers(samplers), estimator, data, folds, settings)
    table = run_jobs(jobs, data, memory=memory, n_jobs=n_jobs, verbose=verbose)
    return SamplerComparison(table, metric=name_metric(scoring), about=about)
