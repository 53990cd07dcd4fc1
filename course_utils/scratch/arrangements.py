"""Arrangements of entries made of other operations: nothing here has a derivative of its own."""

from collections.abc import Sequence
from typing import Any

from course_utils.scratch.creation import arange
from course_utils.scratch.operation import dimension, function, integers, method, operation
from course_utils.scratch.shapes import cat, stack
from course_utils.scratch.tensor import Tensor, wrap


@method("expand_as")
def expand_as(self: Tensor, other: Tensor) -> Tensor:
    """`expand` to the size of another tensor."""
    return self.expand(other.shape)


@operation
def broadcast_to(input: Tensor, size: Sequence[int]) -> Tensor:
    """`expand` as a function."""
    return input.expand(size)


method("view_as")(lambda self, other: self.view(other.shape))
method("reshape_as")(lambda self, other: self.reshape(other.shape))


@operation
def unflatten(input: Tensor, dim: int, sizes: Sequence[int]) -> Tensor:
    """One dimension as several."""
    d, shape = dimension(dim, input.ndim), input.array.shape
    return input.reshape(*shape[:d], *sizes, *shape[d + 1 :])


@operation("moveaxis")
def movedim(input: Tensor, source: int, destination: int) -> Tensor:
    """One dimension moved to another place."""
    order = list(range(input.ndim))
    order.insert(dimension(destination, input.ndim), order.pop(dimension(source, input.ndim)))
    return input.permute(order)


@operation
def tile(input: Tensor, *dims: int) -> Tensor:
    """The tensor repeated so many times along each dimension."""
    counts = integers(dims)
    counts = (1,) * (input.ndim - len(counts)) + counts
    shape = (1,) * (len(counts) - input.ndim) + tuple(input.shape)
    pairs = [n for pair in zip(counts, shape, strict=True) for n in pair]
    ones = [n for size in shape for n in (1, size)]
    return (
        input.reshape(ones)
        .expand(pairs)
        .clone()
        .reshape([c * n for c, n in zip(counts, shape, strict=True)])
    )


@method("repeat")
def repeat(self: Tensor, *sizes: int) -> Tensor:
    """The tensor repeated so many times along each dimension."""
    counts = integers(sizes)
    if len(counts) < self.ndim:
        raise RuntimeError(
            "Number of dimensions of repeat dims can not be smaller than number of dimensions of"
            f" tensor: {len(counts)} and {self.ndim}"
        )
    return self.tile(counts)


@operation
def repeat_interleave(input: Tensor, repeats: int, dim: int | None = None) -> Tensor:
    """Each entry, or each slice along `dim`, repeated."""
    if dim is None:
        return input.reshape(-1).repeat_interleave(repeats, 0)
    d = dimension(dim, input.ndim)
    wide = [*input.array.shape[: d + 1], repeats, *input.array.shape[d + 1 :]]
    return input.unsqueeze(d + 1).expand(wide).clone().flatten(d, d + 1)


@operation
def roll(
    input: Tensor, shifts: int | Sequence[int], dims: int | Sequence[int] | None = None
) -> Tensor:
    """The entries moved along dimensions; those that leave at one end come in at the other."""
    if dims is None:
        return input.reshape(-1).roll(shifts, 0).reshape(input.array.shape)
    moves = [(shifts, dims)] if isinstance(shifts, int) else zip(shifts, dims, strict=True)
    for shift, dim in moves:
        n = input.array.shape[dim]
        first = -shift % n if n else 0
        input = cat([input.narrow(dim, first, n - first), input.narrow(dim, 0, first)], dim)
    return input


@function()
def meshgrid(*tensors: Any, indexing: str = "ij") -> tuple[Tensor, ...]:
    """The coordinates of every point of a grid: one tensor for each of the vectors."""
    vectors = list(
        tensors[0] if len(tensors) == 1 and not isinstance(tensors[0], Tensor) else tensors
    )
    if indexing == "xy":
        swapped = meshgrid(*vectors[1::-1], *vectors[2:])
        return tuple(g for g in (*swapped[1::-1], *swapped[2:]))
    shape = [len(v) for v in vectors]
    return tuple(
        v.reshape([-1 if i == d else 1 for i in range(len(shape))]).expand(shape)
        for d, v in enumerate(vectors)
    )


@function("vstack")
def row_stack(tensors: Sequence[Tensor]) -> Tensor:
    """Tensors below each other."""
    return cat([t if t.ndim > 1 else t.reshape(1, -1) for t in tensors], 0)


@function()
def hstack(tensors: Sequence[Tensor]) -> Tensor:
    """Tensors beside each other."""
    return cat(list(tensors), 0 if tensors[0].ndim < 2 else 1)


@function()
def cartesian_prod(*tensors: Tensor) -> Tensor:
    """All combinations of the vectors' entries, one a row."""
    return stack([grid.reshape(-1) for grid in meshgrid(*tensors)], 1)


@operation
def bincount(input: Tensor, weights: Tensor | None = None, minlength: int = 0) -> Tensor:
    """How often each of 0, 1, 2 … occurs, or the sum of the weights where it does."""
    size = max(minlength, int(input.max()) + 1 if input.numel() else 0)
    places = input.unsqueeze(1) == arange(size, device=input.device)
    return (places if weights is None else places.to(weights.dtype) * weights.unsqueeze(1)).sum(0)


@operation
def unique(
    input: Tensor, sorted: bool = True, return_inverse: bool = False, return_counts: bool = False
) -> Tensor | tuple[Tensor, ...]:
    """The different entries in order; where each entry stands among them; how often each occurs."""
    ordered = input.reshape(-1).sort().values
    first = cat([wrap(ordered.array[:1] == ordered.array[:1]), ordered[1:] != ordered[:-1]])
    values = ordered[first]
    if not (return_inverse or return_counts):
        return values
    inverse = wrap(input.xp.searchsorted(values.array, input.array))
    found = (values, *[inverse] * return_inverse)
    return (*found, inverse.reshape(-1).bincount()) if return_counts else found
