"""What a submission can and cannot change in the notebook that is marked."""

import copy
import warnings

import nbformat
import pytest
from nbgrader.utils import is_grade
from sqlalchemy.exc import SAWarning

from course_utils.course_tree import notebook_name
from course_utils.grading.graded_notebook import kept_source, submission_notebook
from course_utils.grading.nbgrader_api import connect
from course_utils.release import notebook_bytes, source_notebook, student_notebook
from tests.graded_class import SHEET, new_class, open_gradebook
from tests.tiny_course import NAME, RIGHT, SPOKEN, answered, cell


@pytest.fixture
def course(tmp_path, monkeypatch):
    return new_class(tmp_path, monkeypatch)


@pytest.fixture
def book(course):
    with open_gradebook(course) as gradebook:
        yield gradebook


@pytest.fixture
def kept(course):
    return kept_source(source_notebook(course, NAME))


def test_the_kept_source_is_what_nbgrader_keeps(course, kept, book):
    rows = book.find_notebook(SHEET, NAME).source_cells
    assert {(r.name, r.cell_type, r.locked, r.source, r.checksum) for r in rows} == {
        (c.id, c.cell_type, c.metadata.nbgrader.locked, c.source, c.metadata.nbgrader.checksum)
        for c in kept.cells
        if "nbgrader" in c.metadata
    }


@pytest.mark.parametrize("assignment", ["01_decision_theory", "03_perceptron"])
def test_an_untouched_notebook_gets_its_hidden_tests_back(tree, assignment):
    source = source_notebook(tree, assignment)
    kept = kept_source(source)
    released = student_notebook(source)
    made = submission_notebook(released, kept)
    assert [c.id for c in made.cells] == [c.id for c in source.cells]
    for new, old in zip(made.cells, source.cells, strict=True):
        if old.metadata.get("nbgrader", {}).get("locked"):
            assert new.source == old.source
        assert "BEGIN SOLUTION" not in new.source
    nbformat.validate(made)
    assert submission_notebook(released, kept) == made


@pytest.mark.parametrize("assignment", ["03_perceptron"])
def test_a_real_notebook_is_the_one_that_nbgrader_makes(tree, assignment, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_CLASS", str(tmp_path))
    api = connect(tree)
    api.config.Autograde.autograde_preprocessors = []  # nothing but what comes before execution
    file = f"{notebook_name(assignment)}.ipynb"
    source = source_notebook(tree, assignment)
    submitted = student_notebook(source)
    for code in (c for c in submitted.cells if c.cell_type == "code"):
        code.source += "\n# tried"
        code.outputs = [nbformat.v4.new_output("stream", text="of the student")]
    for place, notebook in (("source", source), ("submitted/ada", submitted)):
        (tmp_path / place / assignment).mkdir(parents=True)
        (tmp_path / place / assignment / file).write_bytes(notebook_bytes(notebook))
    assert api.generate_assignment(assignment, force=True, create=True)["success"]
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Object of type <Submitted", SAWarning)
        assert api.autograde(assignment, "ada", force=True, create=True)["success"]
    stock = (tmp_path / "autograded" / "ada" / assignment / file).read_bytes()
    assert notebook_bytes(submission_notebook(submitted, kept_source(source))) == stock


def forge(notebook, grade_id, **claims):
    cell(notebook, grade_id).metadata.nbgrader |= claims


def test_what_counts_comes_from_the_source(course, kept):
    honest = answered(course, RIGHT, SPOKEN)
    wanted = submission_notebook(honest, kept)
    forged = copy.deepcopy(honest)
    forge(forged, "test_total", points=100, locked=False)
    cell(forged, "test_total").source = "pass"
    cell(forged, "hidden_total").source = "pass"
    forge(forged, "hidden_average", grade=False, solution=True, checksum="0" * 32)
    forge(forged, "total", grade=True, points=50, schema_version=1)
    forge(forged, "explain_zero", checksum="x")
    cell(forged, "average").metadata.update(tags=["hide"], jupyter={"source_hidden": True})
    forged.metadata.kernelspec.name = "forged"
    forged.metadata.widgets = {"state": {}}
    for code in (c for c in forged.cells if c.cell_type == "code"):
        code.outputs = [nbformat.v4.new_output("stream", text="✓")]
        code.execution_count = 7
    assert submission_notebook(forged, kept) == wanted
    claimed = nbformat.v4.new_code_cell(
        "1", metadata={"nbgrader": {"grade": True, "points": 100, "grade_id": "mine"}, "tags": []}
    )
    odd = nbformat.v4.new_code_cell("2", id="total", metadata={"nbgrader": ["grade_id"]})
    listed = nbformat.v4.new_raw_cell("3", id="own-0", metadata={"nbgrader": {"grade_id": [1]}})
    forged.cells[:0] = [odd, claimed, listed]
    made = submission_notebook(forged, kept)
    assert made.cells[3:] == wanted.cells
    assert [dict(c.metadata) for c in made.cells[:3]] == [{}, {}, {}]
    assert sum(is_grade(c) for c in made.cells) == sum(is_grade(c) for c in wanted.cells)
    assert len({c.id for c in made.cells}) == len(made.cells)
    nbformat.validate(made)


def test_the_last_of_several_cells_counts_and_the_order_is_the_students(course, kept):
    notebook = answered(course, RIGHT)
    second = copy.deepcopy(cell(notebook, "total"))
    second.source = "def total(values):\n    return -1"
    second.cell_type = "markdown"  # what an editor does with a cell is no reason to lose it
    notebook.cells.append(second)
    notebook.cells.insert(0, notebook.cells.pop(4))
    made = submission_notebook(notebook, kept)
    assert (made.cells[-1].id, made.cells[-1].source) == ("total", second.source)
    assert made.cells[-1].cell_type == "code"
    assert sum(RIGHT["total"] == c.source and not c.metadata for c in made.cells) == 1
    assert made.cells[0].source == notebook.cells[0].source


def test_pictures_in_an_answer_stay_and_nothing_else_attached(course, kept):
    notebook = answered(course, SPOKEN)
    picture = {"image/png": "aGk="}
    script = {"text/html": "<script>", "image/jpeg": '"><script>', "image/svg+xml": "aGk="}
    answer = cell(notebook, "explain_zero")
    answer.attachments = {"a.png": picture | script, "b.svg": script}
    answer.source += "\ud800"
    cell(notebook, "ask_total").attachments = {"a.png": picture}
    made = submission_notebook(notebook, kept)
    assert cell(made, "explain_zero").attachments == {"a.png": picture}
    assert "attachments" not in cell(made, "ask_total")
    nbformat.validate(made)
    notebook_bytes(made).decode()
