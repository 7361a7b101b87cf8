"""Layers in which every point of a signal looks at every other."""

import torch
from torch import nn

REDUCTION = 8


class SelfAttention(nn.Module):
    """Add to every point of a signal what it picks from all points, however far away.

    A convolution joins neighbours; here a point is compared with all others and takes a weighted
    mean of them, where the weights depend on the content of both and on their places [1]_. A
    learned gate scales what is added and starts at 0, so that a network begins with its local
    layers [2]_. The cost grows with the square of the length: use it where signals are short.

    Parameters
    ----------
    n_channels : int
        Channels of the signals.

    n_times : int
        Time points of the signals; each has a learned code of its place.

    See Also
    --------
    UpsamplingConv1d : Joins neighbours.

    References
    ----------
    .. [1] A. Vaswani et al., "Attention is all you need", NeurIPS, 2017.
    .. [2] H. Zhang, I. Goodfellow, D. Metaxas, A. Odena, "Self-attention generative adversarial
       networks", ICML, 2019.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import SelfAttention
    >>> attend = SelfAttention(n_channels=8, n_times=50)
    >>> attend(torch.zeros(3, 8, 50)).shape
    torch.Size([3, 8, 50])
    """

    def __init__(self, n_channels, n_times):
        super().__init__()
        size = max(1, n_channels // REDUCTION)
        self.sizes = size, size, n_channels
        self.place = nn.Parameter(torch.empty(n_times, n_channels))
        self.project = nn.Linear(n_channels, sum(self.sizes), bias=False)
        self.gate = nn.Parameter(torch.empty(1))

    def forward(self, x):
        """Return the signals with what their points picked.

        Parameters
        ----------
        x : torch.Tensor of shape (n_samples, n_channels, n_times)
            Signals.

        Returns
        -------
        y : torch.Tensor of shape (n_samples, n_channels, n_times)
            Signals; unchanged where the gate is 0.
        """
        points = x.transpose(1, 2) + self.place
        query, key, value = self.project(points).split(self.sizes, dim=-1)
        # torch's fused attention has no second derivative, which gradient penalties take.
        weights = (query @ key.transpose(1, 2) / self.sizes[0] ** 0.5).softmax(dim=-1)
        return x + self.gate * (weights @ value).transpose(1, 2)
