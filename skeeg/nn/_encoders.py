"""Networks that turn a signal into a point on a sphere."""

from itertools import pairwise

import torch
from torch import nn
from torch.nn.functional import gelu, normalize

COARSEST = 8  # points of time that convolutions leave
N_GROUPS = 4  # of channels that are normalised together


def _drop(x, rate, random):
    """Set a share of the values to zero and scale the rest up."""
    kept = torch.rand(x.shape, generator=random, device=x.device) >= rate
    return x * kept / (1 - rate)


class ConvolutionalEncoder(nn.Module):
    """Encode signals by spatial filters and strided convolutions along time.

    Spatial filters mix the channels; then each stage halves the number of points by a convolution
    and a normalisation within the sample, with a rectifier in between, until 8 points or fewer are
    left, of which a linear layer makes the code.

    Parameters
    ----------
    n_channels : int
        Channels of the signals.

    n_times : int
        Time points of the signals, at least one.

    n_components : int
        Length of a code.

    width : int, default=32
        Number of spatial filters, and of channels of each stage; a multiple of 4.

    kernel_size : int, default=9
        Points of a kernel; odd.

    dropout : float, default=0.25
        Share of the values that are set to zero behind each stage while the network trains.

    Raises
    ------
    ValueError
        If `width` or `kernel_size` does not fit.

    See Also
    --------
    RecurrentEncoder : Encodes by long short-term memory.
    skeeg.feature_extraction.TripletEncoder : Trains them.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import ConvolutionalEncoder
    >>> encode = ConvolutionalEncoder(n_channels=14, n_times=32, n_components=128).eval()
    >>> code = encode(torch.randn(3, 14, 32))
    >>> code.shape
    torch.Size([3, 128])
    >>> code.norm(dim=1).allclose(torch.ones(3))
    True
    """

    def __init__(self, n_channels, n_times, n_components, *, width=32, kernel_size=9, dropout=0.25):
        super().__init__()
        if width % N_GROUPS or not kernel_size % 2:
            raise ValueError(
                f"width={width} and kernel_size={kernel_size}: the width must be a multiple of "
                f"{N_GROUPS}, the kernel of an odd number of points."
            )
        self.dropout = dropout
        self.spatial = nn.Conv1d(n_channels, width, 1)
        self.stages = nn.ModuleList([self._make_stage(width, kernel_size, 1)])
        while n_times > COARSEST:
            self.stages.append(self._make_stage(width, kernel_size, 2))
            n_times = (n_times + 1) // 2
        self.head = nn.Linear(width * n_times, n_components, bias=False)

    def _make_stage(self, width, kernel_size, stride):
        convolution = nn.Conv1d(width, width, kernel_size, stride, padding=kernel_size // 2)
        return nn.Sequential(convolution, nn.GroupNorm(N_GROUPS, width))

    def describe(self, signals, random=None):
        """Return codes of any length, before they are put on the sphere.

        Parameters
        ----------
        signals : torch.Tensor of shape (n_samples, n_channels, n_times)
            Signals, best of unit variance.

        random : torch.Generator, default=None
            Source of the dropout, which only a network in training mode has. None is the global
            one of torch.

        Returns
        -------
        codes : torch.Tensor of shape (n_samples, n_components)
            Codes.
        """
        first, *later = self.stages
        x = first(self.spatial(signals))
        for stage in later:
            x = stage(self._drop(gelu(x), random))
        return self.head(self._drop(x, random).flatten(1))

    def _drop(self, x, random):
        return _drop(x, self.dropout, random) if self.training and self.dropout else x

    def forward(self, signals, random=None):
        """Encode each signal.

        Parameters
        ----------
        signals : torch.Tensor of shape (n_samples, n_channels, n_times)
            Signals, best of unit variance.

        random : torch.Generator, default=None
            Source of the dropout, which only a network in training mode has. None is the global
            one of torch.

        Returns
        -------
        codes : torch.Tensor of shape (n_samples, n_components)
            Codes of Euclidean norm 1.
        """
        return normalize(self.describe(signals, random))


class RecurrentEncoder(nn.Module):
    """Encode signals by layers of long short-term memory, as EEG2Image does.

    Every layer reads the whole signal; the last state of the last one is the code.

    Parameters
    ----------
    n_channels : int
        Channels of the signals.

    n_times : int
        Time points of the signals; any number will do.

    n_components : int
        Length of a code, and size of the last layer.

    widths : sequence of int, default=(32,)
        Sizes of the layers before the last. With 128 components, the default is the encoder of
        EEG2Image [1]_ and ``(128, 128, 128)`` that of its follow-up [2]_.

    See Also
    --------
    ConvolutionalEncoder : Learns in a fraction of the time.
    skeeg.feature_extraction.TripletEncoder : Trains them.

    References
    ----------
    .. [1] P. Singh, P. Pandey, K. Miyapuram and S. Raman, "EEG2IMAGE: image reconstruction from EEG
       brain signals", ICASSP, 2023. https://arxiv.org/abs/2302.10121

    .. [2] P. Singh, D. Dalal, G. Vashishtha, K. Miyapuram and S. Raman, "Learning robust deep
       visual representations from EEG brain recordings", WACV, 2024.
       https://arxiv.org/abs/2310.16532

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import RecurrentEncoder
    >>> encode = RecurrentEncoder(n_channels=14, n_times=32, n_components=128).eval()
    >>> encode(torch.randn(3, 14, 32)).shape
    torch.Size([3, 128])
    """

    def __init__(self, n_channels, n_times, n_components, *, widths=(32,)):
        super().__init__()
        sizes = pairwise([n_channels, *widths, n_components])
        self.layers = nn.ModuleList(nn.LSTM(*size, batch_first=True) for size in sizes)

    def forward(self, signals, random=None):
        """Encode each signal.

        Parameters
        ----------
        signals : torch.Tensor of shape (n_samples, n_channels, n_times)
            Signals, best of unit variance.

        random : torch.Generator, default=None
            Not used: nothing here is random.

        Returns
        -------
        codes : torch.Tensor of shape (n_samples, n_components)
            Codes of Euclidean norm 1.
        """
        x = signals.swapaxes(1, 2)
        for layer in self.layers:
            x, _ = layer(x)
        return normalize(x[:, -1])
