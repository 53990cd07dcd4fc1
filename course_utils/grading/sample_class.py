"""A class to try grading on: submissions put together from the right and wrong answers on file."""

from pathlib import Path

import numpy as np
from nbformat import NotebookNode

from course_utils.atomic import write_atomically
from course_utils.course_tree import CourseError, CourseTree, notebook_name
from course_utils.grading.answers import Answer, read_answers
from course_utils.release import notebook_bytes, source_notebook, student_notebook

#: Students and the share of questions each gets right; None hands the notebook in untouched.
STUDENTS: dict[str, float | None] = {
    "ada": 1.0,
    "alan": 1.0,
    "barbara": 0.8,
    "claude": 0.7,
    "emmy": 0.6,
    "grace": 0.4,
    "kurt": 0.0,
    "sofia": None,
}


def write_sample_class(tree: CourseTree, assignment: str, *, size: int | None = None) -> int:
    """Write submissions for an assignment into the class folder, the same ones each time.

    Parameters
    ----------
    tree, assignment
        The course and the name of the assignment.
    size
        How many students; beyond the eight with names they are called ``student_09`` and so on.

    Returns
    -------
    int
        Number of submissions written.

    Raises
    ------
    CourseError
        Where no answers are on file, or a submission that is no sample would be overwritten.
    """
    source = source_notebook(tree, assignment)
    answers = read_answers(tree, assignment)
    if not answers:
        raise CourseError(f"no answers on file for {assignment} in {tree.answers / assignment}")
    students = _students(size or len(STUDENTS))
    for student in students:  # before any is written
        target = _submission(tree, assignment, student)
        if target.is_file() and b'"course_sample": true' not in target.read_bytes():
            raise CourseError(f"{target} is a real submission; set COURSE_CLASS to another folder")
    for number, (student, skill) in enumerate(students.items()):
        rng = np.random.default_rng([number, 1969])
        notebook = student_notebook(source)
        if skill is not None:
            _fill_in(notebook, source, answers, skill, rng)
        notebook.metadata["course_sample"] = True
        write_atomically(_submission(tree, assignment, student), notebook_bytes(notebook))
    return len(students)


def _submission(tree: CourseTree, assignment: str, student: str) -> Path:
    folder = tree.class_folder / "submitted" / student / assignment
    return folder / f"{notebook_name(assignment)}.ipynb"


def _students(size: int) -> dict[str, float | None]:
    named = dict(list(STUDENTS.items())[:size])
    skills = [1.0, 0.85, 0.7, 0.5]
    more = {f"student_{n:02d}": skills[n % 4] for n in range(len(named) + 1, size + 1)}
    return named | more


def _fill_in(
    notebook: NotebookNode,
    source: NotebookNode,
    answers: list[Answer],
    skill: float,
    rng: np.random.Generator,
) -> None:
    """Answer every question, a share ``skill`` of them rightly."""
    given = {cell.id: cell for cell in notebook.cells}
    for cell in source.cells:
        metadata = cell.metadata.get("nbgrader", {})
        if not metadata.get("solution"):
            continue
        right = bool(rng.random() < skill)
        choices = [a for a in answers if a.question == cell.id and a.right == right]
        if choices:
            given[cell.id].source = choices[rng.integers(len(choices))].code
        elif cell.cell_type == "markdown":
            given[cell.id].source = _without_marks(cell.source)


def _without_marks(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if " SOLUTION" not in line).strip()
