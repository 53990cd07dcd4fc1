"""The layers of `convolution`: each holds its weights and biases."""

import math
from typing import Any

from course_utils.scratch.nn import init
from course_utils.scratch.nn.convolution import Sizes, convolution, repeated, transposed
from course_utils.scratch.nn.module import Module
from course_utils.scratch.nn.registry import empty_parameter
from course_utils.scratch.tensor import Tensor


class _Convolution(Module):
    """What the layers share: weights drawn uniformly within ±1/√fan_in, as PyTorch draws them."""

    d = 2
    transposed = False

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Sizes,
        stride: Sizes = 1,
        padding: Sizes | str = 0,
        dilation: Sizes = 1,
        groups: int = 1,
        bias: bool = True,
        device: Any = None,
        dtype: Any = None,
        output_padding: Sizes = 0,
    ) -> None:
        super().__init__()
        for name, channels in (("in_channels", in_channels), ("out_channels", out_channels)):
            if groups < 1 or channels % groups:
                raise ValueError(f"{name} must be divisible by groups, got {channels} and {groups}")
        if isinstance(padding, str) and padding not in ("same", "valid"):
            raise ValueError(
                f"Invalid padding string {padding!r}, should be one of 'valid', 'same'"
            )
        if padding == "same" and any(s != 1 for s in repeated(stride, self.d)):
            raise ValueError(
                f"padding='same' is not supported for strided convolutions; the stride is {stride}"
            )
        self.in_channels, self.out_channels, self.groups = in_channels, out_channels, groups
        self.kernel_size = repeated(kernel_size, self.d)
        self.stride, self.dilation = repeated(stride, self.d), repeated(dilation, self.d)
        self.padding = padding if isinstance(padding, str) else repeated(padding, self.d)
        self.output_padding = repeated(output_padding, self.d)
        ends = (in_channels, out_channels) if self.transposed else (out_channels, in_channels)
        size = (ends[0], ends[1] // groups, *self.kernel_size)
        self.weight = empty_parameter(size, device, dtype)
        self.register_parameter(
            "bias", empty_parameter((out_channels,), device, dtype) if bias else None
        )
        self.reset_parameters()

    def reset_parameters(self) -> None:
        """Draw the weights anew."""
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in, _ = init._calculate_fan_in_and_fan_out(self.weight)
            init.uniform_(self.bias, -1 / math.sqrt(fan_in), 1 / math.sqrt(fan_in))

    def forward(self, input: Tensor) -> Tensor:
        """(N, in_channels, *size) → (N, out_channels, *new size)."""
        options = (self.stride, self.padding, self.dilation, self.groups)
        return convolution(self.d, input, self.weight, self.bias, *options)

    def extra_repr(self) -> str:
        """As PyTorch prints it: what differs from the defaults."""
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}"
        text += f", stride={self.stride}"
        for name in ("padding", "output_padding", "dilation"):
            usual = (1 if name == "dilation" else 0,) * self.d
            if getattr(self, name) != usual:
                text += f", {name}={getattr(self, name)!r}"
        text += f", groups={self.groups}" if self.groups != 1 else ""
        return text + (", bias=False" if self.bias is None else "")


class Conv1d(_Convolution):
    """Convolution of signals; `weight` (out_channels, in_channels/groups, k)."""

    d = 1


class Conv2d(_Convolution):
    """Convolution of images; `weight` (out_channels, in_channels/groups, kH, kW)."""


class _Transposed(_Convolution):
    transposed = True

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Sizes,
        stride: Sizes = 1,
        padding: Sizes = 0,
        output_padding: Sizes = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Sizes = 1,
        device: Any = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(
            in_channels,
            out_channels,
            kernel_size,
            stride,
            padding,
            dilation,
            groups,
            bias,
            device,
            dtype,
            output_padding,
        )

    def forward(self, input: Tensor) -> Tensor:
        """(N, in_channels, *size) → (N, out_channels, *new size)."""
        options = (self.stride, self.padding, self.output_padding, self.groups, self.dilation)
        return transposed(self.d, input, self.weight, self.bias, *options)


class ConvTranspose1d(_Transposed):
    """The transpose of `Conv1d`; `weight` (in_channels, out_channels/groups, k)."""

    d = 1


class ConvTranspose2d(_Transposed):
    """The transpose of `Conv2d`; `weight` (in_channels, out_channels/groups, kH, kW)."""
