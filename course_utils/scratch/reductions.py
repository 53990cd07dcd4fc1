"""Operations over dimensions: sum, mean, variance, norm, softmax … with their derivatives.

A sum sends its adjoint to every entry summed; most of the others are built on it.
"""

import math
from collections.abc import Sequence

from course_utils.scratch import arrays, dtypes
from course_utils.scratch.arrays import quiet
from course_utils.scratch.graph import RESULT, record
from course_utils.scratch.operation import dimension, dimensions, floating, operation
from course_utils.scratch.shapes import cat
from course_utils.scratch.tensor import Tensor, wrap

Dims = int | Sequence[int] | None


def spread(g: Tensor, dims: tuple[int, ...], keepdim: bool, shape: Sequence[int]) -> Tensor:
    """An adjoint of a reduced tensor, repeated along the dimensions that were reduced."""
    if not keepdim:
        for d in sorted(dims):
            g = g.unsqueeze(d)
    return g.expand(shape)


@operation
@quiet
def sum_(
    input: Tensor, dim: Dims = None, keepdim: bool = False, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """Sum over the dimensions `dim`, all of them for None."""
    x = input if dtype is None else input.to(dtype)
    x = x.to(dtypes.int64) if x.dtype.kind < 2 else x
    dims, shape = dimensions(dim, x.ndim), x.array.shape
    out = x.xp.sum(x.array, axis=dims, keepdims=keepdim)
    return record(out, (x, lambda g: spread(g, dims, keepdim, shape)))


@operation
def mean(
    input: Tensor, dim: Dims = None, keepdim: bool = False, *, dtype: dtypes.dtype | None = None
) -> Tensor:
    """Mean over the dimensions `dim`, all of them for None."""
    x = input if dtype is None else input.to(dtype)
    if not x.dtype.is_floating_point:
        raise RuntimeError(
            "mean(): could not infer output dtype. Input dtype must be either a floating point or"
            f" complex dtype. Got: {x.dtype}"
        )
    dims = dimensions(dim, x.ndim)
    shape = x.array.shape
    count = math.prod(shape[d] for d in dims) or math.nan
    out = x.xp.sum(x.array, axis=dims, keepdims=keepdim) / count
    return record(out, (x, lambda g: spread(g / count, dims, keepdim, shape)))


@operation
def sum_to_size(input: Tensor, *size: int) -> Tensor:
    """Sum over the dimensions along which a tensor of this size was broadcast: its adjoint."""
    shape = size[0] if size and not isinstance(size[0], int) else size
    extra = input.ndim - len(shape)
    ones = (i + extra for i, n in enumerate(shape) if n == 1 and input.array.shape[i + extra] != 1)
    dims = (*range(extra), *ones)
    return (input.sum(dims, keepdim=True) if dims else input).reshape(tuple(shape))


@operation
def var(
    input: Tensor,
    dim: Dims = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """Mean squared distance from the mean, the sum divided by n − 1, or by n if not `unbiased`."""
    if isinstance(dim, bool):  # var(False)
        dim, unbiased = None, dim
    dims = dimensions(dim, input.ndim)
    count = math.prod(input.array.shape[d] for d in dims)
    freedom = count - (unbiased if correction is None else correction)
    centred = input - input.mean(dims, keepdim=True)  # in two passes: exact also far from 0
    return (centred * centred).sum(dims, keepdim) / max(freedom, 0)


@operation
def std(
    input: Tensor,
    dim: Dims = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> Tensor:
    """Square root of `var`; where that is 0 the derivative is 0."""
    v = input.var(dim, unbiased, keepdim, correction=correction)

    def derivative(g: Tensor, y: Tensor) -> Tensor:
        return (g / (2 * y)).masked_fill(y == 0, 0.0)

    return record(v.xp.sqrt(v.array), (v, derivative), saves=RESULT)


@operation
@quiet
def prod(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Product over one dimension, or of all entries."""
    if dim is None:
        return input.reshape(-1).prod(0)
    d = dimension(dim, input.ndim)

    def derivative(g: Tensor) -> Tensor:  # for each entry, the product of the others
        n = input.array.shape[d]
        parts = [
            cat([input.narrow(d, 0, i), input.narrow(d, i + 1, n - i - 1)], d) for i in range(n)
        ]
        others = cat([part.prod(d, True) for part in parts], d)
        return (g if keepdim else g.unsqueeze(d)) * others

    out = input.xp.prod(input.array, axis=d, keepdims=keepdim)
    return record(out, (input, derivative), saves=(input,))


@operation
@quiet
def cumsum(input: Tensor, dim: int) -> Tensor:
    """Sums of the entries up to each, along one dimension."""
    d = dimension(dim, input.ndim)
    out = input.xp.cumulative_sum(input.array, axis=d).reshape(input.array.shape)
    return record(out, (input, lambda g: g.flip(d).cumsum(d).flip(d)))


@operation
def cumprod(input: Tensor, dim: int) -> Tensor:
    """Products of the entries up to each, along one dimension; the derivative at 0 is NaN."""
    d = dimension(dim, input.ndim)
    out = input.xp.cumulative_prod(input.array, axis=d).reshape(input.array.shape)

    def derivative(g: Tensor, y: Tensor) -> Tensor:
        return (g * y).flip(d).cumsum(d).flip(d) / input

    return record(out, (input, derivative), saves=(RESULT, input))


@operation
@quiet
def softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """e^x / Σ e^x along one dimension, computed with x − max x so that nothing overflows."""
    x = floating(input if dtype is None else input.to(dtype))
    d, xp = dimension(dim, x.ndim), x.xp
    out = xp.exp(arrays.contiguous(x.array) - _largest(x, d))
    out /= xp.sum(out, axis=d, keepdims=True)
    return record(out, (x, lambda g, y: y * (g - (g * y).sum(d, True))), saves=RESULT)


@operation
@quiet
def log_softmax(input: Tensor, dim: int, dtype: dtypes.dtype | None = None) -> Tensor:
    """X − log Σ e^x along one dimension; no logarithm of a tiny number is ever taken."""
    x = floating(input if dtype is None else input.to(dtype))
    d, xp = dimension(dim, x.ndim), x.xp
    out = arrays.contiguous(x.array) - _largest(x, d)
    out -= xp.log(xp.sum(xp.exp(out), axis=d, keepdims=True))
    return record(out, (x, lambda g, y: g - y.exp() * g.sum(d, True)), saves=RESULT)


@operation
@quiet
def logsumexp(input: Tensor, dim: Dims, keepdim: bool = False) -> Tensor:
    """Log Σ e^x over the dimensions `dim`."""
    x = floating(input)
    dims, xp = dimensions(dim, x.ndim), x.xp
    largest = xp.sum if 0 in x.array.shape else xp.max  # the sum of nothing is 0
    top = xp.asarray(largest(x.array, axis=dims, keepdims=True))
    top = xp.where(xp.isfinite(top), top, arrays.zeros((), top))  # all −∞: log 0, not NaN
    out = xp.log(xp.sum(xp.exp(x.array - top), axis=dims, keepdims=True)) + top

    def derivative(g: Tensor, y: Tensor) -> Tensor:  # g and y as they were returned
        shape = x.array.shape
        return spread(g, dims, keepdim, shape) * (x - spread(y, dims, keepdim, shape)).exp()

    out = out if keepdim else xp.squeeze(out, axis=dims)
    return record(out, (x, derivative), saves=(RESULT, x))


def _largest(x: Tensor, d: int) -> arrays.Array:
    """The largest entry along a dimension; 0 where there is none to take."""
    if not x.array.shape or 0 in x.array.shape:
        return 0 * x.array if not x.array.shape else 0
    return x.xp.max(x.array, axis=d, keepdims=True)


@operation
@quiet
def norm(input: Tensor, p: float | str = 2, dim: Dims = None, keepdim: bool = False) -> Tensor:
    """`(Σ |x|^p)^(1/p)` over the dimensions `dim`; p may be 0, ±inf or "fro"; derivative 0 at 0."""
    x, dims = floating(input), dimensions(dim, input.ndim)
    if p in (2, "fro", None):
        shape = x.array.shape
        out = x.xp.sqrt(x.xp.sum(x.array * x.array, axis=dims, keepdims=keepdim))

        def derivative(g: Tensor, y: Tensor) -> Tensor:
            y, g = spread(y, dims, keepdim, shape), spread(g, dims, keepdim, shape)
            return (g * x / y).masked_fill(y == 0, 0.0)

        return record(out, (x, derivative), saves=(RESULT, x))
    if p == 0:
        return (x != 0).to(x.dtype).sum(dims, keepdim)
    if math.isinf(p):
        return (x.abs().amax if p > 0 else x.abs().amin)(dims, keepdim)
    return (x.abs() ** p).sum(dims, keepdim) ** (1 / p)


@operation
def any_(input: Tensor, dim: Dims = None, keepdim: bool = False) -> Tensor:
    """Whether some entry is not 0."""
    return wrap(input.xp.any(input.array != 0, axis=dimensions(dim, input.ndim), keepdims=keepdim))


@operation
def all_(input: Tensor, dim: Dims = None, keepdim: bool = False) -> Tensor:
    """Whether no entry is 0."""
    return wrap(input.xp.all(input.array != 0, axis=dimensions(dim, input.ndim), keepdims=keepdim))


@operation
def count_nonzero(input: Tensor, dim: Dims = None) -> Tensor:
    """How many entries are not 0."""
    return (input != 0).sum(dim)
