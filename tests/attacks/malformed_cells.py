"""Malformed: notebooks whose cells were edited."""

import copy

import nbformat

from course_utils.grading.outcome import FAILED, NEEDS_PERSON
from tests.attacks.scenario import FULL, NO_TOTAL, NOTHING, Scenario
from tests.tiny_course import cell

CELLS = "cells duplicated, deleted, retyped, re-flagged, reordered, points edited"


def failed(row, title, says, edit=None, **changes):
    """A submission that cannot be graded, and the reason."""
    return Scenario(row, title, edit=edit, state=FAILED, marks={}, says=says, **changes)


def edited(title, edit, **changes):
    """A right answer in a notebook whose cells were edited."""
    return Scenario(CELLS, title, edit=edit, **changes)


def _without(*grade_ids):
    def edit(notebook):
        notebook.cells = [c for c in notebook.cells if c.id not in grade_ids]
        return notebook

    return edit


def _twice(grade_id, source=None):
    def edit(notebook):
        twin = copy.deepcopy(cell(notebook, grade_id))
        twin.id = "twin"
        twin.source = source or twin.source
        notebook.cells.append(twin)
        return notebook

    return edit


def _flags(which, **values):
    def edit(notebook):
        cell(notebook, which).metadata.nbgrader.update(values)
        return notebook

    return edit


def _retyped(grade_id, kind):
    def edit(notebook):
        place = next(n for n, c in enumerate(notebook.cells) if c.id == grade_id)
        old = notebook.cells[place]
        make = getattr(nbformat.v4, f"new_{kind}_cell")
        notebook.cells[place] = make(old.source, id=old.id, metadata=old.metadata)
        return notebook

    return edit


def _moved(grade_id, before):
    def edit(notebook):
        moved = cell(notebook, grade_id)
        notebook.cells.remove(moved)
        notebook.cells.insert(notebook.cells.index(cell(notebook, before)), moved)
        return notebook

    return edit


def _questions_swapped(notebook):
    cut = notebook.cells.index(cell(notebook, "ask_average"))
    end = notebook.cells.index(cell(notebook, "ask_explain_zero"))
    start = notebook.cells.index(cell(notebook, "ask_total"))
    cells = notebook.cells
    notebook.cells = cells[:start] + cells[cut:end] + cells[start:cut] + cells[end:]
    return notebook


def _reversed(notebook):
    notebook.cells.reverse()
    return notebook


def _tests_emptied(notebook):
    for grade_id in ("test_total", "hidden_total", "imports", "setup"):
        cell(notebook, grade_id).source = "total = average = lambda *a: 0"
    return notebook


EDITED = [
    failed(CELLS, "answer duplicated", "cell 'total' is there 2 times", _twice("total")),
    failed(
        CELLS, "test duplicated", "cell 'test_total' is there 2 times", _twice("test_total", "pass")
    ),
    failed(
        CELLS,
        "hidden test duplicated",
        "cell 'hidden_total' is there 2 times",
        _twice("hidden_total", "pass"),
    ),
    failed(CELLS, "answer deleted", "cells were deleted: total;", _without("total")),
    failed(CELLS, "test deleted", "cells were deleted: hidden_total;", _without("hidden_total")),
    failed(
        CELLS, "all deleted", "cells were deleted: total,", lambda nb: nb.update(cells=[]) or nb
    ),
    edited("question's text deleted", _without("ask_total")),
    edited(
        "set-up and imports deleted, own imports instead",
        _without("setup", "imports"),
        answers={"total": "import numpy as np\n\ndef total(values):\n    return np.sum(values)"},
    ),
    edited("imports deleted", _without("imports")),
    failed(
        CELLS,
        "answer turned into text",
        "cell 'total' was turned from code into markdown",
        _retyped("total", "markdown"),
    ),
    failed(
        CELLS,
        "test turned into raw text",
        "cell 'test_total' was turned from code into raw",
        _retyped("test_total", "raw"),
    ),
    failed(
        CELLS,
        "text answer turned into code",
        "cell 'explain_zero' was turned from markdown into code",
        _retyped("explain_zero", "code"),
    ),
    failed(
        CELLS,
        "test re-flagged as nothing",
        "cell 'test_total' is not marked any more",
        _flags("test_total", grade=False, solution=False),
    ),
    edited(
        "test re-flagged as answer", _flags("test_total", grade=True, solution=True, locked=False)
    ),
    edited(
        "answer re-flagged as graded, with points",
        _flags("total", grade=True, points=100, solution=True),
    ),
    edited("answer re-flagged as locked", _flags("total", locked=True)),
    edited("tests re-flagged as tasks", _flags("explain_zero", task=True)),
    failed(
        CELLS,
        "cell under another grade_id",
        "cells were deleted: total;",
        _flags("total", grade_id="average_2"),
    ),
    edited("points edited", _flags("test_total", points=1000)),
    edited("points negative and huge", _flags("hidden_total", points=-1e308)),
    edited("checksums edited", _flags("test_total", checksum="0" * 32)),
    edited("cell type in the metadata edited", _flags("test_total", cell_type="markdown")),
    edited("tests, set-up and imports edited", _tests_emptied),
    edited("questions swapped", _questions_swapped),
    edited(
        "test moved before its answer",
        _moved("test_total", "total"),
        marks={"total": 2.0, "average": 3.0},
        says={"total": "total"},
    ),
    edited(
        "answer moved after its tests",
        _moved("total", "ask_average"),
        marks=NO_TOTAL,
        says={"total": "total"},
    ),
    edited("whole notebook reversed", _reversed, marks=NOTHING, says={"total": "not defined"}),
    edited(
        "an answer by hand is waited for",
        lambda nb: cell(nb, "explain_zero").update(source="Nothing added.") or nb,
        state=NEEDS_PERSON,
        marks=FULL | {"explain_zero": None},
    ),
]
