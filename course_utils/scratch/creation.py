"""New tensors: from numbers, constants and ranges."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.scratch import arrays, dtypes
from course_utils.scratch.dtypes import dtype as Dtype
from course_utils.scratch.operation import function, integers, method
from course_utils.scratch.tensor import Tensor, to_array, wrap


def new(
    array: Any,
    dtype: Dtype | None = None,
    device: Any = None,
    requires_grad: bool = False,
) -> Tensor:
    """A leaf around a new array."""
    made = wrap(arrays.place(array, device))
    if dtype is not None:
        made.array = arrays.cast(made.array, dtype)
    return made.requires_grad_() if requires_grad else made


@function()
def tensor(
    data: Any, *, dtype: Dtype | None = None, device: Any = None, requires_grad: bool = False
) -> Tensor:
    """A new leaf with a copy of the numbers; floats become float32, integers int64, unless said."""
    made = wrap(arrays.copy(to_array(data, dtype, device)))
    return made.requires_grad_() if requires_grad else made


@function("asarray")
def as_tensor(data: Any, dtype: Dtype | None = None, device: Any = None) -> Tensor:
    """The numbers as a tensor, sharing memory where possible; a tensor stays itself."""
    return (
        data.to(device, dtype) if isinstance(data, Tensor) else wrap(to_array(data, dtype, device))
    )


@function()
def from_numpy(array: np.ndarray) -> Tensor:
    """A tensor that shares the memory of a NumPy array."""
    if not isinstance(array, np.ndarray):
        raise TypeError(f"expected np.ndarray (got {type(array).__name__})")
    return wrap(to_array(array, None, "cpu"))


def _filled(name: str, fill: Callable[..., Any]) -> Callable[..., Tensor]:
    """Define `zeros` or the like, and its `_like` and `new_` forms; `fill(shape, number)`."""

    def body(*size: Any, dtype: Dtype | None = None, **options: Any) -> Tensor:
        if min(integers(size), default=0) < 0:
            raise RuntimeError(f"{name}: Dimension size must be non-negative, got {list(size)}")
        return new(fill(integers(size), (dtype or dtypes.get_default_dtype()).numpy), **options)

    def like(input: Tensor, *, dtype: Dtype | None = None, **options: Any) -> Tensor:
        options.setdefault("device", input.device)
        if 0 in input.stride():  # expanded: there is no such memory to copy
            return body(tuple(input.shape), dtype=dtype or input.dtype, **options)
        made = getattr(input.xp, f"{name}_like")(input.array)  # its order in memory too
        return new(made, dtype or input.dtype, **options)

    def like_self(self: Tensor, *size: Any, dtype: Dtype | None = None, **options: Any) -> Tensor:
        options.setdefault("device", self.device)
        return body(*size, dtype=dtype or self.dtype, **options)

    body.__name__, like.__name__ = name, f"{name}_like"
    body.__doc__ = f"A tensor of the size given: {name}."
    like.__doc__ = f"A tensor with the size, type and device of another: {name}."
    function()(body)
    function()(like)
    method(f"new_{name}")(like_self)
    return body


zeros = _filled("zeros", np.zeros)
ones = _filled("ones", np.ones)
empty = _filled("empty", np.empty)


@function()
def full(size: Any, fill_value: float, *, dtype: Dtype | None = None, **options: Any) -> Tensor:
    """A tensor with every entry the same number."""
    dtype = dtype or dtypes.of_number(fill_value)
    return new(np.full(integers((size,)), fill_value, dtype.numpy), **options)


@function()
def full_like(
    input: Tensor, fill_value: float, *, dtype: Dtype | None = None, **options: Any
) -> Tensor:
    """A tensor with the size, type and device of another and every entry the same number."""
    options.setdefault("device", input.device)
    return full(tuple(input.shape), fill_value, dtype=dtype or input.dtype, **options)


method("new_full")(
    lambda self, size, value, dtype=None: full(size, value, dtype=dtype or self.dtype)
)


@method("new_tensor")
def new_tensor(self: Tensor, data: Any, *, dtype: Dtype | None = None, **options: Any) -> Tensor:
    """A new leaf of this tensor's type and in its place."""
    options.setdefault("device", self.device)
    return tensor(data, dtype=dtype or self.dtype, **options)


@function()
def arange(
    start: float = 0,
    end: float | None = None,
    step: float = 1,
    *,
    dtype: Dtype | None = None,
    **options: Any,
) -> Tensor:
    """start, start + step … below `end`; integers unless one of the three is a float."""
    start, end = (0, start) if end is None else (start, end)
    whole = all(isinstance(n, int | np.integer) for n in (start, end, step))
    dtype = dtype or (dtypes.int64 if whole else dtypes.get_default_dtype())
    if step == 0 or (end - start) / step < 0:
        raise RuntimeError(
            f"upper bound and lower bound inconsistent with step sign, or step 0: from {start} to"
            f" {end} by {step}"
        )
    count = math.ceil((end - start) / step)
    return new(start + step * np.arange(count), dtype, **options)


@function()
def linspace(
    start: float, end: float, steps: int, *, dtype: Dtype | None = None, **options: Any
) -> Tensor:
    """`steps` numbers at equal distances from start to end, both included."""
    if steps < 0:
        raise RuntimeError(f"number of steps must be non-negative, got {steps}")
    numbers = np.linspace(float(start), float(end), steps)
    return new(numbers, dtype or dtypes.get_default_dtype(), **options)


@function()
def logspace(
    start: float,
    end: float,
    steps: int,
    base: float = 10.0,
    *,
    dtype: Dtype | None = None,
    **options: Any,
) -> Tensor:
    """Base to the power of `steps` numbers at equal distances from start to end."""
    numbers = base ** np.linspace(start, end, steps)
    return new(numbers, dtype or dtypes.get_default_dtype(), **options)


@function()
def eye(n: int, m: int | None = None, *, dtype: Dtype | None = None, **options: Any) -> Tensor:
    """A matrix with ones on the diagonal, (n, m or n)."""
    return new(np.eye(n, m, dtype=(dtype or dtypes.get_default_dtype()).numpy), **options)
