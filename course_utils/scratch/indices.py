"""What stands in `x[…]`: numbers, slices, None, …, tensors, lists of numbers or truths."""

from typing import Any

import numpy as np

from course_utils.scratch.operation import tensor_of
from course_utils.scratch.tensor import Tensor, wrap

Index = Any


def _raw(entry: Any, tensor: Tensor) -> Any:
    """One entry of an index with raw arrays for tensors."""
    if isinstance(entry, Tensor):
        if entry.dtype.is_floating_point:
            raise IndexError(
                f"tensors used as indices must be long, int, byte or bool tensors: {entry.dtype}"
            )
        return entry.array if entry.ndim or entry.dtype.kind == 0 else int(entry.item())
    if isinstance(entry, slice):
        if entry.step is not None and int(entry.step) <= 0:
            raise ValueError("step must be greater than zero; use .flip() to go backwards")
        return slice(
            *(None if n is None else int(n) for n in (entry.start, entry.stop, entry.step))
        )
    if isinstance(entry, list | tuple | np.ndarray):
        return tensor_of(entry, tensor).array
    if isinstance(entry, str):
        raise TypeError(f"an index is a number, a slice, None, … or a tensor, not {entry!r}")
    return entry


def prepared(index: Index, tensor: Tensor) -> tuple[tuple, bool]:
    """The index as a tuple of raw entries, and whether it looks at the memory without copying."""
    if isinstance(index, list) and any(
        isinstance(entry, slice) or entry is None for entry in index
    ):
        index = tuple(index)
    entries = index if isinstance(index, tuple) else (index,)
    raw = tuple(_raw(entry, tensor) for entry in entries)
    plain = all(
        entry is None or entry is Ellipsis or isinstance(entry, slice | int | np.integer)
        for entry in raw
    )
    return raw, plain and not any(isinstance(entry, bool) for entry in raw)


def numbers(raw: tuple) -> list:
    """The plain numbers in an index."""
    return [n for n in raw if isinstance(n, int | np.integer) and not isinstance(n, bool)]


def two_steps(raw: tuple) -> tuple[tuple, tuple]:
    """`x[0, :, [1, 2]]` as `x[0]` and then `[:, [1, 2]]`: NumPy would take 0 for a list too."""
    first, rest = [], []
    for entry in raw:
        if hasattr(entry, "shape") and not isinstance(entry, np.integer):
            mask = "bool" in str(entry.dtype)
            first += [slice(None)] * (entry.ndim if mask else 1)
            rest.append(entry)
        elif isinstance(entry, bool):
            rest.append(entry)
        else:
            first.append(entry)
            if entry is None or entry is Ellipsis or isinstance(entry, slice):
                rest.append(Ellipsis if entry is Ellipsis else slice(None))
    return tuple(first), tuple(rest)


def raw_tensors(raw: tuple) -> tuple:
    """An index of raw arrays with tensors for the arrays."""
    return tuple(wrap(entry) if hasattr(entry, "dtype") else entry for entry in raw)
