"""How an operation enters the engine: as a function of the namespace, as a method, or as both."""

import functools
import inspect
import operator
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_utils.scratch import arrays, dtypes
from course_utils.scratch.tensor import Tensor, to_array, wrap

#: The functions of the namespace, by PyTorch's name.
NAMES: dict[str, Callable] = {}
NUMBERS = (bool, int, float, np.number, np.bool_)
_ALIASES = {"axis": "dim", "keepdims": "keepdim"}
_NUMBER_FIRST = {"add", "sub", "mul", "div", "pow", "remainder", "floor_divide"}


def function(*aliases: str) -> Callable[[Callable], Callable]:
    """Define a function of the namespace, under its own name (less a last `_`) and these."""

    def define(body: Callable) -> Callable:
        called = _with_aliases(body)
        for name in (body.__name__.removesuffix("_"), *aliases):
            NAMES[name] = called
        return body

    return define


def method(*names: str) -> Callable[[Callable], Callable]:
    """Define a method of Tensor under these names."""

    def define(body: Callable) -> Callable:
        for name in names:
            setattr(Tensor, name, body)
        return body

    return define


def operation(*aliases: Any) -> Callable:
    """Define both: a method, and a function whose first argument has to be a tensor."""
    if aliases and callable(aliases[0]):
        return operation()(aliases[0])

    def define(body: Callable) -> Callable:
        name = body.__name__.removesuffix("_")
        names = [a for a in aliases if a.startswith("__")]
        called = _with_aliases(body)

        @functools.wraps(body)
        def checked(*args: Any, **keywords: Any) -> Any:
            first = args[0] if args else keywords.get("input")
            if not isinstance(first, Tensor) and not (
                name in _NUMBER_FIRST and isinstance(first, NUMBERS)
            ):
                kind = type(first).__name__
                raise TypeError(
                    f"{name}(): argument 'input' (position 1) must be Tensor, not {kind}"
                )
            out = keywords.pop("out", None) if keywords else None
            result = called(*args, **keywords)
            return result if out is None else _written(out, result)

        plain = [name, *(a for a in aliases if not a.startswith("__"))]
        method(*plain, *names)(called)
        function(*plain[1:])(checked)
        return body

    return define


def _written(out: Tensor, result: Tensor) -> Tensor:
    """A result in the tensor given for it, which takes its shape."""
    if out.array.shape != result.array.shape:
        out.array = result.array
    else:
        out.array[...] = arrays.cast(result.array, out.dtype)
    out.bump_version()
    return out


def _with_aliases(body: Callable) -> Callable:
    """Let `dim` also be called `axis`, `keepdim` `keepdims`, and `*shape` be given by its name."""
    parameters = inspect.signature(body).parameters.values()
    several = {each.name for each in parameters if each.kind is each.VAR_POSITIONAL}
    if not several & {"shape", "dims", "size"} and "dim" not in {each.name for each in parameters}:
        return body

    @functools.wraps(body)
    def renamed(*args: Any, **keywords: Any) -> Any:
        if keywords:
            keywords = {_ALIASES.get(key, key): value for key, value in keywords.items()}
            args += tuple(keywords.pop(name) for name in several if name in keywords)
        return body(*args, **keywords)

    return renamed


def dimension(dim: int, ndim: int) -> int:
    """The dimension counted from the front.

    Raises
    ------
    IndexError
        There is no such dimension.
    """
    most = max(ndim, 1)
    if not -most <= dim < most:
        raise IndexError(
            f"Dimension out of range (expected to be in range of [{-most}, {most - 1}], but got"
            f" {dim})"
        )
    return dim % most


def dimensions(dim: int | Sequence[int] | None, ndim: int) -> tuple[int, ...]:
    """The dimensions counted from the front; all of them for None or ()."""
    if dim is None or dim == ():
        return tuple(range(ndim))
    if isinstance(dim, int):
        return (dimension(dim, ndim),) if ndim else ()
    found = tuple(dimension(d, ndim) for d in dim)
    if len(set(found)) < len(found):
        raise RuntimeError(f"dim {dim} appears multiple times in the list of dims")
    return found


