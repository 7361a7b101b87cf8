"""The same int seed gives the same bits, and nothing global is touched."""

import os
import pickle
import random
import subprocess
import sys
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch
from joblib import Parallel, delayed
from numpy.testing import assert_array_equal
from sklearn.base import clone

pytestmark = pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")


# Large enough for several torch threads to have something to share.
LARGER = {"max_iter": 3, "batch_size": 32, "width": 16}


def enlarged(sampler):
    known = LARGER.keys() & sampler.get_params().keys()
    return sampler.set_params(**{name: LARGER[name] for name in known})


@pytest.fixture
def sampler(make_sampler):
    return enlarged(make_sampler())


@pytest.fixture(scope="module")
def known():
    """What each sampler has drawn, once for all tests."""
    return {}


@pytest.fixture
def expected(sampler, data, known):
    name = type(sampler).__name__
    if name not in known:
        known[name] = resampled(clone(sampler), data)
    return known[name]


def resampled(sampler, data):
    """Top-level, so that worker processes can find it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return sampler.fit_resample(data.data, data.target)[0]


def test_repeated_calls_agree(sampler, data, expected):
    for _ in range(2):
        assert_array_equal(sampler.fit_resample(data.data, data.target)[0], expected)


def test_clones_and_pickles_agree(sampler, data, expected):
    for copy in (clone(sampler), pickle.loads(pickle.dumps(sampler))):
        assert_array_equal(copy.fit_resample(data.data, data.target)[0], expected)


def test_a_pickle_of_the_fitted_sampler_draws_the_same(sampler, data):
    fitted = sampler.fit(data.data, data.target)
    thawed = pickle.loads(pickle.dumps(fitted))
    assert_array_equal(thawed.sample(9, random_state=1), fitted.sample(9, random_state=1))


def test_fit_and_sample_do_not_need_torch_state_in_the_pickle(sampler, data):
    assert b"torch._utils" not in pickle.dumps(sampler.fit(data.data, data.target))


@pytest.mark.parametrize("n_threads", [1, 2, 3])
def test_torch_threads_do_not_matter(sampler, data, expected, n_threads):
    before = torch.get_num_threads()
    torch.set_num_threads(n_threads)
    try:
        assert_array_equal(sampler.fit_resample(data.data, data.target)[0], expected)
        assert torch.get_num_threads() == n_threads
    finally:
        torch.set_num_threads(before)


@pytest.mark.parametrize("n_jobs", [1, 2])
def test_jobs_in_threads_do_not_matter(sampler, data, expected, n_jobs):
    jobs = (delayed(resampled)(clone(sampler), data) for _ in range(3))
    for found in Parallel(n_jobs=n_jobs, backend="threading")(jobs):
        assert_array_equal(found, expected)


def test_jobs_in_processes_do_not_matter(one_of_each, data):
    samplers = list(map(enlarged, one_of_each))
    jobs = (delayed(resampled)(clone(sampler), data) for sampler in samplers for _ in range(3))
    found = iter(Parallel(n_jobs=2, backend="loky")(jobs))
    for sampler in samplers:
        expected = resampled(sampler, data)
        for _ in range(3):
            assert_array_equal(next(found), expected, err_msg=type(sampler).__name__)


def test_another_process_with_one_thread_agrees(one_of_each, data, tmp_path):
    samplers = list(map(enlarged, one_of_each))
    with open(tmp_path / "job", "wb") as file:
        pickle.dump((samplers, data.data, data.target), file)
    code = (
        "import pickle, sys, numpy as np\n"
        "samplers, X, y = pickle.load(open(sys.argv[1] + '/job', 'rb'))\n"
        "found = [sampler.fit_resample(X, y)[0] for sampler in samplers]\n"
        "np.save(sys.argv[1] + '/found', found)\n"
    )
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    command = [sys.executable, "-W", "ignore", "-c", code, str(tmp_path)]
    subprocess.run(command, env=environment, check=True)
    for sampler, found in zip(samplers, np.load(tmp_path / "found.npy"), strict=True):
        assert_array_equal(found, resampled(sampler, data), err_msg=type(sampler).__name__)


def test_different_seeds_differ(sampler, data, expected):
    other = sampler.set_params(random_state=1).fit_resample(data.data, data.target)[0]
    assert not np.array_equal(other, expected)


def test_a_random_state_moves_on_between_calls(sampler, data):
    sampler.set_params(random_state=np.random.RandomState(0))
    first, second = (sampler.fit_resample(data.data, data.target)[0] for _ in range(2))
    assert not np.array_equal(first, second)


def global_state():
    """Everything a fit could disturb, as seen from this thread and from a new one."""
    with ThreadPoolExecutor(1) as pool:
        threads_elsewhere = pool.submit(torch.get_num_threads).result()
    return {
        "python": random.getstate(),
        "numpy": pickle.dumps(np.random.mtrand._rand),
        "torch": torch.random.get_rng_state().tolist(),
        "threads": (torch.get_num_threads(), threads_elsewhere),
        "interop": torch.get_num_interop_threads(),
        "grad": torch.is_grad_enabled(),
        "deterministic": torch.are_deterministic_algorithms_enabled(),
        "dtype": torch.get_default_dtype(),
        "environment": dict(os.environ),
        "filters": list(warnings.filters),
        "errors": np.geterr(),
        "running": threading.active_count(),
    }


def test_nothing_global_is_touched(sampler, data):
    sampler.fit(data.data, data.target)  # what is imported late, is now
    before = global_state()
    sampler.fit_resample(data.data, data.target)
    sampler.sample(5, random_state=0)
    assert global_state() == before


def test_importing_the_engine_leaves_the_environment_alone():
    code = (
        "import os; before = dict(os.environ)\n"
        "import numpy as np; from skeeg.over_sampling import WaveGANSampler\n"
        "WaveGANSampler(max_iter=1, width=2).fit(np.eye(6), [0] * 3 + [1] * 3)\n"
        "assert dict(os.environ) == before\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True)
