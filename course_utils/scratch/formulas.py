"""Functions of each entry, and statistics, made of other operations: none has a derivative here."""

import math

from course_utils.scratch import dtypes
from course_utils.scratch.choices import maximum, where
from course_utils.scratch.operation import function, operation
from course_utils.scratch.reductions import Dims, norm
from course_utils.scratch.tensor import Tensor


@operation
def square(input: Tensor) -> Tensor:
    """input² of each entry."""
    return input * input


@operation
def addcmul(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """Input + value · tensor1 · tensor2."""
    return input + value * (tensor1 * tensor2)


@operation
def addcdiv(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: float = 1) -> Tensor:
    """Input + value · tensor1 / tensor2."""
    return input + value * (tensor1 / tensor2)


@operation
def addmm(
    input: Tensor, mat1: Tensor, mat2: Tensor, *, beta: float = 1, alpha: float = 1
) -> Tensor:
    """Beta · input + alpha · mat1 @ mat2."""
    return beta * input + alpha * (mat1 @ mat2)


@operation
def lerp(input: Tensor, end: Tensor, weight: Tensor | float) -> Tensor:
    """Input + weight · (end − input)."""
    return input + weight * (end - input)


@operation
def dist(input: Tensor, other: Tensor, p: float = 2) -> Tensor:
    """The p-norm of input − other."""
    return norm(input - other, p)


@function()
def cdist(x1: Tensor, x2: Tensor, p: float = 2.0) -> Tensor:
    """Distances between rows: (…, n, d), (…, m, d) → (…, n, m)."""
    return norm(x1.unsqueeze(-2) - x2.unsqueeze(-3), p, -1)


@operation
def nan_to_num(input: Tensor, nan: float = 0.0) -> Tensor:
    """The entries with `nan` in place of what is not a number, and ±∞ as the largest finite."""
    most = dtypes.finfo(input.dtype).max
    return where(input.isnan(), nan, input).clamp(-most, most)


@operation
def heaviside(input: Tensor, values: Tensor) -> Tensor:
    """The step: 0 below 0, `values` at 0, 1 above."""
    return where(input == 0, values.to(input.dtype), (input > 0).to(input.dtype))


@operation
def deg2rad(input: Tensor) -> Tensor:
    """Degrees in radians."""
    return input * (math.pi / 180)


@operation
def logaddexp(input: Tensor, other: Tensor) -> Tensor:
    """log(e^input + e^other), computed from the larger."""
    return maximum(input, other) + (-(input - other).abs()).exp().log1p()


@operation
def std_mean(
    input: Tensor,
    dim: Dims = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> tuple[Tensor, Tensor]:
    """Standard deviation and mean over the dimensions `dim`."""
    spread = input.std(dim, unbiased, keepdim, correction=correction)
    return spread, input.mean(dim, keepdim)


@operation
def var_mean(
    input: Tensor,
    dim: Dims = None,
    unbiased: bool = True,
    keepdim: bool = False,
    *,
    correction: float | None = None,
) -> tuple[Tensor, Tensor]:
    """Variance and mean over the dimensions `dim`."""
    spread = input.var(dim, unbiased, keepdim, correction=correction)
    return spread, input.mean(dim, keepdim)


@operation
def diff(input: Tensor, n: int = 1, dim: int = -1) -> Tensor:
    """Differences of neighbours along one dimension, n times over."""
    length = input.array.shape[dim]
    if n == 0:
        return input
    return (input.narrow(dim, 1, length - 1) - input.narrow(dim, 0, length - 1)).diff(n - 1, dim)
