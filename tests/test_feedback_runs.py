"""Feedback for a class: written where something changed, for everyone for whom it can be."""

import pytest
from nbgrader.api import Gradebook

from course_utils.grading import marks
from course_utils.grading.class_run import ClassRun
from tests.class_without_sandbox import grade, hand_in_trio, new_class
from tests.tiny_course import FILE, NAME, RIGHT, SPOKEN, answered, hand_in


@pytest.fixture
def course(tmp_path, monkeypatch):
    return new_class(tmp_path, monkeypatch)


@pytest.fixture
def trio(course):
    return hand_in_trio(course)


def test_feedback_is_written_again_only_where_something_changed(trio):
    grade(trio)
    page = trio.class_folder / "feedback" / "bob" / NAME / "tiny.html"
    run = ClassRun(trio, NAME)
    assert run.write_feedback(lambda *_: None) == 3
    first = page.stat().st_mtime_ns
    assert run.write_feedback(lambda *_: None) == 3
    assert page.stat().st_mtime_ns == first
    page.unlink()
    assert run.write_feedback(lambda *_: None) == 3
    assert page.is_file()
    hand_in(trio, "bob", answered(trio, RIGHT))
    grade(trio)
    run.write_feedback(lambda *_: None)
    assert "<b>6 / 8</b>" in page.read_text(encoding="utf-8")
    with Gradebook(f"sqlite:///{trio.class_folder / 'gradebook.db'}") as gradebook:
        gradebook.find_comment("explain_zero", "tiny", NAME, "bob").manual_comment = "Say more."
        gradebook.db.commit()
    run.write_feedback(lambda *_: None)
    assert "Say more." in page.read_text(encoding="utf-8")


def test_pages_are_written_again_where_their_template_changed(trio, monkeypatch):
    grade(trio)
    page = trio.class_folder / "feedback" / "bob" / NAME / "tiny.html"
    ClassRun(trio, NAME).write_feedback(lambda *_: None)
    first = page.stat().st_mtime_ns
    monkeypatch.setattr(marks, "_makers", lambda: b"another template")
    ClassRun(trio, NAME).write_feedback(lambda *_: None)
    assert page.stat().st_mtime_ns != first


def test_feedback_that_cannot_be_written_for_one_is_written_for_the_others(trio):
    grade(trio)
    page = trio.class_folder / "autograded" / "bob" / NAME / FILE
    page.chmod(0o644)
    page.write_text("no notebook", encoding="utf-8")
    told = {}
    number = ClassRun(trio, NAME).write_feedback(lambda who, why: told.update({who: why}))
    assert number == 2
    assert told["ada"] == told["eve"] == ""
    assert "NotJSONError" in told["bob"]
    assert "\n" not in told["bob"]


def test_feedback_shows_marks_by_hand_and_comments(course):
    hand_in(course, "ada", answered(course, RIGHT, SPOKEN))
    grade(course)
    with Gradebook(f"sqlite:///{course.class_folder / 'gradebook.db'}") as gradebook:
        mark = gradebook.find_grade("explain_zero", "tiny", NAME, "ada")
        mark.manual_score, mark.needs_manual_grade = 2, False
        comment = gradebook.find_comment("explain_zero", "tiny", NAME, "ada")
        comment.manual_comment = "A fine argument."
        gradebook.db.commit()
    ClassRun(course, NAME).write_feedback(lambda *_: None)
    page = course.class_folder / "feedback" / "ada" / NAME / "tiny.html"
    text = page.read_text(encoding="utf-8")
    assert "A fine argument." in text
    assert "<b>8 / 8</b>" in text
    assert SPOKEN["explain_zero"] in text
