"""A compact convolutional network that tells classes of EEG apart."""

import torch
from torch import nn
from torch.nn.functional import avg_pool1d, conv1d, elu, pad

POOLS = 4, 8  # points that become one behind each of the two blocks
MAX_NORMS = 1.0, 0.25  # of a spatial filter, and of the weights of a class


def _keep_length(x, kernel_size):
    """Pad with zeros, so that a convolution leaves as many points as there were."""
    return pad(x, ((kernel_size - 1) // 2, kernel_size // 2))


def _drop(x, rate, random):
    """Set a share of the values to zero and scale the rest up."""
    kept = torch.rand(x.shape, generator=random, device=x.device) >= rate
    return x * kept / (1 - rate)


class EEGNet(nn.Module):
    """Score each class of a signal: filters in space and time, then their course.

    The network of Lawhern et al. [1]_: `width` filters along time, each with `n_spatial_filters`
    weightings of the channels; then a separable convolution over what is left of time. Spatial
    filters come first here, and nothing is normalised in between. Both are linear and are
    normalised afterwards, so the network can compute the same functions at a fraction of the
    cost.

    Parameters
    ----------
    n_channels : int
        Channels of the signals.

    n_times : int
        Time points of the signals, at least one.

    n_classes : int
        Number of classes.

    width : int, default=8
        Number of filters along time.

    n_spatial_filters : int, default=2
        Number of weightings of the channels for each filter along time.

    kernel_size : int, default=64
        Points of the filters along time, at most `n_times`; those of the second block cover the
        same time.

    dropout : float, default=0.25
        Share of the values that are set to zero behind each block while the network trains.

    See Also
    --------
    skeeg.classification.EEGNetClassifier : Trains it.

    References
    ----------
    .. [1] V. J. Lawhern et al., "EEGNet: a compact convolutional neural network for EEG-based
       brain-computer interfaces", Journal of Neural Engineering 15, 056013, 2018.
       https://doi.org/10.1088/1741-2552/aace8c

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import EEGNet
    >>> score = EEGNet(n_channels=19, n_times=500, n_classes=4).eval()
    >>> score(torch.zeros(3, 19, 500)).shape
    torch.Size([3, 4])
    """

    def __init__(
        self,
        n_channels,
        n_times,
        n_classes,
        *,
        width=8,
        n_spatial_filters=2,
        kernel_size=64,
        dropout=0.25,
    ):
        super().__init__()
        size, kernel_size = width * n_spatial_filters, min(kernel_size, n_times)
        self.pools = [min(POOLS[0], n_times)]
        shorter = n_times // self.pools[0]
        self.pools.append(min(POOLS[1], shorter))
        self.dropout, self.n_spatial_filters = dropout, n_spatial_filters
        self.spatial = nn.Conv1d(n_channels, size, 1, bias=False)
        self.temporal = nn.Parameter(torch.empty(width, 1, kernel_size))
        self.first_norm = nn.BatchNorm1d(size)
        coarse = max(1, kernel_size // POOLS[0])
        self.depthwise = nn.Conv1d(size, size, coarse, groups=size, bias=False)
        self.pointwise = nn.Conv1d(size, size, 1, bias=False)
        self.second_norm = nn.BatchNorm1d(size)
        self.head = nn.Linear(size * (shorter // self.pools[1]), n_classes)
        if not self.temporal.is_meta:
            self.reset_parameters(None)

    @torch.no_grad()
    def reset_parameters(self, random):
        """Draw all weights anew, uniformly in the range of Glorot and Bengio.

        Parameters
        ----------
        random : torch.Generator or None
            Source of all that is random. None is the global one of torch.
        """
        for module in self.modules():
            if isinstance(module, nn.BatchNorm1d):
                module.reset_parameters()
        for parameter in self.parameters():
            if parameter.ndim > 1:
                nn.init.xavier_uniform_(parameter, generator=random)
        self.head.bias.zero_()
        self.limit_weights()

    @torch.no_grad()
    def limit_weights(self):
        """Shorten spatial filters to norm 1 and the weights of classes to 0.25, if longer."""
        for layer, max_norm in zip((self.spatial, self.head), MAX_NORMS, strict=True):
            layer.weight.copy_(torch.renorm(layer.weight, 2, 0, max_norm))

    def forward(self, signals, random=None):
        """Score each class.

        Parameters
        ----------
        signals : torch.Tensor of shape (n_samples, n_channels, n_times)
            Signals, best of unit variance.

        random : torch.Generator, default=None
            Source of the dropout, which only a network in training mode has. None is the global
            one of torch.

        Returns
        -------
        scores : torch.Tensor of shape (n_samples, n_classes)
            Logits: the softmax of a row are its probabilities.
        """
        filters = self.temporal.repeat_interleave(self.n_spatial_filters, 0)
        x = _keep_length(self.spatial(signals), filters.shape[-1])
        x = self.first_norm(conv1d(x, filters, groups=len(filters)))
        x = self._finish(x, self.pools[0], random)
        x = self.depthwise(_keep_length(x, self.depthwise.kernel_size[0]))
        x = self.second_norm(self.pointwise(x))
        return self.head(self._finish(x, self.pools[1], random).flatten(1))

    def _finish(self, x, pool, random):
        x = avg_pool1d(elu(x), pool)
        return _drop(x, self.dropout, random) if self.training else x
