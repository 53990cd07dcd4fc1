"""`unfold` lays the windows of images side by side; `fold` adds them back where they came from.

Each is a convolution whose kernels are all zeros but for a single one.
"""

import math

from course_utils.scratch.creation import eye
from course_utils.scratch.nn.convolution import Sizes, repeated
from course_utils.scratch.nn.windows import Geometry, correlate, spread
from course_utils.scratch.tensor import Tensor


def _kernels(like: Tensor, channels: int, kernel: tuple[int, ...]) -> Tensor:
    """One kernel for each entry of a window: (C·kH·kW, C, kH, kW)."""
    count = channels * math.prod(kernel)
    return eye(count, dtype=like.dtype, device=like.device).reshape(count, channels, *kernel)


def _geometry(stride: Sizes, padding: Sizes, dilation: Sizes) -> Geometry:
    return Geometry(repeated(stride, 2), repeated(padding, 2), repeated(dilation, 2))


def unfold(
    input: Tensor, kernel_size: Sizes, dilation: Sizes = 1, padding: Sizes = 0, stride: Sizes = 1
) -> Tensor:
    """(N, C, H, W) → (N, C·kH·kW, number of windows)."""
    kernels = _kernels(input, input.array.shape[1], repeated(kernel_size, 2))
    return correlate(input, kernels, _geometry(stride, padding, dilation)).flatten(2)


def fold(
    input: Tensor,
    output_size: Sizes,
    kernel_size: Sizes,
    dilation: Sizes = 1,
    padding: Sizes = 0,
    stride: Sizes = 1,
) -> Tensor:
    """The transpose of `unfold`: (N, C·kH·kW, number of windows) → `(N, C, *output_size)`."""
    kernel, size = repeated(kernel_size, 2), repeated(output_size, 2)
    at = _geometry(stride, padding, dilation)
    kernels = _kernels(input, input.array.shape[1] // math.prod(kernel), kernel)
    return spread(input.unflatten(2, at.out_size(size, kernel)), kernels, at, size)
