"""Exceptions as they arrive from a student's process: of a built-in type, with its own text."""

import builtins
import re
from functools import cache

_ADDRESS = re.compile(r"\b0x[0-9a-f]{6,}\b")
_FRAMES, _LINE = 40, 300


class Stopped(Exception):
    """The student's process was stopped or ended; nothing more comes from it."""

    def __init__(self, reason: str, lines: list[str] | None = None) -> None:
        super().__init__(reason)
        self.lines = lines or []


class RaisedByStudent(Exception):
    """The student's code raised this; also an instance of the nearest built-in exception.

    Parameters
    ----------
    name, message
        Of the exception, as the student's process says.
    lines
        Its traceback there.
    """

    def __init__(self, name: str, message: str, lines: list[str]) -> None:
        Exception.__init__(self, message)
        self.name, self.message, self.lines = name, message, lines

    def __str__(self) -> str:
        return self.message


def make_exception(kinds: object, name: object, message: object, lines: object) -> RaisedByStudent:
    """The exception that a student's process reported.

    Parameters
    ----------
    kinds
        Names of its class and of those it derives from, nearest first.
    name, message, lines
        As in `RaisedByStudent`; cut and cleaned here.
    """
    base = next((k for k in _texts(kinds) if k in _KNOWN), "Exception")
    shown = [clean(line)[:_LINE] for line in _texts(lines)[:_FRAMES]]
    return _class_for(base)(clean(str(name))[:80], clean(str(message))[:2000], shown)


def clean(text: str) -> str:
    """Text without control characters, and without addresses, which differ in each run."""
    printable = "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)
    return _ADDRESS.sub("0x…", printable)


def _texts(values: object) -> list[str]:
    return [v for v in values if isinstance(v, str)] if isinstance(values, list) else []


#: Exceptions whose class a test may ask for; a number of arguments of their own they do not need.
_KNOWN = {
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type)
    and issubclass(kind, Exception)
    and not issubclass(kind, UnicodeError | ImportError | Warning | ExceptionGroup)
    and name not in ("Exception", "StopAsyncIteration")
} | {"UnicodeError", "ImportError"}


@cache
def _class_for(base: str) -> type[RaisedByStudent]:
    return type(base, (RaisedByStudent, getattr(builtins, base)), {})
