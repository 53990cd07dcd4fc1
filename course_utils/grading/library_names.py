"""Functions, types and modules of NumPy, PyTorch and Python, passed to a student's code by name."""

import sys
from types import ModuleType
from typing import Any

from course_utils.grading.values import Reference, ValueRefused, pack

_LIBRARIES = ("numpy", "math", "operator", "builtins", "torch", "course_utils")


def library_name(value: Any) -> str | None:
    """Where everyone finds ``value``: ``"numpy:tanh"``; None for what is in no library."""
    if isinstance(value, ModuleType):
        return f"{value.__name__}:" if _is_library(value.__name__) else None
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    module = getattr(value, "__module__", None)
    if not isinstance(name, str):
        return None
    homes = [module] if isinstance(module, str) else ["numpy", "torch"]  # of functions made in C
    for home in homes:
        if _is_library(home) and _look_up(home, name) is value:
            return f"{home}:{name}"
    return None


def find_library_name(name: str) -> Any:
    """What `library_name` named.

    Raises
    ------
    LookupError
        Where it is not there.
    """
    module, _, attribute = name.partition(":")
    found = _look_up(module, attribute) if _is_library(module) else None
    if found is None:
        raise LookupError(f"{name} is not there")
    return found


def _is_library(module: str) -> bool:
    return module.partition(".")[0] in _LIBRARIES


def _look_up(module: str, name: str) -> Any:
    if module.partition(".")[0] != "builtins" and module not in sys.modules:
        __import__(module)
    found: Any = sys.modules.get(module)
    for part in filter(None, name.split(".")):
        found = None if part.startswith("__") else getattr(found, part, None)
    return found


def pack_plain(value: Any) -> bytes | None:
    """A value of the tests as bytes, where it is plain or a library's; None for anything else."""

    def refer(part: Any) -> Reference:
        name = library_name(part)
        if name is None:
            raise ValueRefused("an object of the tests")
        return Reference("library", 0, name)

    try:
        return pack(value, refer)
    except ValueRefused:
        return None