def integers(sizes: tuple) -> tuple[int, ...]:
    """Sizes given one by one or as one sequence: `view(2, 3)` and `view((2, 3))`."""
    if len(sizes) == 1 and not isinstance(sizes[0], int | np.integer | Tensor):
        sizes = tuple(sizes[0])
    return tuple(operator.index(n) for n in sizes)


def floating(x: Tensor) -> Tensor:
    """The tensor itself, or whole numbers as the default floating point type."""
    if x.dtype.is_floating_point:
        return x
    return wrap(arrays.cast(x.array, dtypes.get_default_dtype()))


def operands(a: Any, b: Any) -> tuple[Tensor, Tensor]:
    """Two tensors, or a tensor and a number, as tensors of one type, in one place, that broadcast.

    Raises
    ------
    RuntimeError
        Shapes that do not broadcast, or two devices.
    TypeError
        Something that is neither tensor nor number.
    """
    if not (isinstance(a, Tensor) and isinstance(b, Tensor)):
        return _with_number(a, b)
    x, y = a.array, b.array
    if x.dtype is y.dtype or (type(x) is type(y) and x.dtype == y.dtype):
        if x.shape != y.shape:
            check_broadcast(x.shape, y.shape)
        return a, b
    if type(x) is not type(y) and not (
        a.ndim and b.ndim
    ):  # a single number goes where the other is
        a, b = (a, b.to(a.device)) if b.ndim == 0 else (a.to(b.device), b)
    check_place(a, b)
    check_broadcast(x.shape, y.shape)
    dtype = dtypes.result_of((a.dtype, a.ndim > 0), (b.dtype, b.ndim > 0))
    return a.to(dtype), b.to(dtype)


def _with_number(a: Any, b: Any) -> tuple[Tensor, Tensor]:
    """A tensor and a Python number, or a NumPy array, as two tensors of one type."""
    tensor, other = (a, b) if isinstance(a, Tensor) else (b, a)
    if not isinstance(tensor, Tensor):
        raise TypeError(f"a Tensor was expected, not {type(a).__name__} and {type(b).__name__}")
    if isinstance(other, np.ndarray):
        return operands(*((a, wrap(other)) if tensor is a else (wrap(other), b)))
    if not isinstance(other, NUMBERS):
        kind = type(other).__name__
        raise TypeError(f"unsupported operand: a Tensor and {kind}; give a number or a tensor")
    if not tensor.dtype.is_floating_point:
        tensor = tensor.to(dtypes.result_of((tensor.dtype, True), (dtypes.of_number(other), False)))
    array = tensor.array
    number = (
        np.asarray(other, array.dtype) if type(array) is np.ndarray else array.new_tensor(other)
    )
    number = wrap(number)
    return (tensor, number) if isinstance(a, Tensor) else (number, tensor)


def check_broadcast(a: Sequence[int], b: Sequence[int]) -> None:
    """Refuse two shapes that do not broadcast, naming the dimension."""
    for back, (m, n) in enumerate(zip(reversed(a), reversed(b), strict=False), start=1):
        if m != n and m != 1 and n != 1:
            raise RuntimeError(
                f"The size of tensor a ({m}) must match the size of tensor b ({n}) at non-singleton"
                f" dimension {max(len(a), len(b)) - back}; the shapes are {tuple(a)} and {tuple(b)}"
            )


def check_place(*tensors: Tensor) -> None:
    """Refuse tensors on two devices, or held by two libraries."""
    if all(type(tensor.array) is np.ndarray for tensor in tensors):
        return
    places = {(type(t.array), str(t.device)) for t in tensors}
    if len(places) > 1:
        devices = sorted({device for _, device in places})
        if len(devices) == 1:
            raise RuntimeError(
                "Expected all tensors to be held by one library, found NumPy arrays and torch"
                " tensors; make them all within the same `with arrays.library(…)` block"
            )
        raise RuntimeError(
            "Expected all tensors to be on the same device, but found at least two devices,"
            f" {devices[0]} and {devices[1]}!"
        )


def tensor_of(data: Any, like: Tensor) -> Tensor:
    """A tensor or number as a tensor held where `like` is."""
    if isinstance(data, Tensor):
        return data
    exact = like.dtype if isinstance(data, float) and like.dtype.is_floating_point else None
    return wrap(to_array(data, exact, like.device))
