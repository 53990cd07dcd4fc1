"""What surrounds the execution of a class: settings, marks by hand, what editors and students left.

Real nbgrader, but for the judge: an executor of the tests stands in its place.
"""

import ast
import json
import os
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute as StockExecute
from traitlets.config import Config

from course_utils.course_tree import CourseError
from course_utils.grading.class_run import ClassRun
from course_utils.grading.execution import active_executor
from course_utils.grading.nbgrader_api import load_config
from course_utils.grading.outcome import GRADED, NEEDS_PERSON
from course_utils.release import notebook_bytes
from tests.class_without_sandbox import grade, hand_in_trio, new_class, ran
from tests.in_this_process import InThisProcess
from tests.tiny_course import FILE, NAME, RIGHT, SPOKEN, SUMMED, answered, cell, hand_in


@pytest.fixture
def course(tmp_path, monkeypatch):
    return new_class(tmp_path, monkeypatch)


@pytest.fixture
def trio(course):
    return hand_in_trio(course)


def test_the_executor_is_the_one_that_the_configuration_names(course):
    assert active_executor(load_config(course)) is InThisProcess
    stock = Config()
    with pytest.raises(
        CourseError, match=r"puts no executor of the course into .*restore the line"
    ):
        active_executor(stock)
    for named in ([StockExecute], [InThisProcess, StockExecute]):
        stock.Autograde.autograde_preprocessors = named
        with pytest.raises(
            CourseError, match=r"puts nbgrader\..*\.Execute, which .*restore the line"
        ):
            active_executor(stock)
    stock.Autograde.autograde_preprocessors = [InThisProcess, "nbgrader.preprocessors.Execute"]
    with pytest.raises(CourseError, match=r"'nbgrader\.preprocessors\.Execute', which is no class"):
        active_executor(stock)


def test_loading_the_configuration_leaves_the_class_folder_as_it_was(course, monkeypatch):
    load_config(course)
    assert os.environ["COURSE_CLASS"] == str(course.root.parent / "class")
    monkeypatch.setenv("COURSE_CLASS", "")
    assert load_config(course).CourseDirectory.root == str(course.root / "class")
    assert course.class_folder == course.root / "class"


def test_nobody_handed_in(course):
    with pytest.raises(CourseError) as refusal:
        ClassRun(course, NAME)
    assert str(refusal.value) == (
        f"nobody handed in {NAME}: no folder like "
        f"{course.class_folder}/submitted/<student>/{NAME}/{FILE}"
    )
    hand_in(course, "ada", b"{")
    run = ClassRun(course, NAME)
    with pytest.raises(CourseError, match="nobody is graded yet; run: course grade 01_tiny"):
        run.write_feedback(lambda *_: None)


def test_a_mark_by_hand_ends_the_waiting(course):
    hand_in(course, "ada", answered(course, RIGHT, SPOKEN))
    before = grade(course)["ada"]
    assert before.state == NEEDS_PERSON
    assert before.questions["explain_zero"] == (None, 2)
    with Gradebook(f"sqlite:///{course.class_folder / 'gradebook.db'}") as gradebook:
        mark = gradebook.find_grade("explain_zero", "tiny", NAME, "ada")
        mark.manual_score, mark.needs_manual_grade = 1.5, False
        gradebook.db.commit()
    ran()
    after = grade(course)["ada"]
    assert ran() == []
    assert (after.state, after.score) == (GRADED, 7.5)
    assert after.questions["explain_zero"] == (1.5, 2)
    again = grade(course, force=True)["ada"]  # nbgrader keeps the mark and wants it confirmed
    assert (again.state, again.score) == (NEEDS_PERSON, 7.5)


def test_what_an_editor_did_to_cell_ids_is_mended_without_a_word(course, capfd):
    without, twins = (json.loads(notebook_bytes(answered(course, RIGHT))) for _ in range(2))
    for one, other in zip(without["cells"], twins["cells"], strict=True):
        del one["id"]
        other["id"] = "the-same"
    hand_in(course, "ada", json.dumps(without).encode())
    hand_in(course, "bob", json.dumps(twins).encode())
    outcomes = grade(course)
    assert {name: (o.state, o.score) for name, o in outcomes.items()} == {
        "ada": (GRADED, 6), "bob": (GRADED, 6),
    }  # fmt: skip
    assert ClassRun(course, NAME).write_feedback(lambda *_: None) == 2
    assert capfd.readouterr().err == ""


def test_an_extra_file_of_a_submission_stops_nobody(trio):
    folder = trio.class_folder / "submitted" / "bob" / NAME
    (folder / "numpy_notes.txt").write_text("mine")
    (folder / "extra.ipynb").write_text("{")
    (folder / "dangling").symlink_to(folder / "nowhere")
    assert {o.state for o in grade(trio).values()} == {GRADED}
    kept = sorted(p.name for p in (trio.class_folder / "autograded" / "bob" / NAME).iterdir())
    assert kept == ["numpy_notes.txt", FILE]


def test_the_hidden_tests_of_an_altered_submission_are_put_back(course):
    notebook = answered(course, RIGHT, SUMMED)
    for grade_id in ("test_average", "hidden_average"):
        cell(notebook, grade_id).source = "'nothing to see here'"
    hand_in(course, "ada", notebook)
    assert grade(course)["ada"].questions["average"] == (0, 3)


def test_grading_imports_no_explorable():
    """They compute what questions ask for; only the module that withholds them names them."""
    from course_utils import grading

    for path in Path(grading.__file__).parent.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "explore" not in text or path.name == "withheld.py", path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert "explore" not in ast.unparse(node), path
