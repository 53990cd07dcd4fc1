"""What the gradebook and a graded notebook say about one submission."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
from nbgrader.api import MissingEntry
from nbgrader.apps.api import NbGraderAPI

from course_utils.course_tree import notebook_name
from course_utils.grading.outcome import FAILED, GRADED, NEEDS_PERSON, Outcome
from course_utils.release import STUB


@dataclass
class AssignmentMarks:
    """The gradebook's entries of one assignment.

    Parameters
    ----------
    api
        nbgrader, for its gradebook.
    assignment
        Name, e.g. ``03_perceptron``.
    order
        Questions as they follow in the notebook.
    """

    api: NbGraderAPI
    assignment: str
    order: list[str]

    def knows_assignment(self) -> bool:
        """Whether the assignment has been handed out through this gradebook."""
        with self.api.gradebook as gradebook:
            try:
                gradebook.find_notebook(notebook_name(self.assignment), self.assignment)
            except MissingEntry:
                return False
        return True

    def read_marks(self, outcome: Outcome) -> None:
        """Fill in score, state and marks per question, as the gradebook has them now."""
        if outcome.state == FAILED:
            return
        name = notebook_name(self.assignment)
        with self.api.gradebook as gradebook:
            notebook = gradebook.find_submission_notebook(name, self.assignment, outcome.student)
            outcome.score, outcome.max_score = notebook.score, notebook.max_score
            outcome.state = NEEDS_PERSON if notebook.needs_manual_grade else GRADED
            marks: dict[str, tuple[float | None, float]] = {}
            for grade in notebook.grades:
                question = question_of(grade.name)
                score, top = marks.get(question, (0.0, 0.0))
                unmarked = score is None or grade.needs_manual_grade
                marks[question] = (None if unmarked else score + grade.score, top + grade.max_score)
        outcome.questions = {key: marks[key] for key in sorted(marks, key=self.order.index)}

    def digest(self, student: str, autograded: Path) -> str:
        """Hash of all a feedback page rests on: graded notebook, marks, comments, what makes it.

        Empty where the gradebook does not know the submission.
        """
        name = notebook_name(self.assignment)
        found = hashlib.sha256(autograded.read_bytes() if autograded.is_file() else b"")
        with self.api.gradebook as gradebook:
            try:
                notebook = gradebook.find_submission_notebook(name, self.assignment, student)
            except MissingEntry:
                return ""
            marks = [(grade.name, grade.score) for grade in notebook.grades]
            comments = [(comment.name, comment.comment) for comment in notebook.comments]
        found.update(repr((sorted(marks), sorted(comments, key=repr))).encode())
        found.update(_makers())
        return found.hexdigest()


@cache
def _makers() -> bytes:
    """Content of the template of feedback pages and of the modules that fill it."""
    here = Path(__file__).parent
    modules = [*here.glob("feedback*.py"), here / "inert.py", here / "mathml.py"]
    return b"".join(f.read_bytes() for f in sorted([*modules, *here.glob("feedback_template/*")]))


def diagnoses(graded: nbformat.NotebookNode) -> dict[str, str]:
    """First line of the first failed test of each question of a graded notebook."""
    found: dict[str, str] = {}
    for cell in graded.cells:
        if not cell.metadata.get("nbgrader", {}).get("grade"):
            continue
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                question = question_of(cell.metadata.nbgrader.grade_id)
                found.setdefault(question, diagnose(output.ename, output.evalue))
    return found


def question_of(grade_id: str) -> str:
    """Question a cell belongs to: ``test_gates`` and ``hidden_gates`` → ``gates``."""
    kind, _, question = grade_id.partition("_")
    return question if kind in ("ask", "test", "hidden") else grade_id


def diagnose(name: str, message: str) -> str:
    """One line about an exception that a terminal shows as it is, however much it says.

    Parameters
    ----------
    name, message
        ``ename`` and ``evalue`` of the output of a test cell.
    """
    first = shorten_line(next(iter(message.splitlines()), ""))
    if name in ("CheckFailed", "Stopped"):
        return first
    if name == "NotImplementedError" and first and first in STUB:
        return "not answered"
    if name in ("KeyboardInterrupt", "CellTimeoutError"):  # nobody else interrupts a kernel
        return "stopped: it took too long; is there an endless loop?"
    return f"{shorten_line(name)}: {first}".rstrip(": ")


def shorten_line(text: str, length: int = 200) -> str:
    """``text`` without what is not printable, cut where it is too long."""
    shown = "".join(character if character.isprintable() else " " for character in text[:length])
    return shown if len(text) <= length else shown[:-1] + "…"
