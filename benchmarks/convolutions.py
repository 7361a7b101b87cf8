"""A strided convolution of torch against its polyphase form, with one torch thread.

    python benchmarks/convolutions.py

Polyphase cuts the signal into as many phases as the stride, which become channels of a convolution
of stride 1 with a shorter kernel: the same numbers. Timed are the two passes of a training step, a
gradient and the gradient of a gradient penalty, on the layers of a WaveGAN; calls alternate, so
that both see the same machine. Printed is torch's median time over that of the polyphase form:
above 1, polyphase is faster.
"""

import statistics
import time

import torch
from torch.nn.functional import conv1d, leaky_relu, pad

BATCH, KERNEL, STRIDE, REPEATS = 32, 25, 4, 60
# channels in, points in, channels out
LAYERS = [(1, 192, 32), (32, 48, 64), (19, 512, 32), (64, 128, 128), (32, 512, 64)]


def strided(x, weight):
    """Convolve as torch does it."""
    return conv1d(x, weight, stride=STRIDE, padding=KERNEL // 2)


def polyphase(x, weight):
    """Convolve the phases with stride 1."""
    missing = -KERNEL % STRIDE
    weight = pad(weight, (0, missing)).unflatten(-1, (-1, STRIDE)).transpose(-1, -2).flatten(1, 2)
    x = pad(x, (KERNEL // 2, KERNEL // 2)).unflatten(-1, (-1, STRIDE)).transpose(-1, -2)
    return conv1d(x.flatten(1, 2), weight)


def gradient(convolve, x, weight):
    """Run what a generator step asks of a layer of the discriminator."""
    torch.autograd.grad(convolve(x, weight).square().sum(), [x, weight])


def penalty(convolve, x, weight):
    """Run what a gradient penalty asks of it."""
    score = leaky_relu(convolve(x, weight), 0.2).square().sum()
    (slope,) = torch.autograd.grad(score, x, create_graph=True)
    torch.autograd.grad(slope.square().sum() + score, weight)


def seconds(step, convolve, x, weight):
    """Time one call."""
    start = time.perf_counter()
    step(convolve, x, weight)
    return time.perf_counter() - start


def main():
    """Print a row for each layer."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    print(f"{'layer':<22}{'gradient':>10}{'penalty':>10}")
    for n_in, n_times, n_out in LAYERS:
        x = torch.randn(BATCH, n_in, n_times, requires_grad=True)
        weight = torch.randn(n_out, n_in, KERNEL, requires_grad=True)
        torch.testing.assert_close(polyphase(x, weight), strided(x, weight), atol=1e-3, rtol=1e-3)
        ratios = []
        for step in (gradient, penalty):
            pairs = [
                (seconds(step, strided, x, weight), seconds(step, polyphase, x, weight))
                for _ in range(REPEATS)
            ]
            ratios.append(
                statistics.median(a for a, _ in pairs) / statistics.median(b for _, b in pairs)
            )
        print(f"{f'{n_in} x {n_times} to {n_out}':<22}" + "".join(f"{r:>10.2f}" for r in ratios))


if __name__ == "__main__":
    main()
