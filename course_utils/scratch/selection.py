"""Operations that select: largest and smallest entries, their places, sorting.

The adjoint goes to the entries that were selected.
"""

from collections import namedtuple
from collections.abc import Sequence

from course_utils.scratch.graph import RESULT, record
from course_utils.scratch.operation import dimension, dimensions, operation
from course_utils.scratch.reductions import Dims, spread
from course_utils.scratch.tensor import Tensor, wrap


def _extreme(name: str) -> None:
    """Define `amax` or `amin`: the extreme over dimensions; equal entries share the adjoint."""

    def body(input: Tensor, dim: Dims = (), keepdim: bool = False) -> Tensor:
        dims = dimensions(dim, input.ndim)
        check_not_empty(input, dims, name)
        out = getattr(input.xp, name[1:])(input.array, axis=dims, keepdims=keepdim)

        def derivative(g: Tensor, y: Tensor) -> Tensor:
            shape = input.array.shape
            chosen = (input == spread(y, dims, keepdim, shape)).to(g.dtype)
            return spread(g, dims, keepdim, shape) * (chosen / chosen.sum(dims, keepdim=True))

        return record(out, (input, derivative), saves=(RESULT, input), name=name)

    body.__name__ = name
    body.__doc__ = f"The {name[1:]}imum over the dimensions `dim`; equal entries share the adjoint."
    operation(body)


_extreme("amax")
_extreme("amin")


def check_not_empty(input: Tensor, dims: Sequence[int], name: str) -> None:
    """Refuse an extreme over no entries."""
    if 0 in [input.array.shape[d] for d in dims]:
        raise IndexError(
            f"{name}(): Expected reduction dim to have non-zero size, the shape is"
            f" {tuple(input.shape)}"
        )


class Selected(namedtuple("Selected", "values indices")):
    """What `max` and the like return: the entries and their places; prints as PyTorch's."""

    name = ""

    def __repr__(self) -> str:
        return (
            f"torch.return_types.{self.name}(\nvalues={self.values!r},\nindices={self.indices!r})"
        )


_TYPES = {
    name: type(name, (Selected,), {"name": name})
    for name in ["max", "min", "sort", "topk", "median"]
}


def _picked(input: Tensor, indices: Tensor, dim: int, keepdim: bool, name: str) -> Selected:
    """The entries at the indices along one dimension, with the way back to them."""
    values = input.gather(dim, indices)
    if not keepdim:
        values, indices = values.squeeze(dim), indices.squeeze(dim)
    return _TYPES[name](values, indices)


@operation
def argmax(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Where the largest entry is, the first of equal ones; without `dim`, in flattened order."""
    check_not_empty(input, dimensions(dim, input.ndim), "argmax")
    d = None if dim is None else dimension(dim, input.ndim)
    return wrap(input.xp.argmax(input.array, axis=d, keepdims=keepdim))


@operation
def argmin(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """Where the smallest entry is, the first of equal ones; without `dim`, in flattened order."""
    check_not_empty(input, dimensions(dim, input.ndim), "argmin")
    d = None if dim is None else dimension(dim, input.ndim)
    return wrap(input.xp.argmin(input.array, axis=d, keepdims=keepdim))


def _of_all(input: Tensor, name: str) -> Tensor:
    if not input.numel():
        raise RuntimeError(f"{name}(): no entry to take, the shape is {tuple(input.shape)}")
    return input


@operation
def max_(
    input: Tensor, dim: int | Tensor | None = None, keepdim: bool = False
) -> Tensor | Selected:
    """The largest entry; with `dim`: (values, indices) along it; with a tensor: `maximum`."""
    if dim is None:
        return _of_all(input, "max").amax()
    if isinstance(dim, Tensor):
        return input.maximum(dim)
    return _picked(input, input.argmax(dim, True), dim, keepdim, "max")


@operation
def min_(
    input: Tensor, dim: int | Tensor | None = None, keepdim: bool = False
) -> Tensor | Selected:
    """The smallest entry; with `dim`: (values, indices) along it; with a tensor: `minimum`."""
    if dim is None:
        return _of_all(input, "min").amin()
    if isinstance(dim, Tensor):
        return input.minimum(dim)
    return _picked(input, input.argmin(dim, True), dim, keepdim, "min")


@operation
def argsort(input: Tensor, dim: int = -1, descending: bool = False, stable: bool = True) -> Tensor:
    """The indices that put the entries in order along one dimension; equal ones keep theirs."""
    d, xp = dimension(dim, input.ndim), input.xp
    if not input.ndim:
        return wrap(xp.zeros_like(input.array, dtype=xp.int64))
    if not descending:
        return wrap(xp.argsort(input.array, axis=d, stable=True))
    backwards = xp.argsort(xp.flip(input.array, axis=d), axis=d, stable=True)
    return wrap(input.array.shape[d] - 1 - xp.flip(backwards, axis=d))


@operation
def sort(input: Tensor, dim: int = -1, descending: bool = False, stable: bool = True) -> Selected:
    """The entries in order along one dimension, and the indices that put them so."""
    return _picked(input, input.argsort(dim, descending), dim, True, "sort")


@operation
def topk(
    input: Tensor, k: int, dim: int = -1, largest: bool = True, sorted: bool = True
) -> Selected:
    """The k largest entries along one dimension, largest first, and their indices."""
    d = dimension(dim, input.ndim)
    if not 0 <= k <= input.array.shape[d]:
        raise RuntimeError(
            f"selected index k out of range: k is {k}, the size {input.array.shape[d]}"
        )
    return _picked(input, input.argsort(d, largest).narrow(d, 0, k), d, True, "topk")


@operation
def median(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor | Selected:
    """The middle entry, the lower of two; with `dim`: (values, indices) along it."""
    if dim is None:
        return input.reshape(-1).median(0).values
    d = dimension(dim, input.ndim)
    middle = input.argsort(d).narrow(d, (input.array.shape[d] - 1) // 2, 1)
    return _picked(input, middle, d, keepdim, "median")
