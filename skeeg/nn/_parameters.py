"""Build networks from a random generator of their own and turn their parameters into numpy."""

import torch
from torch import nn


def check_default_dtype():
    """Raise where torch makes numbers of another type than 32-bit floats."""
    if torch.get_default_dtype() != torch.float32:
        raise ValueError(
            f"torch's default dtype is {torch.get_default_dtype()}, and skeeg trains and draws in "
            "torch.float32: call torch.set_default_dtype(torch.float32) first."
        )


def _initialize(module, random):
    """Fill the parameters that belong to `module` itself."""
    for name, parameter in module.named_parameters(recurse=False):
        if isinstance(module, nn.Embedding):
            parameter.normal_(generator=random)
        elif parameter.ndim > 1:
            # A third of the variance that keeps activations constant, as torch's own default.
            fan_in = parameter[0].numel()
            parameter.normal_(std=(3 * fan_in) ** -0.5, generator=random)
        else:
            parameter.fill_(float(name == "weight"))


@torch.no_grad()
def build(make_network, seed):
    """Build a network whose parameters are drawn from `seed` and from nothing else.

    Parameters
    ----------
    make_network : callable
        Returns a module; called on the meta device, so that its own initialisation costs nothing
        and leaves torch's global random state alone.

    seed : int
        Seed of the parameters. Weights are normal, with a third of the inverse number of inputs
        for variance; embeddings are standard normal, scales of normalisation layers one, biases
        zero.

    Returns
    -------
    network : torch.nn.Module
        On the CPU.

    Raises
    ------
    ValueError
        If the network has buffers: no seed sets them, and threads would overwrite each other's. If
        torch has been told to make numbers of another type than 32-bit floats.
    """
    check_default_dtype()
    random = torch.Generator().manual_seed(seed)
    with torch.device("meta"):
        network = make_network()
    buffers = [name for name, _ in network.named_buffers()]
    if buffers:
        raise ValueError(
            f"{type(network).__name__} has buffers ({', '.join(buffers)}); a network may have only "
            "parameters. Compute constants in forward, and normalise without running statistics."
        )
    network.to_empty(device="cpu")
    for module in network.modules():
        _initialize(module, random)
    return network


def to_numpy(network):
    """Return copies of the parameters of a network as a dictionary of numpy arrays."""
    return {name: value.numpy(force=True).copy() for name, value in network.state_dict().items()}


def from_numpy(make_network, state):
    """Build a network that holds the parameters of `to_numpy`, in evaluation mode."""
    with torch.device("meta"):
        network = make_network()
    tensors = {name: torch.tensor(value) for name, value in state.items()}
    network.load_state_dict(tensors, assign=True)
    return network.eval()
