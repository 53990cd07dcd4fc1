"""What a scenario is: one submission, its outcome, and the proof that it had no other effect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from course_utils.grading.outcome import GRADED
from tests.tiny_course import FILE

#: In the name or the command line of every process, file and segment that an attack makes.
MARK = "course-attack"

#: An answer that earns nothing, whatever `average` does.
WRONG = {"total": "def total(values):\n    return -123.456"}
#: Right on what the visible test calls it with, and nowhere else.
VISIBLE_ONLY = {"total": "def total(values):\n    return 7.0 if len(values) == 3 else -123.456"}

FULL = {"total": 3.0, "average": 3.0}
NO_TOTAL = {"total": 0.0, "average": 3.0}
VISIBLE_TOTAL = {"total": 1.0, "average": 3.0}
NOTHING = {"total": 0.0, "average": 0.0}


@dataclass(frozen=True)
class Scenario:
    """A submission and what must become of it.

    In all code, names and link targets, ``@CLASS@``, ``@HOME@`` and the like stand for what
    `tests.attacks.world.World.places` knows: an attacker may know all paths and ports.

    Parameters
    ----------
    row
        What the grading has to withstand: one of ``rows.ROWS``.
    title
        Unique; the submission's folder is named after it.
    answers
        ``{question: code}`` in the place of the right answers.
    own_cells
        ``{"before:<grade_id>" or "after:<grade_id>": code}``: code cells of the student's own.
    edit
        Changes the filled-in notebook, and returns it or the bytes to hand in.
    raw
        Bytes to hand in instead of a notebook.
    file_name
        Name it is handed in under.
    files, links
        ``{name: content}`` and ``{name: target}`` that lie beside the notebook.
    state
        ``"graded"``, ``"needs a person"`` or ``"failed"``.
    marks
        ``{question: points}``; a question that is not named is not looked at.
    says
        For a failed one, a part of the reason; else ``{question: part of its diagnosis}``. Where
        the marks are full, no diagnosis is allowed.
    proof
        Called with the graded class and the scenario; asserts what else must hold.
    """

    row: str
    title: str
    answers: Mapping[str, str] = field(default_factory=dict)
    own_cells: Mapping[str, str] = field(default_factory=dict)
    edit: Callable[[NotebookNode], NotebookNode | bytes] | None = None
    raw: bytes | None = None
    file_name: str | None = FILE
    files: Mapping[str, bytes] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    state: str = GRADED
    marks: Mapping[str, float] = field(default_factory=lambda: dict(FULL))
    says: Mapping[str, str] | str = field(default_factory=dict)
    proof: Callable[[Any, "Scenario"], None] | None = None

    @property
    def code(self) -> list[str]:
        """All code of the student's own in it."""
        return [*self.answers.values(), *self.own_cells.values()]


#: What `attempts` prints last, so that a proof can tell that the attack took place.
ATTEMPTED = "all was attempted"


def attempts(*pieces: str) -> str:
    """Code of a cell that runs each piece, whatever becomes of the others, and tells how it went.

    A piece that defines ``found`` has it printed.
    """
    return f"""\
for _piece in {list(pieces)!r}:
    found = None
    try:
        exec(_piece, globals())
        print("done:", repr(found)[:5000])
    except BaseException as _problem:
        print("not done:", repr(_problem)[:500])
print({ATTEMPTED!r})"""


def was_attempted(graded: Any, scenario: Scenario) -> None:
    """Proof that the cell made by `attempts` ran to its end; what it must not find is universal."""
    assert ATTEMPTED in graded.printed(scenario)


def nothing_done(graded: Any, scenario: Scenario) -> None:
    """Proof that each piece of `attempts` was tried and failed."""
    was_attempted(graded, scenario)
    assert "done: " not in graded.printed(scenario).replace("not done: ", "")
