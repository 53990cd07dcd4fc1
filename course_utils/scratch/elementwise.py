"""Operations on each entry: arithmetic, powers, exp, log, tanh … with their derivatives.

The adjoint g of the result becomes the adjoint of an input by the chain rule: g times the
operation's derivative, entry by entry.
"""

import math
from collections.abc import Callable
from typing import Any

from course_utils.scratch import arrays
from course_utils.scratch.arrays import quiet
from course_utils.scratch.graph import RESULT, record, same
from course_utils.scratch.operation import floating, method, operands, operation
from course_utils.scratch.tensor import Tensor, wrap

Operand = Tensor | float


@operation("__add__", "__radd__")
def add(input: Operand, other: Operand, *, alpha: float = 1) -> Tensor:
    """Input + alpha · other, broadcast."""
    a, b = operands(input, other if alpha == 1 else other * alpha)
    return record(a.array + b.array, (a, same), (b, same), name="add")


@operation("__sub__", "subtract")
def sub(input: Operand, other: Operand, *, alpha: float = 1) -> Tensor:
    """Input − alpha · other, broadcast."""
    a, b = operands(input, other if alpha == 1 else other * alpha)
    return record(a.array - b.array, (a, same), (b, neg), name="sub")


@operation("__mul__", "__rmul__", "multiply")
def mul(input: Operand, other: Operand) -> Tensor:
    """Input · other entry by entry, broadcast."""
    a, b = operands(input, other)
    return record(a.array * b.array, (a, b.mul, b), (b, a.mul, a))


@operation("__truediv__", "true_divide", "divide")
@quiet
def div(input: Operand, other: Operand, *, rounding_mode: str | None = None) -> Tensor:
    """Input / other entry by entry, broadcast; `rounding_mode` is None, "floor" or "trunc"."""
    if rounding_mode is not None:
        whole = floor_divide if rounding_mode == "floor" else _truncated_quotient
        return whole(input, other)
    a, b = operands(input, other)
    a, b = floating(a), floating(b)
    out = a.array / b.array
    return record(out, (a, lambda g: g / b, b), (b, lambda g: -g * a / (b * b), a, b))


