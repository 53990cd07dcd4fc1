"""The one file that knows which library holds the numbers: NumPy, or torch tensors as plain arrays.

Most operations have one name in both, that of the array API standard: `x.xp.exp(x.array)`, where
`xp` is `numpy` or `array_api_compat.torch`. What the standard lacks, or each library spells its own
way, is here. PyTorch is imported only where a torch tensor is asked for.
"""

import contextlib
import functools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from course_utils.scratch import dtypes

Array = Any  # numpy.ndarray or torch.Tensor
#: Decorator: as in PyTorch, arithmetic goes on with inf and nan, without a warning.
quiet = np.errstate(all="ignore")
_holder = "numpy"


class device:  # PyTorch's spelling
    """Where the numbers are: "cpu", "cuda" or "cuda:1".

    Raises
    ------
    RuntimeError
        The name is none of these.
    """

    def __init__(self, type: "str | device", index: int | None = None) -> None:
        name, _, number = str(type).partition(":")
        if name not in ("cpu", "cuda") or (number and not number.isdigit()):
            raise RuntimeError(
                f"Expected one of cpu, cuda device type at start of device string: {type}"
            )
        self.type = name
        self.index = int(number) if number else index

    def __repr__(self) -> str:
        index = "" if self.index is None else f", index={self.index}"
        return f"device(type='{self.type}'{index})"

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, device) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


CPU = device("cpu")
_default_device = CPU


def set_default_device(where: "str | device | None") -> None:
    """Where new tensors are made, "cpu" unless set."""
    global _default_device
    _default_device = CPU if where is None else device(where)


@contextlib.contextmanager
def library(name: str) -> Iterator[None]:
    """Hold new CPU tensors in this library, "numpy" or "torch", within a `with` block.

    Raises
    ------
    ValueError
        The name is neither.
    """
    global _holder
    if name not in ("numpy", "torch"):
        raise ValueError(f"arrays are held by 'numpy' or 'torch', not by {name!r}")
    before, _holder = _holder, name
    try:
        yield
    finally:
        _holder = before


@functools.cache
def torch_namespace() -> Any:
    """The array API standard over torch tensors; imports PyTorch."""
    import array_api_compat.torch

    return array_api_compat.torch


def namespace(array: Array) -> Any:
    """The module whose functions work on this array."""
    return np if isinstance(array, np.ndarray) else torch_namespace()


def native(array: Array, dtype: dtypes.dtype) -> Any:
    """The dtype under the name that the array's own library gives it."""
    return dtype.numpy if isinstance(array, np.ndarray) else getattr(torch_namespace(), dtype.name)


def cast(array: Array, dtype: dtypes.dtype) -> Array:
    """The array in another type; the same array where nothing changes."""
    if isinstance(array, np.ndarray | np.generic):
        return array.astype(dtype.numpy, copy=False)
    return array.to(native(array, dtype))


def place(array: Array, where: "device | str | None" = None) -> Array:
    """The array, a NumPy array or a torch tensor, held where asked for.

    Raises
    ------
    RuntimeError
        CUDA is asked for and is not there.
    """
    where = _default_device if where is None else device(where)
    if where.type == "cpu" and _holder == "numpy":
        return to_numpy(array)
    torch = torch_namespace()
    if where.type == "cuda" and not torch.cuda.is_available():
        raise RuntimeError(
            "CUDA was asked for and there is none: PyTorch finds no CUDA device; use device='cpu'"
        )
    return torch.as_tensor(array, device=str(where))


def to_numpy(array: Array) -> np.ndarray:
    """The numbers as a NumPy array, without a copy where they are in this computer's memory."""
    return array if isinstance(array, np.ndarray) else array.detach().cpu().numpy()


def device_of(array: Array) -> device:
    """Where the array is."""
    return CPU if isinstance(array, np.ndarray) else device(str(array.device))


def contiguous(array: Array) -> Array:
    """The array with its entries one after another in memory, row by row."""
    if isinstance(array, np.ndarray):
        return np.asarray(array, order="C")
    return array.contiguous()


def is_contiguous(array: Array) -> bool:
    """Whether the entries lie one after another in memory, row by row."""
    return array.flags.c_contiguous if isinstance(array, np.ndarray) else array.is_contiguous()


def strides(array: Array) -> tuple[int, ...]:
    """Steps in memory, in entries, from one index of each dimension to the next."""
    if isinstance(array, np.ndarray):
        return tuple(step // array.itemsize for step in array.strides)
    return tuple(array.stride())


def view(array: Array, shape: Sequence[int]) -> Array:
    """The same memory under another shape; ValueError or RuntimeError where it needs a copy."""
    if isinstance(array, np.ndarray):
        return array.reshape(shape, copy=False)
    return array.view(shape)


def copy(array: Array) -> Array:
    """The same numbers in new memory, in the order that they had."""
    return array.copy(order="K") if isinstance(array, np.ndarray) else array.clone()


def owns_memory(array: Array) -> bool:
    """Whether no other array is known to look at this memory."""
    return isinstance(array, np.ndarray) and array.base is None and array.flags.owndata


def zeros(shape: Sequence[int], like: Array) -> Array:
    """Zeros of the type and in the place of another array."""
    return np.zeros(shape, like.dtype) if isinstance(like, np.ndarray) else like.new_zeros(shape)


def empty(shape: Sequence[int], like: Array) -> Array:
    """Memory of the type and in the place of another array, whatever it holds."""
    return np.empty(shape, like.dtype) if isinstance(like, np.ndarray) else like.new_empty(shape)


def diagonal(array: Array, offset: int) -> Array:
    """The diagonal of the last two dimensions, a look at the same memory."""
    if not isinstance(array, np.ndarray):
        return array.diagonal(offset, -2, -1)
    out = array.diagonal(offset, -2, -1)
    out.flags.writeable = array.flags.writeable
    return out


def add_at(target: Array, index: Any, values: Array) -> None:
    """`target[index] += values`, where a place named several times receives all its values."""
    if isinstance(target, np.ndarray):
        np.add.at(target, index, values)
        return
    places = torch_namespace().arange(target.numel(), device=target.device).reshape(target.shape)
    where = places[index]
    target.view(-1).index_add_(0, where.reshape(-1), values.expand(where.shape).reshape(-1))


def windows(array: Array, size: int, step: int, dilation: int) -> Array:
    """Every window along the last dimension, as a view: (…, n) → (…, size, places)."""
    *shape, n = array.shape
    *rest, right = strides(array)
    shape += [size, (n - dilation * (size - 1) - 1) // step + 1]
    rest += [right * dilation, right * step]
    if isinstance(array, np.ndarray):
        rest = [s * array.itemsize for s in rest]
        return np.lib.stride_tricks.as_strided(array, shape, rest, writeable=False)
    return array.as_strided(shape, rest)


def erf(array: Array) -> Array:
    """The error function 2/√π ∫₀ˣ e^(−t²) dt of each entry."""
    if isinstance(array, np.ndarray):
        import scipy.special

        return scipy.special.erf(array)
    return array.erf()


def batch_that_fits(array: Array, entries: int) -> int:
    """How many examples, each unfolded to so many entries, stay within the cache together."""
    held = 2**17 if device_of(array).type == "cpu" else 2**26
    return max(1, held // max(entries, 1))
