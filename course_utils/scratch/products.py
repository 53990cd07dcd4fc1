"""Products of matrices: `@`, einsum, outer products; and what is built from them.

For C = A B the adjoints are Ā = C̄ Bᵀ and B̄ = Aᵀ C̄: each is a product of the shapes that fit.
"""

import math
import string
from collections.abc import Sequence

import numpy as np

from course_utils.scratch import arrays
from course_utils.scratch.arrays import quiet
from course_utils.scratch.graph import record, record_view
from course_utils.scratch.indexing import placed
from course_utils.scratch.operation import (
    NAMES,
    check_broadcast,
    check_place,
    function,
    operation,
)
from course_utils.scratch.tensor import Tensor, wrap


@operation("__matmul__")
@quiet
def matmul(input: Tensor, other: Tensor) -> Tensor:
    """Matrix product: (…, n, k) @ (…, k, m) → (…, n, m); vectors stand for a row or a column.

    Raises
    ------
    RuntimeError
        The inner lengths differ, or the types.
    """
    if not isinstance(other, Tensor):
        return NotImplemented
    if input.ndim == 0 or other.ndim == 0:
        raise RuntimeError("both arguments to matmul need to be at least 1D, but they are 0D")
    if input.ndim == 1:
        return (input.unsqueeze(0) @ other).squeeze(0 if other.ndim == 1 else -2)
    if other.ndim == 1:
        return (input @ other.unsqueeze(1)).squeeze(-1)
    check_product(input, other)
    if input.ndim > 2 and other.ndim == 2:  # one large product instead of many small ones
        *lead, k = input.array.shape
        return (input.reshape(math.prod(lead), k) @ other).reshape(*lead, other.array.shape[1])
    a, b = input, other
    return record(a.array @ b.array, (a, lambda g: g @ b.mT, b), (b, lambda g: a.mT @ g, a))


def check_product(a: Tensor, b: Tensor) -> None:
    """Refuse matrices that cannot be multiplied, naming their shapes."""
    (n, k), (rows, m) = a.array.shape[-2:], b.array.shape[-2:]
    if k != rows:
        raise RuntimeError(
            f"mat1 and mat2 shapes cannot be multiplied ({n}x{k} and {rows}x{m});"
            f" the tensors' shapes are {tuple(a.shape)} and {tuple(b.shape)}"
        )
    check_place(a, b)
    if a.dtype is not b.dtype:
        raise RuntimeError(
            f"expected m1 and m2 to have the same dtype, but got: {a.dtype} != {b.dtype}"
        )
    check_broadcast(a.array.shape[:-2], b.array.shape[:-2])


def _product(name: str, dims: tuple[int, int]) -> None:
    """Define `matmul` for given numbers of dimensions."""

    def body(input: Tensor, other: Tensor) -> Tensor:
        if (input.ndim, other.ndim) != dims:
            raise RuntimeError(
                f"{name}: tensors of {dims[0]} and {dims[1]} dimensions expected, got shapes"
                f" {tuple(input.shape)} and {tuple(other.shape)}"
            )
        return matmul(input, other)

    body.__name__ = name
    body.__doc__ = f"`matmul` of tensors with {dims[0]} and {dims[1]} dimensions."
    operation(body)


_product("mm", (2, 2))
_product("bmm", (3, 3))
_product("mv", (2, 1))


@operation
def dot(input: Tensor, other: Tensor) -> Tensor:
    """Σ input · other of two vectors."""
    if (input.ndim, other.ndim) != (1, 1) or input.shape != other.shape:
        raise RuntimeError(
            "dot: two 1D tensors of one length expected, got shapes"
            f" {tuple(input.shape)} and {tuple(other.shape)}"
        )
    return input @ other


@operation
def inner(input: Tensor, other: Tensor) -> Tensor:
    """Σ input · other over the last dimension: `(…, n), (*, n) → (…, *)`."""
    if input.ndim == 0 or other.ndim == 0:
        return input * other
    rows, columns = (x.reshape(-1, x.array.shape[-1]) for x in (input, other))
    return (rows @ columns.T).reshape(*input.shape[:-1], *other.shape[:-1])


@operation("ger")
def outer(input: Tensor, vec2: Tensor) -> Tensor:
    """All products of two vectors' entries: (n,), (m,) → (n, m)."""
    return input.unsqueeze(1) * vec2.unsqueeze(0)


