"""What the judge needs to know of an assignment, and the steps to go through in a submission."""

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from course_utils.grading.cell_syntax import defined_names, imported_modules
from course_utils.grading.withheld import modules_to_withhold

if TYPE_CHECKING:  # nbformat takes a second to import, which judge and worker do not need
    from nbformat import NotebookNode

#: Kinds of steps: a student's cell runs in the sandbox, a test at the judge, a locked cell in both.
RUN, BOTH, VISIBLE, HIDDEN = "run", "both", "visible", "hidden"

HIDDEN_MARK = "### BEGIN HIDDEN TESTS"


@dataclass(frozen=True)
class Step:
    """One code cell of a notebook.

    Parameters
    ----------
    index
        Its place among all cells; −1 for a locked cell that the submission lacks.
    kind
        Where it runs: ``RUN``, ``BOTH``, ``VISIBLE`` or ``HIDDEN``.
    name
        Its ``grade_id``; empty for a cell of the student's own.
    source
        Its code, of tests and locked cells that of the source notebook.
    """

    index: int
    kind: str
    name: str
    source: str


@dataclass(frozen=True)
class Plan:
    """An assignment as the judge sees it.

    Parameters
    ----------
    steps
        Of the source notebook: the reference answers and the tests.
    names
        What the answers define; the tests get stand-ins for these.
    withheld
        Modules of the course that students' code cannot import.
    preload
        Modules that answers use, to load once in the sandbox before submissions run.
    imports
        Modules that tests use, to load once at the judge.
    """

    steps: list[Step]
    names: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    preload: list[str] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """All of it as plain values, to send to another process."""
        return asdict(self)

    @classmethod
    def from_dict(cls, content: dict[str, Any]) -> "Plan":
        """What `as_dict` gave."""
        return cls(**content | {"steps": [Step(**step) for step in content["steps"]]})


def make_plan(source: "NotebookNode") -> Plan:
    """Plan of an assignment, from its source notebook (answers and hidden tests in it)."""
    steps = steps_of(source, source)
    withheld = modules_to_withhold(source)
    preload: set[str] = set()
    imports: set[str] = set()
    names: set[str] = set()
    for step in steps:
        if step.kind in (RUN, BOTH):
            preload |= imported_modules(step.source)
        if step.kind != RUN:
            imports |= imported_modules(step.source)
        else:
            names |= defined_names(step.source)
    hidden = tuple(f"{name}." for name in withheld)
    preload = {name for name in preload if not f"{name}.".startswith(hidden)}
    return Plan(steps, sorted(names), withheld, sorted(preload), sorted(imports))


def steps_of(notebook: "NotebookNode", source: "NotebookNode") -> list[Step]:
    """The code cells of a submission, in its order.

    Parameters
    ----------
    notebook
        The submission; its answers and the student's own cells are taken from here.
    source
        The source notebook; locked cells and tests are taken from here, whatever the submission
        has in their place.
    """
    originals = {_metadata(cell)["grade_id"]: cell for cell in source.cells if _metadata(cell)}
    steps = []
    for index, cell in enumerate(notebook.cells):
        name = _metadata(cell).get("grade_id", "")
        original = originals.get(name)
        if original is None:
            name, kind, code = "", RUN, cell
        else:
            kind = _kind(original)
            code = cell if kind == RUN else original
        if cell.cell_type == "code" and (original is None or original.cell_type == "code"):
            steps.append(Step(index, kind, name, code.source))
    there = {step.name for step in steps}
    deleted = [
        Step(-1, BOTH, name, cell.source)
        for name, cell in originals.items()
        if cell.cell_type == "code" and _kind(cell) == BOTH and name not in there
    ]
    return deleted + steps  # tests need what locked cells define, also where a student deleted them


def _metadata(cell: "NotebookNode") -> dict[str, Any]:
    return cell.metadata.get("nbgrader", {}) or {}


def _kind(cell: "NotebookNode") -> str:
    metadata = _metadata(cell)
    if metadata.get("solution"):
        return RUN
    if metadata.get("grade"):
        return HIDDEN if HIDDEN_MARK in cell.source else VISIBLE
    return BOTH
