"""What the reference answer's own run taught the judge: where objects and changes are in place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils.grading.raised import clean
from course_utils.grading.stand_in import StandIn, kind_of, set_path


class Refused(AssertionError):
    """A student's code returned an object where the reference answer returned a plain value."""


@dataclass
class Learnt:
    """Places in the tests, each written ``cell:path``, such as ``test_train:train()[0]``.

    Parameters
    ----------
    objects
        Where the reference answer gave an object that is no plain value.
    changes
        Where it changed an argument in place.
    learning
        Whether this is the run of the reference answer.
    """

    objects: set[str] = field(default_factory=set)
    changes: set[str] = field(default_factory=set)
    learning: bool = False

    def as_dict(self) -> dict[str, list[str]]:
        """As plain values, to send to another process."""
        return {"objects": sorted(self.objects), "changes": sorted(self.changes)}

    @classmethod
    def from_dict(cls, content: dict[str, list[str]]) -> "Learnt":
        """What `as_dict` gave."""
        return cls(set(content["objects"]), set(content["changes"]))

    def place(self, value: Any, cell: str, path: str) -> None:
        """Name the stand-ins in a value, and refuse those that are out of place.

        Raises
        ------
        Refused
            With a sentence for the student.
        """
        for stand_in, where in _stand_ins(value, path):
            set_path(stand_in, where)
            if self.learning:
                self.objects.add(f"{cell}:{where}")
            elif f"{cell}:{where}" not in self.objects:
                kind = clean(kind_of(stand_in))
                raise Refused(
                    f"{where}: a plain value is expected (a number, text, an array, a list …), "
                    f"not an object of type {kind}"
                )

    def may_change(self, cell: str, path: str, argument: str) -> bool:
        """Whether the reference answer changed this argument too; learns it from that one."""
        where = f"{cell}:{path}:{argument}"
        if self.learning:
            self.changes.add(where)
        return where in self.changes


def _stand_ins(value: Any, path: str) -> Iterator[tuple[StandIn, str]]:
    if isinstance(value, StandIn):
        yield value, path
    elif isinstance(value, tuple):
        for number, entry in enumerate(value):
            yield from _stand_ins(entry, f"{path}[{number}]")
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _stand_ins(entry, f"{path}[{key!r}]")
    elif isinstance(value, np.ndarray) and value.dtype == object:
        yield from _stand_ins(value.tolist(), path)
    elif isinstance(value, list | set | frozenset):
        for entry in value:
            yield from _stand_ins(entry, f"{path}[…]")


_SIGNS: dict[str, Callable[[str], str]] = {
    "call": lambda path: f"{path}()",
    "getitem": lambda path: f"{path}[…]",
    "next": lambda path: f"{path}…",
}


def path_after(operation: str, path: str, args: tuple[Any, ...]) -> str:
    """How a test would write the result of an operation."""
    if operation == "getattr":
        return f"{path}.{args[0]}"
    return _SIGNS.get(operation, lambda path: f"{path}.{operation}()")(path)
