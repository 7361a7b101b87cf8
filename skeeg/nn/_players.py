"""All that changes while an adversarial game is played."""

import torch
from torch.optim.swa_utils import AveragedModel

from skeeg.nn._identity import describe_network
from skeeg.nn._parameters import build, to_numpy

# How a batch is split decides how rounding errors add up, so on a CPU the number of shards must not
# depend on how many threads or processes there are.
N_SHARDS = 2


def _moving_average(decay):
    """Exponential moving average that soon forgets the first, untrained steps."""

    def update(averaged, current, n_averaged):
        warm = (1 + n_averaged.item()) / (10 + n_averaged.item())
        torch._foreach_lerp_(averaged, current, 1 - min(decay, warm))

    return update


def _moments(optimiser):
    """Adam's state as tensors by name."""
    return {
        f"{index}.{name}": value
        for index, moments in optimiser.state_dict()["state"].items()
        for name, value in moments.items()
    }


def _set_moments(optimiser, tensors):
    state = {}
    for name, value in tensors.items():
        index, _, moment = name.partition(".")
        state.setdefault(int(index), {})[moment] = value
    optimiser.load_state_dict({**optimiser.state_dict(), "state": state})


class Players:
    """Two networks, the average of one, their optimisers and their sources of random numbers.

    Parameters
    ----------
    make_generator, make_discriminator : callable
        Return the networks.

    betas : tuple of float
        Adam's decay rates.

    averaging : float
        Decay of the moving average of the generator.

    seed : int
        Seed of all that is random.

    fabric : lightning_fabric.Fabric
        The device, and which share of a batch is computed in this process.
    """

    def __init__(self, make_generator, make_discriminator, *, betas, averaging, seed, fabric):
        self.fabric = fabric
        self.generator = fabric.to_device(build(make_generator, seed))
        self.discriminator = fabric.to_device(build(make_discriminator, seed + 1))
        self.averaged = AveragedModel(self.generator, multi_avg_fn=_moving_average(averaging))
        networks = self.discriminator, self.generator
        self.optimisers = [
            torch.optim.Adam(network.parameters(), betas=betas, fused=True) for network in networks
        ]
        self.n_shards = max(fabric.world_size, N_SHARDS if fabric.device.type == "cpu" else 1)
        self.shards = range(fabric.global_rank, self.n_shards, fabric.world_size)
        self.randoms = [
            torch.Generator(fabric.device).manual_seed(seed + 2 + shard) for shard in self.shards
        ]
        self._growing = [
            module
            for network in (*networks, self.averaged)
            for module in network.modules()
            if hasattr(module, "progress")
        ]
        self.adaptive = [m for m in self.discriminator.modules() if hasattr(m, "adapt")]

    def tell(self, *, progress, learning_rate):
        """Set the fraction of the training that is done, and the learning rate of both."""
        for module in self._growing:
            module.progress = progress
        for optimiser in self.optimisers:
            optimiser.param_groups[0]["lr"] = learning_rate

    def score(self, classes, random, signals):
        """Return the discriminator's scores, in full precision whatever it computes with."""
        return self.discriminator(signals, classes, random).float()

    def penalty(self, classes, random):
        """Return what the generator has to pay beside its loss, 0 where it knows of nothing."""
        penalty = getattr(self.generator, "penalty", None)
        return penalty(classes, random) if penalty else 0

    @torch.no_grad()
    def adapt(self, advantages):
        """Tell adaptive modules by how much real signals win, the mean over all processes."""
        mean = self.fabric.all_reduce(sum(advantages), reduce_op="sum") / self.n_shards
        for module in self.adaptive:
            module.adapt(mean.item())

    def descend(self, player, results):
        """Step down the mean gradient of all shards and processes; return the mean loss."""
        losses, gradients = zip(*results, strict=True)
        total = torch.cat([sum(gradients), sum(losses).view(1)])
        mean = self.fabric.all_reduce(total, reduce_op="sum") / self.n_shards
        parameters = self.optimisers[player].param_groups[0]["params"]
        parts = mean[:-1].split([parameter.numel() for parameter in parameters])
        for parameter, part in zip(parameters, parts, strict=True):
            parameter.grad = part.view_as(parameter)
        self.optimisers[player].step()
        return mean[-1].item()

    def average(self):
        """Move the average on by one step."""
        self.averaged.update_parameters(self.generator)

    def describe(self):
        """Return what tells both networks from others, before they are trained."""
        return [describe_network(network) for network in (self.generator, self.discriminator)]

    def _networks(self):
        return {
            "generator": self.generator,
            "discriminator": self.discriminator,
            "averaged": self.averaged,
        }

    def networks_and_moments(self):
        """Return what `start_from` takes, as arrays by name."""
        arrays = {
            f"{part}.{name}": value
            for part, network in self._networks().items()
            for name, value in to_numpy(network).items()
        }
        for player, optimiser in enumerate(self.optimisers):
            for name, value in _moments(optimiser).items():
                arrays[f"adam {player}.{name}"] = value.numpy(force=True).copy()
        return arrays

    def state(self):
        """Return all of it as arrays by name, the same in every process."""
        mine = {shard: r.get_state() for shard, r in zip(self.shards, self.randoms, strict=True)}
        states = torch.zeros(self.n_shards, len(next(iter(mine.values()))), dtype=torch.int32)
        for shard, state in mine.items():
            states[shard] = state
        states = self.fabric.all_reduce(states, reduce_op="sum").to("cpu", torch.uint8)
        return {**self.networks_and_moments(), "random": states.numpy()}

    def start_from(self, arrays):
        """Take over the networks and optimisers that `state` has returned."""

        def part(name):
            start = f"{name}."
            return {
                key.removeprefix(start): torch.tensor(value)
                for key, value in arrays.items()
                if key.startswith(start)
            }

        for name, network in self._networks().items():
            try:
                network.load_state_dict(part(name))
            except RuntimeError as error:
                raise ValueError(
                    "The networks of the earlier training have other sizes, and this one cannot "
                    "start from them: channels, time points, number of classes and the parameters "
                    "of the networks must be the same."
                ) from error
        for player, optimiser in enumerate(self.optimisers):
            _set_moments(optimiser, part(f"adam {player}"))

    def go_on_from(self, arrays):
        """Take over all that `state` has returned, to go on as if nothing had happened."""
        self.start_from(arrays)
        for shard, random in zip(self.shards, self.randoms, strict=True):
            random.set_state(torch.tensor(arrays["random"][shard]))
