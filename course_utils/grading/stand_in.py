"""What a test holds in place of an object that stays in the student's process.

A stand-in passes on calls, attributes, items, iteration and arithmetic. It never passes on what
Python asks behind the scenes: whether two things are equal, what is true, how to make an array of
it. Whoever can answer those can pass any test, so tests compare plain values.
"""

from collections.abc import Callable, Iterator
from typing import Any, NoReturn, Protocol

from course_utils.grading.value_codes import Reference


class NotJudgeable(TypeError):
    """A test asks of a student's object what only the student's code could answer."""


class Operator(Protocol):
    """Carries out an operation on an object in another process."""

    def operate(
        self, operation: str, target: "StandIn", args: tuple[Any, ...], options: dict[str, Any]
    ) -> Any:
        """Result of the operation there."""


class StandIn:
    """Stands for one object of the student's process.

    Parameters
    ----------
    process
        Where it lives.
    number
        Its number there.
    kind
        Name of its type, as that process says.
    path
        How the test came to it: ``"Value().data"``.
    """

    __slots__ = ("_StandIn__kind", "_StandIn__number", "_StandIn__path", "_StandIn__process")

    def __init__(self, process: Operator, number: int, kind: str, path: str) -> None:
        object.__setattr__(self, "_StandIn__process", process)
        object.__setattr__(self, "_StandIn__number", number)
        object.__setattr__(self, "_StandIn__kind", kind)
        object.__setattr__(self, "_StandIn__path", path)

    def __call__(self, *args: Any, **options: Any) -> Any:  # noqa: D102
        return self.__process.operate("call", self, args, options)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self.__process.operate("getattr", self, (name,), {})

    def __setattr__(self, name: str, value: Any) -> None:
        self.__process.operate("setattr", self, (name, value), {})

    def __iter__(self) -> Iterator[Any]:
        iterator = self.__process.operate("iter", self, (), {})
        while True:
            try:
                yield self.__process.operate("next", iterator, (), {})
            except StopIteration:
                return

    def __next__(self) -> Any:
        return self.__process.operate("next", self, (), {})

    def __repr__(self) -> str:
        return f"<{self.__path}: {self.__kind} of the student's code>"

    __hash__ = object.__hash__


def reference_to(stand_in: StandIn) -> Reference:
    """What an object is called on the wire."""
    return Reference("student", stand_in._StandIn__number)  # type: ignore[attr-defined]


def kind_of(stand_in: StandIn) -> str:
    """Type of an object, as the student's process says: not to be believed."""
    return stand_in._StandIn__kind  # type: ignore[attr-defined]


def path_of(stand_in: StandIn) -> str:
    """How the test came to an object."""
    return stand_in._StandIn__path  # type: ignore[attr-defined]


def set_path(stand_in: StandIn, path: str) -> None:
    """Say how the test came to an object."""
    object.__setattr__(stand_in, "_StandIn__path", path)


def _passing(operation: str) -> Callable[..., Any]:
    def method(self: StandIn, *args: Any) -> Any:
        return self._StandIn__process.operate(operation, self, args, {})  # type: ignore[attr-defined]

    return method


def _refusing(operation: str) -> Callable[..., NoReturn]:
    def method(self: StandIn, *_: Any) -> NoReturn:
        raise NotJudgeable(
            f"the test asks {path_of(self)} for {operation}, which the student's code would answer "
            f"as it likes; compare plain values: numbers, text, arrays, lists of them"
        )

    return method


_BINARY = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul")
for _name in (*_BINARY, "getitem", "setitem", "delitem", "len", "neg", "pos", "abs"):
    setattr(StandIn, f"__{_name}__", _passing(_name))
for _name in _BINARY:
    setattr(StandIn, f"__r{_name}__", _passing(f"r_{_name}"))
# NumPy asks for an array, and would otherwise make one entry by entry; `copy` asks for the last.
for _name in ("eq", "ne", "lt", "le", "gt", "ge", "bool", "contains", "array", "reduce_ex"):
    setattr(StandIn, f"__{_name}__", _refusing(f"__{_name}__"))
StandIn.__array_ufunc__ = None  # type: ignore[attr-defined]  # np.float64(2) * x asks x.__rmul__
StandIn.__hash__ = object.__hash__  # type: ignore[method-assign]
