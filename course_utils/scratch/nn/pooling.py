"""Pooling: the largest entry, or the mean, of each window.

Sources: Fukushima 1980 (blurring layers), LeCun et al. 1998 (averages), Riesenhuber & Poggio 1999
(maxima).
"""

import itertools
import math

from course_utils.scratch import arrays
from course_utils.scratch.arrays import Array, quiet
from course_utils.scratch.graph import record
from course_utils.scratch.nn.convolution import as_given, as_images, repeated
from course_utils.scratch.nn.windows import Geometry, padded, steps
from course_utils.scratch.shapes import stack
from course_utils.scratch.tensor import Tensor, wrap

Sizes = int | tuple[int, ...]


def _prepared(
    d: int, input: Tensor, kernel: Sizes, stride: Sizes | None, padding: Sizes, dilation: Sizes = 1
) -> tuple[tuple[int, int], Geometry, list[int]]:
    """Kernel, geometry and number of windows for images; a signal is an image of height 1."""
    if input.ndim not in (d + 1, d + 2):
        raise RuntimeError(
            f"Expected {d + 1}D or {d + 2}D input to pooling, but got input of size:"
            f" {list(input.shape)}"
        )
    rest = (1,) * (2 - d)
    kernel = rest + repeated(kernel, d)
    stride = rest + repeated(stride if stride not in (None, ()) else kernel[-d:], d)
    padding = (0,) * (2 - d) + repeated(padding, d)
    if any(2 * p > k for p, k in zip(padding, kernel, strict=True)):
        raise RuntimeError(
            f"pad should be at most half of effective kernel size, but got pad={padding[-d:]} and"
            f" kernel_size={kernel[-d:]}"
        )
    at = Geometry(stride, padding, rest + repeated(dilation, d))
    size = (1,) * (2 - d) + tuple(input.array.shape[-d:])
    places = at.out_size(size, kernel)
    if min(places) < 1:
        raise RuntimeError(
            f"Given input size: {list(input.shape)}. Calculated output size: {places[-d:]}. Output"
            f" size is too small for windows of {kernel[-d:]}"
        )
    return kernel, at, places


@quiet
def _max_pool(d: int, input: Tensor, *options: Sizes, indices: bool) -> Tensor | tuple:
    kernel, at, places = _prepared(d, input, *options)
    x = as_images(input, d)
    xp, size = x.xp, x.array.shape
    lowest = -math.inf if x.dtype.is_floating_point else int(xp.iinfo(x.array.dtype).min)
    image = padded(x.array, at.padding, lowest)
    best, where = None, None
    for (i, j), (rows, cols) in steps(places, kernel, at):
        seen = image[:, :, rows, cols]  # (N, C, oH, oW)
        place = i * at.dilation[0] * size[3] + j * at.dilation[1]
        if best is None:
            best, where = arrays.copy(seen), arrays.zeros(seen.shape, seen) + place
            where = where.astype("int64") if xp.__name__ == "numpy" else where.long()
        else:
            better = (seen > best) | (seen != seen)  # NaN wins, as in PyTorch
            best = xp.where(better, seen, best)
            where = xp.where(better, place, where)
    first = [s * xp.arange(n) - p for s, n, p in zip(at.stride, places, at.padding, strict=True)]
    where = where + (first[0].reshape(-1, 1) * size[3] + first[1])
    spans = (f * (k - 1) + 1 for f, k in zip(at.dilation, kernel, strict=True))
    apart = all(n <= s for n, s in zip(spans, at.stride, strict=True))
    edges = (x, lambda g: _returned(g, where, size, apart))
    out = record(best, edges, saves=(x,), name="max_pool")
    if indices:
        return as_given(out, input, d), as_given(wrap(where), input, d)
    return as_given(out, input, d)


def _returned(g: Tensor, where: Array, size: tuple[int, ...], apart: bool) -> Tensor:
    """Each maximum's adjoint at the place it came from, 0 elsewhere: (N, C, oH, oW) → `size`."""
    n, channels, high, wide = size
    images = g.xp.arange(n * channels).reshape(n, channels, 1, 1) * (high * wide)
    flat = (where + images).reshape(-1)
    out = arrays.zeros((math.prod(size),), g.array)
    if apart:
        out[flat] = g.array.reshape(-1)
    else:
        arrays.add_at(out, flat, g.array.reshape(-1))
    shape = g.array.shape
    return record(
        out.reshape(size),
        (g, lambda h: h.reshape(-1)[wrap(flat)].reshape(shape)),
        name="max_unpool",
    )


