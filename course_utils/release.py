"""From the text source of an assignment to its source notebook and its student notebook.

The text is py:percent with nbgrader metadata, kept short: what follows from the rest is filled in
here. The student notebook comes from nbgrader's own preprocessors. Both are the same bytes each
time.
"""

import hashlib
import re
import tomllib
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode
from nbgrader.converters.generate_assignment import GenerateAssignment
from nbgrader.preprocessors import SaveCells
from traitlets.config import Config

from course_utils.atomic import write_atomically
from course_utils.course_tree import CourseError, CourseTree

#: Replaces the answers; what a student sees on running an empty question.
STUB = 'raise NotImplementedError("Write your answer here, then delete this line.")'
TEXT_STUB = "*Write your answer here.*"

#: What the text source says of a cell; the rest follows.
_KEYS = {"grade_id", "locked", "solution", "grade", "points"}

#: Line of a text source that stands for the code that makes the notebook self-sufficient.
SETUP_MARK = "### SETUP"
_SETUP = """\
# Installs the course's package where it is missing (Colab, Kaggle); elsewhere it does nothing.
import importlib.util

if importlib.util.find_spec("course_utils") is None:
    %pip install --quiet "course-utils @ git+{repository}"

from course_utils import checks

checks.show_warnings_as_output()  # a warning is no error: it must not cost marks in Validate"""

_NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def source_notebook(tree: CourseTree, assignment: str) -> NotebookNode:
    """Notebook with answers and hidden tests, made from the text source.

    Raises
    ------
    CourseError
        Where the assignment does not exist, or its source is not what nbgrader needs.
    """
    path = tree.source(assignment)
    parsed = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    taken: set[str] = set()
    cells = []
    for cell in parsed.cells:
        source = cell.source.strip("\n")
        if SETUP_MARK in source:
            source = _SETUP.format(repository=repository(tree))
        try:
            metadata = _metadata(cell)
            cell_id = metadata["grade_id"] if metadata else "text-" + _digest(source)
            _check_regions(source, metadata)
            if cell_id in taken:
                raise ValueError(f"is the second {cell_id!r}; change the grade_id, or the text")
        except ValueError as problem:
            title = next(iter(source.splitlines()), "")
            raise CourseError(f"{path}: the cell that begins {title!r} {problem}") from None
        taken.add(cell_id)
        make = getattr(nbformat.v4, f"new_{cell.cell_type}_cell")
        cells.append(make(source, id=cell_id, metadata={"nbgrader": metadata} if metadata else {}))
    course = {"course": parsed.metadata["course"]} if "course" in parsed.metadata else {}
    return nbformat.v4.new_notebook(cells=cells, metadata=_NOTEBOOK_METADATA | course)


def student_notebook(source: NotebookNode) -> NotebookNode:
    """Student notebook: answers replaced by stubs, hidden tests taken out, tests locked."""
    config = Config()
    config.ClearSolutions.code_stub = {"python": STUB}
    config.ClearSolutions.text_stub = TEXT_STUB
    notebook, resources = nbformat.from_dict(source), {}
    for preprocessor in GenerateAssignment().preprocessors:
        if preprocessor is not SaveCells:  # it writes the gradebook, which a release does not touch
            notebook, resources = preprocessor(config=config).preprocess(notebook, resources)
    return notebook


def notebook_bytes(notebook: NotebookNode) -> bytes:
    """A notebook as it is stored: sorted keys, one newline at the end."""
    return (nbformat.writes(notebook).rstrip("\n") + "\n").encode()


def release(tree: CourseTree, assignment: str) -> bool:
    """Write the student notebook; tells whether it changed.

    Raises
    ------
    CourseError
        Where the source is wrong or the target cannot be written.
    """
    target = tree.exercise(assignment)
    new = notebook_bytes(student_notebook(source_notebook(tree, assignment)))
    if target.is_file() and target.read_bytes() == new:
        return False
    write_atomically(target, new)
    return True


def drifted(tree: CourseTree, assignment: str) -> bool:
    """Tell whether the student notebook differs from what its source gives now."""
    target = tree.exercise(assignment)
    new = notebook_bytes(student_notebook(source_notebook(tree, assignment)))
    return not target.is_file() or target.read_bytes() != new


def repository(tree: CourseTree) -> str:
    """Address the course is published at: the one in ``pyproject.toml``."""
    with (tree.root / "pyproject.toml").open("rb") as file:
        return tomllib.load(file)["project"]["urls"]["Repository"]


def _metadata(cell: NotebookNode) -> dict[str, Any]:
    """Metadata as nbgrader wants it: points make a test, a test is locked, an answer is not.

    Empty for a cell that nbgrader does not look at.
    """
    short = cell.metadata.get("nbgrader")
    if short is None and "nbgrader" not in str(cell.metadata):
        return {}
    if not isinstance(short, dict):  # jupytext takes what is no JSON for the cell's title
        raise ValueError(f"has unreadable metadata after # %%: {cell.metadata}")
    if unknown := short.keys() - _KEYS:
        raise ValueError(f"has metadata that means nothing here: {', '.join(sorted(unknown))}")
    if not re.fullmatch(r"[a-z0-9_]{1,64}", str(short.get("grade_id", ""))):
        raise ValueError("needs a grade_id of lower-case letters, digits and _, at most 64")
    solution = bool(short.get("solution", False))
    graded = "points" in short
    if short.get("grade", graded) != graded:
        raise ValueError("needs points if and only if it is graded")
    if graded and not (isinstance(short["points"], int | float) and short["points"] >= 0):
        raise ValueError(f"has {short['points']!r} points; a number from 0 is needed")
    complete = {
        "cell_type": cell.cell_type,
        "grade": graded,
        "grade_id": str(short["grade_id"]),
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    return complete | ({"points": short["points"]} if graded else {})


def _check_regions(source: str, metadata: dict[str, Any]) -> None:
    """What students must not see stands between marks, in cells where nbgrader removes it."""
    for region, place in (("SOLUTION", "solution"), ("HIDDEN TESTS", "grade")):
        begun, ended = (source.count(f"{word} {region}") for word in ("BEGIN", "END"))
        if begun != ended:
            raise ValueError(f"has {begun} × BEGIN {region} and {ended} × END {region}")
        if begun and not metadata.get(place):
            missing = "points" if place == "grade" else '"solution": true'
            raise ValueError(f"has {region} without {missing} in its metadata")
    if "BEGIN MARK SCHEME" in source:
        raise ValueError("has a MARK SCHEME; students may read the rubric: put it in the question")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
