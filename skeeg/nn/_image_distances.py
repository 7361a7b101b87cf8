"""Figures of torchmetrics on features of images, and networks that make such features."""

import numpy as np
import torch

BATCH = 64
N_SUBSETS, LARGEST_SUBSET = 20, 1000


class _Features(torch.nn.Module):
    """Takes the place of a network, for figures of features that are there already."""

    def __init__(self, num_features):
        super().__init__()
        self.num_features = num_features

    def forward(self, features):
        return features


@torch.inference_mode()
def apply_network(network, images):
    """Return what a network says of images.

    Parameters
    ----------
    network : torch.nn.Module
        Takes bytes of shape (n_samples, 3, height, width); in evaluation mode, on the CPU.

    images : ndarray of uint8, shape (n_samples, height, width) or (n_samples, height, width, 3)
        Images; grey ones get three equal colours.

    Returns
    -------
    outputs : ndarray of float64, shape (n_samples, ...)
        One for each image.
    """
    if images.ndim == 3:
        images = np.repeat(images[..., np.newaxis], 3, axis=-1)
    colours_first = torch.as_tensor(np.moveaxis(images, -1, 1).copy())
    return torch.cat([network(part) for part in colours_first.split(BATCH)]).double().numpy()


def frechet(real, synthetic):
    """Return the squared Fréchet distance between normal distributions fitted to features.

    Parameters
    ----------
    real, synthetic : ndarray of float64, shape (n_samples, n_features)
        Features.

    Returns
    -------
    distance : float
        Not below 0.
    """
    from torchmetrics.image.fid import FrechetInceptionDistance

    metric = FrechetInceptionDistance(_Features(real.shape[1])).set_dtype(torch.float64)
    metric.update(torch.tensor(real), real=True)
    metric.update(torch.tensor(synthetic), real=False)
    return max(0.0, metric.compute().item())


def kernel_discrepancy(real, synthetic, random):
    """Return the squared maximum mean discrepancy with the cubic kernel, without bias.

    Parameters
    ----------
    real, synthetic : ndarray of float64, shape (n_samples, n_features)
        Features.

    random : RandomState
        Chooses subsets of equal size.

    Returns
    -------
    discrepancy : float
        Around 0 for features of one distribution.
    """
    # its class KernelInceptionDistance draws subsets from torch's global generator
    from torchmetrics.image.kid import poly_mmd

    size = min(len(real), len(synthetic), LARGEST_SUBSET)

    def draw(table):
        return torch.tensor(table[random.permutation(len(table))[:size]])

    found = [poly_mmd(draw(real), draw(synthetic)).item() for _ in range(N_SUBSETS)]
    return float(np.mean(found))
