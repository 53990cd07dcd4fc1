"""Operations that rearrange entries: reshape, permute, expand, cat … with their derivatives.

None computes anything, so each derivative is the rearrangement that undoes it; where an entry was
repeated, its copies' adjoints are summed. Those that can look at the same memory do.
"""

import math
from collections.abc import Sequence

from course_utils.scratch import arrays, dtypes
from course_utils.scratch.graph import record, record_view
from course_utils.scratch.operation import (
    check_place,
    dimension,
    function,
    integers,
    method,
    operation,
)
from course_utils.scratch.tensor import Tensor


@method("size")
def size(self: Tensor, dim: int | None = None) -> Sequence[int] | int:
    """Length of one dimension, or all of them."""
    return self.shape if dim is None else self.array.shape[dimension(dim, self.ndim)]


def _resolved(shape: tuple[int, ...], count: int) -> tuple[int, ...]:
    """The shape with its −1 replaced by what the number of entries leaves."""
    known = 1
    for n in shape:
        known *= n if n != -1 else 1
    fits = known == count if -1 not in shape else known and count % known == 0
    if not fits or shape.count(-1) > 1:
        raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {count}")
    return tuple(count // known if n == -1 else n for n in shape)


@operation
def reshape(input: Tensor, *shape: int) -> Tensor:
    """The entries in the same order under another shape; one length may be −1."""
    before, after = input.array.shape, _resolved(integers(shape), input.numel())
    try:
        array = arrays.view(input.array, after)
    except (ValueError, RuntimeError):  # only a copy has these entries in order
        return record(input.array.reshape(after), (input, lambda g: g.reshape(before)))
    return record_view(input, array, lambda g: g.reshape(before))


@method("view")
def view(self: Tensor, *shape: int) -> Tensor:
    """As `reshape`, but never a copy: refused where the entries do not lie in order in memory."""
    before, after = self.array.shape, _resolved(integers(shape), self.numel())
    try:
        array = arrays.view(self.array, after)
    except (ValueError, RuntimeError):
        raise RuntimeError(
            f"view size is not compatible with input tensor's size {tuple(before)} and stride"
            f" {self.stride()}; use .reshape({', '.join(map(str, shape))}) instead"
        ) from None
    return record_view(self, array, lambda g: g.reshape(before))


@operation
def flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> Tensor:
    """The dimensions from `start_dim` to `end_dim` as one."""
    first, last = dimension(start_dim, input.ndim), dimension(end_dim, input.ndim)
    shape = input.array.shape
    between = math.prod(shape[first : last + 1])
    return input.reshape((*shape[:first], between, *shape[last + 1 :]))


@operation
def ravel(input: Tensor) -> Tensor:
    """All entries in one dimension."""
    return input.reshape(-1)


@operation
def permute(input: Tensor, *dims: int) -> Tensor:
    """The dimensions in another order: dimension i of the result is `dims[i]` of the input."""
    order = tuple(dimension(d, input.ndim) for d in integers(dims))
    if sorted(order) != list(range(input.ndim)):
        raise RuntimeError(f"permute: dims {order} are no order of the {input.ndim} dimensions")
    back = tuple(order.index(i) for i in range(len(order)))
    array = input.xp.permute_dims(input.array, order)
    return record_view(input, array, lambda g: g.permute(back))


@operation("swapaxes")
def transpose(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """Two dimensions exchanged."""
    order = list(range(max(input.ndim, 1)))
    a, b = dimension(dim0, input.ndim), dimension(dim1, input.ndim)
    order[a], order[b] = order[b], order[a]
    return input.permute(order) if input.ndim else input


@operation
def t(input: Tensor) -> Tensor:
    """A matrix with rows and columns exchanged."""
    if input.ndim > 2:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {input.ndim}D")
    return input.permute(tuple(reversed(range(input.ndim))))


Tensor.T = property(lambda self: self.permute(tuple(reversed(range(self.ndim)))))
Tensor.mT = property(lambda self: self.transpose(-2, -1))


@operation
def squeeze(input: Tensor, dim: int | Sequence[int] | None = None) -> Tensor:
    """Without the dimensions of length 1: all, or those named."""
    shape = input.array.shape
    named = range(len(shape)) if dim is None else [dim] if isinstance(dim, int) else dim
    dims = {dimension(d, len(shape)) for d in named}
    return input.reshape(tuple(n for i, n in enumerate(shape) if n != 1 or i not in dims))


@operation
def unsqueeze(input: Tensor, dim: int) -> Tensor:
    """With a dimension of length 1 at `dim`."""
    d, shape = dimension(dim, input.ndim + 1), input.array.shape
    return input.reshape((*shape[:d], 1, *shape[d:]))


@method("expand")
def expand(self: Tensor, *sizes: int) -> Tensor:
    """Dimensions of length 1 repeated without a copy; −1 keeps a length."""
    wanted, shape = integers(sizes), self.array.shape
    extra = len(wanted) - len(shape)
    full = tuple(shape[i - extra] if n == -1 and i >= extra else n for i, n in enumerate(wanted))
    if extra < 0 or any(m not in (1, n) for m, n in zip(shape, full[extra:], strict=True)):
        raise RuntimeError(
            f"The expanded size {wanted} does not fit the existing shape {tuple(shape)}"
        )
    return record_view(self, self.xp.broadcast_to(self.array, full), lambda g: g)


def _several(name: str, tensors: Sequence[Tensor]) -> list[Tensor]:
    """The tensors as a list, of one at least."""
    if isinstance(tensors, Tensor):
        raise TypeError(f"{name}(): argument 'tensors' must be tuple of Tensors, not Tensor")
    if not tensors:
        error = ValueError if name == "cat" else RuntimeError
        raise error(f"{name}(): expected a non-empty list of Tensors")
    for i, tensor in enumerate(tensors):
        if not isinstance(tensor, Tensor):
            kind = type(tensor).__name__
            raise TypeError(f"{name}(): expected Tensor as element {i}, but got {kind}")
    return list(tensors)


@function("concat", "concatenate")
def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Tensors one after another along an existing dimension."""
    tensors = _several("cat", tensors)
    tensors = [t for t in tensors if t.array.shape != (0,)] or tensors[:1]
    d = dimension(dim, tensors[0].ndim)
    check_place(*tensors)
    first = tensors[0].array.shape
    for i, tensor in enumerate(tensors):
        shape = tensor.array.shape
        if (*shape[:d], *shape[d + 1 :]) != (*first[:d], *first[d + 1 :]) or len(shape) != len(
            first
        ):
            raise RuntimeError(
                f"Sizes of tensors must match except in dimension {d}. Tensor {i} has shape"
                f" {tuple(shape)}, tensor 0 has {tuple(first)}"
            )
    dtype = dtypes.result_of(*((t.dtype, t.ndim > 0) for t in tensors))
    tensors = [t.to(dtype) for t in tensors]
    edges, start = [], 0
    for tensor in tensors:
        length = tensor.array.shape[d]
        edges.append((tensor, lambda g, s=start, n=length: g.narrow(d, s, n)))
        start += length
    out = tensors[0].xp.concat([t.array for t in tensors], axis=d)
    return record(arrays.contiguous(out), *edges)


@function()
def stack(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """Tensors of one shape along a new dimension."""
    tensors = _several("stack", tensors)
    if len({tensor.array.shape for tensor in tensors}) != 1:
        shapes = sorted({tuple(tensor.shape) for tensor in tensors})
        raise RuntimeError(f"stack expects each tensor to be equal size, but got {shapes}")
    check_place(*tensors)
    dtype = dtypes.result_of(*((t.dtype, t.ndim > 0) for t in tensors))
    tensors, d = [t.to(dtype) for t in tensors], dimension(dim, tensors[0].ndim + 1)
    edges = [(tensor, lambda g, i=i: g.select(d, i)) for i, tensor in enumerate(tensors)]
    out = tensors[0].xp.stack([t.array for t in tensors], axis=d)
    return record(arrays.contiguous(out), *edges)


@operation
def narrow(input: Tensor, dim: int, start: int, length: int) -> Tensor:
    """The entries from `start` to `start + length` along one dimension."""
    d = dimension(dim, input.ndim)
    if length < 0 or start + length > input.array.shape[d]:
        raise RuntimeError(
            f"start ({start}) + length ({length}) exceeds dimension size ({input.array.shape[d]})."
        )
    return input[(slice(None),) * d + (slice(start, start + length),)]


@operation
def split(input: Tensor, split_size: int | Sequence[int], dim: int = 0) -> tuple[Tensor, ...]:
    """Pieces of one length (the last may be shorter), or of the lengths listed."""
    total = input.array.shape[dimension(dim, input.ndim)]
    sizes = split_size
    if isinstance(split_size, int):
        sizes = [min(split_size, total - s) for s in range(0, max(total, 1), split_size)]
    elif sum(sizes) != total:
        raise RuntimeError(
            f"split_with_sizes expects split_sizes to sum exactly to {total}, but got {list(sizes)}"
        )
    starts = [sum(sizes[:i]) for i in range(len(sizes))]
    return tuple(input.narrow(dim, s, n) for s, n in zip(starts, sizes, strict=True))


@operation
def chunk(input: Tensor, chunks: int, dim: int = 0) -> tuple[Tensor, ...]:
    """At most so many pieces of equal length; the last may be shorter."""
    total = input.array.shape[dimension(dim, input.ndim)]
    return input.split(max(1, -(-total // chunks)), dim)


@operation
def unbind(input: Tensor, dim: int = 0) -> tuple[Tensor, ...]:
    """The slices along one dimension."""
    return tuple(input.select(dim, i) for i in range(input.array.shape[dimension(dim, input.ndim)]))


@operation
def flip(input: Tensor, *dims: int) -> Tensor:
    """The entries in reverse along the dimensions."""
    axes = tuple(dimension(d, input.ndim) for d in integers(dims))
    out = input.xp.flip(input.array, axis=axes) if input.ndim else input.array
    out = arrays.copy(out)
    return record(out, (input, lambda g: g.flip(axes)))
