"""Number types: `float32`, `int64` … under PyTorch's names, and which type two of them make.

The rules are PyTorch's (documentation of `torch.result_type`): a Python number or a tensor without
dimensions decides only the *kind* of the result (bool < integer < float), never its width.
"""

import functools
from typing import Any

import numpy as np

__all__ = ["can_cast", "finfo", "get_default_dtype", "iinfo", "promote_types", "set_default_dtype"]


class dtype:  # PyTorch's spelling
    """A number type; `torch.float32` and the others are its only instances."""

    def __init__(self, name: str, kind: int, width: int) -> None:
        self.name, self.kind, self.width = name, kind, width
        self.is_floating_point, self.is_complex = kind == 2, False
        self.itemsize = width
        self.numpy = np.dtype(name)

    def __repr__(self) -> str:
        return f"torch.{self.name}"

    def __reduce__(self) -> str:
        """One object a type, also after copy and pickle."""
        return "bool_" if self.name == "bool" else self.name


bool_ = dtype("bool", 0, 1)
uint8 = dtype("uint8", 1, 1)
int8 = dtype("int8", 1, 1)
int16 = short = dtype("int16", 1, 2)
int32 = int_ = dtype("int32", 1, 4)
int64 = long = dtype("int64", 1, 8)
float16 = half = dtype("float16", 2, 2)
float32 = float_ = dtype("float32", 2, 4)
float64 = double = dtype("float64", 2, 8)

ALL = (bool_, uint8, int8, int16, int32, int64, float16, float32, float64)
BY_NAME = {each.name: each for each in ALL}
_PYTHON = {bool: bool_, int: int64}
_default = float32


def set_default_dtype(d: dtype) -> None:
    """Type of new tensors made from Python floats.

    Raises
    ------
    TypeError
        `d` is not a floating point type.
    """
    global _default
    if not (isinstance(d, dtype) and d.is_floating_point):
        raise TypeError(f"only floating-point types are supported as the default type, got {d!r}")
    _default = d


def get_default_dtype() -> dtype:
    """Type of new tensors made from Python floats; `float32` unless set."""
    return _default


@functools.cache
def from_native(native: Any) -> dtype:
    """Our name for a NumPy or torch dtype.

    Raises
    ------
    TypeError
        A type that this engine does not have, such as complex numbers or strings.
    """
    name = native.name if isinstance(native, np.dtype) else str(native).removeprefix("torch.")
    if name not in BY_NAME:
        raise TypeError(f"no tensor can hold {name}; use one of {', '.join(BY_NAME)}")
    return BY_NAME[name]


def of_number(number: Any) -> dtype:
    """Type of a Python number: bool, int64 or the default floating point type."""
    return _PYTHON.get(type(number), _default)


@functools.cache
def promote_types(type1: dtype, type2: dtype) -> dtype:
    """The smallest type that holds both: the higher kind, then the greater width."""
    if type1.kind != type2.kind:
        return type1 if type1.kind > type2.kind else type2
    if {type1, type2} >= {
        uint8
    } and type1 is not type2:  # no sign in one: the next wider signed one
        other = type2 if type1 is uint8 else type1
        return int16 if other is int8 else other
    return type1 if type1.width >= type2.width else type2


def result_of(*ranked: tuple[dtype, bool]) -> dtype:
    """Type of a result from (type, has dimensions) of each operand."""
    with_dimensions = [d for d, dimensions in ranked if dimensions]
    without = [d for d, dimensions in ranked if not dimensions]
    if not with_dimensions:
        return functools.reduce(promote_types, without)
    result = functools.reduce(promote_types, with_dimensions)
    higher = [d for d in without if d.kind > result.kind]
    return functools.reduce(promote_types, higher) if higher else result


def can_cast(from_: dtype, to: dtype) -> bool:
    """Whether a conversion keeps the kind of number (float → int would not)."""
    return from_.kind <= to.kind


def finfo(type: dtype | None = None) -> np.finfo:
    """Limits of a floating point type: `eps`, `max`, `tiny`."""
    return np.finfo((type or _default).numpy)


def iinfo(type: dtype) -> np.iinfo:
    """Limits of an integer type: `min`, `max`."""
    return np.iinfo(type.numpy)
