"""Convolution: one small set of weights applied at every place of a signal or image.

As in PyTorch the kernel is not flipped, so it is the correlation that is called convolution.

Sources: LeCun et al., Backpropagation applied to handwritten zip code recognition, 1989, and
Gradient-based learning applied to document recognition, 1998; Zeiler et al. 2010 (transposed).
"""

from typing import Any

from course_utils.scratch.nn.padding import pad
from course_utils.scratch.nn.windows import Geometry, correlate, spread
from course_utils.scratch.operation import check_place
from course_utils.scratch.tensor import Tensor

Sizes = int | tuple[int, ...]


def repeated(value: Sizes, count: int) -> tuple[int, ...]:
    """A number for every dimension, or a number each."""
    return (value,) * count if isinstance(value, int) else tuple(value)


def _geometry(
    d: int, stride: Sizes, padding: Sizes | str, dilation: Sizes, groups: int, kernel: tuple
) -> Geometry:
    """The options of a d-dimensional convolution, for images; a signal is an image of height 1."""
    stride, dilation = repeated(stride, d), repeated(dilation, d)
    if padding == "valid":
        padding = 0
    if padding == "same":
        spans = [n * (k - 1) for n, k in zip(dilation, kernel, strict=True)]
        if any(s != 1 for s in stride):
            raise RuntimeError(
                f"padding='same' is not supported for strided convolutions; the stride is {stride}"
            )
        padding = tuple(span // 2 for span in spans)
    rest = 2 - d
    return Geometry(
        (1,) * rest + stride, (0,) * rest + repeated(padding, d), (1,) * rest + dilation, groups
    )


def _checked(input: Tensor, weight: Tensor, d: int, channels: int, groups: int) -> None:
    """Refuse an input that does not fit the weights."""
    if input.ndim not in (d + 1, d + 2):
        raise RuntimeError(
            f"Expected {d + 1}D (unbatched) or {d + 2}D (batched) input to conv{d}d, but got input"
            f" of size: {list(input.shape)}"
        )
    if input.array.shape[-d - 1] != channels:
        raise RuntimeError(
            f"Given groups={groups}, weight of size {list(weight.shape)}, expected"
            f" input{list(input.shape)} to have {channels} channels, but got"
            f" {input.array.shape[-d - 1]} channels instead"
        )
    if input.dtype is not weight.dtype:
        raise RuntimeError(
            f"Input type ({input.dtype}) and weight type ({weight.dtype}) should be the same"
        )
    check_place(input, weight)


def as_images(x: Tensor, d: int) -> Tensor:
    """Signals or images, batched or not, as (N, C, H, W)."""
    x = x.unsqueeze(0) if x.ndim == d + 1 else x
    return x.unsqueeze(2) if d == 1 else x


def as_given(out: Tensor, input: Tensor, d: int) -> Tensor:
    """The result (N, C, H, W) with the dimensions that the input had."""
    out = out.squeeze(2) if d == 1 else out
    return out.squeeze(0) if input.ndim == d + 1 else out


def convolution(
    d: int, input: Tensor, weight: Tensor, bias: Tensor | None, *options: Any
) -> Tensor:
    """`conv1d` or `conv2d`; options: stride, padding, dilation, groups."""
    stride, padding, dilation, groups = options
    _checked(input, weight, d, weight.array.shape[1] * groups, groups)
    kernel = tuple(weight.array.shape[2:])
    at = _geometry(d, stride, padding, dilation, groups, kernel)
    if padding == "same":  # of an odd border the larger part stands at the end
        spans = [n * (k - 1) for n, k in zip(repeated(dilation, d), kernel, strict=True)]
        if any(span % 2 for span in spans):
            input = pad(input, [n for span in reversed(spans) for n in (0, span % 2)])
    x, w = as_images(input, d), weight.unsqueeze(2) if d == 1 else weight
    spans = [n + 2 * p for n, p in zip(x.array.shape[2:], at.padding, strict=True)]
    if min(at.out_size(x.array.shape[2:], w.array.shape[2:])) < 1:
        raise RuntimeError(
            f"Calculated padded input size per channel: {tuple(spans[-d:])}. Kernel size: {kernel}."
            " Kernel size can't be greater than actual input size"
        )
    return as_given(correlate(x, w, at, bias), input, d)


def conv1d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Sizes = 1,
    padding: Sizes | str = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Tensor:
    """Signals with kernels: (N, C, L), (O, C/groups, k) → (N, O, ⌊(L + 2p − d(k−1) − 1)/s⌋ + 1).

    Raises
    ------
    RuntimeError
        Channels or types that do not fit, or a kernel longer than the padded signal.
    """
    return convolution(1, input, weight, bias, stride, padding, dilation, groups)


def conv2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Sizes = 1,
    padding: Sizes | str = 0,
    dilation: Sizes = 1,
    groups: int = 1,
) -> Tensor:
    """Images with kernels: (N, C, H, W), (O, C/groups, kH, kW) → (N, O, oH, oW).

    Raises
    ------
    RuntimeError
        Channels or types that do not fit, or a kernel larger than the padded image.
    """
    return convolution(2, input, weight, bias, stride, padding, dilation, groups)


def transposed(d: int, input: Tensor, weight: Tensor, bias: Tensor | None, *options: Any) -> Tensor:
    """`conv_transpose1d` or 2d; options: stride, padding, output_padding, groups, dilation."""
    stride, padding, output_padding, groups, dilation = options
    _checked(input, weight, d, weight.array.shape[0], groups)
    at = _geometry(d, stride, padding, dilation, groups, tuple(weight.array.shape[2:]))
    x, w = as_images(input, d), weight.unsqueeze(2) if d == 1 else weight
    extra = (0,) * (2 - d) + repeated(output_padding, d)
    if any(
        e >= max(s, f) for e, s, f in zip(extra[-d:], at.stride[-d:], at.dilation[-d:], strict=True)
    ):
        raise RuntimeError(
            "output padding must be smaller than either stride or dilation, but got"
            f" output_padding {extra[-d:]}, stride {at.stride[-d:]}, dilation {at.dilation[-d:]}"
        )
    spans = zip(x.array.shape[2:], w.array.shape[2:], *at[:3], extra, strict=True)
    size = tuple((n - 1) * s - 2 * p + f * (k - 1) + 1 + e for n, k, s, p, f, e in spans)
    out = spread(x, w, at, size)
    out = out if bias is None else out + bias.reshape(-1, 1, 1)
    return as_given(out, input, d)


def conv_transpose1d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Sizes = 1,
    padding: Sizes = 0,
    output_padding: Sizes = 0,
    groups: int = 1,
    dilation: Sizes = 1,
) -> Tensor:
    """The transpose of `conv1d`: (N, C, L), (C, O/groups, k) → (N, O, (L−1)s − 2p + d(k−1) + 1)."""
    return transposed(1, input, weight, bias, stride, padding, output_padding, groups, dilation)


def conv_transpose2d(
    input: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Sizes = 1,
    padding: Sizes = 0,
    output_padding: Sizes = 0,
    groups: int = 1,
    dilation: Sizes = 1,
) -> Tensor:
    """The transpose of `conv2d`: (N, C, H, W), (C, O/groups, kH, kW) → (N, O, oH, oW)."""
    return transposed(2, input, weight, bias, stride, padding, output_padding, groups, dilation)
