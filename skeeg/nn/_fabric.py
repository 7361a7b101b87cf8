"""Start Lightning Fabric, which gives device and precision."""

import torch


def start_fabric(accelerator):
    """Return a Fabric of one process on one device.

    Parameters
    ----------
    accelerator : str
        Device in the words of Lightning Fabric: `"cpu"`, `"cuda"`, `"mps"`, `"auto"`.

    Returns
    -------
    fabric : lightning_fabric.Fabric
        Launched.

    Raises
    ------
    ValueError
        If this machine has no such device, or if torch has been told to make numbers of another
        type than 32-bit floats, which would not fit the parameters.
    """
    if torch.get_default_dtype() != torch.float32:
        raise ValueError(
            f"torch's default dtype is {torch.get_default_dtype()}, and skeeg trains and draws in "
            "torch.float32: call torch.set_default_dtype(torch.float32) first."
        )
    # Imported here because it takes as long as torch itself.
    from lightning_fabric import Fabric
    from lightning_fabric.plugins.environments import LightningEnvironment

    try:
        # The environment is given because inside a job of a cluster Fabric would look for the
        # processes of the whole job.
        fabric = Fabric(accelerator=accelerator, devices=1, plugins=LightningEnvironment())
    except (ImportError, RuntimeError, ValueError) as error:
        raise ValueError(
            f"accelerator={accelerator!r} is not available on this machine: {error} "
            "Use accelerator='cpu', or 'auto' to take what there is."
        ) from error
    fabric.launch()
    return fabric