@quiet
def _sum_of_windows(x: Tensor, kernel: tuple[int, int], at: Geometry, places: list[int]) -> Tensor:
    """(N, C, H, W) → (N, C, oH, oW)."""
    image, size = padded(x.array, at.padding), tuple(x.array.shape)
    out = arrays.zeros((*size[:2], *places), x.array)
    for _, (rows, cols) in steps(places, kernel, at):
        out += image[:, :, rows, cols]
    return record(out, (x, lambda g: _over_windows(g, kernel, at, size)), name="avg_pool")


def _over_windows(g: Tensor, kernel: tuple[int, int], at: Geometry, size: tuple) -> Tensor:
    """The transpose of `_sum_of_windows`: (N, C, oH, oW) → `size`."""
    (p, q), places = at.padding, list(g.array.shape[2:])
    out = arrays.zeros((*size[:2], size[2] + 2 * p, size[3] + 2 * q), g.array)
    for _, (rows, cols) in steps(places, kernel, at):
        out[:, :, rows, cols] += g.array
    return record(
        out[:, :, p : p + size[2], q : q + size[3]],
        (g, lambda h: _sum_of_windows(h, kernel, at, places)),
        name="avg_pool_backward",
    )


def _avg_pool(d: int, input: Tensor, *options: Sizes, count_padding: bool) -> Tensor:
    kernel, at, places = _prepared(d, input, *options)
    x = as_images(input, d)
    count = math.prod(kernel)
    if not count_padding and any(at.padding):
        ones = wrap(arrays.zeros((1, 1, *x.array.shape[2:]), x.array) + 1)
        count = _sum_of_windows(ones, kernel, at, places)
    return as_given(_sum_of_windows(x, kernel, at, places) / count, input, d)


def max_pool1d(
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    *,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]:
    """Largest entry of each window: (N, C, L) → (N, C, oL); the first of equal ones."""
    return _max_pool(1, input, kernel_size, stride, padding, dilation, indices=return_indices)


def max_pool2d(
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    dilation: Sizes = 1,
    *,
    return_indices: bool = False,
) -> Tensor | tuple[Tensor, Tensor]:
    """Largest entry of each window: (N, C, H, W) → (N, C, oH, oW); the first of equal ones."""
    return _max_pool(2, input, kernel_size, stride, padding, dilation, indices=return_indices)


def avg_pool1d(
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    *,
    count_include_pad: bool = True,
) -> Tensor:
    """Mean of each window: (N, C, L) → (N, C, oL)."""
    return _avg_pool(1, input, kernel_size, stride, padding, count_padding=count_include_pad)


def avg_pool2d(
    input: Tensor,
    kernel_size: Sizes,
    stride: Sizes | None = None,
    padding: Sizes = 0,
    *,
    count_include_pad: bool = True,
) -> Tensor:
    """Mean of each window: (N, C, H, W) → (N, C, oH, oW)."""
    return _avg_pool(2, input, kernel_size, stride, padding, count_padding=count_include_pad)


def _cells(n: int, count: int) -> list[tuple[int, int]]:
    """`count` intervals that cover n entries, overlapping where they have to."""
    return [(i * n // count, -(-(i + 1) * n // count)) for i in range(count)]


def adaptive_avg_pool2d(input: Tensor, output_size: Sizes | tuple[int | None, ...]) -> Tensor:
    """Means over a grid of so many cells: `(N, C, H, W) → (N, C, *output_size)`."""
    out = input
    for dim, count in zip((-2, -1), repeated(output_size, 2), strict=True):
        n = input.array.shape[dim]
        cells = _cells(n, n if count is None else count)
        out = stack([out.narrow(dim, a, b - a).mean(dim) for a, b in cells], dim)
    return out


def adaptive_avg_pool1d(input: Tensor, output_size: int) -> Tensor:
    """Means over so many cells: (N, C, L) → (N, C, output_size)."""
    return adaptive_avg_pool2d(input.unsqueeze(-2), (1, output_size)).squeeze(-2)


def adaptive_max_pool2d(input: Tensor, output_size: Sizes | tuple[int | None, ...]) -> Tensor:
    """Maxima over a grid of so many cells: `(N, C, H, W) → (N, C, *output_size)`."""
    sizes = zip(input.array.shape[-2:], repeated(output_size, 2), strict=True)
    rows, cols = (_cells(n, n if count is None else count) for n, count in sizes)
    maxima = [
        input[..., a:b, c:d].flatten(-2).max(-1).values
        for (a, b), (c, d) in itertools.product(rows, cols)
    ]
    return stack(maxima, -1).unflatten(-1, (len(rows), len(cols)))
