"""What every public estimator promises, found by walking `__all__`."""

import importlib
import inspect
import pickle
from unittest import SkipTest

import numpy as np
import pytest
from imblearn import FunctionSampler
from imblearn.pipeline import make_pipeline
from imblearn.utils import estimator_checks as imblearn_checks
from numpy.testing import assert_allclose, assert_array_equal
from numpydoc.docscrape import ClassDoc
from sklearn.base import BaseEstimator, clone
from sklearn.exceptions import ConvergenceWarning, NotFittedError
from sklearn.utils import estimator_checks as sklearn_checks
from sklearn.utils._testing import ignore_warnings
from sklearn.utils.validation import check_is_fitted

import skeeg

# Parameters that an estimator cannot do without, or that make it quick enough for hundreds of
# fits; others keep their defaults.
# imbalanced-learn compares two calls
TINY_GAN = {"max_iter": 1, "batch_size": 4, "latent_dim": 3, "width": 2, "random_state": 0}
SEEDED = {"random_state": 0}
FAST_PARAMS = {
    "AtLeast": {"n": 30},
    "AttentionGANSampler": TINY_GAN,
    "AutoregressiveSampler": SEEDED,
    "BandPower": {"bands": {"all": (0, 0.5)}},
    "BandPassFilter": {"low": 0.01, "high": 0.4},
    "Coherence": {"bands": {"all": (0, 0.5)}},
    "ConvGANSampler": TINY_GAN,
    "EEGNetClassifier": {**SEEDED, "max_iter": 10, "learning_rate": 0.05, "batch_size": 16},
    "FourierSurrogateSampler": SEEDED,
    "GANSampler": TINY_GAN,
    "JitterSampler": SEEDED,
    "MultiModalGANSampler": TINY_GAN,
    "Multiply": {"k": 2},
    "NotchFilter": {"frequency": 0.2},
    "ProgressiveGANSampler": TINY_GAN,
    "R3GANSampler": TINY_GAN,
    "TripletEncoder": {**SEEDED, "n_components": 4, "max_iter": 1, "batch_size": 16},
    "WGANGPSampler": TINY_GAN,
    "WarpSampler": SEEDED,
    "WaveGANSampler": TINY_GAN,
}

FOLDERS = [importlib.import_module(f"skeeg.{folder}") for folder in skeeg.__all__]
PUBLIC = [getattr(folder, name) for folder in FOLDERS for name in getattr(folder, "__all__", [])]
INSTANCES = [
    obj(**FAST_PARAMS.get(obj.__name__, {}))
    for obj in PUBLIC
    if inspect.isclass(obj) and issubclass(obj, BaseEstimator) and not inspect.isabstract(obj)
]
# The common checks give signals and classes. What needs images as well has tests of its own.
ESTIMATORS = [
    estimator
    for estimator in INSTANCES
    if hasattr(estimator, "fit") and "images" not in inspect.signature(estimator.fit).parameters
]
TRANSFORMERS = [estimator for estimator in ESTIMATORS if hasattr(estimator, "transform")]
EXTRACTORS = [est for est in TRANSFORMERS if type(est) in vars(skeeg.feature_extraction).values()]
NAMED_BY_CHANNEL = [est for est in EXTRACTORS if hasattr(est, "channel_names")]
SUITES = pytest.mark.parametrize(
    "suite", [sklearn_checks, imblearn_checks], ids=["sklearn", "imblearn"]
)


def each(estimators):
    names = [type(estimator).__name__ for estimator in estimators]
    return pytest.mark.parametrize("estimator", estimators, ids=names)


def two_classes(X):
    """Labels for those who want some."""
    return np.arange(len(X)) % 2


@pytest.fixture
def run_check(monkeypatch, record_property):
    """Return a function that runs a check, counts it and takes a skip for a failure."""
    # without it, the check of array dispatch skips itself
    monkeypatch.setenv("SCIPY_ARRAY_API", "1")

    def run(check, estimator, *name):
        record_property("common_check", type(estimator).__name__)
        try:
            # a handful of iterations on random numbers need not converge
            with ignore_warnings(category=ConvergenceWarning):
                check(*name, estimator)
        except SkipTest as skip:
            pytest.fail(f"The check was skipped: {skip}")

    return run


@sklearn_checks.parametrize_with_checks(ESTIMATORS)
def test_checks_of_scikit_learn(estimator, check, run_check):
    run_check(check, estimator)


# imbalanced-learn's own decorator hands a generator to pytest, which pytest deprecates
@pytest.mark.parametrize(
    ("estimator", "check"),
    [pair for est in ESTIMATORS for pair in imblearn_checks.estimator_checks_generator(est)],
    ids=imblearn_checks._get_check_estimator_ids,
)
def test_checks_of_imbalanced_learn(estimator, check, run_check):
    run_check(check, estimator)


@SUITES
@each(ESTIMATORS)
def test_parameters_are_validated(estimator, suite, run_check):
    run_check(suite.check_param_validation, estimator, type(estimator).__name__)


@SUITES
@each(ESTIMATORS)
def test_column_names_are_consistent(estimator, suite, run_check):
    run_check(suite.check_dataframe_column_names_consistency, estimator, type(estimator).__name__)


@each(INSTANCES)
def test_clone_and_repr_show_the_parameters(estimator):
    params = estimator.get_params()
    assert clone(estimator).get_params().keys() == params.keys()
    for name, value in estimator.get_params(deep=False).items():
        copy = clone(estimator).set_params(**{name: value})
        assert repr(copy) == repr(estimator)
    assert repr(estimator).startswith(f"{type(estimator).__name__}(")


