"""The same numbers elsewhere: in Python or NumPy, as another type, on another device, copied."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.scratch import arrays, dtypes
from course_utils.scratch.graph import record
from course_utils.scratch.operation import dimension, method, operation
from course_utils.scratch.tensor import Tensor, wrap


@method("item")
def item(self: Tensor) -> Any:
    """The only entry as a Python number."""
    if self.numel() != 1:
        raise RuntimeError(f"a Tensor with {self.numel()} elements cannot be converted to Scalar")
    return self.array.item()


@method("tolist")
def tolist(self: Tensor) -> Any:
    """The entries as nested lists of Python numbers."""
    return self.array.tolist()


@method("numpy")
def numpy(self: Tensor, *, force: bool = False) -> np.ndarray:
    """The entries as a NumPy array that shares memory where it can."""
    if self._requires_grad and not force:
        raise RuntimeError(
            "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."
        )
    if self.device.type != "cpu" and not force:
        raise TypeError(f"can't convert {self.device} tensor to numpy; use tensor.cpu() first")
    return arrays.to_numpy(self.array)


@method("__bool__")
def bool_(self: Tensor) -> bool:
    """Whether the only entry is not 0."""
    if self.numel() != 1:
        raise RuntimeError(
            f"Boolean value of Tensor with {self.numel()} values (shape {tuple(self.shape)}) is"
            " ambiguous"
        )
    return bool(self.array.item())


def _only(x: Tensor) -> Tensor:
    if x.numel() != 1:
        raise ValueError(
            "only one element tensors can be converted to Python scalars, this one has shape"
            f" {tuple(x.shape)}"
        )
    return x


@method("__float__")
def float_(self: Tensor) -> float:
    """The only entry as a float."""
    return float(_only(self).item())


@method("__int__")
def int_(self: Tensor) -> int:
    """The only entry as an int."""
    return int(_only(self).item())


@method("__index__")
def index_(self: Tensor) -> int:
    """The only entry as an index."""
    if self.dtype.kind == 2 or self.numel() != 1:
        raise TypeError("only integer tensors of a single element can be converted to an index")
    return int(self.array.item())


@method("__format__")
def format_(self: Tensor, spec: str) -> str:
    """A single number by a format such as `.3f`, anything else as printed."""
    return format(self.item() if self.ndim == 0 and type(self) is Tensor else str(self), spec)


@method("__len__")
def len_(self: Tensor) -> int:
    """Length of the first dimension."""
    if self.ndim == 0:
        raise TypeError("len() of a 0-d tensor")
    return self.array.shape[0]


@method("__iter__")
def iter_(self: Tensor) -> Iterator[Tensor]:
    """The slices along the first dimension."""
    if self.ndim == 0:
        raise TypeError("iteration over a 0-d tensor")
    return (self[i] for i in range(len(self)))


@method("__contains__")
def contains_(self: Tensor, value: Any) -> bool:
    """Whether some entry equals a value."""
    return bool((self == value).any())


def _for_pytorch(cls: type, function: Any, types: Any, args: tuple = (), _: Any = None) -> Any:
    """Let PyTorch's `load_state_dict` take our tensors: it copies from them, and nothing else."""
    if function.__name__ != "copy_":
        return NotImplemented
    torch = arrays.torch_namespace()
    return function(*(torch.as_tensor(a.array) if isinstance(a, Tensor) else a for a in args))


Tensor.__torch_function__ = classmethod(_for_pytorch)


@method("__getstate__")
def getstate(self: Tensor) -> dict[str, Any]:
    """What is pickled: the numbers as a NumPy array, and whether they are learnt."""
    return {"array": arrays.to_numpy(self.array), "_requires_grad": self.requires_grad}


@method("__setstate__")
def setstate(self: Tensor, state: dict[str, Any]) -> None:
    """The numbers held as new tensors are."""
    self.__dict__.update(state, array=arrays.place(state["array"], "cpu"))


@method("to")
@arrays.quiet
def to(
    self: Tensor,
    *targets: Any,
    dtype: dtypes.dtype | None = None,
    device: Any = None,
    copy: bool = False,
    non_blocking: bool = False,
) -> Tensor:
    """The tensor as a type, on a device, or like another tensor; itself where nothing changes."""
    for target in targets:
        if isinstance(target, dtypes.dtype):
            dtype = target
        elif isinstance(target, Tensor):
            dtype, device = target.dtype, target.device
        elif isinstance(target, str | arrays.device):
            device = target
    before, came_from = self.dtype, self.device
    array = self.array if dtype in (None, before) else arrays.cast(self.array, dtype)
    if device is not None and arrays.device(device) != came_from:
        array = arrays.place(array, device)
    if array is self.array:
        return self.clone() if copy else self
    if dtype is not None and not dtype.is_floating_point:
        return wrap(array)
    return record(array, (self, lambda g: g.to(came_from, before)), name="to_copy")


for _name, _dtype in {
    "bool": dtypes.bool_,
    "byte": dtypes.uint8,
    "int": dtypes.int32,
    "long": dtypes.int64,
    "half": dtypes.float16,
    "float": dtypes.float32,
    "double": dtypes.float64,
}.items():
    method(_name)(lambda self, dtype=_dtype: self.to(dtype))
method("type_as")(lambda self, other: self.to(other.dtype))
method("cpu")(lambda self: self.to("cpu"))
method("cuda")(
    lambda self, device=None: self.to(f"cuda:{device}" if device is not None else "cuda")
)


@method("type")
def type_(self: Tensor, dtype: dtypes.dtype | None = None) -> Any:
    """The tensor as a type; without one, the name of its own: 'torch.FloatTensor'."""
    if dtype is not None:
        return self.to(dtype)
    names = {
        "float32": "Float",
        "float64": "Double",
        "int64": "Long",
        "int32": "Int",
        "bool": "Bool",
    }
    return f"torch.{names.get(self.dtype.name, self.dtype.name.capitalize())}Tensor"


@operation
def clone(input: Tensor) -> Tensor:
    """The same numbers in new memory, inside the graph."""
    return record(arrays.copy(input.array), (input, lambda g: g))


@method("contiguous")
def contiguous(self: Tensor) -> Tensor:
    """The tensor with its entries one after another in memory; itself where they are."""
    if arrays.is_contiguous(self.array):
        return self
    return record(arrays.contiguous(self.array), (self, lambda g: g), name="clone")


method("is_contiguous")(lambda self: arrays.is_contiguous(self.array))
method("element_size")(lambda self: self.dtype.itemsize)
method("data_ptr")(
    lambda self: (
        self.array.ctypes.data if isinstance(self.array, np.ndarray) else self.array.data_ptr()
    )
)


@method("stride")
def stride(self: Tensor, dim: int | None = None) -> Any:
    """Steps in memory, in entries, from one index of a dimension to the next."""
    steps = arrays.strides(self.array)
    return steps if dim is None else steps[dimension(dim, self.ndim)]


@operation
def is_floating_point(input: Tensor) -> bool:
    """Whether the entries are floating point numbers."""
    return input.dtype.is_floating_point


@operation("nelement")
def numel(input: Tensor) -> int:
    """Number of entries."""
    return math.prod(input.array.shape)


method("ndimension")(Tensor.dim)
method("get_device")(lambda self: -1 if self.device.type == "cpu" else self.device.index or 0)
Tensor.is_cuda = property(lambda self: self.device.type == "cuda")
