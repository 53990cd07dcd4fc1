"""The methods that end in `_`: an operation computed as usual, its result left in the tensor."""

from collections.abc import Callable
from typing import Any

from course_utils.scratch import (
    arrangements,
    arrays,
    conversion,
    elementwise,
    formulas,
    indexing,
    products,
    sampling,
)
from course_utils.scratch.graph import record
from course_utils.scratch.inplace import recorded, replace
from course_utils.scratch.operation import method, tensor_of
from course_utils.scratch.tensor import Tensor, wrap


def _before(x: Tensor) -> Tensor:
    """The tensor as it is now, in memory that stays."""
    copied = wrap(arrays.copy(x.array))
    copied.grad_fn, copied._requires_grad = x.grad_fn, x.requires_grad
    return copied


def _in_place(operation: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """The method that computes an operation and leaves the result in the tensor."""

    def body(self: Tensor, *args: Any, **keywords: Any) -> Tensor:
        if not recorded(self, *args):
            return replace(self, operation(self, *args, **keywords))
        if self.requires_grad and self.is_leaf:
            return replace(self, self)  # refused there
        return replace(self, operation(_before(self), *args, **keywords))

    return body


_OPERATIONS = (
    elementwise,
    conversion,
    indexing,
    products,
    arrangements,
    formulas,
    sampling,
)  # so that all are there
_NAMES = [
    "add",
    "sub",
    "mul",
    "div",
    "pow",
    "remainder",
    "floor_divide",
    "clamp",
    "relu",
    "exp",
    "log",
    "sqrt",
    "neg",
    "abs",
    "sigmoid",
    "tanh",
    "round",
    "floor",
    "ceil",
    "erf",
    "reciprocal",
    "rsqrt",
    "masked_fill",
    "scatter",
    "scatter_add",
    "index_add",
    "addcmul",
    "addcdiv",
    "lerp",
    "sin",
    "cos",
    "logical_not",
    "sign",
    "tril",
    "triu",
]
for _name in _NAMES:
    _body = _in_place(getattr(Tensor, _name))
    _body.__name__, _body.__doc__ = f"{_name}_", f"{_name} in place."
    method(f"{_name}_")(_body)
for _name in ("add", "sub", "mul", "pow", "floordiv", "truediv", "mod"):
    method(f"__i{_name}__")(_in_place(getattr(Tensor, f"__{_name}__")))


def _reshaped(name: str) -> None:
    """Define an operation on the shape in place: the tensor itself gets the new shape."""

    def body(self: Tensor, *args: Any) -> Tensor:
        view = getattr(self, name)(*args)
        self.array, self.grad_fn, self._requires_grad = view.array, view.grad_fn, view.requires_grad
        return self

    body.__name__, body.__doc__ = f"{name}_", f"{name} in place."
    method(f"{name}_")(body)


for _name in ("squeeze", "unsqueeze", "transpose", "t"):
    _reshaped(_name)


@method("copy_")
def copy_(self: Tensor, src: Any, non_blocking: bool = False) -> Tensor:
    """Take over the entries of another tensor, broadcast, converted to this one's type."""
    other = tensor_of(src, self)
    if other.array.shape != self.array.shape:
        other = other.expand(self.array.shape)
    return _taken_over(self, other.to(self.device, self.dtype))


@_in_place
def _taken_over(self: Tensor, other: Tensor) -> Tensor:
    """The entries of `other`; what stood here before counts no more."""
    before = (self, lambda g: wrap(arrays.zeros(g.array.shape, g.array)))
    return record(other.array, before, (other, lambda g: g), name="copy")


@method("fill_")
def fill_(self: Tensor, value: float) -> Tensor:
    """Every entry the same number."""
    return self.copy_(value)


@method("zero_")
def zero_(self: Tensor) -> Tensor:
    """Every entry 0."""
    return self.copy_(0)
