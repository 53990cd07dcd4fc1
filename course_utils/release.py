"""From the text source of an assignment to its source notebook and its student notebook.

The text is py:percent with nbgrader metadata, kept short: what follows from the rest is filled in
here. The student notebook comes from nbgrader's own preprocessors. Both are the same bytes each
time.
"""

import hashlib
import re
import tomllib
from pathlib import Path
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

#: Line of a text source that stands for the code that makes the notebook self-sufficient.
SETUP_MARK = "### SETUP"
_SETUP = """\
# Installs the course's package where it is missing (Colab, Kaggle); elsewhere it does nothing.
import importlib.util

if importlib.util.find_spec("course_utils") is None:
    %pip install --quiet "course-utils @ git+{repository}"

from course_utils import checks

checks.show_warnings_as_output()  # a warning is no error: it must not cost marks in Validate"""

_METADATA = {
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
        short = cell.metadata.get("nbgrader")
        metadata = {"nbgrader": _complete(short, cell.cell_type, path)} if short else {}
        cell_id = short["grade_id"] if short else "text-" + _digest(source)
        if cell_id in taken:
            raise CourseError(
                f"{path}: two cells are called {cell_id!r}; give one another grade_id"
            )
        taken.add(cell_id)
        make = getattr(nbformat.v4, f"new_{cell.cell_type}_cell")
        cells.append(make(source, id=cell_id, metadata=metadata))
    return nbformat.v4.new_notebook(cells=cells, metadata=_METADATA)


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


def _complete(short: dict[str, Any], cell_type: str, path: Path) -> dict[str, Any]:
    """Fill in nbgrader's metadata: points make a test, a test is locked, an answer is not."""
    if not re.fullmatch(r"[a-z0-9_]+", short.get("grade_id", "")):
        raise CourseError(
            f"{path}: grade_id {short.get('grade_id')!r} must be lower-case letters, digits and _"
        )
    solution = bool(short.get("solution", False))
    graded = "points" in short
    complete = {
        "cell_type": cell_type,
        "grade": graded,
        "grade_id": short["grade_id"],
        "locked": not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    return complete | ({"points": short["points"]} if graded else {})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
