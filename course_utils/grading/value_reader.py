"""From bytes that another process wrote to a value in exactly the types the wire knows."""

import importlib
import math
import operator
import sys
from collections.abc import Callable, Sequence
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

#: Entries of one list or dictionary.
_MOST_ENTRIES = 5_000_000


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
            max_array_len=_MOST_ENTRIES,
            max_map_len=_MOST_ENTRIES,
        )
    except ValueRefused:
        raise
    except Exception as problem:  # whatever the bytes made msgpack, NumPy or PyTorch raise
        raise ValueRefused(f"a message cannot be read: {type(problem).__name__}") from None


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
    if not PLAIN_DTYPE.fullmatch(kind):
        raise ValueRefused("an array of a type that does not go over the wire")
    return np.frombuffer(bytearray(content), dtype=np.dtype(kind))


def _read_objects(parts: list[Any]) -> np.ndarray:
    shape, entries = parts
    array = np.empty(len(entries), dtype=object)
    for place, entry in enumerate(entries):  # one by one: NumPy would look into the entries
        array[place] = entry
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
    if library == "numpy" and PLAIN_DTYPE.fullmatch(name):
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
    if len(digits) > MOST_DIGITS:
        raise ValueRefused("an integer with too many digits")
    return int(digits)


def _read_range(parts: list[Any]) -> range:
    found = range(*map(operator.index, parts))
    if len(found) > _MOST_ENTRIES:
        raise ValueRefused(f"a range of more than {_MOST_ENTRIES:,} numbers")
    return found


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
    RANGE: _read_range,
    ELLIPSIS: lambda _: ...,
    ARRAY: _read_array,
    SCALAR: lambda parts: _from_bytes(*parts)[0],
    OBJECTS: _read_objects,
    TENSOR: _read_tensor,
    DTYPE: _read_dtype,
    GENERATOR: _read_generator,
}
