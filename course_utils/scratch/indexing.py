"""Choosing entries by index: `x[…]`, gather, one entry per row …, and writing to them.

The adjoint of a choice puts each entry back where it was taken from, in zeros; a place that was
taken several times receives the sum.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from course_utils.scratch import arrays
from course_utils.scratch.graph import record, record_view
from course_utils.scratch.indices import Index, numbers, prepared, raw_tensors, two_steps
from course_utils.scratch.inplace import recorded, replace
from course_utils.scratch.operation import dimension, method, operation, tensor_of
from course_utils.scratch.tensor import Tensor, wrap


def _taken(input: Tensor, raw: tuple) -> arrays.Array:
    """The entries at an index; an IndexError names the shape."""
    try:
        return input.array[raw]
    except IndexError as error:
        raise IndexError(f"{error}; the tensor's shape is {tuple(input.shape)}") from None


@method("__getitem__")
def getitem(self: Tensor, index: Index) -> Tensor:
    """The entries at an index: a look at the same memory for numbers and slices, else a copy."""
    raw, plain = prepared(index, self)
    if not plain and numbers(raw):
        first, rest = two_steps(raw)
        return self[first][rest]
    shape = self.array.shape
    out = _taken(self, raw)
    if plain:
        out = np.asarray(out) if isinstance(out, np.generic) else out
        return record_view(self, out, lambda g: placed(g, raw, shape, once=True), index)
    out, entries = arrays.contiguous(out), index if isinstance(index, tuple) else (index,)
    saves = tuple(entry for entry in entries if isinstance(entry, Tensor))
    return record(out, (self, lambda g: placed(g, raw, shape)), saves=saves)


def placed(input: Tensor, raw: tuple, shape: Sequence[int], once: bool = False) -> Tensor:
    """Zeros with the entries added at an index: what undoes `x[index]`."""
    out = arrays.zeros(shape, input.array)
    if once:
        out[raw] = input.array
    else:
        arrays.add_at(out, raw, input.array)
    return record(out, (input, lambda g: g[raw_tensors(raw)]))


@method("__setitem__")
def setitem(self: Tensor, index: Index, value: Any) -> None:
    """Write to the entries at an index; recorded where a derivative depends on it."""
    raw, plain = prepared(index, self)
    if not plain and numbers(raw):
        first, rest = two_steps(raw)
        self[first][rest] = value
        return
    value = tensor_of(value, self).to(self.dtype)
    value = value.reshape(()) if value.ndim and value.numel() == 1 else value
    if not recorded(self, value):
        _write(self.array, raw, value.array)
        self.bump_version()
        return
    array = arrays.copy(self.array)
    _write(array, raw, value.array)
    chosen = raw_tensors(raw)

    def kept(g: Tensor) -> Tensor:
        mask = arrays.zeros(g.array.shape, g.array) + 1
        mask[raw] = 0
        return g * wrap(mask)

    replace(self, record(array, (self, kept), (value, lambda g: g[chosen])))


def _write(array: arrays.Array, raw: tuple, value: arrays.Array) -> None:
    try:
        array[raw] = value
    except ValueError as error:
        raise RuntimeError(
            f"shape mismatch: a value of shape {tuple(value.shape)} cannot be written to an index"
            f" result of shape {tuple(array[raw].shape)}"
        ) from error


def along(index: Tensor, dim: int) -> tuple:
    """The full index that takes entry `index[i, j, …]` along one dimension, i, j … elsewhere."""
    shape, xp = index.array.shape, index.xp
    grid = []
    for d, n in enumerate(shape):
        ones = [1] * len(shape)
        ones[d] = n
        grid.append(index.array if d == dim else _count(xp, n, index).reshape(ones))
    return tuple(grid)


def _count(xp: Any, n: int, like: Tensor) -> arrays.Array:
    return np.arange(n) if xp is np else xp.arange(n, device=like.array.device)


def check_bounds(index: Tensor, d: int, length: int) -> None:
    """Refuse an index below 0, or one that is not below the length of its dimension."""
    if index.numel():
        low, high = int(index.array.min()), int(index.array.max())
        if low < 0 or high >= length:
            worst = high if high >= length else low
            raise RuntimeError(
                f"index {worst} is out of bounds for dimension {d} with size {length}"
            )


@operation
def gather(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """result[i, j, …] = input[…, index[i, j, …], …], the index standing at dimension `dim`."""
    d = dimension(dim, input.ndim)
    if index.ndim != input.ndim:
        raise RuntimeError(
            "Index tensor must have the same number of dimensions as input tensor, got"
            f" {tuple(index.shape)} and {tuple(input.shape)}"
        )
    check_bounds(index, d, input.array.shape[d])
    raw, shape = along(index, d), input.array.shape
    out = input.array[raw]
    once = index.array.shape[d] == 1
    return record(out, (input, lambda g: placed(g, raw, shape, once)), saves=(index,))


@operation
def index_select(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """The slices at the indices along one dimension."""
    return input[(slice(None),) * dimension(dim, input.ndim) + (index,)]


@method("select")
def select(self: Tensor, dim: int, index: int) -> Tensor:
    """The slice at one index along one dimension."""
    return self[(slice(None),) * dimension(dim, self.ndim) + (index,)]


@operation
def masked_select(input: Tensor, mask: Tensor) -> Tensor:
    """The entries where the mask is True, in one row."""
    return input[mask]


@operation
def nonzero(input: Tensor, *, as_tuple: bool = False) -> Tensor | tuple[Tensor, ...]:
    """The indices of the entries that are not 0: (count, ndim), or one tensor a dimension."""
    found = input.xp.nonzero(input.array)
    if as_tuple:
        return tuple(wrap(each) for each in found)
    return wrap(input.xp.stack(found, axis=1))


@operation
def scatter_add(input: Tensor, dim: int, index: Tensor, src: Tensor) -> Tensor:
    """The input with src[i, j, …] added at […, index[i, j, …], …]: what undoes `gather`."""
    d = dimension(dim, input.ndim)
    raw, shape = along(index, d), input.array.shape
    return input + placed(src[tuple(slice(n) for n in index.array.shape)], raw, shape)


@operation
def scatter(input: Tensor, dim: int, index: Tensor, src: Tensor | float) -> Tensor:
    """The input with src[i, j, …], or a number, written at […, index[i, j, …], …]."""
    out, d = input.clone(), dimension(dim, input.ndim)
    check_bounds(index, d, input.array.shape[d])
    values = src[tuple(slice(n) for n in index.array.shape)] if isinstance(src, Tensor) else src
    out[raw_tensors(along(index, d))] = values
    return out


@operation
def index_add(input: Tensor, dim: int, index: Tensor, source: Tensor) -> Tensor:
    """The input with the slices of `source` added at the indices along one dimension."""
    raw = (slice(None),) * dimension(dim, input.ndim) + (index.array,)
    return input + placed(source, raw, input.array.shape)


@operation
def take_along_dim(input: Tensor, indices: Tensor, dim: int) -> Tensor:
    """As `gather`."""
    return input.gather(dim, indices)
