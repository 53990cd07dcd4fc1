"""Values as they cross between judge and student: exact types, written as msgpack, never pickle.

Numbers, text, bytes, lists, tuples, dictionaries, sets, NumPy arrays and scalars, PyTorch and
scratch tensors, random generators, slices, ranges and dtypes go by value. A subclass is sent as
what it derives from: an array class with a comparison of its own arrives as a plain array. All else
goes as a reference, which each side makes and resolves in its own way.
"""

import contextlib
import sys
from array import array
from collections import UserList, deque
from collections.abc import Callable, ItemsView, KeysView, ValuesView
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import msgpack
import numpy as np

from course_utils.grading.value_codes import (
    ARRAY,
    BIG_INTEGER,
    COMPLEX,
    DTYPE,
    ELLIPSIS,
    FROZEN_SET,
    GENERATOR,
    MOST_DIGITS,
    OBJECTS,
    PLAIN_DTYPE,
    RANGE,
    REFERENCE,
    SCALAR,
    SET,
    SLICE,
    TENSOR,
    TUPLE,
    Reference,
    ValueRefused,
)
from course_utils.grading.value_reader import unpack

#: Bytes to begin writing a value in; msgpack's own choice is a quarter of a megabyte for each value
#: inside another, and new memory for that each time.
_BUFFER = 2048

__all__ = ["Reference", "ValueRefused", "pack", "pack_reference", "unpack"]


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
            buf_size=_BUFFER,
            unicode_errors="surrogatepass",
        )
    except ValueRefused:
        raise
    except (ValueError, OverflowError, TypeError, RecursionError) as problem:
        raise ValueRefused(f"a value cannot be sent: {problem}") from None


def pack_reference(reference: Reference) -> bytes:
    """The same as `pack` with ``refer``, for what is known to be a reference."""
    return _packed(_as_extension(reference))


def _as_extension(reference: Reference) -> msgpack.ExtType:
    return msgpack.ExtType(REFERENCE, _packed(list(reference)))


def _packed(plain: Any) -> bytes:
    """What consists of msgpack's own types; much quicker than `pack`."""
    return msgpack.packb(plain, buf_size=_BUFFER, unicode_errors="surrogatepass")


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
    return _as_extension(refer(value))


def _numpy(extension: Callable[[int, Any], msgpack.ExtType], value: Any) -> msgpack.ExtType:
    array = np.asarray(value)
    if array.dtype.kind == "O":
        return extension(OBJECTS, [list(array.shape), array.ravel().tolist()])
    if not PLAIN_DTYPE.fullmatch(array.dtype.str):
        raise ValueRefused(f"an array of dtype {array.dtype} cannot be sent")
    if isinstance(value, np.generic):
        return msgpack.ExtType(SCALAR, _packed([array.dtype.str, array.tobytes()]))
    by_columns = array.flags.f_contiguous and not array.flags.c_contiguous
    order = "F" if by_columns else "C"
    about = [array.dtype.str, array.shape, order, array.flags.writeable]
    return msgpack.ExtType(ARRAY, _packed([*about, array.tobytes(order)]))


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
        case array() | memoryview():
            return _numpy(extension, np.asarray(value))
        case deque() | UserList() | KeysView() | ValuesView() | ItemsView():
            return list(value)
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
        case np.dtype() if PLAIN_DTYPE.fullmatch(value.str):
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
    if exact.bit_length() > 3 * MOST_DIGITS:
        raise ValueRefused(f"an integer of more than {MOST_DIGITS} digits cannot be sent")
    return extension(BIG_INTEGER, str(exact))


def _tensor_parts(library: str, tensor: Any) -> list[Any]:
    module = sys.modules[library]
    plain = contextlib.nullcontext()
    if library == "torch":  # a subclass may have all functions say something else
        plain = module._C.DisableTorchFunctionSubclass()
    with plain:
        array = np.asarray(module.Tensor.numpy(module.Tensor.cpu(module.Tensor.detach(tensor))))
        return [library, bool(tensor.requires_grad), array]
