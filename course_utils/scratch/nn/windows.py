"""Windows of images: the three operations that all convolutions and their derivatives are made of.

`correlate` weighs the windows of an input; `spread` is its transpose and puts values back over the
windows; `weigh` correlates an input with an adjoint, which gives that of the weights. Each one's
derivatives are the other two.

Windows become columns of a matrix, and a matrix product does the rest. They are copied along the
width only: row i of the kernel then meets a slice of these columns, i lines further down, and needs
no copy of its own.

Sources: LeCun et al. 1989, 1998; Chellapilla, Puri & Simard 2006 (windows as a matrix).
"""

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from course_utils.scratch import arrays
from course_utils.scratch.arrays import Array, quiet
from course_utils.scratch.graph import record
from course_utils.scratch.indexing import placed
from course_utils.scratch.tensor import Tensor


class Geometry(NamedTuple):
    """How a kernel walks over an image: pairs (along height, width), and groups of channels."""

    stride: tuple[int, int] = (1, 1)
    padding: tuple[int, int] = (0, 0)
    dilation: tuple[int, int] = (1, 1)
    groups: int = 1

    def out_size(self, size: tuple[int, ...], kernel: tuple[int, ...]) -> list[int]:
        """⌊(n + 2p − d(k − 1) − 1)/s⌋ + 1 along each dimension."""
        spans = zip(size, kernel, self.stride, self.padding, self.dilation, strict=True)
        return [(n + 2 * p - d * (k - 1) - 1) // s + 1 for n, k, s, p, d in spans]


def padded(x: Array, padding: tuple[int, int], fill: float = 0.0) -> Array:
    """The images with a border: (N, C, H, W) → (N, C, H + 2p, W + 2q)."""
    p, q = padding
    if p == q == 0:
        return x
    *lead, high, wide = x.shape
    out = arrays.zeros((*lead, high + 2 * p, wide + 2 * q), x)
    if fill:
        out[...] = fill
    out[..., p : p + high, q : q + wide] = x
    return out


def steps(places: tuple[int, int], kernel: tuple[int, int], at: Geometry) -> Iterator[tuple]:
    """For each entry (i, j) of the kernel, the slices of a padded image that it meets."""
    for i, j in itertools.product(*map(range, kernel)):
        yield (
            (i, j),
            tuple(
                slice(k * d, k * d + s * n, s)
                for k, d, s, n in zip((i, j), at.dilation, at.stride, places, strict=True)
            ),
        )


def _columns(
    x: Array, kernel: tuple[int, int], at: Geometry
) -> Iterator[tuple[slice, list[Array]]]:
    """A few images at a time: for each row of the kernel, (n, groups, C/groups·kW, oH·oW)."""
    high, wide = at.out_size(x.shape[2:], kernel)
    x = padded(x, at.padding)
    few = arrays.batch_that_fits(x, x.shape[1] * kernel[1] * x.shape[2] * wide)
    depth = x.shape[1] // at.groups * kernel[1]
    reach = at.stride[0] * (high - 1) + 1
    for start in range(0, len(x), few):
        here = slice(start, min(start + few, len(x)))
        seen = arrays.windows(x[here], kernel[1], at.stride[1], at.dilation[1])
        seen = arrays.contiguous(seen.swapaxes(2, 3))  # (n, C, kW, H, oW)
        columns = []
        for first in range(0, kernel[0] * at.dilation[0], at.dilation[0]):
            lines = seen[:, :, :, first : first + reach : at.stride[0]]  # (n, C, kW, oH, oW)
            columns.append(lines.reshape(len(lines), at.groups, depth, high * wide))
        yield here, columns


@quiet
def correlate(x: Tensor, w: Tensor, at: Geometry, bias: Tensor | None = None) -> Tensor:
    """Weighted sums of windows: (N, C, H, W), (O, C/groups, kH, kW), (O) → (N, O, oH, oW)."""
    kernel, size = tuple(w.array.shape[2:]), tuple(x.array.shape[2:])
    high, wide = at.out_size(size, kernel)
    n, o = len(x.array), w.array.shape[0]
    rows = w.xp.permute_dims(w.array, (2, 0, 1, 3)).reshape(
        kernel[0], at.groups, o // at.groups, -1
    )
    out = arrays.empty((n, at.groups, o // at.groups, high * wide), x.array)
    for here, columns in _columns(x.array, kernel, at):
        out[here] = rows[0] @ columns[0]
        for i in range(1, kernel[0]):
            out[here] += rows[i] @ columns[i]
    out = out.reshape(n, o, high, wide)
    edges = [(x, lambda g: spread(g, w, at, size), w), (w, lambda g: weigh(x, g, at, kernel), x)]
    if bias is not None:
        out += bias.array.reshape(o, 1, 1)
        edges.append((bias, lambda g: g.sum((0, 2, 3))))
    return record(out, *edges, name="convolution")


@quiet
def weigh(x: Tensor, g: Tensor, at: Geometry, kernel: tuple[int, int]) -> Tensor:
    """The adjoint of the weights: (N, C, H, W), (N, O, oH, oW) → (O, C/groups, kH, kW)."""
    (n, o, high, wide), depth = g.array.shape, x.array.shape[1] // at.groups
    values = g.array.reshape(n, at.groups, o // at.groups, high * wide)
    out = arrays.zeros((kernel[0], at.groups, o // at.groups, depth * kernel[1]), x.array)
    for here, columns in _columns(x.array, kernel, at):
        for i in range(kernel[0]):
            out[i] += (values[here] @ columns[i].swapaxes(2, 3)).sum(0)
    out = out.reshape(kernel[0], o, depth, kernel[1])  # rows of the kernel first
    size = tuple(x.array.shape[2:])
    return record(
        x.xp.permute_dims(out, (1, 2, 0, 3)),
        (x, lambda h: spread(g, h, at, size), g),
        (g, lambda h: correlate(x, h, at), x),
        name="convolution_weight",
    )


def spread(g: Tensor, w: Tensor, at: Geometry, size: tuple[int, int]) -> Tensor:
    """The transpose of `correlate`: `(N, O, oH, oW), (O, C/groups, kH, kW) → (N, C, *size)`.

    It is itself a correlation: of the values set `stride` apart among zeros, with kernels turned
    by half a turn and their two channel dimensions exchanged.
    """
    n, o = g.array.shape[:2]
    spans = [d * (k - 1) for d, k in zip(at.dilation, w.array.shape[2:], strict=True)]
    each = zip(g.array.shape[2:], spans, at.stride, at.padding, size, strict=True)
    taken, put = [], []
    for count, span, s, p, length in each:
        first = max(0, -((span - p) // s))  # values that fell on the border alone are left out
        start = span - p + first * s
        last = min(count, first + -(-(length + span - start) // s))
        taken.append(slice(first, last))
        put.append(slice(start, start + (last - first) * s, s))
    full = (n, o, *(length + span for length, span in zip(size, spans, strict=True)))
    apart = placed(g[(..., *taken)], (..., *put), full, once=True)
    turned = w.unflatten(0, (at.groups, o // at.groups)).transpose(1, 2)
    turned = turned.flatten(0, 1).flip(-2, -1)  # (C, O/groups, kH, kW)
    return correlate(apart, turned, Geometry(dilation=at.dilation, groups=at.groups))
