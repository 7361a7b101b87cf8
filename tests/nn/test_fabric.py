"""One process on one device, wherever it is started, and several that agree."""

import os
import pickle
import subprocess
import sys
from functools import partial

import numpy as np
import pytest
import torch
from numpy.testing import assert_array_equal

from skeeg.nn import RelativisticLoss, launch, train_gan
from skeeg.over_sampling import WaveGANSampler

# what no machine has, and what this one lacks
MISSING = ["warp", "mps" if torch.cuda.is_available() else "cuda"]


def identify(fabric):
    """Say who computes, and where."""
    return os.getpid(), fabric.world_size, fabric.global_rank, fabric.device.type


@pytest.mark.parametrize("accelerator", MISSING)
def test_a_missing_device_is_named_with_the_way_out(accelerator):
    message = f"accelerator='{accelerator}' is not available.*Use accelerator='cpu'"
    with pytest.raises(ValueError, match=message):
        launch(identify, accelerator=accelerator)


def test_auto_takes_what_there_is():
    def add(fabric):
        return fabric.to_device(torch.ones(2)).sum().item()

    assert launch(add, accelerator="auto") == 2


@pytest.mark.parametrize("settings", [{}, {"devices": 1}, {"devices": "auto"}], ids=str)
def test_one_device_needs_no_new_process(settings):
    assert launch(identify, **settings) == (os.getpid(), 1, 0, "cpu")


@pytest.mark.parametrize("accelerator", ["cpu", "auto"])
def test_it_stays_one_process_inside_the_job_of_a_cluster(monkeypatch, accelerator):
    job = {"SLURM_JOB_ID": "1", "SLURM_JOB_NAME": "train", "SLURM_NTASKS": "8", "SLURM_PROCID": "3"}
    for name, value in job.items():
        monkeypatch.setenv(name, value)
    environment = dict(os.environ)
    assert launch(identify, accelerator=accelerator)[1:3] == (1, 0)
    assert dict(os.environ) == environment


SAMPLER = WaveGANSampler(width=2, latent_dim=3)
TRAINING = partial(
    train_gan,
    partial(SAMPLER._make_generator, 1, 128, 2),
    partial(SAMPLER._make_discriminator, 1, 128, 2),
    RelativisticLoss(),
    labels=np.arange(40) % 2,
    max_iter=4,
    batch_size=6,
    learning_rate=1e-3,
    seed=0,
)
ROWS = np.random.default_rng(0).standard_normal((40, 1, 130)).astype(np.float32)
UNDER_TORCHRUN = """
import pickle, sys
from pathlib import Path
from skeeg.nn import launch

folder = Path(sys.argv[1])
def train(fabric):
    state = pickle.loads((folder / "training").read_bytes())(fabric=fabric).state
    (folder / f"state {fabric.global_rank}").write_bytes(pickle.dumps(state))
launch(train, devices=2)
"""


def train_and_more(folder, fabric):
    """Train, say who has, and return more than fits into a pipe."""
    total = fabric.all_reduce(torch.tensor(fabric.global_rank + 1.0), reduce_op="sum").item()
    state = TRAINING(rows=ROWS, checkpoint=folder, fabric=fabric).state
    return fabric.world_size, total, state, np.arange(200_000)


def disagree(fabric):
    """Train on other data in every process."""
    TRAINING(rows=ROWS + fabric.global_rank, fabric=fabric)


def fail_in_the_second(fabric):
    """Raise in one process while the other waits for it."""
    if fabric.global_rank == 1:
        raise OSError("the disk of this machine is full")
    fabric.all_reduce(torch.zeros(()))


def test_without_fabric_it_comes_to_the_result_of_fabric():
    plain, other = (launch(partial(TRAINING, rows=ROWS), devices=n).state for n in (1, "auto"))
    for name, value in plain.items():
        assert_array_equal(other[name], value)


def test_one_process_on_the_processor_does_not_wait_for_fabric():
    code = (
        "import sys; from skeeg.nn import launch; launch(lambda fabric: None);"
        "sys.exit('lightning_fabric' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_two_processes_come_to_the_result_of_one(tmp_path):
    expected = TRAINING(rows=ROWS).state
    before = dict(os.environ)
    world_size, total, state, values = launch(partial(train_and_more, tmp_path), devices=2)
    assert (world_size, total, len(values)) == (2, 3.0, 200_000)
    assert dict(os.environ) == before
    for name, value in expected.items():
        assert_array_equal(state[name], value)
    iterations = []  # what two processes have begun, one can end
    TRAINING(rows=ROWS, checkpoint=tmp_path, on_iter=iterations.append)
    assert not iterations


def test_under_torchrun_every_process_comes_to_the_result_of_one(tmp_path):
    expected = TRAINING(rows=ROWS).state
    (tmp_path / "script.py").write_text(UNDER_TORCHRUN)
    (tmp_path / "training").write_bytes(pickle.dumps(partial(TRAINING, rows=ROWS)))
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--standalone"]
    subprocess.run([*torchrun, tmp_path / "script.py", tmp_path], check=True, capture_output=True)
    for rank in (0, 1):
        state = pickle.loads((tmp_path / f"state {rank}").read_bytes())
        for name, value in expected.items():
            assert_array_equal(state[name], value)


def test_errors_come_out_of_the_processes_as_they_are():
    with pytest.raises(ValueError, match="different data or seeds"):
        launch(disagree, devices=2)


def test_the_error_of_one_process_is_not_lost_in_that_of_the_other():
    with pytest.raises(OSError, match="the disk of this machine is full"):
        launch(fail_in_the_second, devices=2)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
@pytest.mark.parametrize("precision", ["32-true", "bf16-mixed"])
def test_a_gpu_trains_to_nearly_the_same(precision):
    training = partial(TRAINING, rows=ROWS, max_iter=1)
    expected = training().history[0]
    found = launch(training, accelerator="cuda", precision=precision).history[0]
    assert np.abs(np.array(found[1:3]) - expected[1:3]).max() < 0.1