@operation("__floordiv__")
@quiet
def floor_divide(input: Operand, other: Operand) -> Tensor:
    """⌊input / other⌋ entry by entry; its derivative is 0."""
    a, b = operands(input, other)
    return wrap(a.array // b.array)


def _truncated_quotient(input: Operand, other: Operand) -> Tensor:
    a, b = operands(input, other)
    out = a.xp.trunc(floating(a).array / floating(b).array)
    return wrap(out).to(a.dtype)


@operation("__mod__")
@quiet
def remainder(input: Operand, other: Operand) -> Tensor:
    """Input − other · ⌊input / other⌋, with the sign of `other`."""
    a, b = operands(input, other)
    out = a.array % b.array
    return record(out, (a, lambda g: g), (b, lambda g: -g * (a // b)), saves=(a, b))


@operation
def atan2(input: Tensor, other: Tensor) -> Tensor:
    """The angle of the point (other, input), in radians from −π to π."""
    a, b = operands(input, other)
    edges = (a, lambda g: g * b / (a * a + b * b)), (b, lambda g: -g * a / (a * a + b * b))
    return record(a.xp.atan2(a.array, b.array), *edges, saves=(a, b))


@operation("__neg__", "negative")
def neg(input: Tensor) -> Tensor:
    """−input."""
    return record(-input.array, (input, neg), name="neg")


@operation("__pow__")
@quiet
def pow_(input: Operand, exponent: Operand) -> Tensor:
    """Input to the power of exponent, entry by entry, broadcast."""
    if isinstance(exponent, int | float) and isinstance(input, Tensor):
        return _fixed_power(input, exponent)
    x, p = operands(input, exponent)
    out = x.array**p.array

    def in_exponent(g: Tensor, y: Tensor) -> Tensor:  # 0ᵖ is 0 all along
        return (g * y * x.log()).masked_fill((x == 0) & (p >= 0), 0.0)

    edges = (x, lambda g, y: g * (p * x ** (p - 1)).masked_fill(p == 0, 0.0)), (p, in_exponent)
    return record(out, *edges, saves=(RESULT, x, p))


@quiet
def _fixed_power(x: Tensor, p: float) -> Tensor:
    if x.dtype.kind < 2 and isinstance(p, float):
        x = floating(x)
    if p < 0 and x.dtype.kind < 2:
        raise RuntimeError("Integers to negative integer powers are not allowed.")
    out = x.array**p
    edge = (x, lambda g: g * (p * x ** (p - 1)) if p else g * 0)
    return record(out, edge, saves=(x,), name="pow")


method("__rsub__")(lambda self, other: sub(other, self))
method("__rtruediv__")(lambda self, other: div(other, self))
method("__rfloordiv__")(lambda self, other: floor_divide(other, self))
method("__rmod__")(lambda self, other: remainder(other, self))
method("__rpow__")(lambda self, other: pow_(other, self))


def _of_input(name: str, derivative: Callable, forward: Callable | None = None) -> None:
    """Define an operation on each entry whose derivative is computed from its input."""

    @quiet
    def body(input: Tensor) -> Tensor:
        x = floating(input)
        out = forward(x) if forward else getattr(x.xp, name)(x.array)
        return record(out, (x, lambda g: derivative(g, x)), saves=(x,), name=name)

    _named(body, name)


def _of_result(name: str, derivative: Callable, forward: Callable | None = None) -> None:
    """Define an operation on each entry whose derivative is computed from its result."""

    @quiet
    def body(input: Tensor) -> Tensor:
        x = floating(input)
        out = forward(x) if forward else getattr(x.xp, name)(x.array)
        return record(out, (x, lambda g, y: derivative(g, y)), saves=RESULT, name=name)

    _named(body, name)


def _constant(name: str, forward: Callable | None = None) -> None:
    """Define an operation on each entry whose derivative is 0."""

    def body(input: Tensor) -> Tensor:
        out = forward(input) if forward else getattr(input.xp, name)(input.array)
        return record(out, (input, lambda g: g * 0), name=name)

    _named(body, name)


_OTHER_NAMES = {
    "asin": ("arcsin",),
    "acos": ("arccos",),
    "atan": ("arctan",),
    "trunc": ("fix",),
}


def _named(body: Callable, name: str) -> None:
    body.__name__ = name
    body.__qualname__ = name
    body.__doc__ = f"{name} of each entry; input (…) → (…)."
    operation(*_OTHER_NAMES.get(name, ()))(body)


def _sigmoid(x: Tensor) -> Any:
    """1 / (1 + e⁻ˣ); computed with the exponential of −|x|, which cannot overflow."""
    e = x.xp.exp(-x.xp.abs(x.array))
    return x.xp.where(x.array >= 0, 1 / (1 + e), e / (1 + e))


_of_input("log", lambda g, x: g / x)
_of_input("log1p", lambda g, x: g / (1 + x))
_of_input("log2", lambda g, x: g / (x * math.log(2)))
_of_input("log10", lambda g, x: g / (x * math.log(10)))
_of_input("sin", lambda g, x: g * x.cos())
_of_input("cos", lambda g, x: -g * x.sin())
_of_input("asin", lambda g, x: g / (1 - x * x).sqrt())
_of_input("acos", lambda g, x: -g / (1 - x * x).sqrt())
_of_input("atan", lambda g, x: g / (1 + x * x))
_of_input("sinh", lambda g, x: g * x.cosh())
_of_input("cosh", lambda g, x: g * x.sinh())
_of_input(
    "erf", lambda g, x: g * (2 / math.sqrt(math.pi)) * (-x * x).exp(), lambda x: arrays.erf(x.array)
)
_of_result("exp", lambda g, y: g * y)
_of_result("expm1", lambda g, y: g * (y + 1))
_of_result("sqrt", lambda g, y: g / (2 * y))
_of_result("rsqrt", lambda g, y: -g * y**3 / 2, lambda x: 1 / x.xp.sqrt(x.array))
_of_result("reciprocal", lambda g, y: -g * y * y, lambda x: 1 / x.array)
_of_result("tan", lambda g, y: g * (1 + y * y))
_of_result("tanh", lambda g, y: g * (1 - y * y))
_of_result("sigmoid", lambda g, y: g * (y * (1 - y)), _sigmoid)
for _name in ("floor", "ceil", "round", "trunc"):
    _constant(_name)
_constant("sign", lambda x: arrays.cast(x.array > 0, x.dtype) - arrays.cast(x.array < 0, x.dtype))
