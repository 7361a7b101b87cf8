"""One process on one device, wherever it is started."""

import os

import pytest
import torch

from skeeg.nn._fabric import start_fabric

# what no machine has, and what this one lacks
MISSING = ["warp", "mps" if torch.cuda.is_available() else "cuda"]


@pytest.mark.parametrize("accelerator", MISSING)
def test_a_missing_device_is_named_with_the_way_out(accelerator):
    message = f"accelerator='{accelerator}' is not available.*Use accelerator='cpu'"
    with pytest.raises(ValueError, match=message):
        start_fabric(accelerator)


def test_the_processor_is_always_there():
    assert start_fabric("cpu").device.type == "cpu"


def test_auto_takes_what_there_is():
    fabric = start_fabric("auto")
    assert fabric.to_device(torch.ones(2)).sum() == 2


def test_it_stays_one_process_inside_the_job_of_a_cluster(monkeypatch):
    job = {"SLURM_JOB_ID": "1", "SLURM_JOB_NAME": "train", "SLURM_NTASKS": "8", "SLURM_PROCID": "3"}
    for name, value in job.items():
        monkeypatch.setenv(name, value)
    environment = dict(os.environ)
    fabric = start_fabric("cpu")
    assert (fabric.world_size, fabric.global_rank) == (1, 0)
    assert dict(os.environ) == environment


def test_another_default_dtype_is_refused_with_the_way_out():
    torch.set_default_dtype(torch.float64)
    try:
        with pytest.raises(ValueError, match=r"torch.float64.*set_default_dtype\(torch.float32\)"):
            start_fabric("cpu")
    finally:
        torch.set_default_dtype(torch.float32)
