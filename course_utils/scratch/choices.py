"""Operations that choose among entries: relu, `|x|`, maximum, clamp, where; and comparisons.

The adjoint goes to the entry that was chosen. Where there is no derivative (`|x|` and relu at 0)
its value is PyTorch's, 0.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from course_utils.scratch import arrays, dtypes
from course_utils.scratch.graph import RESULT, record
from course_utils.scratch.operation import NUMBERS, function, method, operands, operation
from course_utils.scratch.tensor import Tensor, wrap

Operand = Tensor | float


@operation
def relu(input: Tensor) -> Tensor:
    """max(0, input) of each entry; the derivative is 1 where the result is positive, else 0."""
    out = input.xp.maximum(input.array, arrays.zeros((), input.array))
    return record(out, (input, gated), saves=RESULT, name="relu")


def gated(g: Tensor, y: Tensor) -> Tensor:
    """`g` where y, no number below 0, is not 0: (…), (…) → (…); NaN lets it through."""
    return record(g.array * (y.array != 0), (g, lambda h: gated(h, y)), saves=(y,))


@operation("__abs__", "absolute")
def abs_(input: Tensor) -> Tensor:
    """`|input|` of each entry; the derivative at 0 is 0."""
    return record(input.xp.abs(input.array), (input, lambda g: g * input.sign()), saves=(input,))


@operation
def maximum(input: Tensor, other: Operand) -> Tensor:
    """The larger of two entries; equal ones share the adjoint."""
    a, b = operands(input, other)
    return _chosen(a.xp.maximum(a.array, b.array), a, b, lambda a, b: a > b)


@operation
def minimum(input: Tensor, other: Operand) -> Tensor:
    """The smaller of two entries; equal ones share the adjoint."""
    a, b = operands(input, other)
    return _chosen(a.xp.minimum(a.array, b.array), a, b, lambda a, b: a < b)


def _chosen(out: Any, a: Tensor, b: Tensor, first: Callable) -> Tensor:
    def share_of(g: Tensor, x: Tensor, y: Tensor) -> Tensor:
        return g * (first(x, y).to(g.dtype) + (x == y).to(g.dtype) / 2)

    edges = (a, lambda g: share_of(g, a, b)), (b, lambda g: share_of(g, b, a))
    return record(out, *edges, saves=(a, b))


@operation("clip")
def clamp(input: Tensor, min: Operand | None = None, max: Operand | None = None) -> Tensor:
    """Input kept between min and max; beyond them the derivative is 0, at them it is 1."""
    if min is None and max is None:
        raise RuntimeError("clamp: At least one of 'min' or 'max' must not be None")
    if isinstance(min, Tensor) or isinstance(max, Tensor):
        out = input if min is None else maximum(input, min)
        return out if max is None else minimum(out, max)
    x = input
    for bound in (min, max):
        if bound is not None:  # whole numbers become floats where a bound is one
            x = x.to(dtypes.result_of((x.dtype, True), (dtypes.of_number(bound), False)))
    number = float if x.dtype.is_floating_point else int
    low, high = (None if bound is None else number(bound) for bound in (min, max))

    def derivative(g: Tensor) -> Tensor:
        inside = (x >= (-math.inf if low is None else low)) & (
            x <= (math.inf if high is None else high)
        )
        return g * inside.to(g.dtype)

    return record(x.xp.clip(x.array, low, high), (x, derivative), saves=(x,))


method("clamp_min")(lambda self, min: self.clamp(min=min))
method("clamp_max")(lambda self, max: self.clamp(max=max))


@function()
def where(condition: Tensor, input: Operand | None = None, other: Operand | None = None) -> Any:
    """`input` where the condition holds, else `other`; with the condition alone: its indices."""
    if input is None:
        return condition.nonzero(as_tuple=True)
    if condition.dtype is not dtypes.bool_:
        raise RuntimeError(
            "where expected condition to be a boolean tensor, but got a tensor with dtype"
            f" {condition.dtype}"
        )
    if isinstance(input, Tensor) or isinstance(other, Tensor):
        a, b = operands(input, other)
    else:
        dtype = dtypes.promote_types(dtypes.of_number(input), dtypes.of_number(other))
        numbers = (np.asarray(number, dtype.numpy) for number in (input, other))
        a, b = (wrap(arrays.place(number, condition.device)) for number in numbers)
    out = condition.xp.where(condition.array, a.array, b.array)
    return record(
        out,
        (a, lambda g: g * condition.to(g.dtype)),
        (b, lambda g: g * condition.logical_not().to(g.dtype)),
        saves=(condition,),
    )


method("where")(lambda self, condition, other: where(condition, self, other))


@operation
def masked_fill(input: Tensor, mask: Tensor, value: float) -> Tensor:
    """The number `value` where the mask is True, else the input."""
    return where(mask, value, input)


def _comparison(name: str, dunder: str, compare: Callable, whole: bool = False) -> None:
    """Define a comparison of entries; its result is True or False and has no derivative."""

    def body(input: Tensor, other: Operand) -> Tensor:
        if not isinstance(other, (Tensor, np.ndarray, *NUMBERS)):
            return NotImplemented
        a, b = operands(input, other)
        if whole and a.dtype.is_floating_point:
            raise NotImplementedError(f"{name} is not implemented for {a.dtype}")
        return wrap(compare(a.array, b.array))

    body.__name__ = name
    body.__doc__ = f"{name} of each pair of entries, broadcast: True or False."
    operation(dunder)(body)


_comparison("eq", "__eq__", lambda a, b: a == b)
_comparison("ne", "__ne__", lambda a, b: a != b)
_comparison("lt", "__lt__", lambda a, b: a < b)
_comparison("le", "__le__", lambda a, b: a <= b)
_comparison("gt", "__gt__", lambda a, b: a > b)
_comparison("ge", "__ge__", lambda a, b: a >= b)
_comparison("bitwise_and", "__and__", lambda a, b: a & b, whole=True)
_comparison("bitwise_or", "__or__", lambda a, b: a | b, whole=True)
_comparison("bitwise_xor", "__xor__", lambda a, b: a ^ b, whole=True)
_comparison("logical_and", "logical_and", lambda a, b: (a != 0) & (b != 0))
_comparison("logical_or", "logical_or", lambda a, b: (a != 0) | (b != 0))
_comparison("logical_xor", "logical_xor", lambda a, b: (a != 0) ^ (b != 0))


@operation("__invert__")
def bitwise_not(input: Tensor) -> Tensor:
    """The bits of whole numbers exchanged, 0 for 1; of truths: not."""
    if input.dtype.is_floating_point:
        raise TypeError(
            f"~ (operator.invert) is for integer and Boolean tensors, not {input.dtype}"
        )
    return wrap(~input.array)


@operation
def logical_not(input: Tensor) -> Tensor:
    """True where the entry is 0 or False."""
    return wrap(input.array == 0)


@operation
def isnan(input: Tensor) -> Tensor:
    """True where the entry is not a number."""
    return wrap(input.array != input.array)


@operation
def isfinite(input: Tensor) -> Tensor:
    """True where the entry is neither infinite nor NaN."""
    return wrap(input.xp.isfinite(input.array))


@operation
def isinf(input: Tensor) -> Tensor:
    """True where the entry is infinite."""
    return wrap(input.xp.isinf(input.array))


@operation
def isclose(input: Tensor, other: Tensor, rtol: float = 1e-5, atol: float = 1e-8) -> Tensor:
    """True where `|input − other| ≤ atol + rtol · |other|`."""
    a, b = operands(input, other)
    return wrap(a.xp.isclose(a.array, b.array, rtol, atol))


@operation
def allclose(input: Tensor, other: Tensor, rtol: float = 1e-5, atol: float = 1e-8) -> bool:
    """Whether `|input − other| ≤ atol + rtol · |other|` everywhere."""
    return bool(isclose(input, other, rtol, atol).array.all())


@operation
def equal(input: Tensor, other: Tensor) -> bool:
    """Whether the two have one shape and the same entries."""
    return input.shape == other.shape and bool((input == other).array.all())
