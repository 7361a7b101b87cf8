"""Start Lightning Fabric, which gives device and precision."""


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
        If this machine has no such device.
    """
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
