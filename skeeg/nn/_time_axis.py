"""Layers that move signals along the time axis."""

import torch
from torch import nn
from torch.nn.functional import conv_transpose1d, pad


class UpsamplingConv1d(nn.Module):
    """Interpolate linearly to `stride` times as many points, then convolve, in one step.

    Both are linear, so the triangle of the interpolation is folded into the kernel of a single
    transposed convolution: as cheap as one, without its checkerboard of period `stride` [1]_.
    Beyond the ends the signal counts as zero. Further than a kernel from them, the result is that
    of :func:`torch.nn.functional.interpolate` and :func:`torch.nn.functional.conv1d`.

    The parameters are left for :func:`train_gan` to draw.

    Parameters
    ----------
    in_channels : int
        Channels of the input.

    out_channels : int
        Channels of the output.

    kernel_size : int
        Points of the kernel on the finer grid; odd, or else the signal shifts by half a point.

    stride : int
        Points of the output for each of the input; even, or else the signal shifts by half a point.

    See Also
    --------
    torch.nn.ConvTranspose1d : Fills in zeros instead of interpolating.

    References
    ----------
    .. [1] A. Odena, V. Dumoulin, C. Olah, "Deconvolution and checkerboard artifacts", Distill,
       2016.

    Examples
    --------
    A kernel of one point only interpolates:

    >>> import torch
    >>> from skeeg.nn import UpsamplingConv1d
    >>> layer = UpsamplingConv1d(1, 1, kernel_size=1, stride=2).requires_grad_(False)
    >>> layer.weight[:], layer.bias[:] = 1, 0
    >>> layer(torch.tensor([[[0.0, 4.0, 0.0]]]))
    tensor([[[0., 1., 3., 3., 1., 0.]]])
    """

    def __init__(self, in_channels, out_channels, kernel_size, stride):
        super().__init__()
        self.stride = stride
        self.weight = nn.Parameter(torch.empty(out_channels, in_channels, kernel_size))
        self.bias = nn.Parameter(torch.empty(out_channels))

    def forward(self, x):
        """Return longer signals.

        Parameters
        ----------
        x : torch.Tensor of shape (n_samples, in_channels, n_times)
            Signals.

        Returns
        -------
        y : torch.Tensor of shape (n_samples, out_channels, stride * n_times)
            Signals interpolated and convolved.
        """
        n_taps = self.weight.shape[-1]
        ramp = torch.arange(0.5, 2 * self.stride, dtype=x.dtype, device=x.device)
        triangle = pad(1 - (ramp / self.stride - 1).abs(), (n_taps - 1, n_taps - 1))
        # A transposed convolution runs its kernels backwards, as the windows of the triangle do.
        kernels = self.weight @ triangle.unfold(0, n_taps + 2 * self.stride - 1, 1)
        excess = kernels.shape[-1] - self.stride
        return conv_transpose1d(
            x,
            kernels.transpose(0, 1),
            self.bias,
            self.stride,
            padding=(excess + 1) // 2,
            output_padding=excess % 2,
        )


class PhaseShuffle(nn.Module):
    """Shift every signal by a few random points, reflected at the ends.

    It keeps the discriminator from knowing synthetic signals by the phase of their artefacts
    [1]_.

    Parameters
    ----------
    max_shift : int
        Largest shift to either side, in points; less where signals are too short to reflect.

    See Also
    --------
    UpsamplingConv1d : Leaves fewer such artefacts than other strided convolutions.

    References
    ----------
    .. [1] C. Donahue, J. McAuley, M. Puckette, "Adversarial audio synthesis", ICLR, 2019.

    Examples
    --------
    >>> import torch
    >>> from skeeg.nn import PhaseShuffle
    >>> signals = torch.arange(6.0).expand(2, 1, 6)
    >>> PhaseShuffle(2)(signals, torch.Generator().manual_seed(1))
    tensor([[[2., 1., 0., 1., 2., 3.]],
    <BLANKLINE>
            [[2., 3., 4., 5., 4., 3.]]])
    """

    def __init__(self, max_shift):
        super().__init__()
        self.max_shift = max_shift

    def forward(self, x, random):
        """Return signals, all channels of a sample shifted alike.

        Parameters
        ----------
        x : torch.Tensor of shape (n_samples, n_channels, n_times)
            Signals.

        random : torch.Generator
            Source of the shifts.

        Returns
        -------
        y : torch.Tensor of shape (n_samples, n_channels, n_times)
            Signals shifted by at most `max_shift` points.
        """
        n_samples, _, n_times = x.shape
        reach = min(self.max_shift, n_times - 1)
        start = torch.randint(2 * reach + 1, (n_samples, 1, 1), generator=random, device=x.device)
        index = start + torch.arange(n_times, device=x.device)
        return pad(x, (reach, reach), mode="reflect").gather(-1, index.expand(x.shape))
