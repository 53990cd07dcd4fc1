"""A handed-in notebook may hold anything; what is wrong with it is said in one line."""

import copy
import json

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_utils.grading.submission import MAX_BYTES, read_submission
from course_utils.release import notebook_bytes, source_notebook, student_notebook
from tests.handed_in import why_unusable
from tests.tiny_course import FILE, NAME, RIGHT, SPOKEN, answered, cell, make_course


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def handed_out(course):
    return student_notebook(source_notebook(course, NAME))


@pytest.fixture(scope="module")
def good(course):
    return answered(course, RIGHT, SPOKEN)


@pytest.fixture
def fault(tmp_path, handed_out):
    """What is wrong with a submission that holds the given bytes or notebook."""

    def look(content, student="ada"):
        path = tmp_path / "submitted" / student / NAME / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is not None:
            path.write_bytes(content if isinstance(content, bytes) else notebook_bytes(content))
        return why_unusable(read_submission(path.parent, FILE), handed_out)

    return look


def changed(notebook, grade_id, **values):
    notebook = copy.deepcopy(notebook)
    cell(notebook, grade_id).update(values)
    return notebook


def without(notebook, *grade_ids):
    notebook = copy.deepcopy(notebook)
    notebook.cells = [c for c in notebook.cells if c.id not in grade_ids]
    return notebook


def test_what_students_do_without_harm(fault, good, handed_out):
    assert fault(good) is None
    assert fault(handed_out) is None
    extra = copy.deepcopy(good)
    extra.cells.insert(3, nbformat.v4.new_code_cell("my_own = 1"))
    extra.cells.reverse()  # no good idea, but every cell is there
    assert fault(extra) is None
    assert fault(without(good, "ask_total", "setup", "imports")) is None
    assert fault(changed(good, "test_total", source="pass")) is None  # put right by nbgrader


def test_what_other_editors_write(fault, good):
    older = copy.deepcopy(good)
    older.nbformat_minor = 4  # the format before cells had ids
    for c in older.cells:
        del c["id"]
    assert fault(json.dumps(older).encode()) is None
    twins = copy.deepcopy(good)
    for c in twins.cells:
        c["id"] = "the-same"
    assert fault(json.dumps(twins).encode()) is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is no readable notebook"),
        (b"{", "is no readable notebook"),
        (b"\0" * 1000, "is no readable notebook"),
        (b"null", "is no readable notebook"),
        (b"[]", "is no readable notebook"),
        (b"[" * 100_000, "is no readable notebook"),
        (b'{"cells": null, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "no readable"),
        (b'{"nbformat": 99}', "is no readable notebook"),
        (b"PK\x03\x04 a zip file", "is no readable notebook"),
        ("Prüfung".encode("utf-16"), "is no readable notebook"),
        (b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "cells were delet"),
        (b" " * (MAX_BYTES + 1), "has 20 MB; ask for it with all outputs cleared"),
    ],
    ids=lambda value: repr(value[:12]) if isinstance(value, bytes) else None,
)
def test_what_is_no_notebook(fault, content, words):
    assert words in fault(content)


def test_a_notebook_in_another_encoding(fault, good):
    text = notebook_bytes(good).decode()
    assert "·" in text
    for encoding in ("utf-16", "latin-1", "utf-32"):
        assert "is no readable notebook" in fault(text.encode(encoding, "replace"))


def test_a_mark_of_the_byte_order_does_no_harm(fault, good):
    assert fault(b"\xef\xbb\xbf" + notebook_bytes(good)) is None


def test_a_notebook_under_another_name(fault, tmp_path):
    assert (
        fault(None) == f"{FILE} is missing (found no notebook); ask for the file under its own name"
    )
    (tmp_path / "submitted" / "ada" / NAME / "tiny (1).ipynb").write_bytes(b"{}")
    assert "(found tiny (1).ipynb)" in fault(None)


@pytest.mark.parametrize("number", [2, 3])
def test_a_duplicated_cell(fault, good, number):
    double = copy.deepcopy(good)
    for n in range(1, number):
        twin = copy.deepcopy(cell(good, "total"))
        twin.id = f"copy-{n}"
        double.cells.insert(6, twin)
    assert fault(double) == f"cell 'total' is there {number} times; ask which one counts"


def test_deleted_cells_are_named(fault, good):
    text = fault(without(good, "test_total", "explain_zero"))
    assert text.startswith("cells were deleted: test_total, explain_zero; ask for the work")


def test_a_cell_of_another_type(fault, good):
    markdown = copy.deepcopy(good)
    place = next(i for i, c in enumerate(markdown.cells) if c.id == "total")
    old = markdown.cells[place]
    markdown.cells[place] = nbformat.v4.new_markdown_cell(
        old.source, id=old.id, metadata=old.metadata
    )
    assert fault(markdown) == "cell 'total' was turned from code into markdown; ask for it again"


def test_a_cell_that_lost_its_marks(fault, good):
    for grade_id in ("total", "test_total"):
        plain = copy.deepcopy(good)
        cell(plain, grade_id).metadata.nbgrader.update(grade=False, solution=False)
        assert fault(plain).startswith(f"cell {grade_id!r} is not marked any more; ask for")
        del cell(plain, grade_id).metadata["nbgrader"]
        assert fault(plain).startswith(f"cells were deleted: {grade_id};")


@pytest.mark.parametrize("student", ["a*b", "[x]", "who?", " ada", "ada "])
def test_a_folder_name_that_nbgrader_takes_for_a_pattern(fault, good, student):
    assert "rename the folder" in fault(good, student)


@pytest.mark.parametrize("student", ["O'Brien", "José +1", "a.b@c", "李", "x" * 200])
def test_any_other_folder_name_will_do(fault, good, student):
    assert fault(good, student) is None


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.just("nbgrader")),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.data())
def test_no_content_of_a_notebook_stops_the_batch(fault, good, data):
    """Any part of a good notebook replaced by any JSON: a verdict, never an exception."""
    broken = json.loads(notebook_bytes(good))
    where = data.draw(st.sampled_from(["top", "cell", "metadata", "marks"]))
    target = broken
    if where != "top":
        target = data.draw(st.sampled_from(broken["cells"]))
    if where in ("metadata", "marks"):
        target = target["metadata"]
    if where == "marks":
        target = target.get("nbgrader", target)
    key = data.draw(st.sampled_from(sorted(target) or ["nbgrader"]))
    target[key] = data.draw(JSON)
    verdict = fault(json.dumps(broken).encode())
    assert verdict is None or isinstance(verdict, str)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_no_bytes_stop_the_batch(fault, content):
    assert isinstance(fault(content), str)
