"""Modules of the course that an assignment asks for: withheld while it is marked."""

import re
import sys
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import TYPE_CHECKING, Any

from course_utils.grading.cell_syntax import imported_modules

if TYPE_CHECKING:
    from nbformat import NotebookNode

_HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS(.*?)### END HIDDEN TESTS", re.DOTALL)
_PACKAGE = "course_utils"


def modules_to_withhold(source: "NotebookNode") -> list[str]:
    """Modules of the course that only hidden tests import, and those the source names.

    Hidden tests compare with the course's own implementation; what they import for it, and no cell
    that students see does, is what the questions ask for. ``withhold`` in the header of the text
    source adds more. The explorables, which compute the same, are withheld always.
    """
    hidden: set[str] = set()
    seen: set[str] = set()
    for cell in source.cells:
        if cell.cell_type != "code" or cell.metadata.get("nbgrader", {}).get("solution"):
            continue
        for region in _HIDDEN.findall(cell.source):
            hidden |= imported_modules(region)
        seen |= imported_modules(_HIDDEN.sub("", cell.source))
    named = {f"{_PACKAGE}.{name}" for name in source.metadata.get("course", {}).get("withhold", [])}
    asked = {name for name in hidden - seen if name.startswith(f"{_PACKAGE}.")}
    return sorted(asked | named | {f"{_PACKAGE}.explore"})


class _Withholder(MetaPathFinder):
    def __init__(self, names: list[str]) -> None:
        self.names = tuple(names)

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> None:
        if name in self.names or name.startswith(tuple(f"{n}." for n in self.names)):
            raise ImportError(
                f"{name} holds what this assignment asks for; it is withheld while your work is "
                f"marked. Write it yourself."
            )


def withhold(names: list[str]) -> None:
    """Let no import find these modules; the sandbox hides their files as well."""
    sys.meta_path.insert(0, _Withholder(names))
