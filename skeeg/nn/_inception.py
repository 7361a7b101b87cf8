"""Convolutions of several lengths side by side."""

import torch
from torch import nn
from torch.nn.functional import leaky_relu, max_pool1d

from skeeg.nn._conditioning import SLOPE

POOL = 3


class InceptionBlock(nn.Module):
    """Filter signals with kernels of several lengths at once, and with a running maximum.

    A module of InceptionTime [1]_: a bottleneck of one point narrows the signals to `n_filters`
    channels where they have more, each kernel length makes as many new ones of these; a maximum
    over three points, followed by a convolution of one point, makes the last. All are added to a
    linear shortcut and rectified. Unlike there, each block has a shortcut, the block may stride,
    and nothing is normalised, so that a sample does not depend on its batch.

    Parameters
    ----------
    in_channels : int
        Channels of the input.

    n_filters : int
        Channels of each branch, one for each kernel and one for the maximum.

    kernel_sizes : tuple of int, default=(5, 11, 21)
        Points of the kernels; odd.

    stride : int, default=1
        Points of the input for each of the output.

    Attributes
    ----------
    size : int
        Channels of the output, `n_filters * (len(kernel_sizes) + 1)`.

    See Also
    --------
    SelfAttention : Joins points however far apart.

    References
    ----------
    .. [1] H. Ismail Fawaz et al., "InceptionTime: finding AlexNet for time series classification",
       Data Mining and Knowledge Discovery 34, 1936-1962, 2020.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import InceptionBlock
    >>> block = InceptionBlock(in_channels=1, n_filters=8, stride=4)
    >>> block(torch.zeros(3, 1, 50)).shape
    torch.Size([3, 32, 13])
    """

    def __init__(self, in_channels, n_filters, kernel_sizes=(5, 11, 21), stride=1):
        super().__init__()
        self.stride = stride
        self.size = n_filters * (len(kernel_sizes) + 1)
        narrow = min(in_channels, n_filters)
        wide = in_channels > narrow
        self.bottleneck = nn.Conv1d(in_channels, narrow, 1) if wide else nn.Identity()
        self.branches = nn.ModuleList(
            nn.Conv1d(narrow, n_filters, kernel_size, stride, padding=kernel_size // 2)
            for kernel_size in kernel_sizes
        )
        self.after_pool = nn.Conv1d(in_channels, n_filters, 1)
        self.shortcut = nn.Conv1d(in_channels, self.size, 1, stride)

    def forward(self, x):
        """Return filtered signals.

        Parameters
        ----------
        x : torch.Tensor of shape (n_samples, in_channels, n_times)
            Signals.

        Returns
        -------
        y : torch.Tensor of shape (n_samples, size, ceil(n_times / stride))
            The branches side by side, those of the kernels first, and the shortcut added.
        """
        narrow = self.bottleneck(x)
        peaks = max_pool1d(x, POOL, self.stride, padding=POOL // 2)
        branches = [branch(narrow) for branch in self.branches]
        y = torch.cat([*branches, self.after_pool(peaks)], 1)
        return leaky_relu(y + self.shortcut(x), SLOPE)
