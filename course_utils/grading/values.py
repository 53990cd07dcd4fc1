"""Values as they cross between judge and student: exact types, written as msgpack, never pickle.

Numbers, text, bytes, lists, tuples, dictionaries, sets, NumPy arrays and scalars, PyTorch and
scratch tensors, random generators, slices, ranges and dtypes go by value. A subclass is sent as
what it derives from: an array class with a comparison of its own arrives as a plain array. All else
goes as a reference, which each side makes and resolves in its own way.
"""

import contextlib
import importlib
import math
import operator
import re
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

import msgpack
import numpy as np

TUPLE, SET, FROZEN_SET, COMPLEX, BIG_INTEGER, SLICE, RANGE, ELLIPSIS = range(1, 9)
ARRAY, SCALAR, OBJECTS, TENSOR, DTYPE, GENERATOR, REFERENCE = range(20, 27)

_PLAIN_DTYPE = re.compile(r"[<>|=][biufcUS][0-9]+")
_MOST_DIGITS = 4_000  # Python itself reads up to 4300


class ValueRefused(Exception):
    """A value that does not go over the wire, or bytes that are no value; says why."""


class Reference(NamedTuple):
    """Something that stays where it is: whose it is, its number there, what it is called.

    The owner is ``"student"``, ``"judge"`` or ``"library"``; a name of a library's function is
    ``"numpy:linalg.norm"``, and of a student's object its type.
    """

    owner: str
    number: int
    name: str = ""


def pack(value: Any, refer: Callable[[Any], Reference] | None = None) -> bytes:
    """``value`` as bytes.

    Parameters
    ----------
    value
        Anything made of the types above.
    refer
        Makes a reference to what is none of them.

    Raises
    ------
    ValueRefused
        Where it is nested too deeply, or there is no ``refer`` for what it holds.
    """
    try:
        return msgpack.packb(
            value,
            default=partial(_extend, refer),
            strict_types=True,
            unicode_errors="surrogatepass",
        )
    except ValueRefused:
        raise
    except (ValueError, OverflowError, TypeError, RecursionError) as problem:
        raise ValueRefused(f"a value cannot be sent: {problem}") from None


def unpack(content: bytes, resolve: Callable[[Reference], Any] | None = None) -> Any:
    """The value that `pack` wrote, in exactly the types named above.

    Raises
    ------
    ValueRefused
        Where the bytes are not what `pack` writes.
    """
    try:
        return msgpack.unpackb(
            content,
            ext_hook=partial(_from_extension, resolve),
            strict_map_key=False,
            unicode_errors="surrogatepass",
        )
    except ValueRefused:
        raise
    except Exception as problem:  # whatever the bytes made msgpack, NumPy or PyTorch raise
        raise ValueRefused(f"a message cannot be read: {type(problem).__name__}") from None


def _extend(refer: Callable[[Any], Reference] | None, value: Any) -> Any:
    """One value that msgpack does not know: as one that it does, or as an extension."""

    def extension(code: int, content: Any) -> msgpack.ExtType:
        return msgpack.ExtType(code, pack(content, refer))

    if isinstance(value, np.ndarray | np.generic):
        return _numpy(extension, value)
    if (written := _by_value(extension, value)) is not None:
        return written
    if refer is None:
        raise ValueRefused(f"a value of type {type(value).__name__} cannot be sent")
    return extension(REFERENCE, list(refer(value)))


def _numpy(extension: Callable[[int, Any], msgpack.ExtType], value: Any) -> msgpack.ExtType:
    array = np.asarray(value)
    if array.dtype.kind == "O":
        return extension(OBJECTS, [list(array.shape), array.ravel().tolist()])
    if not _PLAIN_DTYPE.fullmatch(array.dtype.str):
        raise ValueRefused(f"an array of dtype {array.dtype} cannot be sent")
    if isinstance(value, np.generic):
        return extension(SCALAR, [array.dtype.str, array.tobytes()])
    by_columns = array.flags.f_contiguous and not array.flags.c_contiguous
    order = "F" if by_columns else "C"
    shape, writeable = list(array.shape), bool(array.flags.writeable)
    return extension(ARRAY, [array.dtype.str, shape, order, writeable, array.tobytes(order)])


def _by_value(extension: Callable[[int, Any], msgpack.ExtType], value: Any) -> Any:
    """Python's own types and tensors; None for anything else."""
    match value:
        case int():
            return _integer(extension, value)
        case float():
            return float.__float__(value)
        case Fraction() | Decimal():
            return float(value)
        case str():
            return str.__str__(value)
        case bytes() | bytearray():
            return bytes(value)
        case tuple():
            return extension(TUPLE, list(tuple.__iter__(value)))
        case list():
            return list(list.__iter__(value))
        case dict():
            return dict(dict.items(value))
        case complex():
            return extension(COMPLEX, [value.real, value.imag])
        case set() | frozenset():
            code, kind = (SET, set) if isinstance(value, set) else (FROZEN_SET, frozenset)
            return extension(code, list(kind.__iter__(value)))
        case slice():
            return extension(SLICE, [value.start, value.stop, value.step])
        case range():
            return extension(RANGE, [value.start, value.stop, value.step])
        case np.random.Generator():
            return extension(GENERATOR, value.bit_generator.state)
        case np.dtype() if _PLAIN_DTYPE.fullmatch(value.str):
            return extension(DTYPE, ["numpy", value.str])
    if value is Ellipsis:
        return extension(ELLIPSIS, None)
    return _of_torch(extension, value)