@each([estimator for estimator in INSTANCES if estimator not in ESTIMATORS])
def test_parameters_of_what_has_no_fit_are_validated(estimator):
    params = estimator.get_params(deep=False)
    assert estimator._parameter_constraints.keys() == params.keys()
    estimator._validate_params()
    for name in params:
        broken = clone(estimator).set_params(**{name: object()})
        with pytest.raises(ValueError, match=f"The '{name}' parameter of .* must be"):
            broken._validate_params()


@each(ESTIMATORS)
@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_documented_attributes_are_those_of_a_fitted_estimator(estimator, make_signals):
    fitted = clone(estimator).fit(make_signals(n_samples=40), np.arange(40) % 4 == 0)
    learned = {name for name in vars(fitted) if name.endswith("_") and not name.startswith("_")}
    documented = {attr.name: " ".join(attr.desc) for attr in ClassDoc(type(fitted))["Attributes"]}
    assert learned <= documented.keys()
    for name, description in documented.items():
        assert hasattr(fitted, name) or " only " in description, f"{name} does not exist"


@each(TRANSFORMERS)
def test_flat_and_three_dimensional_signals_give_the_same_numbers(estimator, make_signals):
    X = make_signals(n_channels=3, n_times=40)
    expected = clone(estimator).fit_transform(X, two_classes(X))
    flat = clone(estimator).set_params(n_channels=3).fit(X.reshape(len(X), -1), two_classes(X))
    assert_array_equal(flat.transform(X.reshape(len(X), -1)), expected.reshape(len(X), -1))
    assert flat.n_features_in_ == 3 * 40


@each(TRANSFORMERS)
def test_memory_layout_does_not_matter(estimator, make_signals):
    X = make_signals(n_channels=3, n_times=40)
    expected = clone(estimator).fit_transform(X, two_classes(X))
    assert_allclose(clone(estimator).fit_transform(np.asfortranarray(X), two_classes(X)), expected)


@each(TRANSFORMERS)
@pytest.mark.parametrize("n_channels", [None, 2])
@pytest.mark.parametrize(
    ("dtype", "expected"),
    [(np.float32, np.float32), (np.float64, np.float64), (np.int16, np.float64)],
)
def test_float32_stays_and_other_numbers_become_float64(
    estimator, make_signals, n_channels, dtype, expected
):
    X = make_signals(n_channels=n_channels, dtype=dtype)
    assert clone(estimator).fit_transform(X, two_classes(X)).dtype == expected


@each(TRANSFORMERS)
@pytest.mark.parametrize("n_channels", [None, 2])
def test_input_stays_as_it_was(estimator, make_signals, n_channels):
    X = make_signals(n_channels=n_channels)
    before = X.copy()
    clone(estimator).fit_transform(X, two_classes(X))
    assert_array_equal(X, before)


@each(TRANSFORMERS)
def test_pipelines_carry_three_dimensions(estimator, make_signals):
    X = make_signals(n_channels=2)
    pipeline = make_pipeline(FunctionSampler(validate=False), clone(estimator))
    transformed = pipeline.fit(X, two_classes(X)).transform(X)
    assert_array_equal(transformed, clone(estimator).fit_transform(X, two_classes(X)))


@each(TRANSFORMERS)
def test_pickle_keeps_and_clone_forgets_what_was_learned(estimator, make_signals):
    X = make_signals()
    fitted = clone(estimator).fit(X, two_classes(X))
    assert_array_equal(pickle.loads(pickle.dumps(fitted)).transform(X), fitted.transform(X))
    with pytest.raises(NotFittedError):
        check_is_fitted(clone(fitted))


@each(TRANSFORMERS)
@pytest.mark.parametrize("container", ["pandas", "polars"])
def test_tables_have_the_names_of_the_features(estimator, make_signals, container):
    X = make_signals(n_times=30)
    fitted = clone(estimator).fit(X, two_classes(X))
    names, expected = fitted.get_feature_names_out(), fitted.transform(X)
    table = fitted.set_output(transform=container).transform(X)
    assert list(table.columns) == names.tolist()
    assert len(set(names)) == len(names)
    assert_array_equal(table.to_numpy(), expected)


@each(EXTRACTORS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_features_of_a_row_do_not_depend_on_other_rows(estimator, make_signals, dtype):
    X = make_signals(n_samples=300, n_channels=2, dtype=dtype)
    fitted = clone(estimator).fit(X, two_classes(X))
    one_by_one = np.vstack([fitted.transform(X[i : i + 1]) for i in range(len(X))])
    assert_array_equal(one_by_one, fitted.transform(X))


@each(NAMED_BY_CHANNEL)
def test_names_of_features_begin_with_the_channel_or_with_two(estimator, make_signals):
    X = make_signals(n_channels=3)
    names = clone(estimator).set_params(channel_names=["Fz", "Cz", "Pz"]).fit(X, two_classes(X))
    places = [name.split("__")[0] for name in names.get_feature_names_out()]
    kinds = [
        ["Fz", "Cz", "Pz"],
        ["Fz-Cz", "Fz-Pz", "Cz-Pz"],
        ["Fz", "Fz-Cz", "Fz-Pz", "Cz", "Cz-Pz", "Pz"],
    ]
    assert list(dict.fromkeys(places)) in kinds
    assert places == sorted(places, key=places.index)
