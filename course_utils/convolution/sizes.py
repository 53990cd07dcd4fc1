"""Sizes: how many places a kernel has, and how many weights it takes.

The formulas are those of Dumoulin and Visin (2016), "A guide to convolution arithmetic for deep
learning", https://arxiv.org/abs/1603.07285. Everything here is for one axis; an image has two.
"""

from collections.abc import Sequence
from typing import Any

#: Pixels added at both ends, pixels added (before, after), "valid" (none) or "same" (as many as
#: keep the size, at stride 1).
Padding = int | tuple[int, int] | str


def whole(value: Any, name: str, least: int) -> int:
    """``value`` as an int that is at least ``least``.

    Raises
    ------
    ValueError
        Where it is something else.
    """
    if isinstance(value, bool) or not hasattr(value, "__index__") or int(value) < least:
        raise ValueError(f"{name} should be a whole number from {least}, got {value!r}")
    return int(value)


def pads(kernel: int, padding: Padding = 0, dilation: int = 1) -> tuple[int, int]:
    """Pixels that a padding adds before and after; where they cannot be equal, more after.

    Parameters
    ----------
    kernel
        Length k of the kernel.
    padding
        A number, a pair, "valid" or "same".
    dilation
        Distance of neighbouring entries of the kernel on the image.

    Raises
    ------
    ValueError
        For another padding, or numbers that are no lengths.
    """
    span = whole(dilation, "dilation", 1) * (whole(kernel, "kernel", 1) - 1)
    if isinstance(padding, str):
        if padding not in ("same", "valid"):
            raise ValueError(f"padding should be a number, a pair, 'same' or 'valid': {padding!r}")
        return (span // 2, span - span // 2) if padding == "same" else (0, 0)
    pair = padding if isinstance(padding, tuple | list) else (padding, padding)
    if len(pair) != 2:
        raise ValueError(f"padding should be one number or (before, after), got {padding!r}")
    return whole(pair[0], "padding", 0), whole(pair[1], "padding", 0)


def output_size(
    size: int, kernel: int, stride: int = 1, padding: Padding = 0, dilation: int = 1
) -> int:
    """Number of places of a kernel: ⌊(n + p₁ + p₂ − d(k − 1) − 1) / s⌋ + 1.

    Parameters
    ----------
    size, kernel
        Lengths n of the image and k of the kernel, in pixels.
    stride
        Step s from one place to the next.
    padding
        Pixels p₁ before and p₂ after the image: a number for both, a pair, "valid" or "same".
    dilation
        Distance d of neighbouring entries of the kernel on the image.

    Raises
    ------
    ValueError
        Where the kernel is larger than the padded image, a number is no length, or "same" is asked
        for with a stride above 1.
    """
    size, stride = whole(size, "size", 1), whole(stride, "stride", 1)
    if padding == "same" and stride > 1:
        raise ValueError(f"padding 'same' keeps the size at stride 1 only, got stride {stride}")
    padded = size + sum(pads(kernel, padding, dilation))
    span = dilation * (kernel - 1) + 1
    if span > padded:
        raise ValueError(
            f"the kernel spans {span} pixels, the padded image has {padded}: it fits nowhere"
        )
    return (padded - span) // stride + 1


def transposed_size(
    size: int, kernel: int, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> int:
    """Output length of a transposed convolution: (n − 1)s − 2p + k + o.

    A stride makes several input sizes of a convolution give one output size;
    ``output_padding`` says which of them is meant, from 0 to s − 1.

    Raises
    ------
    ValueError
        Where nothing is left, or ``output_padding`` is not below the stride.
    """
    size, kernel = whole(size, "size", 1), whole(kernel, "kernel", 1)
    stride, padding = whole(stride, "stride", 1), whole(padding, "padding", 0)
    if whole(output_padding, "output_padding", 0) >= stride:
        raise ValueError(f"output_padding {output_padding} should be below the stride {stride}")
    out = (size - 1) * stride - 2 * padding + kernel + output_padding
    if out < 1:
        raise ValueError(f"padding {padding} takes away everything: the output size would be {out}")
    return out


def stack_weights(kernels: Sequence[int], channels: int = 1) -> int:
    """Weights, without biases, of convolutions one behind the other: Σ k² C².

    All have C channels before and after. One 7 × 7 has 49 C², three 3 × 3 have 27 C², and both see
    7 × 7 pixels.

    Raises
    ------
    ValueError
        For numbers that are no lengths.
    """
    channels = whole(channels, "channels", 1)
    return sum(whole(k, "kernel", 1) ** 2 * channels**2 for k in kernels)