def _of_torch(extension: Callable[[int, Any], msgpack.ExtType], value: Any) -> Any:
    """Tensors of PyTorch and of scratch, PyTorch's dtypes; None for anything else."""
    if "torch" in sys.modules and isinstance(value, sys.modules["torch"].dtype):
        return extension(DTYPE, ["torch", str(value).removeprefix("torch.")])
    for library in ("torch", "course_utils.scratch"):
        module = sys.modules.get(library)
        if module is not None and isinstance(value, module.Tensor):
            return extension(TENSOR, _tensor_parts(library, value))
    return None


def _integer(extension: Callable[[int, Any], msgpack.ExtType], value: int) -> Any:
    exact = int.__index__(value)
    if -(2**63) <= exact < 2**64:
        return exact
    if exact.bit_length() > 3 * _MOST_DIGITS:
        raise ValueRefused(f"an integer of more than {_MOST_DIGITS} digits cannot be sent")
    return extension(BIG_INTEGER, str(exact))


def _tensor_parts(library: str, tensor: Any) -> list[Any]:
    module = sys.modules[library]
    plain = contextlib.nullcontext()
    if library == "torch":  # a subclass may have all functions say something else
        plain = module._C.DisableTorchFunctionSubclass()
    with plain:
        array = np.asarray(module.Tensor.numpy(module.Tensor.cpu(module.Tensor.detach(tensor))))
        return [library, bool(tensor.requires_grad), array]


def _from_extension(resolve: Callable[[Reference], Any] | None, code: int, data: bytes) -> Any:
    content = unpack(data, resolve)
    if code == REFERENCE:
        reference = Reference(*content)
        if resolve is None:
            raise ValueRefused("a reference is out of place")
        return resolve(reference)
    if code not in _READERS:
        raise ValueRefused(f"extension {code} means nothing")
    return _READERS[code](content)


def _read_array(parts: list[Any]) -> np.ndarray:
    kind, shape, order, writeable, content = parts
    array = _from_bytes(kind, content)
    if math.prod(shape) != array.size or min(shape, default=0) < 0:
        raise ValueRefused("an array whose shape does not fit its content")
    array = array.reshape(tuple(shape), order="F" if order == "F" else "C")
    array.flags.writeable = bool(writeable)
    return array


def _from_bytes(kind: str, content: bytes) -> np.ndarray:
    if not _PLAIN_DTYPE.fullmatch(kind):
        raise ValueRefused("an array of a type that does not go over the wire")
    return np.frombuffer(bytearray(content), dtype=np.dtype(kind))


def _read_objects(parts: list[Any]) -> np.ndarray:
    shape, entries = parts
    array = np.empty(len(entries), dtype=object)
    array[:] = entries
    return array.reshape(tuple(shape))


def _read_tensor(parts: list[Any]) -> Any:
    library, requires_grad, array = parts
    if library not in ("torch", "course_utils.scratch") or type(array) is not np.ndarray:
        raise ValueRefused("a tensor of no known library")
    module = importlib.import_module(library)
    tensor = module.from_numpy(np.ascontiguousarray(array).reshape(array.shape))
    return tensor.requires_grad_() if requires_grad else tensor


def _read_dtype(parts: list[str]) -> Any:
    library, name = parts
    if library == "numpy" and _PLAIN_DTYPE.fullmatch(name):
        return np.dtype(name)
    found = getattr(sys.modules.get("torch"), name, None)
    if type(found).__name__ != "dtype":
        raise ValueRefused(f"a dtype that nobody knows: {name!r:.40}")
    return found


def _read_generator(state: dict[str, Any]) -> np.random.Generator:
    name = state["bit_generator"]
    if name not in ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"):
        raise ValueRefused("a random generator of no known kind")
    generator = getattr(np.random, name)(0)
    generator.state = state
    return np.random.Generator(generator)


def _read_integer(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueRefused("an integer with too many digits")
    return int(digits)


def _spread(make: Callable[..., Any]) -> Callable[[Sequence[Any]], Any]:
    return lambda parts: make(*map(_index_or_none, parts))


def _index_or_none(value: Any) -> int | None:
    return None if value is None else operator.index(value)


_READERS: dict[int, Callable[[Any], Any]] = {
    TUPLE: tuple,
    SET: set,
    FROZEN_SET: frozenset,
    COMPLEX: lambda parts: complex(*parts),
    BIG_INTEGER: _read_integer,
    SLICE: _spread(slice),
    RANGE: _spread(range),
    ELLIPSIS: lambda _: ...,
    ARRAY: _read_array,
    SCALAR: lambda parts: _from_bytes(*parts)[0],
    OBJECTS: _read_objects,
    TENSOR: _read_tensor,
    DTYPE: _read_dtype,
    GENERATOR: _read_generator,
}
