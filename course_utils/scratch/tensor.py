"""`Tensor`: an array that knows from which tensors it was computed.

Here is what a tensor *is*; `autograd` says how results are recorded and differentiated, the modules
after it add one family of operations each, as functions and as methods.
"""

import math
from typing import Any

import numpy as np

from course_utils.scratch import arrays, dtypes, printing
from course_utils.scratch.arrays import Array


class Size(tuple):
    """The shape of a tensor: a tuple that prints as PyTorch's and can count the entries."""

    __slots__ = ()

    def numel(self) -> int:
        """Number of entries."""
        return math.prod(self)

    def __repr__(self) -> str:
        return f"torch.Size({list(self)})"

    def __add__(self, other: tuple) -> "Size":
        return Size(tuple(self) + tuple(other))

    def __getitem__(self, index: Any) -> Any:
        found = super().__getitem__(index)
        return Size(found) if isinstance(found, tuple) else found


class Tensor:
    """An array of numbers, its derivative `grad`, and the way it was computed.

    `Tensor(2, 3)` has undefined entries, `Tensor([1, 2])` holds those numbers, both as the default
    floating point type (PyTorch's old constructor); `tensor([1, 2])` is the usual way.

    Attributes
    ----------
    array
        The raw NumPy array or torch tensor.
    grad
        After `backward`: a tensor of the same shape, or None. Filled for leaves.
    grad_fn
        The `Node` that made this tensor; None for a leaf.
    """

    # Defaults live in the class: a tensor stores what differs from them, and so is cheap to make.
    array: Array
    grad: "Tensor | None" = None
    grad_fn: Any = None
    _requires_grad = False
    _counter: list[int] | None = None  # in-place changes so far, shared by all views of one memory
    _seen: int | None = None  # a view inside a graph: the changes counted when it was taken
    _base: tuple | None = None  # a view: (the tensor it looks into, index or None, derivative)
    _hooks: tuple = ()
    __array_priority__ = 1000  # numpy_array * tensor is left to Tensor.__rmul__

    def __init__(self, *data: Any) -> None:
        if len(data) == 1 and not isinstance(data[0], int):
            self.array = to_array(data[0], dtypes.get_default_dtype())
        else:
            self.array = arrays.place(np.empty(data, dtypes.get_default_dtype().numpy))

    @property
    def xp(self) -> Any:
        """The library of functions for this tensor's array."""
        return np if type(self.array) is np.ndarray else arrays.torch_namespace()

    @property
    def requires_grad(self) -> bool:
        """Whether `backward` will bring a derivative here."""
        return self._requires_grad

    @requires_grad.setter
    def requires_grad(self, wanted: bool) -> None:
        if wanted and not self.dtype.is_floating_point:
            raise RuntimeError(
                "only Tensors of floating point dtype can require gradients, this one is"
                f" {self.dtype}"
            )
        if not wanted and self.grad_fn is not None:
            raise RuntimeError(
                "you can only change requires_grad flags of leaf variables; use tensor.detach()"
            )
        self._requires_grad = bool(wanted)

    def requires_grad_(self, requires_grad: bool = True) -> "Tensor":
        """Set `requires_grad` and return this tensor."""
        self.requires_grad = requires_grad
        return self

    @property
    def is_leaf(self) -> bool:
        """Whether no recorded operation made this tensor."""
        return self.grad_fn is None

    @property
    def shape(self) -> Size:
        """Length of each dimension."""
        return Size(self.array.shape)

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return len(self.array.shape)

    def dim(self) -> int:
        """Number of dimensions."""
        return len(self.array.shape)

    def numel(self) -> int:
        """Number of entries."""
        return math.prod(self.array.shape)

    @property
    def dtype(self) -> dtypes.dtype:
        """Type of the entries."""
        return dtypes.from_native(self.array.dtype)

    @property
    def device(self) -> arrays.device:
        """Where the entries are."""
        return arrays.device_of(self.array)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.array(self.numpy(), dtype=dtype, copy=copy)

    def detach(self) -> "Tensor":
        """The same memory outside the graph."""
        return share(self)

    @property
    def data(self) -> "Tensor":
        """The same memory outside the graph and unwatched: a change is not counted."""
        return wrap(self.array)

    @data.setter
    def data(self, value: "Tensor") -> None:
        self.array = value.array

    @property
    def _version(self) -> int:
        return self._counter[0] if self._counter else 0

    def counter(self) -> list[int]:
        """The count of in-place changes, shared by all views of this memory."""
        if self._counter is None:
            self._counter = [0]
        return self._counter

    def bump_version(self) -> None:
        """Say that the memory was changed in place."""
        self.counter()[0] += 1

    __hash__ = object.__hash__  # by identity, though == compares entries

    def __repr__(self) -> str:
        return printing.tensor_text(self)

    def __deepcopy__(self, memo: dict) -> "Tensor":
        if not self.is_leaf:
            raise RuntimeError(
                "Only Tensors created explicitly by the user support the deepcopy protocol at the"
                " moment; use tensor.detach().clone()"
            )
        copied = self.__class__.__new__(self.__class__)
        memo[id(self)] = copied
        copied.array, copied._requires_grad = arrays.copy(self.array), self._requires_grad
        copied.grad = self.grad.__deepcopy__(memo) if self.grad is not None else None
        return copied


def is_tensor(obj: Any) -> bool:
    """Whether an object is a tensor of this engine."""
    return isinstance(obj, Tensor)


_new = object.__new__


def wrap(array: Array) -> Tensor:
    """A tensor around an array, outside any graph."""
    tensor = _new(Tensor)
    if type(array) is not np.ndarray and isinstance(array, np.generic):
        array = np.asarray(array)  # NumPy makes numbers of arrays without dimensions
    tensor.array = array
    return tensor


def share(base: Tensor, array: Array | None = None) -> Tensor:
    """A tensor outside the graph that looks at the memory of another and counts changes with it."""
    view = wrap(base.array if array is None else array)
    view._counter = base.counter()
    return view


def to_array(data: Any, dtype: dtypes.dtype | None = None, device: Any = None) -> Array:
    """Numbers, nested lists, arrays or tensors as one array of this engine.

    Raises
    ------
    ValueError
        Lists of unequal lengths, or of text.
    TypeError
        Text, or a type of number that this engine does not have.
    RuntimeError
        Something else that is no number.
    """
    if isinstance(data, Tensor):
        array = data.array
    elif hasattr(data, "dtype") and hasattr(data, "shape"):
        array = np.asarray(data) if isinstance(data, np.generic) else data
    else:
        array = np.asarray(plain(data))
        if array.dtype.kind in "OUS":
            _refuse(data, array)
        if dtype is None and array.dtype == np.float64:
            dtype = dtypes.get_default_dtype()
    given = dtypes.from_native(array.dtype)
    return arrays.cast(arrays.place(array, device), dtype or given)


def _refuse(data: Any, array: np.ndarray) -> None:
    if array.dtype.kind != "O":
        text = TypeError if array.ndim == 0 else ValueError
        raise text(f"a tensor holds numbers, not text such as {array.flat[0]!r}")
    raise RuntimeError(f"Could not infer dtype of {type(array.flat[0]).__name__}")


def plain(data: Any) -> Any:
    """Nested lists with every tensor in them turned into numbers, for NumPy to read."""
    if isinstance(data, Tensor):
        return data.tolist()
    return [plain(entry) for entry in data] if isinstance(data, list | tuple) else data
