"""The notebook that is judged: a student's answers in the cells of the source.

nbgrader does the same when it sanitises a submission, but asks the gradebook about every cell. Here
whatever counts for a mark comes from the source notebook, by ``grade_id``: a submission decides
what stands in its answers and in cells of its own, and the order of the cells.
"""

import re
from itertools import takewhile
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.converters.generate_assignment import GenerateAssignment
from nbgrader.preprocessors import SaveCells
from nbgrader.utils import is_locked
from traitlets.config import Config

from course_utils.release import STUB, TEXT_STUB

_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_PICTURES = ("image/png", "image/jpeg", "image/gif")


def kept_source(source: NotebookNode) -> NotebookNode:
    """Source notebook as the gradebook keeps it: stubs for answers, hidden tests, checksums.

    Parameters
    ----------
    source
        With answers and hidden tests: `course_utils.release.source_notebook`.
    """
    config = Config()
    config.ClearSolutions.code_stub = {"python": STUB}
    config.ClearSolutions.text_stub = TEXT_STUB
    notebook, resources = nbformat.from_dict(source), {}
    steps = GenerateAssignment().preprocessors
    for preprocessor in takewhile(lambda step: step is not SaveCells, steps):
        notebook, resources = preprocessor(config=config).preprocess(notebook, resources)
    return notebook


def submission_notebook(submitted: NotebookNode, kept: NotebookNode) -> NotebookNode:
    """A submission as it is executed and marked; both arguments stay as they are.

    - A cell whose ``grade_id`` the source knows has the source's type, points and flags; in an
      answer the student's text, in any other the source's, hidden tests included.
    - Any other cell is the student's own. Metadata that claims points for it is dropped.
    - Of several cells with one ``grade_id`` the last counts, as in nbgrader; the others are the
      student's own.
    - Outputs, tags and whatever else an editor stores go. Pictures pasted into an answer stay.

    Parameters
    ----------
    submitted
        A valid notebook, format 4.
    kept
        What `kept_source` returned.

    Returns
    -------
    NotebookNode
        The same one each time for the same arguments. Cells of the source that are missing in the
        submission are missing here.
    """
    known = {cell.metadata.nbgrader.grade_id: cell for cell in kept.cells if _grade_id(cell)}
    last = {_grade_id(cell): place for place, cell in enumerate(submitted.cells)}
    taken = {cell.id for cell in known.values()}
    cells = []
    for place, cell in enumerate(submitted.cells):
        grade_id = _grade_id(cell)
        if grade_id in known and last[grade_id] == place:
            cells.append(_cell_of_source(cell, known[grade_id]))
        else:
            cells.append(_own_cell(cell, _free_id(cell, place, taken)))
    return nbformat.from_dict(kept | {"cells": cells})


def max_score(notebook: NotebookNode) -> float:
    """Points that there are in a source or student notebook."""
    return float(sum(c.metadata.get("nbgrader", {}).get("points", 0) for c in notebook.cells))


def _cell_of_source(cell: NotebookNode, kept: NotebookNode) -> NotebookNode:
    new = nbformat.from_dict(kept)
    if not is_locked(kept):
        new.source = _plain_text(cell.source)
        _keep_pictures(cell, new)
    return new


def _own_cell(cell: NotebookNode, cell_id: str) -> NotebookNode:
    make = getattr(nbformat.v4, f"new_{cell.cell_type}_cell")
    new = make(_plain_text(cell.source), id=cell_id)
    _keep_pictures(cell, new)
    return new


def _free_id(cell: NotebookNode, place: int, taken: set[str]) -> str:
    """Id of a cell of one's own: the one it has, if no other cell has it."""
    wanted = cell.get("id")
    if not isinstance(wanted, str) or not _CELL_ID.fullmatch(wanted) or wanted in taken:
        wanted = f"own-{place}"
        while wanted in taken:
            wanted += "-"
    taken.add(wanted)
    return wanted


def _grade_id(cell: NotebookNode) -> str:
    """Id the cell claims, whatever its metadata holds; empty without one."""
    claims = cell.metadata.get("nbgrader")
    grade_id = claims.get("grade_id") if isinstance(claims, dict) else None
    return grade_id if isinstance(grade_id, str) else ""


def _plain_text(text: str) -> str:
    """``text`` without half surrogates, which JSON allows and no file can hold."""
    return text.encode(errors="replace").decode()


def _keep_pictures(cell: NotebookNode, new: NotebookNode) -> None:
    attached: Any = cell.get("attachments")
    if new.cell_type != "markdown" or not isinstance(attached, dict):
        return
    pictures = {
        _plain_text(name): {kind: data[kind] for kind in _PICTURES if _is_base64(data.get(kind))}
        for name, data in attached.items()
        if isinstance(data, dict)
    }
    if pictures := {name: data for name, data in pictures.items() if data}:
        new.attachments = nbformat.from_dict(pictures)


def _is_base64(data: Any) -> bool:
    return isinstance(data, str) and _BASE64.fullmatch(data) is not None
