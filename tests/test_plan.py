"""What the judge is told of an assignment, and the steps it goes through in a submission."""

import copy

import nbformat
import pytest

from course_utils.grading.plan import BOTH, HIDDEN, RUN, VISIBLE, Plan, make_plan, steps_of
from course_utils.grading.values import pack, unpack
from course_utils.release import source_notebook
from tests.tiny_course import NAME, RIGHT, SOURCE, answered, cell, make_course


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def source(course):
    return source_notebook(course, NAME)


@pytest.fixture
def handed_in(course):
    return answered(course, RIGHT)


KINDS = {
    "setup": BOTH, "imports": BOTH, "total": RUN, "test_total": VISIBLE, "hidden_total": HIDDEN,
    "average": RUN, "test_average": VISIBLE, "hidden_average": HIDDEN,
}  # fmt: skip


def test_the_plan_of_the_tiny_course(source):
    plan = make_plan(source)
    assert {step.name: step.kind for step in plan.steps} == KINDS
    assert [source.cells[step.index].id for step in plan.steps] == list(KINDS)
    assert plan.names == ["average", "total"]
    assert plan.withheld == ["course_utils.explore"]
    assert {"numpy", "course_utils", "course_utils.checks"} <= set(plan.preload)
    assert set(plan.preload) <= set(plan.imports)  # the answers import nothing of their own


def test_a_plan_goes_over_the_wire(source):
    plan = make_plan(source)
    assert Plan.from_dict(unpack(pack(plan.as_dict()))) == plan


def test_nothing_that_is_withheld_is_loaded_beforehand(tmp_path):
    text = SOURCE.replace(
        "### BEGIN HIDDEN TESTS\nsecret_of_the_tests = checks.fresh_rng().normal(size=5)",
        "### BEGIN HIDDEN TESTS\nfrom course_utils import hinge\nsecret_of_the_tests = np.ones(5)",
    ).replace("    secret_of", "    from course_utils.hinge import x as y\n    secret_of", 1)
    plan = make_plan(source_notebook(make_course(tmp_path, text), NAME))
    assert "course_utils.hinge" in plan.withheld
    assert not [name for name in plan.preload if "hinge" in name]
    assert "course_utils.hinge" in plan.imports  # the tests may


def test_answers_are_the_students_and_everything_else_is_the_courses(source, handed_in):
    for c in handed_in.cells:
        if c.cell_type == "code":
            c.source += "\n'added'"
    steps = {step.name: step for step in steps_of(handed_in, source)}
    assert {name: step.kind for name, step in steps.items()} == KINDS
    for name, step in steps.items():
        own = cell(handed_in, name).source
        assert step.source == (own if step.kind == RUN else cell(source, name).source)
        assert handed_in.cells[step.index].id == name
    assert "secret_of_the_tests" in steps["hidden_total"].source


def test_metadata_that_a_student_changed_changes_nothing(source, handed_in):
    cell(handed_in, "test_total").metadata.nbgrader |= {"solution": True, "grade": False}
    cell(handed_in, "total").metadata.nbgrader |= {"solution": False, "grade": True}
    cell(handed_in, "hidden_total").source = "pass"
    assert {step.name: step.kind for step in steps_of(handed_in, source)} == KINDS


def test_cells_of_ones_own_are_run_in_their_place(source, handed_in):
    handed_in.cells.insert(5, nbformat.v4.new_code_cell("mine = 1"))
    handed_in.cells.insert(6, nbformat.v4.new_markdown_cell("mine too"))
    claimed = nbformat.v4.new_code_cell("sly = 1", metadata={"nbgrader": {"grade_id": "unheard"}})
    handed_in.cells.append(claimed)
    steps = steps_of(handed_in, source)
    own = [(step.index, step.kind, step.source) for step in steps if not step.name]
    assert own == [(5, RUN, "mine = 1"), (len(handed_in.cells) - 1, RUN, "sly = 1")]
    assert [step.index for step in steps] == sorted(step.index for step in steps)


def test_a_submission_keeps_its_own_order(source, handed_in):
    handed_in.cells.reverse()
    assert [step.name for step in steps_of(handed_in, source)] == list(reversed(KINDS))


def test_locked_cells_that_were_deleted_come_first(source, handed_in):
    handed_in.cells = [c for c in handed_in.cells if c.id not in ("imports", "total")]
    steps = steps_of(handed_in, source)
    assert (steps[0].name, steps[0].index, steps[0].kind) == ("imports", -1, BOTH)
    assert steps[0].source == cell(source, "imports").source
    assert "total" not in [step.name for step in steps]


def test_a_test_turned_into_text_is_not_run_as_code(source, handed_in):
    place = handed_in.cells.index(cell(handed_in, "test_total"))
    old = handed_in.cells[place]
    handed_in.cells[place] = nbformat.v4.new_markdown_cell(old.source, metadata=old.metadata)
    assert "test_total" not in [step.name for step in steps_of(handed_in, source)]


def test_text_turned_into_code_is_not_run(source, handed_in):
    """A question's text says it is locked; no code of the student's takes its place."""
    place = handed_in.cells.index(cell(handed_in, "ask_total"))
    old = handed_in.cells[place]
    handed_in.cells[place] = nbformat.v4.new_code_cell("sly = 1", metadata=old.metadata)
    assert "sly = 1" not in [step.source for step in steps_of(handed_in, source)]


def test_neither_notebook_is_changed(source, handed_in):
    before = copy.deepcopy((source, handed_in))
    steps_of(handed_in, source)
    make_plan(source)
    assert (source, handed_in) == before