@function()
@quiet
def einsum(equation: str, *operands: Tensor) -> Tensor:
    """Sum of products by index letters: "ik,kj->ij" is a matrix product; "…" stands for any others.

    The adjoint of an operand is again such a sum: of the result's adjoint and the other operands.
    """
    if len(operands) == 1 and isinstance(operands[0], list | tuple):
        operands = tuple(operands[0])
    inputs, output = _letters(equation.replace(" ", ""), operands)
    check_place(*operands)
    arrays_ = [operand.array for operand in operands]
    sizes = {
        c: n
        for term, a in zip(inputs, arrays_, strict=True)
        for c, n in zip(term, a.shape, strict=True)
    }

    def derivative(i: int, g: Tensor) -> Tensor:
        term = inputs[i]
        others = [(t, operands[j]) for j, t in enumerate(inputs) if j != i]
        letters, extra = "", []
        for c in term:  # a letter named twice: a diagonal, written with an identity matrix
            if c in letters:
                fresh = next(x for x in string.ascii_letters if x not in sizes and x not in letters)
                extra.append((c + fresh, NAMES["eye"](sizes[c], dtype=g.dtype, device=g.device)))
                c = fresh
            letters += c
        known = set(output).union(*(t for t, _ in others), *(t for t, _ in extra))
        kept = "".join(c for c in letters if c in known)
        terms, factors = zip((output, g), *others, *extra, strict=True)
        out = einsum(f"{','.join(terms)}->{kept}", *factors)
        for d, c in enumerate(letters):
            if c not in known:  # summed alone: every entry has the same adjoint
                out = out.unsqueeze(d)
        return out.expand(operands[i].array.shape)

    fast = {"optimize": True} if operands[0].xp is np else {}  # by matrix products where it can
    try:
        out = operands[0].xp.einsum(f"{','.join(inputs)}->{output}", *arrays_, **fast)
    except ValueError as error:
        shapes = ", ".join(str(tuple(x.shape)) for x in operands)
        raise RuntimeError(f"einsum(): {equation!r} of shapes {shapes}: {error}") from None
    edges = [(x, lambda g, i=i: derivative(i, g)) for i, x in enumerate(operands)]
    return record(out, *edges, saves=tuple(operands))


def _letters(equation: str, operands: Sequence[Tensor]) -> tuple[list[str], str]:
    """The letters of each operand and of the result, with those that "…" stands for."""
    left, arrow, right = equation.partition("->")
    terms = left.split(",")
    if len(terms) != len(operands):
        raise RuntimeError(
            f"einsum(): {len(terms)} operands named in {equation!r}, {len(operands)} given"
        )
    free = [c for c in string.ascii_letters if c not in equation]
    most = max(x.ndim - len(t.replace("...", "")) for x, t in zip(operands, terms, strict=True))
    dots = "".join(free[:most]) if "..." in equation else ""
    full = []
    for term, x in zip(terms, operands, strict=True):
        count = x.ndim - len(term.replace("...", ""))
        term = term.replace("...", dots[len(dots) - count :] if count else "")
        if len(term) != x.ndim:
            raise RuntimeError(
                f"einsum(): {equation!r} names {len(term)} dimensions of an operand of shape"
                f" {tuple(x.shape)}"
            )
        full.append(term)
    if arrow:
        return full, right.replace("...", dots)
    every = "".join(full)
    return full, dots + "".join(sorted(c for c in set(every) - set(dots) if every.count(c) == 1))


@operation
def diagonal(input: Tensor, offset: int = 0, dim1: int = 0, dim2: int = 1) -> Tensor:
    """The entries with index i in one dimension and i + offset in another, as a last one."""
    order = [d for d in range(input.ndim) if d not in (dim1 % input.ndim, dim2 % input.ndim)]
    x = input.permute((*order, dim1, dim2))  # (…, n, m)
    (*_, n, m), first = x.array.shape, max(-offset, 0)
    count = max(0, min(n - first, m - first - offset))
    rows = x.xp.arange(count) + first
    raw, shape = (Ellipsis, rows, rows + offset), x.array.shape

    def derivative(g: Tensor) -> Tensor:
        return placed(g, raw, shape, once=True)

    index = (Ellipsis, wrap(rows), wrap(rows + offset))
    return record_view(x, arrays.diagonal(x.array, offset), derivative, index)


@operation
def diag(input: Tensor, diagonal: int = 0) -> Tensor:
    """The diagonal of a matrix, or the matrix with this diagonal."""
    if input.ndim == 2:
        return input.diagonal(diagonal).clone()
    size = len(input) + max(diagonal, -diagonal)
    out = NAMES["zeros"](size, size, dtype=input.dtype, device=input.device)
    start = max(-diagonal, 0)
    rows = list(range(start, start + len(input)))
    out[rows, [i + diagonal for i in rows]] = input
    return out


@operation
def trace(input: Tensor) -> Tensor:
    """Sum of a matrix's diagonal."""
    return input.diag().sum()


def _triangle(name: str) -> None:
    """Define `tril` or `triu`: the entries on one side of a diagonal, 0 elsewhere."""

    def body(input: Tensor, diagonal: int = 0) -> Tensor:
        ones = arrays.zeros(input.array.shape[-2:], input.array) + 1
        kept = wrap(getattr(input.xp, name)(ones, k=diagonal) != 0)
        return input.masked_fill(~kept, 0)  # a product would make NaN of infinite entries

    body.__name__ = name
    body.__doc__ = (
        f"The {'lower' if name == 'tril' else 'upper'} triangle of matrices, 0 elsewhere."
    )
    operation(body)


_triangle("tril")
_triangle("triu")
